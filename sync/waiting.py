"""Which dossiers a portal has still to take or to confirm, and the kiosk ids under which they were sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from kiosk.outbox import OutboxEntry, State


class Names(Protocol):
    """The kiosk ids in the manifests of the dossiers whose papers are still here."""

    def names(self) -> Mapping[UUID, str]: ...


class Sealed(Protocol):
    """What can be asked of the store about what was sealed there."""

    @property
    def sealers(self) -> Names: ...

    def entries(self) -> Sequence[OutboxEntry]: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """Dossiers that a portal has still to take or to confirm, and the kiosk ids under which they were sealed."""

    count: int
    kiosk_ids: tuple[str, ...]


def waiting(store: Sealed, answered_for: Sequence[str] = (), *, durable_too: bool = False) -> Waiting:
    """What waits under other names than those; `durable_too` with what the portal has in its backup and is kept here
    for some days more."""
    sealed_as = store.sealers.names()
    names = [
        sealed_as[entry.client_ref]
        for entry in store.entries()
        if entry.client_ref in sealed_as
        and (durable_too or not _is_done(entry))
        and sealed_as[entry.client_ref] not in answered_for
    ]
    return Waiting(len(names), tuple(sorted(set(names))))


def _is_done(entry: OutboxEntry) -> bool:
    """The portal has it in its backup, and nobody has asked for it back."""
    return entry.state is State.DURABLE and entry.withdrawal_asked_at is None
