"""A disk that remembers every write and sync below the store's cipher, and shows what a power cut could have left.

Until a file is synced, each of its sectors of 512 bytes may hold what it held at the last sync or what any later write
put there, whatever the other sectors hold; its length likewise. A name that was made or removed is on the disk when
its folder was synced, which SQLite does with the first sync of a journal and where it deletes one with `syncDir`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from random import Random

import apsw
import pytest

from kiosk import store_folder
from kiosk.durable_file import write_durably

SECTOR_BYTES = 512
_NAME = "power"


@dataclass(frozen=True, slots=True)
class Mark:
    """The program came so far: before a step (`done` false) or after it."""

    step: int
    done: bool


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for a file; `content` None is a new length, `offset`."""

    file: int
    offset: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Sync:
    """All of a file's writes before this are on the disk; of the folder's names too, if `names`."""

    file: int
    names: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name is given to a file, or taken away (None); `synced` when that is on the disk at once."""

    name: str
    file: int | None
    synced: bool


Event = Mark | Write | Sync | Name


class _RecordedFile(apsw.VFSFile):
    """A file of the system, whose changes are noted."""

    def __init__(self, disk: "RecordingDisk", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        assert path is not None, "the store uses no file without a name"
        self._journal = bool(flags[0] & (apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL))
        self._number, self._synced = disk.number_of(Path(path).name), False
        self._events = disk.events
        super().__init__("unix", name, flags)

    def xWrite(self, content: bytes, offset: int) -> None:
        self._events.append(Write(self._number, offset, bytes(content)))
        super().xWrite(content, offset)

    def xTruncate(self, size: int) -> None:
        self._events.append(Write(self._number, size, None))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._events.append(Sync(self._number, names=self._journal and not self._synced))
        self._synced = True


class RecordingDisk(apsw.VFS):
    """The system's files, below the database's cipher. `events` is what happened, in order.

    One for the whole program, for the cipher's layer keeps the address of the one below it for ever.
    """

    def __init__(self) -> None:
        super().__init__(_NAME, "unix")
        self.forget()

    def forget(self) -> None:
        """Begin a new recording."""
        self.events: list[Event] = []
        self._numbers: dict[str, int] = {}
        self._last = 0

    def number_of(self, name: str) -> int:
        """The number of the file of that name; a new one is noted as such."""
        if name not in self._numbers:
            self._last += 1
            self._numbers[name] = self._last
            self.events.append(Name(name, self._last, synced=False))
        return self._numbers[name]

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _RecordedFile:
        return _RecordedFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        name = Path(filename).name
        self._numbers.pop(name, None)
        self.events.append(Name(name, None, synced=syncdir))

    def wrote_durably(self, path: Path, content: bytes) -> None:
        """`kiosk.durable_file.write_durably` put a whole file there, and synced the folder."""
        self._numbers.pop(path.name, None)
        number = self.number_of(path.name)
        self.events += [Write(number, 0, content), Sync(number, names=True)]


@cache
def _recording_disk() -> RecordingDisk:
    return RecordingDisk()


@contextmanager
def recording(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordingDisk]:
    """Every store that is opened inside the block lies on a recording disk. The product has no hook for it."""
    disk = _recording_disk()
    disk.forget()

    def write_and_note(path: Path, content: bytes) -> None:
        write_durably(path, content)
        disk.wrote_durably(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(apsw, "Connection", partial(apsw.Connection, vfs=f"multipleciphers-{_NAME}"))
        patch.setattr(store_folder, "write_durably", write_and_note)
        yield disk


@dataclass
class _File:
    """One file: what is on the disk for certain, and what was written since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        self.safe = self.after(len(self.since), len(self.since), Random(0))
        self.since = []

    def after(self, least: int, most: int, rng: Random) -> bytearray:
        """The file when of each sector, and of the length, between `least` and `most` of the writes arrived."""
        size = _length(len(self.safe), self.since[: rng.randint(least, most)])
        content = bytearray(self.safe[:size].ljust(size, b"\0"))
        arrived: dict[int, int] = {}
        for index, write in enumerate(self.since):
            if write.content is None:
                continue
            end = write.offset + len(write.content)
            for sector in range(write.offset // SECTOR_BYTES, -(-end // SECTOR_BYTES)):
                if sector not in arrived:
                    arrived[sector] = rng.randint(least, most)
                start, stop = max(write.offset, sector * SECTOR_BYTES), min(end, (sector + 1) * SECTOR_BYTES, size)
                if index < arrived[sector] and start < stop:
                    content[start:stop] = write.content[start - write.offset : stop - write.offset]
        return content


def _length(size: int, writes: list[Write]) -> int:
    for write in writes:
        size = write.offset if write.content is None else max(size, write.offset + len(write.content))
    return size


class Disk:
    """The disk at one moment of a recording. While `obeys_sync` is False it says "synced" and does nothing."""

    def __init__(self) -> None:
        self.obeys_sync = True
        self._files: dict[int, _File] = {}
        self._names: dict[str, int | None] = {}
        self._names_since: list[Name] = []

    def take(self, event: Event) -> None:
        """One thing more happened."""
        match event:
            case Write(number):
                self._files.setdefault(number, _File()).since.append(event)
            case Sync(number, names) if self.obeys_sync:
                self._files.setdefault(number, _File()).sync()
                self._sync_names(names)
            case Name(_, number, synced):
                self._names_since.append(event)
                if number is not None:
                    self._files.setdefault(number, _File())
                self._sync_names(synced and self.obeys_sync)

    def leave(self, folder: Path, rng: Random) -> None:
        """Put into `folder` what a cut at this moment may have left: at times all that was written, at times none of
        what was not synced, mostly something between."""
        share = rng.choice(("none", "all", "some", "some", "some"))
        names = dict(self._names)
        for change in self._names_since[: _some(len(self._names_since), share, rng)]:
            names[change.name] = change.file
        folder.mkdir(parents=True)
        for name, number in names.items():
            if number is None:
                continue
            file = self._files[number]
            count = len(file.since)
            least, most = {"none": (0, 0), "all": (count, count), "some": (0, count)}[share]
            (folder / name).write_bytes(file.after(least, most, rng))

    def _sync_names(self, wanted: bool) -> None:
        if wanted:
            self._names |= {change.name: change.file for change in self._names_since}
            self._names_since = []


def _some(count: int, share: str, rng: Random) -> int:
    return {"none": 0, "all": count}.get(share, rng.randint(0, count))
