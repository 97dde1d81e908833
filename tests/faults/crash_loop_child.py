"""A kiosk that sends its queue to a portal, where one dossier ends the whole program, in a process of its own.

Run as `python tests/faults/crash_loop_child.py FOLDER PHASE POISON`: dies in that phase of the dossier of that number.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk.manifest import Manifest
from kiosk.outbox import Accepted, TryLater, Withdrawal
from sync.portal import CheckUp, Parcel
from sync.syncer import Syncer
from tests.fakes import FakeClock
from tests.faults.store_child import die, open_store, say
from tests.sample_dossiers import receipt_for


class DeadlyPortal:
    """Takes every dossier but one, which kills who asks in the phase of that name."""

    def __init__(self, phase: str, poison: UUID) -> None:
        self._phase = phase
        self._poison = poison

    def reserve(self, parcel: Parcel) -> None:
        self._meet("reserve", parcel)

    def upload(self, parcel: Parcel) -> None:
        self._meet("upload", parcel)

    def commit(self, parcel: Parcel) -> Accepted:
        self._meet("commit", parcel)
        return Accepted(receipt_for(Manifest.model_validate_json(parcel.manifest)), "header.payload.signature")

    def recall(self, parcel: Parcel) -> None:
        self._meet("recall", parcel)

    def check_up(self, _client_refs: Sequence[UUID]) -> CheckUp:
        return CheckUp(frozenset(), frozenset())

    def withdraw(self, _wish: Withdrawal) -> TryLater:
        return TryLater("nothing is withdrawn here")

    def withdrawn(self, _client_ref: UUID, _manifest_sha256: str) -> None:
        return None

    def abort(self) -> None: ...

    def close(self) -> None: ...

    def _meet(self, phase: str, parcel: Parcel) -> None:
        if (phase, parcel.client_ref) == (self._phase, self._poison):
            die()


def main(folder: Path, phase: str, poison: int) -> None:
    """See the module."""
    clock = FakeClock()
    with open_store(folder) as store:
        report = Syncer(store, DeadlyPortal(phase, UUID(int=poison)), clock, Random(1)).run_once(clock.now())
        say("accepted", report.accepted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
