"""Tests of kiosk/device_key.py: another key for each enrolment, from any place of keys."""

from pathlib import Path

import pytest

from kiosk.device_key import enrolled_key, new_salt
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys, DemoKeys, KeyProvider


@pytest.fixture(params=["demo", "credential"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> KeyProvider:
    if request.param == "demo":
        return DemoKeys(tmp_path)
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    return CredentialKeys(tmp_path)


def raw(keys: KeyProvider, salt: str) -> bytes:
    return enrolled_key(keys, salt).private_bytes_raw()


def test_a_salt_gives_the_same_key_each_time_and_another_salt_another(keys: KeyProvider) -> None:
    salts = [new_salt() for _ in range(5)]
    made = [raw(keys, salt) for salt in salts]
    assert made == [raw(keys, salt) for salt in salts]
    assert len({*made, raw(keys, ""), keys.key()}) == 7


def test_an_enrolment_without_a_salt_has_the_key_of_the_place(keys: KeyProvider) -> None:
    assert raw(keys, "") == keys.device_key().private_bytes_raw()


def test_the_salt_alone_gives_nothing_away(tmp_path: Path) -> None:
    salt = new_salt()
    assert raw(DemoKeys(tmp_path / "one"), salt) != raw(DemoKeys(tmp_path / "two"), salt)
