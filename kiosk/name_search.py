"""Finds units of an official list by what a person types: accents, spaces and endings may be missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

from kiosk.vietnamese import fold, spelling


class Named(Protocol):
    """What a unit needs to be found: "Phường" and "Hoàn Kiếm"; the code only settles ties."""

    @property
    def code(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...


Unit = TypeVar("Unit", bound=Named)
_NO_MATCH = 9


@dataclass(frozen=True, slots=True)
class Entry(Generic[Unit]):
    """A unit and its folded name, prepared once because a page searches at every key press."""

    unit: Unit
    words: str  # "tan dinh"
    joined: str  # "tandinh"

    @classmethod
    def of(cls, unit: Unit) -> "Entry[Unit]":
        """Prepare one unit."""
        words = fold(unit.name)
        return cls(unit, words, words.replace(" ", ""))


def by_name(entry: Entry[Unit]) -> tuple[str, str]:
    """Sort key of a list to read: the folded name, then the code."""
    return entry.words, entry.unit.code


def search(entries: Iterable[Entry[Unit]], text: str, kinds: Iterable[str]) -> tuple[Unit, ...]:
    """The units that `text` may mean, best first; nothing for an empty text.

    A typed kind of `kinds` ("phường") may stand before the name; it prefers the units of that kind but keeps
    the others, since a unit's kind changes more often than its name. So do typed accents.
    """
    query = fold(text)
    if not query:
        return ()
    readings = [_Reading.of(query, "")]
    for kind in kinds:
        if query.startswith(start := fold(kind) + " "):
            readings.append(_Reading.of(query.removeprefix(start), kind))
    accented = [" " + word for word in spelling(text).split() if not word.isascii()]
    hits: list[tuple[tuple[int, bool, int, str, str], Unit]] = []
    for entry in entries:
        unit = entry.unit
        ranks = [(reading.distance(entry), reading.kind not in {"", unit.kind}) for reading in readings]
        distance, other_kind = min(ranks)
        if distance < _NO_MATCH:
            written = " " + spelling(f"{unit.kind} {unit.name}") if accented else ""
            other_accents = sum(word not in written for word in accented)
            hits.append(((distance, other_kind, other_accents, *by_name(entry)), unit))
    return tuple(unit for _, unit in sorted(hits, key=itemgetter(0)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read what was typed: the folded name, with or without a kind before it."""

    words: str
    first: str
    joined: str
    kind: str

    @classmethod
    def of(cls, words: str, kind: str) -> "_Reading":
        return cls(words, " " + words.split(maxsplit=1)[0], words.replace(" ", ""), kind)

    def distance(self, entry: Entry[Unit]) -> int:
        """From 0, the whole name, to _NO_MATCH; whole words are nearer than beginnings of words."""
        name = f" {entry.words} "
        spaceless = 6 if entry.joined.startswith(self.joined) else _NO_MATCH
        if self.first not in name:
            return spaceless
        if entry.words == self.words:
            return 0
        if (place := name.find(f" {self.words} ")) >= 0:
            return 3 if place else 1
        if (place := name.find(f" {self.words}")) >= 0:
            return 4 if place else 2
        remaining = iter(entry.words.split())
        in_order = all(any(word.startswith(wanted) for word in remaining) for wanted in self.words.split())
        return 5 if in_order else spaceless
