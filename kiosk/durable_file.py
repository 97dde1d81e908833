"""Writes small files and makes folders so that a crash or a power cut leaves them whole, or not there at all."""

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
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner opens, and those above it; back only when their names are on disk, for with
    them all that was put inside would be gone. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Back when the names in the folder are on disk as they are now. Raises OSError."""
    if os.name != "posix":  # Windows opens no folders: NTFS journals the rename by itself, a stick is "removed safely"
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
