"""Gives types to the texts of a YAML file, strictly: unknown keys and unfit values become problems with their line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol, TypeVar

from kiosk.yaml_text import Node, NodePath, YamlProblem, YamlText

FILL_IN = "?"  # what a new file holds in the places that a person has to fill in

E = TypeVar("E", bound=StrEnum)


class Source(Protocol):
    """Where a section's values are from: one file, or several in layers."""

    def problem(self, at: NodePath, reason: str) -> YamlProblem:
        """An error about the value at `at`."""
        ...

    def layer(self, at: NodePath) -> YamlText:
        """The one file that the value at `at` is from."""
        ...


class Section:
    """One mapping of a file. Each method takes the value of one key; a wrong one is added to `found` and stands as an
    empty value, so that one pass finds every mistake. What was read is of no use while `found` has anything in it."""

    def __init__(self, file: Source, found: list[YamlProblem], node: Node, at: NodePath = ()) -> None:
        self._file = file
        self._found = found
        self._at = at
        self._left: dict[str, Node] = dict(node) if isinstance(node, dict) else {}
        self._missing: dict[str, YamlProblem] = {}
        self._given_up = False
        if not isinstance(node, dict):
            self.problem("needs keys and values")
            self._give_up()

    def problem(self, reason: str, *at: str | int) -> None:
        """A mistake in this mapping, or in the value of a key of it."""
        if not self._given_up:
            self._found.append(self._file.problem((*self._at, *at), reason))

    def follow_up(self, reason: str, *at: str | int) -> None:
        """A mistake that may only follow from another, for it is about what was read elsewhere (see `telling`)."""
        if not self._given_up:
            problem = self._file.problem((*self._at, *at), reason)
            problem.follows = True
            self._found.append(problem)

    def has(self, key: str) -> bool:
        """Whether the key stands in the file and was not taken yet."""
        return key in self._left

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, or the default where the key may be missing."""
        if key not in self._left:
            if default is None:
                self._need(key)
            return default or ""
        value = self._left.pop(key)
        if not isinstance(value, str) or not value.strip():
            self.problem(f"{key!r} needs a text", key)
            return ""
        if value.strip() == FILL_IN:
            self.problem(f"{self._place()}{key!r} is still to be filled in", key)
            return ""
        return value.strip()

    def flag(self, key: str, default: bool) -> bool:
        """Yes or no, in these words."""
        text = self.text(key, "yes" if default else "no")
        if text not in {"yes", "no", ""}:
            self.problem(f"{key!r} is {text!r}: needs yes or no", key)
        return text == "yes"

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number from 0 up, in plain digits."""
        text = self.text(key, None if default is None else str(default))
        if text and not re.fullmatch(r"[0-9]{1,12}", text):
            self.problem(f"{key!r} is {text!r}: needs a whole number", key)
            return 0
        return int(text or 0)

    def day(self, key: str) -> date:
        """A day as YYYY-MM-DD."""
        return self._day(key) or date.min

    def day_or_none(self, key: str) -> date | None:
        """A day as YYYY-MM-DD, or None where the key is missing."""
        return self._day(key) if self.has(key) else None

    def _day(self, key: str) -> date | None:
        text = self.text(key)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        if text:
            self.problem(f"{key!r} is {text!r}: needs a day of the calendar as 2026-11-21", key)
        return None

    def shared_day(self, key: str) -> date:
        """A day under the key, or else under that key at the top of the file that this section is from."""
        if self.has(key):
            return self.day(key)
        file = self._file.layer(self._at)
        if not isinstance(file.root, dict) or key not in file.root:
            self._found.append(file.problem((), f"needs {key!r}, here or at the top of its file"))  # once for all of it
            return date.min
        return Section(file, self._found, {key: file.root[key]}).day(key)

    def one_of(self, key: str, names: type[E], default: E | None = None, *, decides: bool = False) -> E:
        """One of the names of an enumeration. Where it `decides` what else the mapping needs, nothing else of that can
        be judged after a wrong one."""
        text = self.text(key, default)
        if text in list(names):
            return names(text)
        if text:
            self.problem(f"{key!r} is {text!r}: needs one of {', '.join(names)}", key)
        if decides:
            self._tell_misspelt()
            self._give_up()
        return next(iter(names))

    def texts(self, key: str, at_least: int = 0) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one, a missing key for an empty list."""
        if at_least and not self._need(key):
            return ()
        value = self._left.pop(key, [])
        items = value if isinstance(value, list) else [value]
        if len(items) < at_least:
            self.problem(f"needs {key!r}", key)
        for index, item in enumerate(items):
            if not isinstance(item, str) or not item.strip():
                self.problem(f"{key!r} needs texts", key, index)
            elif item.strip() == FILL_IN:
                self.problem(f"{self._place()}{key!r} is still to be filled in", key, index)
        return tuple(item.strip() for item in items if isinstance(item, str))

    def some_of(self, key: str, names: type[E], at_least: int = 0) -> tuple[E, ...]:
        """A list of names of an enumeration, each once, in the order of the file."""
        texts = self.texts(key, at_least)
        for index, text in enumerate(texts):
            if text not in list(names):
                self.problem(f"{key!r} has {text!r}: needs some of {', '.join(names)}", key, index)
            elif text in texts[:index]:
                self.problem(f"{text!r} stands here twice", key, index)
        return tuple(names(text) for text in texts if text in list(names))

    def section(self, key: str) -> "Section":
        """The mapping under the key."""
        if not self._need(key):
            return Section(self._file, [], {})
        return Section(self._file, self._found, self._left.pop(key), (*self._at, key))

    def sections(self, key: str, at_least: int = 0, *, needed: bool = False) -> Sequence["Section"]:
        """The mappings of the list under the key; a missing key is an empty list where it is not `needed`."""
        if (at_least or needed) and not self._need(key):
            return ()
        value = self._left.pop(key, [])
        if not isinstance(value, list) or len(value) < at_least:
            self.problem(f"{key!r} needs a list of at least {at_least}", key)
            return ()
        places = [(*self._at, key, index) for index in range(len(value))]
        return [Section(self._file, self._found, node, at) for node, at in zip(value, places, strict=True)]

    def close(self) -> None:
        """Every key has to have been taken by now: the ones that are left are mistakes."""
        self._tell_misspelt()
        for key, value in self._left.items():
            if value == "" and self._at:  # as "phường" of { text: Ủy ban nhân dân xã, phường }
                self.problem(f"unknown key {key!r} without a value: a text with a comma needs quotes", key)
            else:
                self.problem(f"unknown key {key!r}", key)

    def _tell_misspelt(self) -> None:
        """A key that looks like one that is missing is that one misspelt: one mistake and not two."""
        for key in list(self._left):
            for meant in get_close_matches(key, self._missing, n=1):
                self._found.remove(self._missing.pop(meant))
                self.problem(f"unknown key {key!r}: is {meant!r} meant?", key)
                del self._left[key]

    def _need(self, key: str) -> bool:
        """Whether the key is there; if not, that is a mistake."""
        if key not in self._left and not self._given_up:
            self._missing[key] = self._file.problem(self._at, f"needs {key!r}")
            self._found.append(self._missing[key])
        return key in self._left

    def _give_up(self) -> None:
        """After some mistakes nothing else in this mapping can be judged."""
        self._left.clear()
        self._given_up = True

    def _place(self) -> str:
        """Which of the file's mappings this is, as "fees 2 fact: "; "" for the file itself."""
        place = " ".join(str(step + 1) if isinstance(step, int) else step for step in self._at)
        return f"{place}: " if place else ""


def telling(found: Iterable[YamlProblem]) -> list[YamlProblem]:
    """The mistakes of one file that are worth telling: those that may only follow from others when there are no others,
    and each of them once, for one wrong name is wrong wherever it stands."""
    first: dict[str, YamlProblem] = {}
    sure = []
    for problem in found:
        if not problem.follows:
            sure.append(problem)
        first.setdefault(problem.reason, problem)
    return sure or list(first.values())


def duplicates(texts: Iterable[str]) -> list[str]:
    """The texts that are there more than once, each once."""
    return [text for text, count in Counter(texts).items() if count > 1]
