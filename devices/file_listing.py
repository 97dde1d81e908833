"""The files below a folder that a stranger has filled: listed and opened without ever leaving it or waiting for it.

Every step goes by the descriptor of the folder before it (openat) and follows no link, so nothing that is swapped
meanwhile leads outside. Only plain files of the folder's own file system are opened: a FIFO would wait for ever, and a
device acts.
"""

import contextlib
import os
import stat
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from devices.file_formats import HEAD_BYTES, kind_of
from devices.harmless_name import harmless_name
from devices.sticks import Stick
from kiosk.capture import FileProblem, FileRefused, StickFile, StickListing

MAX_FILE_BYTES = 50 * 1024 * 1024  # eight times what portals take (6 MB): scans at 600 dpi come so large
_CHUNK_BYTES = 1024 * 1024
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
# What systems leave on sticks, in lower case; names that begin with a dot or with Office's "~$" are hidden too.
_SYSTEM_NAMES = {"system volume information", "$recycle.bin", "recycler", "lost.dir", "lost+found", "autorun.inf"}


@dataclass(frozen=True, slots=True)
class ListingCaps:
    """How much of the sticks is looked at: levels of folders, entries in all, files shown, seconds of reading them."""

    levels: int = 4
    entries: int = 2000
    shown: int = 200
    total_s: float = 5.0


@dataclass(frozen=True, slots=True)
class _Found:
    """A plain file, not opened yet. `parts` are the names from the stick's folder down."""

    stick: Stick
    parts: tuple[str, ...]
    size_bytes: int
    changed_ns: int

    def key(self) -> str:
        return f"{self.stick.device}|{self.changed_ns}|{'/'.join(self.parts)}"


def list_files(
    sticks: Sequence[Stick],
    caps: ListingCaps | None = None,
    *,
    skipped: frozenset[str] = frozenset(),
    monotonic_s: Callable[[], float] = time.monotonic,
) -> StickListing:
    """The papers on the sticks, newest first; `left_out` counts the other plain files that were seen. Raises OSError
    when a stick cannot be read. Names in `skipped` are not looked at."""
    caps = caps or ListingCaps()
    until_s = monotonic_s() + caps.total_s
    found: list[_Found] = []
    for stick in sticks:
        walk = _walk(stick, caps.levels, caps.entries // len(sticks))
        found += [file for file in walk if file.parts[-1] not in skipped]
    found.sort(key=lambda file: file.changed_ns, reverse=True)
    files: list[StickFile] = []
    for file in found:
        if len(files) == caps.shown or monotonic_s() >= until_s:
            break
        kind = kind_of(_head(file))
        if kind is not None:
            folder = " / ".join(harmless_name(part) for part in file.parts[:-1])
            files.append(StickFile(file.key(), harmless_name(file.parts[-1]), kind, file.size_bytes, folder))
    return StickListing(tuple(files), len(found) - len(files))


def _walk(stick: Stick, levels: int, entries: int) -> Iterator[_Found]:
    """The plain files, those of the upper folders first. A folder that cannot be read is passed over, but the first."""
    folders: deque[tuple[str, ...]] = deque([()])
    looked_at = 0
    while folders:
        parts = folders.popleft()
        try:
            with _opened_folder(stick, parts) as folder, os.scandir(folder) as listed:
                for entry in listed:
                    looked_at += 1
                    if looked_at > entries:
                        return
                    if _is_hidden(entry.name):
                        continue
                    below = (*parts, entry.name)
                    if entry.is_dir(follow_symlinks=False) and len(below) < levels:
                        folders.append(below)
                    elif entry.is_file(follow_symlinks=False):
                        about = entry.stat(follow_symlinks=False)
                        yield _Found(stick, below, about.st_size, about.st_mtime_ns)
        except OSError:
            if not parts:
                raise


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_NAMES


@contextlib.contextmanager
def _opened_folder(stick: Stick, parts: Sequence[str]) -> Iterator[int]:
    """The descriptor of a folder on the stick. Raises OSError, for another file system in it too."""
    folder = os.open(stick.folder, _FOLDER & ~os.O_NOFOLLOW)
    try:
        device = os.fstat(folder).st_dev
        for part in parts:
            below = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        if os.fstat(folder).st_dev != device:
            raise OSError("another file system")
        yield folder
    finally:
        os.close(folder)


def _open_file(stick: Stick, parts: Sequence[str]) -> int:
    """The descriptor of a plain file on the stick. Raises OSError."""
    with _opened_folder(stick, parts[:-1]) as folder:
        file = os.open(parts[-1], _FILE, dir_fd=folder)
        about = os.fstat(file)
        if stat.S_ISREG(about.st_mode) and about.st_dev == os.fstat(folder).st_dev:
            return file
    os.close(file)
    raise OSError("no plain file")


def _head(file: _Found) -> bytes:
    """Its first bytes; none of a file that cannot be read."""
    try:
        descriptor = _open_file(file.stick, file.parts)
    except OSError:
        return b""
    try:
        return os.read(descriptor, HEAD_BYTES)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def read_file(sticks: Sequence[Stick], file: StickFile) -> Iterator[bytes]:
    """The bytes of a listed file, piece by piece and never more than were listed. Raises FileRefused: GONE too when
    another file lies there by now."""
    if file.size_bytes > MAX_FILE_BYTES:
        raise FileRefused(FileProblem.TOO_LARGE, f"{file.size_bytes} bytes")
    device, changed_ns, path = file.key.split("|", 2)
    parts = path.split("/")
    stick = next((stick for stick in sticks if stick.device == device), None)
    if stick is None or not all(parts) or not {".", ".."}.isdisjoint(parts):
        raise FileRefused(FileProblem.GONE, "no such stick")
    try:
        with os.fdopen(_open_file(stick, parts), "rb", buffering=0) as opened:
            about = os.fstat(opened.fileno())
            if (about.st_size, about.st_mtime_ns) != (file.size_bytes, int(changed_ns)):
                raise FileRefused(FileProblem.GONE, "the file was changed")
            left = file.size_bytes
            while left and (piece := opened.read(min(_CHUNK_BYTES, left))):
                left -= len(piece)
                yield piece
            if left:
                raise FileRefused(FileProblem.GONE, "the file became shorter")
    except OSError as error:
        raise FileRefused(FileProblem.GONE, os.strerror(error.errno or 0)) from error
