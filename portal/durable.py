"""Write a file so that it is there, whole, after a power cut; the only place that knows how disks are told so."""

import os
import secrets
from pathlib import Path

# Linux has fdatasync: content and size, without the times. Others have fsync.
_sync_content = getattr(os, "fdatasync", os.fsync)


def write_durably(target: Path, content: bytes, scratch: Path) -> None:
    """Put `content` at `target` for good: all of it or nothing, durable on return, readable by the owner only.

    `scratch` is a folder of the same file system for the unfinished file. Raises OSError; then nothing has changed.
    """
    unfinished = scratch / f"{secrets.token_hex(16)}.part"
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            _sync_content(file.fileno())
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a private folder and its parents; durable on return."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows cannot open folders and journals names itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
