"""The folders of a catalogue: the shipped one, those that a province and an office lay over it, and their strays."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.yaml_text import MAX_BYTES

CATALOG_FILE = "catalog.yaml"
SERVICE_FILE = "service.yaml"
FORM_FILE = "form.yaml"
FORMS = "_forms"
BLOCKS = "_blocks"


@dataclass(frozen=True, slots=True)
class CatalogFolders:
    """The shipped folder and those over it, the uppermost last. A folder that begins with "_" is no service."""

    shipped: Path
    over: tuple[Path, ...] = ()

    @property
    def layers(self) -> tuple[Path, ...]:
        """All folders, the lowest first."""
        return (self.shipped, *self.over)

    def codes(self) -> list[str]:
        """The names of all service folders in their order."""
        folders = {path.name for layer in self.layers for path in layer.glob("*") if path.is_dir()}
        return sorted(name for name in folders if not name.startswith(("_", ".")))

    def files(self, *parts: str) -> tuple[Path, ...]:
        """The files of that name, the lowest first."""
        return tuple(path for layer in self.layers if (path := layer.joinpath(*parts)).is_file())

    def file(self, *parts: str) -> Path:
        """The uppermost file of that name, or where it should be: beside what the lowest folder has of it."""
        if found := self.files(*parts):
            return found[-1]
        wanted = [layer.joinpath(*parts) for layer in self.layers]
        return next((path for path in wanted if path.parent.is_dir()), wanted[0])

    def strays(self) -> Iterator[tuple[Path, str]]:
        """What lies in the folders and is never read, and why: whoever put it there thinks that it is. Names that
        begin with "." are those of the system and of editors."""
        for number, layer in enumerate(self.layers):
            for path in sorted(layer.glob("[!.]*")):
                if not path.is_dir():
                    if path.name != CATALOG_FILE and re.search(r"\.ya?ml", path.name, re.IGNORECASE):
                        yield path, "is not read here: needs to be in the folder of its service"
                elif not path.name.startswith("_"):
                    over = any((lower / path.name).is_dir() for lower in self.layers[:number])
                    yield from _strays_of(path, over=over)
                elif path.name in {FORMS, BLOCKS}:
                    yield from _unread(path, lambda name: name.endswith(".yaml"), f"{path.name} has only files *.yaml")
                else:
                    yield path, f"is not read: a folder with '_' is {FORMS} or {BLOCKS}"

    def digest(self) -> bytes:
        """A SHA-256 over the names and contents of all files: two different catalogues never have the same."""
        return hashlib.sha256(b"".join(_digests(self.layers))).digest()


def _strays_of(folder: Path, *, over: bool) -> Iterator[tuple[Path, str]]:
    """The strays of one service's folder, and the folder itself where it is laid over another and changes nothing."""
    names = (SERVICE_FILE, FORM_FILE)
    strays = list(_unread(folder, names.__contains__, f"a service has only {SERVICE_FILE} and {FORM_FILE}"))
    yield from strays
    if over and not strays and not any((folder / name).is_file() for name in names):
        yield folder, f"has neither {SERVICE_FILE} nor {FORM_FILE}: it changes nothing"


def _unread(folder: Path, fits: Callable[[str], bool], rule: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("[!.]*")):
        if not fits(path.name):
            yield path, f"is not read: {rule}"
        elif not path.is_file():
            yield path, "is no regular file"


def _digests(layers: tuple[Path, ...]) -> Iterator[bytes]:
    for number, layer in enumerate(layers):
        for path in sorted((*layer.glob("*.yaml"), *layer.glob("*/*.yaml"))):
            name = f"{number}/{path.relative_to(layer).as_posix()}"
            yield hashlib.sha256(name.encode() + b"\0" + _content(path)).digest()


def _content(path: Path) -> bytes:
    """What is compared of a file: of one that is too large to be read (kiosk.yaml_text) only its beginning, and nothing
    of a pipe or a device, that could be read for ever."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:  # the reader names it
        return b""
