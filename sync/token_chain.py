"""The kiosk's half of the chain of tokens: the last link that the portal gave, kept before its token is used."""

import logging
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ValidationError

from kiosk.audit import AuditEvent
from kiosk.ports import Clock

_KEY = "token.link"

_log = logging.getLogger(__name__)


class ChainStore(Protocol):
    """What a chain needs of the store; each change is durable when the call returns."""

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...

    def record_event(self, kind: AuditEvent, client_ref: UUID | None, now: datetime) -> None: ...


class _Last(BaseModel):
    kiosk_id: str
    link: str


class TokenChain:
    """The chain of one kiosk's name. Raises StoreProblem as the store does."""

    def __init__(self, store: ChainStore, kiosk_id: str, clock: Clock) -> None:
        self._store = store
        self._kiosk_id = kiosk_id
        self._clock = clock

    def kept(self) -> str:
        """The last link, "" before the first: one that was given to another name is none."""
        kept = self._store.value(_KEY)
        try:
            last = _Last.model_validate_json(kept) if kept else None
        except ValidationError:
            return ""
        return last.link if last is not None and last.kiosk_id == self._kiosk_id else ""

    def keep(self, link: str) -> None:
        """Keep the link that came with a token. Durable on return."""
        last = _Last(kiosk_id=self._kiosk_id, link=link)
        self._store.set_value(_KEY, last.model_dump_json().encode())

    def went_back(self) -> None:
        """The portal has met a newer disk under this name: one of the two was put back from a backup."""
        _log.warning("the portal knows a newer disk of this kiosk: joining again")
        self._store.record_event(AuditEvent.REJOINED, None, self._clock.now())
