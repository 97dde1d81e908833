"""A kiosk's standing with a portal: gained with a one-time code, kept in the store, and the way to the portal by it."""

import logging
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from jwt.utils import base64url_decode, base64url_encode
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.device_key import enrolled_key, new_salt
from kiosk.errors import KioskError
from kiosk.keys import KeyProvider
from kiosk.manifest import sha256_hex
from kiosk.outbox import Held, Refused, TryLater
from kiosk.ports import Clock
from kiosk.receipt import Enrolment, EnrolRequest
from sync.answers import setback
from sync.kiosk_portal import LINES, KioskPortal
from sync.line import Line
from sync.portal import NoPortal
from sync.receipts import PortalKeys, ed25519_key
from sync.roster_calls import RosterCalls
from sync.server_time import ServerTime
from sync.signing import Signer
from sync.token_chain import ChainStore, TokenChain
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, ExchangeLimits, Transport, is_loopback
from sync.waiting import Sealed, waiting

STORE_KEY = "enrolment"
_ASKED_KEY = "enrolment.asked"
HELP_LIMITS = ExchangeLimits(connect_s=5.0, base_s=10.0)  # somebody waits for it, and it is asked again at once
_READ_AS = str.maketrans("OIL", "011")  # letters that no code has, typed for digits

_log = logging.getLogger(__name__)


class PortalNotAllowed(KioskError):
    """These keys and this portal do not go together: demo keys protect nothing, a test portal files nothing."""

    key = "portal_not_allowed"


class Enrolled(BaseModel):
    """An enrolment, the address of the portal that gave it, and the salt of the key it is for (`device_key_of`)."""

    model_config = ConfigDict(frozen=True)

    portal_url: str
    enrolment: Enrolment
    key_salt: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The kiosk ids whose dossiers the portal takes from this kiosk."""
        return (self.enrolment.kiosk_id, *self.enrolment.follows)


class _Asked(BaseModel):
    """An enrolment that was begun. It is kept before the request leaves: a code whose answer was lost is good for the
    same key only."""

    portal_url: str
    code_sha256: str
    key_salt: str


class Values(Protocol):
    """The store's small values."""

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...


class Applicant(Values, Sealed, Protocol):
    """The store of a kiosk that is being enrolled."""


def enrol(
    transport: Transport,
    code: str,
    keys: KeyProvider,
    device_name: str,
    *,
    test_allowed: bool = False,
    store: Applicant | None = None,
) -> Enrolled | Refused | TryLater | Held:
    """Exchange the one-time code and the public half of a key made for this enrolment alone for an enrolment.

    May be repeated when the answer was lost: the portal answers the same code and key the same, and `store` remembers
    which key went with the code. The portal hears under which kiosk ids dossiers wait in `store`; it refuses a code
    that does not follow them, and the code stays good. Raises PortalNotAllowed for demo keys with any but a test
    portal on this machine, and for a test portal that the caller did not allow; KeysUnavailable, StoreProblem.
    """
    _check_address(keys, transport.url)
    salt = _salt_for(store, transport.url, code)
    public_key = _public_jwk(enrolled_key(keys, salt))
    holds = waiting(store).kiosk_ids if store is not None else ()
    request = EnrolRequest(code=code, public_key=public_key, device_name=device_name, holds=holds)
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
    return Enrolled(portal_url=transport.url, enrolment=enrolment, key_salt=salt)


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


def device_key_of(enrolled: Enrolled, keys: KeyProvider) -> Ed25519PrivateKey:
    """The key that the portal knows this kiosk by. Raises KeysUnavailable."""
    return enrolled_key(keys, enrolled.key_salt)


def open_portal(
    enrolled: Enrolled | None,
    keys: KeyProvider,
    clock: Clock,
    server_time: ServerTime,
    ca_file: Path | None,
    store: ChainStore | None = None,
) -> KioskPortal | NoPortal:
    """The portal of this kiosk; NoPortal without an enrolment.

    `store` keeps the chain of tokens, by which a copy of this disk is noticed; whoever opens the portal of a store that
    lasts has to give it. `server_time` learns the portal's clock. Raises ConfigProblem, KeysUnavailable, and
    PortalNotAllowed for demo keys with any but a test portal on this machine.
    """
    if enrolled is None:
        return NoPortal()
    _check_address(keys, enrolled.portal_url)
    _check_kind(keys, enrolled.enrolment, test_allowed=True)
    chain = None if store is None else TokenChain(store, enrolled.enrolment.kiosk_id, clock)
    signer = Signer(enrolled.enrolment.kiosk_id, device_key_of(enrolled, keys))
    tokens = TokenSource(enrolled.enrolment, signer.device_key, server_time, clock, chain)
    transports = [Transport(enrolled.portal_url, server_time, ca_file) for _ in range(LINES + 1)]
    roster_line, *lines = [Line(transport, tokens) for transport in transports]
    help_line = Line(Transport(enrolled.portal_url, server_time, ca_file, HELP_LIMITS), tokens)
    keys_of_portal = PortalKeys(enrolled.enrolment.root_key)
    rosters = RosterCalls(roster_line, keys_of_portal, enrolled.enrolment)
    return KioskPortal(lines, keys_of_portal, signer, rosters=rosters, help_line=help_line)


def _salt_for(store: Values | None, portal_url: str, code: str) -> str:
    """The salt that goes with this code at this portal, made and kept the first time. However a person types the code
    the second time, it is the same one."""
    letters = "".join(filter(str.isalnum, code.upper())).translate(_READ_AS)
    code_sha256 = sha256_hex(letters.encode())
    kept = store.value(_ASKED_KEY) if store is not None else None
    if kept is not None:
        asked = _Asked.model_validate_json(kept)
        if (asked.portal_url, asked.code_sha256) == (portal_url, code_sha256):
            return asked.key_salt
    salt = new_salt()
    if store is not None:
        asked = _Asked(portal_url=portal_url, code_sha256=code_sha256, key_salt=salt)
        store.set_value(_ASKED_KEY, asked.model_dump_json().encode())
    return salt


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
