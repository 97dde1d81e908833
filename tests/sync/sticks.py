"""A kiosk with waiting dossiers and a folder in place of a stick, for tests of export and import."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.keys import DemoKeys
from kiosk.store import Identity, Store
from sync.signing import Signer
from sync.usb_export import Exported, Outcome, Watch, export_to
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, random_paper, sample_dossier

MIB = 1024 * 1024


@dataclass
class Counter:
    """A kiosk that exports. Its dossiers have a paper of three pieces each, and one that they all share."""

    store: Store
    signer: Signer
    stick: Path
    clock: FakeClock

    def seal(self, *numbers: int, identity: Identity = IDENTITY, size_bytes: int = 2 * MIB + 5) -> tuple[UUID, ...]:
        papers = {number: (random_paper(number, size_bytes), b"shared paper") for number in numbers}
        dossiers = [sample_dossier(number, *papers[number]) for number in numbers]
        for dossier in dossiers:
            self.store.seal(dossier, identity)
        return tuple(dossier.client_ref for dossier in dossiers)

    def try_export(self, watch: Watch | None = None) -> Outcome:
        return export_to(self.stick, self.store.exports, self.signer, self.clock.now(), watch)

    def export(self) -> Exported:
        outcome = self.try_export()
        assert isinstance(outcome, Exported)
        return outcome

    def key_of(self, kiosk_id: str) -> Ed25519PublicKey | None:
        """As a portal knows it that has enrolled this kiosk alone."""
        return self.signer.device_key.public_key() if kiosk_id == self.signer.kiosk_id else None


def open_counter(folder: Path, clock: FakeClock, kiosk_id: str = IDENTITY.kiosk_id) -> Counter:
    """The caller closes its store."""
    keys = DemoKeys(folder / "keys")
    stick = folder / "stick"
    stick.mkdir()
    store = Store.open(folder / "store", keys, clock, reserve_bytes=0)
    return Counter(store, Signer(kiosk_id, keys.device_key()), stick, clock)


def files_below(folder: Path) -> dict[str, bytes]:
    """Content by name of everything there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def after(count: int) -> Callable[[], bool]:
    """True from the call after so many on."""
    calls = iter(range(count))
    return lambda: next(calls, None) is None
