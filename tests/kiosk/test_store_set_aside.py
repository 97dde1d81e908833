"""A damaged store is moved away whole, by a person's wish; however the move breaks off, no new one is made before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import store_set_aside
from kiosk.errors import DiskFull, StoreCorrupt, StoreInUse, StoreProblem
from kiosk.keys import DemoKeys
from kiosk.recovery import recover_store
from kiosk.store import Store
from kiosk.store_set_aside import set_aside, set_aside_folders
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, RECOVERY_KEY, sample_dossier

STEPS = 10  # writes and syncs of one move with a journal


class Cut(BaseException):
    """The power went."""


@pytest.fixture
def folder(tmp_path: Path, clock: FakeClock) -> Path:
    """A store with one dossier, and something that looks like the journal of its last moment."""
    with open_store(tmp_path / "store", clock) as store:
        store.seal(sample_dossier(1), IDENTITY)
    (tmp_path / "store" / "kiosk.db-journal").write_bytes(b"")
    return tmp_path / "store"


def open_store(folder: Path, clock: FakeClock) -> Store:
    return Store.open(folder, DemoKeys(folder.parent / "keys"), clock, reserve_bytes=0)


def test_all_of_it_is_moved_and_the_next_start_makes_a_new_one(
    folder: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    database = (folder / "kiosk.db").read_bytes()
    moved = set_aside(folder, clock.now())
    assert moved.name == f"corrupt-{clock.now():%Y%m%dT%H%M%SZ}"
    assert {path.name for path in moved.iterdir()} == {
        "kiosk.db",
        "kiosk.db-journal",
        "store.id",
        "store.recovery",
        "store.check",
    }
    assert (moved / "kiosk.db").read_bytes() == database
    with open_store(folder, clock) as store:
        assert store.entries() == ()
        assert store.set_aside == (moved.name,)
        assert moved.name in caplog.text
        store.seal(sample_dossier(2), IDENTITY)
    assert [dossier.client_ref for dossier in recover_store(moved, RECOVERY_KEY)] == [sample_dossier(1).client_ref]


def test_the_new_store_does_not_forget_the_old_ones_wrapping_key(folder: Path, clock: FakeClock) -> None:
    moved = set_aside(folder, clock.now())
    with open_store(folder, clock) as store:
        store.keys.renew(clock.now())
    with Store.open(moved, DemoKeys(folder.parent / "keys"), clock, reserve_bytes=0) as old:
        assert old.manifest(sample_dossier(1).client_ref)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_move_that_was_cut_off_makes_no_new_store_and_is_finished(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    done: list[object] = []

    def cut_at_step(act: Callable[..., None]) -> Callable[..., None]:
        def acting(*arguments: object) -> None:
            act(*arguments)
            done.append(act)
            if len(done) == step:
                raise Cut

        return acting

    with monkeypatch.context() as patch:
        for name in ("write_durably", "sync_folder"):
            patch.setattr(store_set_aside, name, cut_at_step(getattr(store_set_aside, name)))
        with pytest.raises(Cut):
            set_aside(folder, clock.now())
    clock.advance(60)
    if step < STEPS:  # the last is after the mark is gone
        if not (folder / "kiosk.db").exists():
            with pytest.raises(StoreCorrupt, match="missing"):
                open_store(folder, clock)
        set_aside(folder, clock.now())
    [moved] = set_aside_folders(folder)
    assert {"kiosk.db", "kiosk.db-journal", "store.id", "store.recovery"} <= {path.name for path in moved.iterdir()}
    assert not [path.name for path in folder.glob("*") if path.name.startswith(("kiosk.db", "store."))]
    with open_store(folder, clock) as store:
        assert store.entries() == ()


def test_a_database_that_lost_its_mark_is_moved_all_the_same(folder: Path, clock: FakeClock) -> None:
    (folder / "store.id").unlink()
    assert (set_aside(folder, clock.now()) / "kiosk.db").exists()
    open_store(folder, clock).close()


def test_a_mark_that_lost_its_database_is_moved_all_the_same(folder: Path, clock: FakeClock) -> None:
    (folder / "kiosk.db").unlink()
    with pytest.raises(StoreCorrupt):
        open_store(folder, clock)
    assert (set_aside(folder, clock.now()) / "store.recovery").exists()
    open_store(folder, clock).close()


def test_two_moves_leave_two_folders(folder: Path, clock: FakeClock) -> None:
    first = set_aside(folder, clock.now())
    open_store(folder, clock).close()
    clock.advance(1)
    second = set_aside(folder, clock.now())
    assert set_aside_folders(folder) == (first, second)


def test_there_must_be_a_store_and_nobody_at_it(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    with pytest.raises(StoreProblem, match="no store"):
        set_aside(tmp_path / "nothing", clock.now())
    with open_store(folder, clock), pytest.raises(StoreInUse):
        set_aside(folder, clock.now())


def test_a_disk_that_is_full_is_said_to_be(folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_set_aside, "write_durably", full)
    with pytest.raises(DiskFull):
        set_aside(folder, clock.now())
    monkeypatch.undo()
    open_store(folder, clock).close()


def test_a_copy_that_was_put_back_does_not_take_the_place_of_the_first(folder: Path, clock: FakeClock) -> None:
    """The same store's mark, another file: both are kept."""
    backup = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "kiosk.lock"}
    with open_store(folder, clock) as store:
        store.seal(sample_dossier(2), IDENTITY)
    first = set_aside(folder, clock.now())
    kept = (first / "kiosk.db").read_bytes()
    for name, content in backup.items():
        (folder / name).write_bytes(content)
    second = set_aside(folder, clock.now())
    assert second != first
    assert (first / "kiosk.db").read_bytes() == kept
    assert (second / "kiosk.db").read_bytes() == backup["kiosk.db"]
    assert set_aside_folders(folder) == (first, second)
