"""Exporting to a stick: everything unsent, durable and whole or told apart, and the store as it was."""

import errno
import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from filelock import FileLock

from kiosk.errors import DiskFull, StoreCorrupt
from kiosk.outbox import Refused, State
from kiosk.store_exports import StoreExports
from sync.usb_export import Exported, ExportProblem, NotExported, NothingToExport, Watch, export_to
from sync.usb_format import DOSSIERS, EXPORT_JWS, EXPORT_TYP, MARKER, PREFIX, ExportSummary, read_signed
from sync.usb_reading import read_export
from sync.usb_stick import LOCK_NAME
from tests.fakes import FakeClock
from tests.sample_dossiers import NAME
from tests.sync.sticks import Counter, after, files_below, open_counter


@pytest.fixture
def counter(tmp_path: Path, clock: FakeClock) -> Iterator[Counter]:
    made = open_counter(tmp_path, clock)
    yield made
    made.store.close()


def states(counter: Counter) -> list[tuple[State, int]]:
    return [(entry.state, entry.attempts) for entry in counter.store.entries()]


def test_everything_unsent_goes_to_the_stick_and_nothing_else_changes(counter: Counter) -> None:
    first, second, parked = counter.seal(1, 2, 3)
    counter.store.begin(second, State.SENDING, counter.clock.now())
    counter.store.record(parked, Refused("urn:no"), counter.clock.now())
    before = states(counter)
    exported = counter.export()
    assert (exported.count, exported.resumed, exported.damaged) == (3, False, 0)
    assert exported.folder.parent == counter.stick
    assert exported.folder.name.startswith(f"{PREFIX}kiosk-01-20")
    assert {path.name for path in (exported.folder / DOSSIERS).iterdir()} == {str(r) for r in (first, second, parked)}
    assert states(counter) == before
    assert counter.store.exports.exported_at(first) == counter.clock.now()
    assert counter.store.verify_audit() == 1 + 3 + 2 + 3, "one event for each dossier whose copy left"


def test_no_name_and_no_content_on_the_stick_tells_of_a_person(counter: Counter) -> None:
    [ref] = counter.seal(1)
    counter.export()
    told = b"".join(name.encode() + content for name, content in files_below(counter.stick).items())
    assert NAME.encode() not in told
    assert b"shared paper" not in told
    open_digests = set(counter.store.exports.dossier(ref).contents)  # type: ignore[union-attr]  # it is there
    open_digests -= {counter.store.exports.dossier(ref).manifest_sha256}  # type: ignore[union-attr]
    assert not any(digest.encode() in told for digest in open_digests), "a digest confirms a guess"


