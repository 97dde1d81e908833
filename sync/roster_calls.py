"""Asks the portal for the roster of helpers; believes only what the portal has signed for this kiosk's agency."""

from dataclasses import dataclass
from http import HTTPStatus

from pydantic import ValidationError

from kiosk.manifest import sha256_hex
from kiosk.outbox import Held, Refused, TryLater
from kiosk.receipt import Enrolment
from kiosk.roster import ROSTER_MAX_BYTES, ROSTER_MEDIA_TYPE, ROSTER_TYP, Roster, SignedRoster
from sync.answers import setback
from sync.line import Line
from sync.receipts import PortalKeys, portal_word
from sync.transport import Answer, Call

_ETAG_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FetchedRoster:
    """A roster that the portal has signed; `sha256` is of the very bytes that were signed."""

    roster: Roster
    sha256: str
    etag: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The portal says that the roster of the known ETag is the newest."""


class RosterCalls:
    """Asks over a line of its own, so that no dossier waits for a list of names."""

    def __init__(self, line: Line, keys: PortalKeys, enrolment: Enrolment) -> None:
        self._line = line
        self._keys = keys
        self._agency = enrolment.agency.code
        self.source = f"{enrolment.root_key.get('x', '')} {self._agency}"
        """Whose roster it is: the portal, by the key that enrolment pinned, and the agency."""

    def fetch(self, known_etag: str) -> FetchedRoster | Unchanged | Held | TryLater:
        """The roster, if it is another than that of `known_etag` ("" for none)."""
        media_types = (ROSTER_MEDIA_TYPE,)
        answer = self._line.send(
            Call("GET", "/v1/roster", media_types, known_etag=known_etag, answer_max_bytes=ROSTER_MAX_BYTES)
        )
        if not isinstance(answer, Answer):
            return answer
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Unchanged()
        if answer.status != HTTPStatus.OK:
            result = setback(answer)
            return TryLater(result.reason) if isinstance(result, Refused) else result
        return self._verified(answer)

    def abort(self) -> None:
        """End what is under way, from another thread. No call succeeds afterwards."""
        self._line.transport.abort()

    def close(self) -> None:
        """Close the idle connection."""
        self._line.transport.close()

    def _verified(self, answer: Answer) -> FetchedRoster | Held | TryLater:
        try:
            signed = SignedRoster.model_validate_json(answer.body).roster
        except ValidationError:
            return TryLater("unknown:roster_form")
        payload = portal_word(signed, ROSTER_TYP, "roster", self._keys, self._line.transport)
        if not isinstance(payload, bytes):
            return payload
        try:
            roster = Roster.model_validate_json(payload)
        except ValidationError:
            return TryLater("unknown:roster_form")
        if roster.agency != self._agency:
            return TryLater("unknown:roster_agency")
        codes = [each.code for each in roster.helpers]
        if len(set(codes)) != len(codes):
            return TryLater("unknown:roster_form")
        etag = answer.etag if answer.etag.isascii() and len(answer.etag) <= _ETAG_MAX_LENGTH else ""
        return FetchedRoster(roster, sha256_hex(payload), etag)
