"""What the kiosk signs with the key that the portal knows it by."""

from dataclasses import dataclass

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.manifest import Wire


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the kiosk's id of now and the key of that enrolment."""

    kiosk_id: str
    device_key: Ed25519PrivateKey

    def sign(self, value: Wire, typ: str) -> str:
        """The value as a compact JWS. Ed25519 signs the same bytes the same way each time."""
        payload = value.model_dump_json().encode()
        return jwt.PyJWS().encode(payload, self.device_key, algorithm="EdDSA", headers={"typ": typ})
