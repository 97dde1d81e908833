"""Tests of portal/durable.py: whole or not at all, and told to the disk in the right order."""

import errno
import os
import stat
from pathlib import Path

import pytest

from portal import durable
from portal.durable import make_folder, write_durably


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    write_durably(tmp_path / "a", b"content", tmp_path)
    assert (tmp_path / "a").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["a"]


def test_a_disk_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_durably(tmp_path / "a", b"before", tmp_path)

    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(durable, "_sync_content", fail)
    with pytest.raises(OSError, match="input/output"):
        write_durably(tmp_path / "a", b"after", tmp_path)
    assert (tmp_path / "a").read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a"]


def test_content_is_on_disk_before_its_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for name, call in (("content", "_sync_content"), ("folder", "sync_folder")):
        monkeypatch.setattr(durable, call, lambda _, name=name: steps.append(name))
    replace = os.replace

    def replace_and_tell(source: Path, target: Path) -> None:
        steps.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "replace", replace_and_tell)
    write_durably(tmp_path / "a", b"content", tmp_path)
    assert steps == ["content", "name", "folder"]


def test_folders_are_made_with_their_parents_and_private(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700
