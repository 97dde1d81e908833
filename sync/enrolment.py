"""A kiosk's standing with a portal: gained with a one-time code, kept in the store, and the way to the portal by it."""

import logging
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from jwt.utils import base64url_decode, base64url_encode
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.errors import KioskError
from kiosk.keys import KeyProvider
from kiosk.outbox import Held, Refused, TryLater
from kiosk.ports import Clock
from kiosk.receipt import Enrolment, EnrolRequest
from sync.answers import setback
from sync.kiosk_portal import LINES, KioskPortal
from sync.line import Line
from sync.portal import NoPortal, PortalPort
from sync.receipts import PortalKeys, ed25519_key
from sync.server_time import ServerTime
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, Transport, is_loopback

STORE_KEY = "enrolment"

_log = logging.getLogger(__name__)


class PortalNotAllowed(KioskError):
    """These keys and this portal do not go together: demo keys protect nothing, a test portal files nothing."""

    key = "portal_not_allowed"


class Enrolled(BaseModel):
    """An enrolment and the address of the portal that gave it."""

    model_config = ConfigDict(frozen=True)

    portal_url: str
    enrolment: Enrolment


class Values(Protocol):
    """The store's small values."""

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...


def enrol(
    transport: Transport, code: str, keys: KeyProvider, device_name: str, *, test_allowed: bool = False
) -> Enrolled | Refused | TryLater | Held:
    """Exchange the one-time code and the public half of the kiosk's key for an enrolment.

    May be repeated when the answer was lost: the portal answers the same code and key the same. Raises
    PortalNotAllowed for demo keys with any but a test portal on this machine, and for a test portal that the caller
    did not allow; KeysUnavailable.
    """
    _check_address(keys, transport.url)
    request = EnrolRequest(code=code, public_key=_public_jwk(keys.device_key()), device_name=device_name)
    body = request.model_dump_json().encode()
    answer = transport.send(Call("POST", "/v1/kiosks/enrol", (JSON_MEDIA_TYPE,), body, JSON_MEDIA_TYPE))
    if not isinstance(answer, Answer):
        return answer
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return setback(answer)
    try:
        enrolment = Enrolment.model_validate_json(answer.body)
        ed25519_key(enrolment.root_key)
        X25519PublicKey.from_public_bytes(base64url_decode(enrolment.recovery_public_key))
    except ValueError:
        return TryLater("unknown:enrolment")
    _check_kind(keys, enrolment, test_allowed=test_allowed)
    return Enrolled(portal_url=transport.url, enrolment=enrolment)


def save_enrolment(store: Values, enrolled: Enrolled) -> None:
    """Keep the enrolment; the one before is forgotten."""
    store.set_value(STORE_KEY, enrolled.model_dump_json().encode())


def load_enrolment(store: Values) -> Enrolled | None:
    """The enrolment that is kept. One that cannot be read is none: the kiosk has to be enrolled again."""
    kept = store.value(STORE_KEY)
    if kept is None:
        return None
    try:
        return Enrolled.model_validate_json(kept)
    except ValidationError:
        _log.error("the enrolment in the store cannot be read: enrol again")
        return None


def open_portal(
    enrolled: Enrolled | None, keys: KeyProvider, clock: Clock, server_time: ServerTime, ca_file: Path | None
) -> PortalPort:
    """The portal of this kiosk; NoPortal without an enrolment.

    `server_time` learns the portal's clock. Raises ConfigProblem, KeysUnavailable, and PortalNotAllowed for demo keys
    with any but a test portal on this machine.
    """
    if enrolled is None:
        return NoPortal()
    _check_address(keys, enrolled.portal_url)
    _check_kind(keys, enrolled.enrolment, test_allowed=True)
    tokens = TokenSource(enrolled.enrolment, keys.device_key(), server_time, clock)
    transports = [Transport(enrolled.portal_url, server_time, ca_file) for _ in range(LINES)]
    return KioskPortal([Line(transport, tokens) for transport in transports], PortalKeys(enrolled.enrolment.root_key))


def _check_address(keys: KeyProvider, url: str) -> None:
    """Before a single word is said: what demo keys protect must not leave the machine."""
    if keys.demo and not is_loopback(url):
        raise PortalNotAllowed("demo keys are used with a portal on this machine only")


def _check_kind(keys: KeyProvider, enrolment: Enrolment, *, test_allowed: bool) -> None:
    if keys.demo and not enrolment.test:
        raise PortalNotAllowed("demo keys are used with a test portal only")
    if enrolment.test and not (keys.demo or test_allowed):
        raise PortalNotAllowed("this is a test portal: nothing that is sent to it is filed")


def _public_jwk(device_key: Ed25519PrivateKey) -> dict[str, str]:
    public = device_key.public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(public).decode()}
