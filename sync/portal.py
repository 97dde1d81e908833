"""What the queue needs of a portal, whoever made it: three phases that may be repeated, a question, and a check-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from kiosk.outbox import Accepted, Held, QueueCondition, Refused, TryLater, Withdrawal

Setback = Refused | TryLater | Held


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed dossier for sending: the manifest's bytes exactly as sealed, its pieces by digest when needed.

    Of a `fresh` one nothing was ever sent, so the portal is not asked first what it holds of it.
    """

    client_ref: UUID
    manifest: bytes
    piece: Callable[[str], bytes]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class CheckUp:
    """Of the dossiers asked about: which the portal has in its backup, and which it does not know. `highest_seq` is the
    highest number of ours that it has ever seen, where it says so."""

    durable: frozenset[UUID]
    unknown: frozenset[UUID]
    highest_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The portal knows that the dossier was withdrawn. `proof` is its signed word, kept for ever."""

    proof: str


class PortalPort(Protocol):
    """A portal that receives dossiers. Each call blocks, ends within its deadlines, and may be repeated at will.

    A phase that went well answers None (`commit`: Accepted), else the setback.
    """

    def reserve(self, parcel: Parcel) -> Setback | None:
        """Ask for a place or code, where the portal wants that before anything is uploaded."""
        ...

    def upload(self, parcel: Parcel) -> Setback | None:
        """Bring every piece that the portal does not hold."""
        ...

    def commit(self, parcel: Parcel) -> Accepted | Setback:
        """Create or update the dossier at the portal: the one act that counts."""
        ...

    def recall(self, parcel: Parcel) -> Accepted | Setback | None:
        """Ask for the receipt of a commit whose answer was lost; None when the portal knows of no such dossier."""
        ...

    def check_up(self, client_refs: Sequence[UUID]) -> CheckUp | Held | TryLater:
        """Ask after dossiers that the portal has receipted. With none it still proves that the portal can be used."""
        ...

    def withdraw(self, wish: Withdrawal) -> Withdrawn | Setback:
        """Tell the portal that a dossier is wanted back, whether or not it ever got it."""
        ...

    def withdrawn(self, client_ref: UUID, manifest_sha256: str) -> Withdrawn | Setback | None:
        """Ask for the proof that a dossier was withdrawn; None when the portal has none."""
        ...

    def abort(self) -> None:
        """End what is under way, from another thread: the program is stopping. No call succeeds afterwards."""
        ...

    def close(self) -> None:
        """Close idle connections."""
        ...


class NoPortal:
    """Stands in for the portal of a kiosk that is not enrolled: everything waits."""

    help_line = None
    rosters = None
    _held = Held(QueueCondition.NOT_ENROLLED)

    def reserve(self, _parcel: Parcel) -> Setback | None:
        """Held."""
        return self._held

    def upload(self, _parcel: Parcel) -> Setback | None:
        """Held."""
        return self._held

    def commit(self, _parcel: Parcel) -> Accepted | Setback:
        """Held."""
        return self._held

    def recall(self, _parcel: Parcel) -> Accepted | Setback | None:
        """Held."""
        return self._held

    def check_up(self, _client_refs: Sequence[UUID]) -> CheckUp | Held | TryLater:
        """Held."""
        return self._held

    def withdraw(self, _wish: Withdrawal) -> Withdrawn | Setback:
        """Held."""
        return self._held

    def withdrawn(self, _client_ref: UUID, _manifest_sha256: str) -> Withdrawn | Setback | None:
        """Held."""
        return self._held

    def abort(self) -> None:
        """Nothing is ever under way."""

    def close(self) -> None:
        """Nothing is ever open."""
