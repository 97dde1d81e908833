"""A file is written whole, for its owner alone, and a failure leaves what was there before."""

import os
from pathlib import Path

import pytest

from kiosk import durable_file
from kiosk.durable_file import make_folder, write_durably


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "store.id"
    for content in (b"first, and longer", b"second"):
        write_durably(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions: nothing to do on this system")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    write_durably(tmp_path / "key", b"secret")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_durably(path, b"first")
    (tmp_path / "key.new").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_durably(path, b"second")
    assert path.read_bytes() == b"first"


@pytest.mark.skipif(os.name != "posix", reason="only POSIX syncs folders: nothing to do on this system")
def test_a_new_folder_and_those_above_it_are_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a power cut may take the folder with a store that was acknowledged."""
    synced = list[Path]()
    monkeypatch.setattr(durable_file, "sync_folder", synced.append)
    make_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    make_folder(tmp_path / "a" / "b")
    assert len(synced) == 2
