"""Writes a small file so that after a crash or a power cut it is there whole, or not there at all."""

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path`, readable by its owner alone; back only when file and folder entry are on disk.

    Raises OSError; what was at `path` before is then unchanged.
    """
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and NTFS journals the rename by itself
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
