"""Tests of portal/jwk.py against the vectors of RFC 8037."""

import pytest

from portal.jwk import from_base64url, read_signing_jwk, signing_jwk, thumbprint

# RFC 8037, appendices A.2 and A.3.
X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": X}


def test_the_thumbprint_is_that_of_the_standard() -> None:
    assert thumbprint("Ed25519", from_base64url(X)) == THUMBPRINT


def test_a_key_is_written_as_it_was_read() -> None:
    written = signing_jwk(read_signing_jwk(JWK | {"use": "sig", "extra": "ignored"}))
    assert written == JWK | {"kid": THUMBPRINT, "use": "sig", "alg": "EdDSA"}


@pytest.mark.parametrize(
    "changes",
    [{"kty": "EC"}, {"crv": "X25519"}, {"x": X[:-4]}, {"x": ""}, {"x": "??"}, {"d": X}],
    ids=["type", "curve", "short", "empty", "not base64url", "private"],
)
def test_what_is_no_public_signing_key_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_signing_jwk(JWK | changes)
