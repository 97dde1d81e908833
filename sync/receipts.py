"""The one exact thing that success is: a receipt whose signature, ids and every digest agree with what was sealed."""

import json
from typing import Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import Accepted, Held, Refused, TryLater
from kiosk.receipt import RECEIPT_MEDIA_TYPE, Receipt, SignedKeys
from sync.answers import setback
from sync.transport import JSON_MEDIA_TYPE, Answer, Call

_ALGORITHM = "EdDSA"
# What a signature is for stands under it (`typ`, RFC 7515 §4.1.9): one key signs more than one kind of thing.
RECEIPT_TYP = RECEIPT_MEDIA_TYPE.removeprefix("application/")
KEYS_TYP = "jwk-set+json"


def ed25519_key(jwk: dict[str, str]) -> Ed25519PublicKey:
    """The public key of an OKP JWK (RFC 8037); ValueError for anything else, a private key among it."""
    try:
        key = jwt.PyJWK(jwk, algorithm=_ALGORITHM).key
    except jwt.PyJWTError as error:
        raise ValueError("not an Ed25519 JWK") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not a public Ed25519 JWK")
    return key


def signed_payload(jws: str, key: Ed25519PublicKey, typ: str) -> bytes | None:
    """The payload of a compact JWS of that type, signed by that key with EdDSA; None for anything else."""
    try:
        content = jwt.PyJWS().decode_complete(jws, key, algorithms=[_ALGORITHM])
    except jwt.PyJWTError:
        return None
    payload = content["payload"]
    return payload if content["header"].get("typ") == typ and isinstance(payload, bytes) else None


class Asked(Protocol):
    """Who is asked for the keys: a transport."""

    def send(self, call: Call, bearer: str = "", /) -> Answer | Held | TryLater: ...


class PortalKeys:
    """The portal's signing keys by `kid`, believed only when the root that enrolment pinned has signed them."""

    def __init__(self, root_key: dict[str, str]) -> None:
        self._root = ed25519_key(root_key)
        self._keys: dict[str, Ed25519PublicKey] = {}

    def find(self, kid: str, transport: Asked) -> Ed25519PublicKey | Held | TryLater:
        """The key of that name; an unknown name is asked for once."""
        if kid not in self._keys:
            obstacle = self._refresh(transport)
            if obstacle is not None:
                return obstacle
        return self._keys.get(kid, TryLater("unknown:key"))

    def _refresh(self, transport: Asked) -> Held | TryLater | None:
        answer = transport.send(Call("GET", "/v1/keys", (JSON_MEDIA_TYPE,)))
        if not isinstance(answer, Answer):
            return answer
        if not answer.good:
            result = setback(answer)
            return TryLater(result.reason) if isinstance(result, Refused) else result
        try:
            payload = signed_payload(SignedKeys.model_validate_json(answer.body).keys, self._root, KEYS_TYP)
            if payload is None:
                return TryLater("unknown:keys")
            self._keys = {jwk["kid"]: ed25519_key(jwk) for jwk in json.loads(payload)["keys"]}
        except (ValueError, KeyError, TypeError):
            return TryLater("unknown:keys")
        return None


def portal_word(jws: str, typ: str, name: str, keys: PortalKeys, asked: Asked) -> bytes | Held | TryLater:
    """The payload of what the portal's own key signed as `typ`; all else is unknown, for reasons under `name`."""
    try:
        kid = str(jwt.get_unverified_header(jws).get("kid", ""))
    except jwt.PyJWTError:
        return TryLater(f"unknown:{name}_form")
    key = keys.find(kid, asked)
    if not isinstance(key, Ed25519PublicKey):
        return key
    payload = signed_payload(jws, key, typ)
    return TryLater(f"unknown:{name}_signature") if payload is None else payload


def verify_receipt(jws: str, manifest: bytes, keys: PortalKeys, transport: Asked) -> Accepted | Held | TryLater:
    """Accepted only when all of it agrees with the sealed manifest; all else is unknown: keep, ask again."""
    payload = portal_word(jws, RECEIPT_TYP, "receipt", keys, transport)
    if not isinstance(payload, bytes):
        return payload
    try:
        receipt = Receipt.model_validate_json(payload)
    except ValidationError:
        return TryLater("unknown:receipt_form")
    difference = _difference(receipt, manifest)
    return TryLater(f"unknown:receipt_{difference}") if difference else Accepted(receipt, jws)


def _difference(receipt: Receipt, manifest: bytes) -> str:
    sealed = Manifest.model_validate_json(manifest)
    if receipt.client_ref != sealed.client_ref:
        return "client_ref"
    if receipt.kiosk_id != sealed.kiosk_id:
        return "kiosk_id"
    if receipt.manifest_sha256 != sha256_hex(manifest):
        return "manifest"
    held = sorted((str(document.id), document.sha256, document.size) for document in receipt.documents)
    sent = sorted((str(document.id), document.sha256, document.size) for document in sealed.documents)
    return "" if held == sent else "documents"
