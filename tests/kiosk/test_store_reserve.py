"""The reserve is real room on the disk, taken only where there is plenty, and given up at once."""

import shutil
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import pytest

from kiosk.drafts import PackedVisit
from kiosk.errors import DiskFull
from kiosk.keys import DemoKeys
from kiosk.outbox import State
from kiosk.staff import SignedIn
from kiosk.store import Store
from kiosk.store_reserve import RESERVE_FILE_BYTES, Reserve
from kiosk.store_worker import StoreWorker
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier

SIZE = 300_000


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_it_has_blocks_and_gives_them_up(tmp_path: Path) -> None:
    reserve, path = Reserve(tmp_path, SIZE), tmp_path / "reserve"
    assert not reserve.give_up()
    assert reserve.make()
    assert path.stat().st_blocks * 512 >= SIZE
    before = path.stat().st_mtime_ns
    assert reserve.make()  # is there already
    assert path.stat().st_mtime_ns == before
    assert reserve.give_up()
    assert not path.exists()


def test_without_posix_fallocate_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.posix_fallocate")
    assert Reserve(tmp_path, SIZE).make()
    assert (tmp_path / "reserve").read_bytes() == bytes(SIZE)


def test_one_of_another_size_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "reserve").write_bytes(b"half")  # cut off by a power cut
    assert Reserve(tmp_path, SIZE).make()
    assert (tmp_path / "reserve").stat().st_size == SIZE


def test_a_disk_with_little_room_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 2 * SIZE - 1))
    assert not Reserve(tmp_path, SIZE).make()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    assert not Reserve(tmp_path / "not there", SIZE).make()


def test_a_store_has_one_as_large_as_its_limit_says(tmp_path: Path, clock: FakeClock) -> None:
    for name, reserve_bytes, expected in (("small", SIZE, SIZE), ("usual", 2 * RESERVE_FILE_BYTES, RESERVE_FILE_BYTES)):
        with Store.open(tmp_path / name, DemoKeys(tmp_path / "keys"), clock, reserve_bytes=reserve_bytes):
            assert (tmp_path / name / "reserve").stat().st_size == expected
    with Store.open(tmp_path / "none", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0):
        assert not (tmp_path / "none" / "reserve").exists()


def test_only_small_changes_use_it(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full as long as the reserve lies on it: a change of state is done, a new dossier is not taken."""
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=SIZE) as store:
        entry = store.seal(sample_dossier(1), IDENTITY)
        write = StoreWorker.write

        def full(worker: StoreWorker, work: object) -> object:
            if (tmp_path / "store" / "reserve").exists():
                raise DiskFull("no room")
            return write(worker, work)  # type: ignore[arg-type]

        monkeypatch.setattr(StoreWorker, "write", full)
        with pytest.raises(DiskFull):
            store.seal(sample_dossier(2), IDENTITY)
        assert (tmp_path / "store" / "reserve").exists()
        store.begin(entry.client_ref, State.SENDING, clock.now())
        assert [entry.state for entry in store.entries()] == [State.SENDING]
        store.staff.add("CÁN BỘ MẪU", "482917", clock.now())
        assert isinstance(store.staff.sign_in("482917", clock.now()), SignedIn)
        store.exports.begin(entry.client_ref, clock.now())
        assert store.exports.exported_at(entry.client_ref) == clock.now()
        assert (tmp_path / "store" / "reserve").exists()  # made again: there is room


def test_a_draft_is_destroyed_on_a_full_disk_too(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, packed = UUID(int=9), PackedVisit("2.000635", "001", b"state", MappingProxyType({}))
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=SIZE) as store:
        store.drafts.keep(ref, packed)
        write = StoreWorker.write

        def full(worker: StoreWorker, work: object) -> object:
            if (tmp_path / "store" / "reserve").exists():
                raise DiskFull("no room")
            return write(worker, work)  # type: ignore[arg-type]

        monkeypatch.setattr(StoreWorker, "write", full)
        with pytest.raises(DiskFull):
            store.drafts.keep(ref, packed)
        store.drafts.discard(ref)
        assert store.drafts.of_card("001") == ()