def test_an_auditor_gets_the_root_with_the_tools_of_any_system(counter: Counter) -> None:
    counter.seal(1, 2)
    exported = counter.export()
    redone = subprocess.run(
        [
            "sh",
            "-c",
            "find dossiers -type f | LC_ALL=C sort | xargs sha256sum | sha256sum; sha256sum --check SHA256SUMS",
        ],
        cwd=exported.folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    jws = (exported.folder / EXPORT_JWS).read_bytes()
    summary = read_signed(ExportSummary, jws, EXPORT_TYP, counter.key_of)
    assert summary is not None
    assert redone.stdout.split()[0] == summary.root_sha256
    assert (summary.count, summary.exported_at) == (2, counter.clock.now())


def test_what_is_receipted_withdrawn_or_wanted_back_stays_here(counter: Counter) -> None:
    kept, gone, wanted = counter.seal(1, 2, 3)
    counter.store.withdraw(gone, counter.clock.now())
    counter.store.begin(wanted, State.SENDING, counter.clock.now())
    counter.store.withdraw(wanted, counter.clock.now())
    assert counter.store.exports.waiting() == (kept,)
    counter.store.withdraw(kept, counter.clock.now())
    assert counter.try_export() == NothingToExport()
    assert list(counter.stick.iterdir()) == []


def test_what_went_to_a_stick_has_left_so_its_withdrawal_is_told_to_the_portal(counter: Counter) -> None:
    [ref] = counter.seal(1)
    counter.export()
    assert counter.store.withdraw(ref, counter.clock.now()).state is State.SEALED
    assert counter.store.withdrawals_due() == (ref,)


@pytest.mark.parametrize("files", [1, 5, 9])
def test_a_stick_that_was_pulled_out_is_gone_on_with(counter: Counter, clock: FakeClock, files: int) -> None:
    counter.seal(1, 2)
    broken = counter.try_export(Watch(stopped=after(files)))
    assert broken == NotExported(ExportProblem.STOPPED, count=files // 5)
    [root] = counter.stick.iterdir()
    assert (root / MARKER).exists()
    clock.advance(60)
    written = {path: path.stat().st_mtime_ns for path in root.rglob("0*") if path.is_file()}
    exported = counter.export()
    assert (exported.folder, exported.count, exported.resumed) == (root, 2, True)
    assert {path: path.stat().st_mtime_ns for path in written} == written, "what was there is not written again"
    assert not (root / MARKER).exists()
    assert read_export(root, counter.key_of).fault is None


def test_what_was_torn_on_the_stick_is_written_again(counter: Counter) -> None:
    [ref] = counter.seal(1)
    counter.try_export(Watch(stopped=after(3)))
    [root] = counter.stick.iterdir()
    torn = root / DOSSIERS / str(ref) / "0002"
    whole = torn.read_bytes()
    torn.write_bytes(whole[:1000] + b"\0" * 1000)
    (root / DOSSIERS / str(ref) / "0003.part").write_bytes(b"half")
    assert counter.export().resumed
    assert torn.read_bytes() == whole
    assert not list(root.rglob("*.part"))


def test_an_unfinished_export_that_does_not_fit_is_left_as_it_is(counter: Counter, clock: FakeClock) -> None:
    gone, _kept = counter.seal(1, 2)
    counter.try_export(Watch(stopped=after(6)))
    [root] = counter.stick.iterdir()
    before = files_below(root)
    counter.store.withdraw(gone, clock.now())
    clock.advance(60)
    exported = counter.export()
    assert (exported.folder != root, exported.count, exported.resumed) == (True, 1, False)
    assert files_below(root) == before


@pytest.mark.parametrize("garbage", ["dossiers/holiday.jpg", "notes.txt", "dossiers/REF/virus.exe"])
def test_garbage_in_an_unfinished_export_is_not_touched(counter: Counter, clock: FakeClock, garbage: str) -> None:
    [ref] = counter.seal(1)
    counter.try_export(Watch(stopped=after(2)))
    [root] = counter.stick.iterdir()
    strange = root / garbage.replace("REF", str(ref))
    strange.write_bytes(b"not ours")
    clock.advance(60)
    exported = counter.export()
    assert exported.folder != root
    assert strange.read_bytes() == b"not ours"


def test_a_link_on_the_stick_is_never_followed(counter: Counter, clock: FakeClock, tmp_path: Path) -> None:
    [ref] = counter.seal(1)
    counter.try_export(Watch(stopped=after(1)))
    [root] = counter.stick.iterdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (root / DOSSIERS / str(ref)).iterdir():
        path.unlink()
    (root / DOSSIERS / str(ref)).rmdir()
    (root / DOSSIERS / str(ref)).symlink_to(elsewhere)
    clock.advance(60)
    assert counter.export().folder != root
    assert list(elsewhere.iterdir()) == []


def test_two_exports_in_one_second_get_two_folders(counter: Counter) -> None:
    counter.seal(1)
    assert counter.export().folder.name + "-2" == counter.export().folder.name


def test_one_export_at_a_time_on_a_stick(counter: Counter) -> None:
    counter.seal(1)
    with FileLock(counter.stick / LOCK_NAME, thread_local=False):
        assert counter.try_export() == NotExported(ExportProblem.BUSY)
    assert counter.export().count == 1
    assert [path.name for path in counter.stick.iterdir() if path.name == LOCK_NAME] == []


@pytest.mark.parametrize(
    ("number", "problem", "call"),
    [
        *((errno.ENOSPC, ExportProblem.STICK_FULL, call) for call in (1, 6, 30)),
        (errno.EROFS, ExportProblem.READ_ONLY, 1),
        (errno.EIO, ExportProblem.STICK_GONE, 9),
        (errno.ENODEV, ExportProblem.STICK_GONE, 33),
    ],
)
def test_a_stick_that_fails_is_told_and_the_next_export_goes_on(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, number: int, problem: ExportProblem, call: int
) -> None:
    counter.seal(1, 2)
    before, calls, sync = states(counter), iter(range(1, 1000)), os.fsync

    def failing(descriptor: int) -> None:
        if next(calls) >= call:
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        failed = counter.try_export()
    assert isinstance(failed, NotExported)
    assert failed.problem is problem
    assert failed.count in (0, 1, 2)
    assert states(counter) == before
    assert counter.export().count == 2
    assert all(read_export(path, counter.key_of).fault is None for path in [counter.export().folder])


def test_a_folder_that_is_not_there_is_not_made(counter: Counter) -> None:
    counter.seal(1)
    counter.stick.rmdir()
    assert counter.try_export() == NotExported(ExportProblem.STICK_GONE)
    assert not counter.stick.exists(), "a stick that is not mounted must not be taken for the disk below"


def test_one_damaged_dossier_does_not_keep_the_others_here(counter: Counter) -> None:
    lost, kept = counter.seal(1, 2)

    class Damaged(StoreExports):
        """The store's disk, one page of which cannot be read."""

        def sealed(self, client_ref: UUID, sha256: str) -> bytes | None:
            if client_ref == lost:
                raise StoreCorrupt("kiosk.db is damaged")
            return super().sealed(client_ref, sha256)

    exports = Damaged(counter.store.exports._worker)
    exported = export_to(counter.stick, exports, counter.signer, counter.clock.now())
    assert isinstance(exported, Exported)
    assert (exported.count, exported.damaged) == (1, 1)
    assert [path.name for path in (exported.folder / DOSSIERS).iterdir()] == [str(kept)]
    assert read_export(exported.folder, counter.key_of).fault is None


def test_what_cannot_be_noted_is_left_out_unless_it_has_left_already(counter: Counter) -> None:
    """Withdrawn here, one that nobody remembers to have been copied would come to the portal all the same."""
    never_left, committing = counter.seal(1, 2)
    counter.store.begin(committing, State.COMMITTING, counter.clock.now())

    class Full(StoreExports):
        """A disk so full that not even the note fits."""

        def begin(self, client_ref: UUID, now: datetime) -> None:
            raise DiskFull("no room")

    exported = export_to(counter.stick, Full(counter.store.exports._worker), counter.signer, counter.clock.now())
    assert isinstance(exported, Exported)
    assert (exported.count, exported.damaged) == (1, 1)
    assert [path.name for path in (exported.folder / DOSSIERS).iterdir()] == [str(committing)]
    assert counter.store.withdraw(never_left, counter.clock.now()).state is State.WITHDRAWN


def test_it_tells_how_far_it_is(counter: Counter) -> None:
    counter.seal(1, 2, 3)
    told: list[tuple[int, int]] = []
    outcome = counter.try_export(Watch(lambda done, of: told.append((done, of))))
    assert isinstance(outcome, Exported)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
