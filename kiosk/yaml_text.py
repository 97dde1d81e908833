"""Reads a YAML file with every scalar as text and remembers the line of each value; knows no schema.

YAML's own guessing turns 2.000890 into 2.00089, 01 into 1, 15:00 into 900 and No into False. Here only the
schema of the reader gives types. Anchors, aliases and tags are refused: no file of ours needs them, and they
allow files that grow without bound or name code.
"""

import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kiosk.errors import KioskError

MAX_BYTES = 1_000_000
MAX_DEPTH = 32

Node = str | list["Node"] | dict[str, "Node"]
NodePath = tuple[str | int, ...]

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


# Characters that nobody sees: controls but the end of a line, and those that turn the direction of text or hide between
# letters, by which a text could show as another (Unicode Technical Report 36, 2.10).
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class YamlProblem(KioskError):
    """A file that cannot be read: `line` counts from 1, 0 is the file as a whole; `reason` is English. `follows` when
    it may be wrong only because something else is."""

    key = "file"

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
        self.follows = False


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file as nested `dict`, `list` and `str`; an empty value is "".

    `lines` gives the line of each value by its way from the root, e.g. ("fees", 0, "amount"); for a value of
    a mapping it is the line of its key. The root is ().
    """

    path: Path
    root: Node
    lines: Mapping[NodePath, int]

    def problem(self, at: NodePath, reason: str) -> YamlProblem:
        """An error about the value at `at`, or about its nearest parent that the file has."""
        while at and at not in self.lines:
            at = at[:-1]
        return YamlProblem(self.path, self.lines[at], reason)

    def layer(self, _at: NodePath) -> "YamlText":
        """The file that a value is from: this one. Files in layers (kiosk.yaml_layers) have several."""
        return self


def load_text(path: Path) -> YamlText:
    """Read one document of UTF-8 (a byte-order mark is allowed), normalised to NFC.

    Raises YamlProblem for a file that is missing, no regular file, too large, not UTF-8, empty or not YAML, and for
    duplicate keys, anchors, aliases, tags, keys that are not text, several documents, deep nesting and characters that
    nobody sees.
    """
    text = _read(path)
    try:
        return _Builder(path, text).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(path, mark.line + 1 if mark else 0, error.problem or "not YAML") from error


def _read(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device could be read for ever
            raise YamlProblem(path, 0, "is no regular file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise YamlProblem(path, 0, f"cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise YamlProblem(path, 0, f"larger than {MAX_BYTES} bytes")
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlProblem(path, line, "not UTF-8 text") from error
    if wrong := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, wrong.start()) + 1
        raise YamlProblem(path, line, f"character U+{ord(wrong.group()):04X} is not allowed")
    return text


class _Builder:
    """Turns the parser's events into values, refusing what a file of ours never needs."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._events = yaml.parse(text, Loader=_LOADER)
        self._lines: dict[NodePath, int] = {}

    def build(self) -> YamlText:
        self._next(yaml.StreamStartEvent)
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise YamlProblem(self._path, 0, "the file is empty")
        root = self._value(next(self._events), ())
        self._next(yaml.DocumentEndEvent)
        self._next(yaml.StreamEndEvent)
        return YamlText(self._path, root, self._lines)

    def _next(self, expected: type[yaml.Event]) -> None:
        event = next(self._events)
        if not isinstance(event, expected):
            raise self._problem(event, "more than one document")

    def _value(self, event: yaml.Event, at: NodePath) -> Node:
        if len(at) > MAX_DEPTH:
            raise self._problem(event, f"nested deeper than {MAX_DEPTH}")
        self._refuse_references(event)
        self._lines.setdefault(at, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event)
        return self._mapping(at) if isinstance(event, yaml.MappingStartEvent) else self._sequence(at)

    def _sequence(self, at: NodePath) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return items

    def _mapping(self, at: NodePath) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse_references(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._problem(event, "a key must be text")
            key = self._text(event)
            if key in entries:
                raise self._problem(event, f"the key {key!r} stands here twice")
            self._lines[(*at, key)] = _line(event)
            entries[key] = self._value(next(self._events), (*at, key))
        return entries

    def _text(self, event: yaml.ScalarEvent) -> str:
        text = str(event.value)
        if unseen := _UNSEEN.search(text):
            raise self._problem(event, f"character U+{ord(unseen.group()):04X} is not allowed")
        return text

    def _refuse_references(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._problem(event, "anchors (&) and aliases (*) are not allowed")
        if getattr(event, "tag", None):
            raise self._problem(event, "tags (!) are not allowed")

    def _problem(self, event: yaml.Event, reason: str) -> YamlProblem:
        return YamlProblem(self._path, _line(event), reason)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
