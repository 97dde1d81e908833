"""Tests of portal/formats.py: values in the words of a Vietnamese reader."""

from datetime import UTC, datetime

import pytest

from kiosk.manifest import Assurance, Party, PersonalId, WireAddress, WireCode
from portal import formats

COMMUNE = WireCode(code="1", name="Phường Mẫu", scheme="test")
PROVINCE = WireCode(code="2", name="Tỉnh Mẫu", scheme="test")


def test_instants_are_vietnams() -> None:
    at = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
    assert formats.instant(at) == "21/11/2026 00:05"
    assert formats.time_of_day(at) == "00:05"


@pytest.mark.parametrize(
    ("iso", "shown"), [("1958", "1958"), ("1958-03", "03/1958"), ("1958-03-27", "27/03/1958"), (None, "")]
)
def test_dates_keep_their_precision(iso: str | None, shown: str) -> None:
    assert formats.date(iso) == shown


@pytest.mark.parametrize(("amount", "shown"), [(0, "0 đ"), (8000, "8.000 đ"), (1_500_000, "1.500.000 đ")])
def test_amounts(amount: int, shown: str) -> None:
    assert formats.dong(amount) == shown


@pytest.mark.parametrize(("count", "shown"), [(900, "1 kB"), (99_000, "99 kB"), (1_400_000, "1,4 MB")])
def test_sizes(count: int, shown: str) -> None:
    assert formats.size(count) == shown


def test_an_address_is_todays_where_one_was_chosen() -> None:
    chosen = WireAddress(province=PROVINCE, commune=COMMUNE, line="Số 1", as_printed="Thôn cũ, Huyện cũ")
    assert formats.address(chosen) == "Số 1, Phường Mẫu, Tỉnh Mẫu"
    assert formats.address(WireAddress(as_printed="Thôn cũ, Huyện cũ")) == "Thôn cũ, Huyện cũ"
    assert formats.address(None) == ""


def test_a_card_is_never_called_verified() -> None:
    assert "chưa đối chiếu" in formats.assurance(Assurance(level="card_code"))
    assert "chưa đối chiếu" in formats.assurance(Assurance(level="typed"))
    assert "Cán bộ Mẫu" in formats.assurance(Assurance(level="card_seen_by_staff", attested_by="Cán bộ Mẫu"))
    assert "VNeID" in formats.assurance(Assurance(level="vneid"))


def test_identity_papers() -> None:
    papers = (
        PersonalId(kind="cccd", number="001099000123", issued_on="2021-05-01", issued_by="Nơi cấp Mẫu"),
        PersonalId(kind="passport", number="C0000000"),
    )
    person = Party(name="NGUYỄN VĂN MẪU", ids=papers, assurance=Assurance(level="typed"))
    assert formats.identity_numbers(person) == "001099000123 (cấp 01/05/2021, Nơi cấp Mẫu); C0000000"


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    assert formats.word("card", "source") == "đọc từ thẻ"
    assert formats.word("tomorrow", "source") == "tomorrow"
