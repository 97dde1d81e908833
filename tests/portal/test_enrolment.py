"""Tests of portal/enrolment.py: a code works once, in its time, however it is typed."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.receipt import EnrolRequest
from portal import enrolment
from portal.enrolment import CODE_VALID_S, Kiosk, enrol, find_kiosk, new_code
from portal.opening import Portal
from portal.problems import Refused
from tests.portal.desk import NOON, OFFICE, jwk_of


def enrolled(portal: Portal, code: str, key: Ed25519PrivateKey | None = None, after_s: float = 0) -> Kiosk:
    jwk = jwk_of(key or Ed25519PrivateKey.generate())
    request = EnrolRequest(code=code, public_key=jwk, device_name="máy thử")
    with portal.database.write() as connection:
        return enrol(connection, request, NOON + timedelta(seconds=after_s))


@pytest.fixture
def code(portal: Portal) -> str:
    with portal.database.write() as connection:
        return new_code(connection, OFFICE, NOON)


def test_a_code_enrols_a_kiosk_of_its_office(portal: Portal, code: str) -> None:
    kiosk = enrolled(portal, code)
    assert kiosk.office == OFFICE
    assert kiosk.agency.code == OFFICE.agency_code
    with portal.database.read() as connection:
        assert find_kiosk(connection, kiosk.id) == kiosk


def test_a_code_is_easy_to_type(code: str) -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)


def test_letters_that_look_like_digits_are_read_as_digits(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment, "_ALPHABET", "01")
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, NOON)
    assert enrolled(portal, code.replace("0", "o").replace("1", "l").replace("-", " "))


def test_a_code_ends(portal: Portal, code: str) -> None:
    with pytest.raises(Refused):
        enrolled(portal, code, after_s=CODE_VALID_S)
    assert enrolled(portal, code, after_s=CODE_VALID_S - 1)


def test_a_used_code_answers_its_own_key_for_ever_and_no_other(portal: Portal, code: str) -> None:
    key = Ed25519PrivateKey.generate()
    kiosk = enrolled(portal, code, key)
    assert enrolled(portal, code, key, after_s=10 * CODE_VALID_S) == kiosk
    with pytest.raises(Refused):
        enrolled(portal, code)


def test_only_the_digest_of_a_code_is_stored(portal: Portal, code: str) -> None:
    with portal.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM enrol_code").all()
    assert rows
    assert code not in repr(rows)
    assert code.replace("-", "") not in repr(rows)


def test_a_key_that_is_none_is_refused_and_uses_nothing_up(portal: Portal, code: str) -> None:
    request = EnrolRequest(code=code, public_key={"kty": "RSA"}, device_name="")
    with pytest.raises(Refused), portal.database.write() as connection:
        enrol(connection, request, NOON)
    assert enrolled(portal, code)
