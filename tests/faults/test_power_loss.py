"""The power fails at any write of the store: what was acknowledged is there and whole, every step is there or is not.

The store is the real one with its cipher and settings; the disk below it is `tests/faults/power.py`.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import apsw
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk import store_schema
from kiosk.errors import KioskError
from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest
from kiosk.outbox import Accepted, Refused, State, TryLater
from kiosk.receipt import RECEIPT_MEDIA_TYPE
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.fakes_portal import sign
from tests.faults.invariants import Case, Promise, assert_invariants, promise, promises_of
from tests.faults.portal_evidence import HeldDossier, PortalEvidence
from tests.faults.power import Disk, Event, Mark, recording
from tests.sample_dossiers import IDENTITY, SampleDossier, random_paper, receipt_for, sample_dossier

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SEALINGS = {2: 1, 3: 2, 7: 3}  # which step seals which dossier; step 1 makes the store

Step = Callable[[Store], object]
Snapshot = tuple[object, ...]


@cache
def dossier(number: int) -> SampleDossier:
    """The dossier of that number: big enough to fill many pages, small enough to be cut a thousand times."""
    return sample_dossier(number, random_paper(number, 70_000 * number), random_paper(number + 100, 3000))


@dataclass(frozen=True)
class Recording:
    """What a kiosk did: everything its disk saw, what could be read after each step, and what its portal holds."""

    events: Sequence[Event]
    snapshots: Sequence[Snapshot]
    portal: PortalEvidence


def snapshot(store: Store) -> Snapshot:
    """All that a step may change."""
    # Not the attempts: a start counts the try that the cut left without an end.
    rows = [(entry.seq, entry.state, entry.problem, entry.next_try_at) for entry in store.entries()]
    receipts = [store.receipt(entry.client_ref) is not None for entry in store.entries()]
    return tuple(rows), tuple(receipts), store.value("enrolment"), store.verify_audit()


def receipted(store: Store, number: int) -> HeldDossier:
    """The portal takes the dossier."""
    ref = dossier(number).client_ref
    content = store.manifest(ref)
    receipt = receipt_for(Manifest.model_validate_json(content), f"H01-261116-{number:04}")
    typ = RECEIPT_MEDIA_TYPE.removeprefix("application/")
    held = HeldDossier(ref, content, sign(receipt.model_dump_json().encode(), SIGNING, "k", typ))
    store.record(ref, Accepted(receipt, held.receipt), FakeClock().now())
    return held


def steps(held: list[HeldDossier]) -> list[Step]:
    """A morning of the kiosk."""
    one, two, now = dossier(1).client_ref, dossier(2).client_ref, FakeClock().now()
    return [
        lambda store: store.seal(dossier(1), IDENTITY),
        lambda store: store.seal(dossier(2), IDENTITY),
        lambda store: store.begin(one, State.SENDING, now),
        lambda store: store.set_value("enrolment", b"of this kiosk" * 400),
        lambda store: store.begin(one, State.COMMITTING, now),
        lambda store: store.seal(dossier(3), IDENTITY),
        lambda store: held.append(receipted(store, 1)),
        lambda store: store.record(two, TryLater("connection_lost"), now, now),
        lambda store: store.mark_durable(one, now),
        lambda store: store.shred(one, now),
        lambda store: store.record(two, Refused("urn:refused"), now),
        lambda store: store.unpark(two, now),
        lambda store: held.append(receipted(store, 2)),
    ]


def open_store(folder: Path, keys: Path) -> Store:
    return Store.open(folder, DemoKeys(keys), FakeClock(), reserve_bytes=0)


def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recording:
    """Let the kiosk work, and keep what its disk saw."""
    held: list[HeldDossier] = []
    with recording(monkeypatch) as disk:
        disk.events.append(Mark(1, done=False))
        with open_store(tmp_path / "recorded", tmp_path / "keys") as store:
            disk.events.append(Mark(1, done=True))
            snapshots: list[Snapshot] = [(), snapshot(store)]
            for number, step in enumerate(steps(held), 2):
                disk.events.append(Mark(number, done=False))
                step(store)
                disk.events.append(Mark(number, done=True))
                snapshots.append(snapshot(store))
    pieces = {
        piece.sha256: content[start : start + piece.size]
        for number in (1, 2)
        for document in dossier(number).documents
        for content in [dossier(number).papers[document.id]]
        for start, piece in zip(range(0, len(content), 1 << 20), document.pieces, strict=True)
    }
    return Recording(disk.events, snapshots, PortalEvidence(tuple(held), {"k": SIGNING.public_key()}, pieces.get))


def verdict(folder: Path, recorded: Recording, done: int, begun: int, *, lies: bool) -> str:
    """What became of the kiosk whose disk is in `folder`, after step `done` was acknowledged and `begun` was begun."""
    keys = folder.with_name(f"{folder.name}-keys")
    shutil.copytree(folder.parent / "keys", keys)  # a start may change them, and each cut is another kiosk's
    try:
        with open_store(folder, keys) as store:
            found = snapshot(store)
            if done == 0:
                return "kept" if not store.entries() else "wrong"
            if found not in (recorded.snapshots[done], recorded.snapshots[begun]):
                promises_of(store)  # read to the last byte, if it can be read
                return "an earlier time" if lies and found in recorded.snapshots[3:done] else "half or lost"
            assert_invariants(store, portal_of(recorded, found), case_of(folder, done, begun))
    except KioskError as error:
        return f"refused: {error.key}"
    return "kept"


def portal_of(recorded: Recording, found: Snapshot) -> PortalEvidence:
    """The portal as far as this kiosk can have filed with it."""
    known = len(found[0]) if isinstance(found[0], tuple) else 0
    held = tuple(each for each in recorded.portal.dossiers if each.client_ref.int <= known)
    return PortalEvidence(held, recorded.portal.keys, recorded.portal.piece)


def case_of(folder: Path, done: int, begun: int) -> Case:
    def promised(last: int) -> list[Promise]:
        return [promise(dossier(number)) for step, number in SEALINGS.items() if step <= last]

    sealed = promised(done)
    return Case(sealed=sealed, begun=promised(begun)[len(sealed) :], folders=[folder], log=[])


def cut(recorded: Recording, tmp_path: Path, count: int, *, lies_from: int | None = None) -> Counter[str]:
    """The power fails `count` times, each time at another moment; from event `lies_from` on the disk only says that it
    syncs, and the cuts come after that."""
    rng = Random(5)
    end = len(recorded.events)
    moments = sorted(rng.choices(range(lies_from or 0, end + 1), k=count))
    disk, taken, done, begun, verdicts = Disk(), 0, 0, 0, Counter[str]()
    for number, moment in enumerate(moments):
        for index, event in enumerate(recorded.events[taken:moment], taken):
            disk.obeys_sync = lies_from is None or index < lies_from
            disk.take(event)
            if isinstance(event, Mark):
                done, begun = (event.step, event.step) if event.done else (done, event.step)
        taken = moment
        folder = tmp_path / f"cut-{number}"
        disk.leave(folder, rng)
        verdicts[verdict(folder, recorded, done, begun, lies=lies_from is not None)] += 1
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name(f"{folder.name}-keys"))
    return verdicts


@pytest.mark.parametrize("count", [120, pytest.param(1000, marks=pytest.mark.proof)])
def test_a_power_cut_at_any_write_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    assert cut(record(tmp_path, monkeypatch), tmp_path, count) == {"kept": count}


def weaker(monkeypatch: pytest.MonkeyPatch, *pragmas: tuple[str, str]) -> None:
    """Let the store open its file with other settings than it should."""
    configure = store_schema._configure

    def configure_weakly(connection: apsw.Connection, key: bytes, *, is_new: bool) -> None:
        configure(connection, key, is_new=is_new)
        for name, value in pragmas:
            connection.pragma(name, value)

    monkeypatch.setattr(store_schema, "_configure", configure_weakly)


@pytest.mark.parametrize(
    "pragmas",
    [
        [("synchronous", "FULL")],
        [("synchronous", "NORMAL")],
        [("synchronous", "OFF")],
        [("locking_mode", "EXCLUSIVE"), ("journal_mode", "WAL"), ("synchronous", "NORMAL")],
    ],
    ids=["DELETE and FULL", "DELETE and NORMAL", "DELETE and OFF", "WAL and NORMAL"],
)
def test_weaker_settings_are_seen_to_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragmas: list[tuple[str, str]]
) -> None:
    """The test of the test: were the store opened with less than EXTRA, the cuts above would tell."""
    with monkeypatch.context() as patch:
        weaker(patch, *pragmas)
        recorded = record(tmp_path, monkeypatch)
    verdicts = cut(recorded, tmp_path, 25)
    assert verdicts.total() - verdicts["kept"] > 0


def test_other_settings_that_are_safe_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other half of the test of the test: it is not the model of the disk that loses."""
    with monkeypatch.context() as patch:
        weaker(patch, ("locking_mode", "EXCLUSIVE"), ("journal_mode", "WAL"), ("synchronous", "FULL"))
        recorded = record(tmp_path, monkeypatch)
    assert cut(recorded, tmp_path, 25) == {"kept": 25}


def test_a_disk_that_lies_is_noticed_and_no_empty_store_begins_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is honest until two dossiers are sealed; from then on it says "synced" and does nothing."""
    recorded = record(tmp_path, monkeypatch)
    honest = recorded.events.index(Mark(3, done=True))
    verdicts = cut(recorded, tmp_path, 60, lies_from=honest)
    assert set(verdicts) <= {"kept", "an earlier time", "refused: store_corrupt", "refused: store"}
    assert verdicts["refused: store_corrupt"] > 0
