"""Tests of portal/keys.py: made once, private, and rotated without losing what was signed before."""

import dataclasses
import json
import stat

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.jwk import to_base64url
from portal.keys import add_signing_key, open_keys
from portal.settings import CannotStart, Settings, StartProblem
from tests.portal.desk import public_key


def test_keys_are_made_once_for_their_owner_alone(settings: Settings) -> None:
    first, again = open_keys(settings), open_keys(settings)
    assert first.root_jwk == again.root_jwk
    assert first.signed_key_set() == again.signed_key_set()
    assert (first.at_rest, first.recovery_public) == (again.at_rest, again.recovery_public)
    for path in settings.keys.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_new_signing_key_signs_and_the_old_one_stays_in_the_set(settings: Settings) -> None:
    before = open_keys(settings)
    signed_before = before.sign(b"old", "test")
    kid = add_signing_key(settings.keys)
    keys = open_keys(settings)
    root = public_key(keys.root_jwk)
    key_set = json.loads(jwt.PyJWS().decode(keys.signed_key_set(), root, algorithms=["EdDSA"]))["keys"]
    by_kid = {jwk["kid"]: public_key(jwk) for jwk in key_set}
    assert jwt.get_unverified_header(keys.sign(b"new", "test"))["kid"] == kid
    assert len(by_kid) == 2
    old_kid = jwt.get_unverified_header(signed_before)["kid"]
    assert jwt.PyJWS().decode(signed_before, by_kid[old_kid], algorithms=["EdDSA"]) == b"old"


def test_a_signature_says_what_it_is_for(settings: Settings) -> None:
    assert jwt.get_unverified_header(open_keys(settings).sign(b"x", "purpose"))["typ"] == "purpose"


def test_the_recovery_key_may_come_from_elsewhere(settings: Settings) -> None:
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    keys = open_keys(dataclasses.replace(settings, recovery_public=to_base64url(public)))
    assert keys.recovery_public == public
    assert not (settings.keys / "recovery.pem").exists()


def test_the_at_rest_key_may_lie_elsewhere(settings: Settings) -> None:
    elsewhere = settings.keys.parent / "stick" / "key"
    keys = open_keys(dataclasses.replace(settings, key_file=elsewhere))
    assert elsewhere.read_text() == to_base64url(keys.at_rest)
    assert not (settings.keys / "at-rest.key").exists()


@pytest.mark.parametrize("name", ["root.pem", "signing-0001.pem", "recovery.pem", "at-rest.key"])
def test_a_spoilt_key_stops_the_start_and_is_not_replaced(settings: Settings, name: str) -> None:
    open_keys(settings)
    (settings.keys / name).write_text("spoilt")
    with pytest.raises(CannotStart) as refused:
        open_keys(settings)
    assert refused.value.problem is StartProblem.KEYS_UNUSABLE
    assert (settings.keys / name).read_text() == "spoilt"


def test_a_recovery_key_of_the_wrong_length_stops_the_start(settings: Settings) -> None:
    with pytest.raises(CannotStart):
        open_keys(dataclasses.replace(settings, recovery_public="AAAA"))
