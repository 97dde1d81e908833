"""Tests of portal/enrolment.py: a code works once, in its time, however it is typed."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.receipt import EnrolRequest, ProblemType
from portal import enrolment
from portal.enrolment import CODE_VALID_S, Kiosk, enrol, find_kiosk, new_code
from portal.opening import Portal
from portal.problems import Refused
from tests.portal.desk import NOON, OFFICE, jwk_of


def enrolled(
    portal: Portal, code: str, key: Ed25519PrivateKey | None = None, after_s: float = 0, holds: tuple[str, ...] = ()
) -> Kiosk:
    jwk = jwk_of(key or Ed25519PrivateKey.generate())
    request = EnrolRequest(code=code, public_key=jwk, device_name="máy thử", holds=holds)
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


def code_after(portal: Portal, follows: Kiosk) -> str:
    with portal.database.write() as connection:
        return new_code(connection, follows.office, NOON, follows.id)


def test_a_successor_stands_in_the_place_of_all_before_it(portal: Portal, code: str) -> None:
    first = enrolled(portal, code)
    second = enrolled(portal, code_after(portal, first))
    third = enrolled(portal, code_after(portal, second), holds=(first.id, second.id))
    assert (first.names, second.names) == ((first.id,), (second.id, first.id))
    assert third.names == (third.id, second.id, first.id)
    with portal.database.read() as connection:
        assert find_kiosk(connection, third.id) == third
        kept = [find_kiosk(connection, name) for name in (first.id, second.id)]
    assert [each is not None and each.revoked for each in kept] == [True, True], "one machine has one name at a time"


def test_two_successors_of_one_are_no_ones_of_each_other(portal: Portal, code: str) -> None:
    first = enrolled(portal, code)
    one, other = (enrolled(portal, code_after(portal, first)) for _ in range(2))
    assert one.id not in other.names
    assert other.id not in one.names


def test_a_code_that_does_not_follow_what_is_held_is_refused_and_not_used_up(portal: Portal, code: str) -> None:
    first = enrolled(portal, code)
    with portal.database.write() as connection:
        plain = new_code(connection, OFFICE, NOON)
    for holds in ((first.id,), ("a kiosk of another portal",)):
        with pytest.raises(Refused) as refused:
            enrolled(portal, plain, holds=holds)
        assert refused.value.problem.type == ProblemType.ENROL_FOLLOWS
        assert holds[0] in refused.value.problem.detail
    with portal.database.read() as connection:
        assert find_kiosk(connection, first.id) == first, "and nobody was revoked"
    assert enrolled(portal, plain)


def test_a_key_is_enrolled_once(portal: Portal, code: str) -> None:
    key = Ed25519PrivateKey.generate()
    first = enrolled(portal, code, key)
    code = code_after(portal, first)
    with pytest.raises(Refused) as refused:
        enrolled(portal, code, key)
    assert refused.value.problem.type == ProblemType.ENROL_CODE
    assert enrolled(portal, code)
