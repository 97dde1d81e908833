"""Badges and their PINs: read back from the QR, of use to nobody who has only one half."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.badges import (
    Badge,
    NewBadgeRefusal,
    NewHelper,
    canonical_phone,
    new_badge,
    new_code,
    pin_fits,
    read_badge,
    refusal_of,
    verifier_of,
)
from kiosk.roster import RosterHelper

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
PIN = "2718"
MAU = NewHelper("NGUYỄN VĂN MẪU", "Đoàn phường Mẫu", ("0900 000 001",), NOW + timedelta(days=30))


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.badges.MEMORY_KIB", 8)


def test_a_badge_is_read_back_and_another_never() -> None:
    badge = new_badge("NVM-0231K")
    assert read_badge(f" {badge.text}\r\n") == badge
    assert badge.text.isupper(), "the QR's alphanumeric mode has no small letters"
    assert badge.fits(badge.sha256)
    assert not new_badge("NVM-0231K").fits(badge.sha256)
    assert not Badge("NVM-0232K", badge.secret).fits(badge.sha256), "another's code with this secret is no badge"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DTCB1:",
        "DTC1:NVM-0231:AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "DTCB1:NVM-0231:AAAAAAAAAAAAAAAAAAAAAAAAA",
        "DTCB1:NVM-0231:AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "DTCB1:NVM-٠٢٣١:AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "dtcb1:nvm-0231:aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "DTCB1:NVM-0231:AAAAAAAAAAAAAAAAAAAAAAAAAA\nDTCB1:NVM-0231:AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "001099000123|123456789|NGUYỄN VĂN MẪU|01011958|Nam|Số 1 đường Mẫu|01052021",
        "x" * 1_000_000,
        "\0" * 40,
    ],
)
def test_what_is_no_badge_is_none(text: str) -> None:
    assert read_badge(text) is None


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Nguyễn Văn Mẫu", "NVM"),
        ("ĐẶNG THỊ MẪU", "DTM"),
        ("H'Hen Niê Mẫu", "HHNM"),
        ("A B C D E", "ABCD"),
        ("李", "TN"),
    ],
)
def test_a_code_is_initials_and_a_number(name: str, initials: str) -> None:
    code = new_code(name, local=False)
    assert code.startswith(f"{initials}-")
    assert read_badge(new_badge(code).text)
    assert new_code(name, local=True).endswith("K")


def test_a_pin_can_be_tried_only_with_its_badge() -> None:
    badge, other = new_badge("NVM-0231"), new_badge("LTV-0001")
    verifier = verifier_of(badge, PIN)
    assert pin_fits(badge, PIN, verifier)
    assert not pin_fits(badge, "2719", verifier)
    assert not pin_fits(other, PIN, verifier), "a stolen list of PINs must be worth nothing"
    assert not pin_fits(badge, PIN, "nonsense")
    RosterHelper(
        code=badge.code, name="x", unit="y", badge_sha256=badge.sha256, pin_verifier=verifier, valid_until=NOW
    )  # a portal can put it on the wire


@pytest.mark.parametrize(
    ("change", "pin", "refusal"),
    [
        ({"name": "  "}, PIN, NewBadgeRefusal.NAME),
        ({"name": "x" * 61}, PIN, NewBadgeRefusal.NAME),
        ({"unit": ""}, PIN, NewBadgeRefusal.UNIT),
        ({"unit": "a\nb\x07"}, PIN, NewBadgeRefusal.UNIT),
        ({"phones": ("12345",)}, PIN, NewBadgeRefusal.PHONE),
        ({"phones": tuple(f"090000000{n}" for n in range(6))}, PIN, NewBadgeRefusal.PHONE),
        ({"valid_until": NOW}, PIN, NewBadgeRefusal.UNTIL),
        ({}, "271", NewBadgeRefusal.PIN_LENGTH),
        ({}, "2718281", NewBadgeRefusal.PIN_LENGTH),
        ({}, "٢٧١٨", NewBadgeRefusal.PIN_LENGTH),
        ({}, "1234", NewBadgeRefusal.PIN_EASY),
        ({}, "1958", NewBadgeRefusal.PIN_EASY),
        ({}, "121212", NewBadgeRefusal.PIN_EASY),
        ({}, PIN, None),
    ],
)
def test_who_can_have_a_badge(change: dict[str, object], pin: str, refusal: NewBadgeRefusal | None) -> None:
    values = {"name": MAU.name, "unit": MAU.unit, "phones": MAU.phones, "valid_until": MAU.valid_until} | change
    assert refusal_of(NewHelper(**values).canonical(), pin, NOW) is refusal  # type: ignore[arg-type]


def test_a_phone_is_kept_as_it_is_dialled() -> None:
    assert {canonical_phone(text) for text in ("0900 000 001", "+84 900.000.001", "0900-000-001")} == {"0900000001"}
