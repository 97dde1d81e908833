"""Public keys as JSON Web Keys of type OKP (RFC 8037), named by their thumbprints (RFC 7638)."""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_BYTES = 32  # both curves (RFC 7748, RFC 8032)


def to_base64url(content: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of base64url text without padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def thumbprint(curve: str, public: bytes) -> str:
    """The key's name: SHA-256 over the required members in lexical order (RFC 7638 §3)."""
    members = {"crv": curve, "kty": "OKP", "x": to_base64url(public)}
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return to_base64url(hashlib.sha256(canonical.encode()).digest())


def signing_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The public half of a signing key as a JWK."""
    public = key.public_bytes_raw()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": to_base64url(public),
        "kid": thumbprint("Ed25519", public),
        "use": "sig",
        "alg": "EdDSA",
    }


def read_signing_jwk(jwk: Mapping[str, str]) -> Ed25519PublicKey:
    """The Ed25519 key of a JWK; members that are not needed are ignored. Raises ValueError."""
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        raise ValueError("not an OKP key on Ed25519")
    if "d" in jwk:
        raise ValueError("a private key was sent")
    public = from_base64url(jwk.get("x", ""))
    if len(public) != KEY_BYTES:
        raise ValueError(f"x is not {KEY_BYTES} bytes long")
    return Ed25519PublicKey.from_public_bytes(public)
