"""Gives types to the texts of a YAML file, strictly: unknown keys and unfit values become problems with their line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from kiosk.yaml_text import Node, NodePath, YamlProblem, YamlText

FILL_IN = "?"  # what a new file holds in the places that a person has to fill in

E = TypeVar("E", bound=StrEnum)


class Section:
    """One mapping of a file. Each method takes the value of one key; a wrong one is added to `found` and stands as an
    empty value, so that one pass finds every mistake. What was read is of no use while `found` has anything in it."""

    def __init__(self, file: YamlText, found: list[YamlProblem], node: Node, at: NodePath = ()) -> None:
        self._file = file
        self._found = found
        self._at = at
        self._left: dict[str, Node] = dict(node) if isinstance(node, dict) else {}
        if not isinstance(node, dict):
            self.problem("needs keys and values")

    def problem(self, reason: str, *at: str | int) -> None:
        """A mistake in this mapping, or in the value of a key of it."""
        self._found.append(self._file.problem((*self._at, *at), reason))

    def has(self, key: str) -> bool:
        """Whether the key stands in the file and was not taken yet."""
        return key in self._left

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, or the default where the key may be missing."""
        if key not in self._left:
            if default is None:
                self.problem(f"needs {key!r}")
            return default or ""
        value = self._left.pop(key)
        if not isinstance(value, str) or not value.strip():
            self.problem(f"{key!r} needs a text", key)
            return ""
        if value.strip() == FILL_IN:
            self.problem(f"{key!r} is still to be filled in", key)
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
        text = self.text(key)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        if text:
            self.problem(f"{key!r} is {text!r}: needs a day of the calendar as 2026-11-21", key)
        return date.min

    def day_or_none(self, key: str) -> date | None:
        """A day as YYYY-MM-DD, or None where the key is missing."""
        return self.day(key) if self.has(key) else None

    def one_of(self, key: str, names: type[E], default: E | None = None) -> E:
        """One of the names of an enumeration."""
        text = self.text(key, default)
        if text in list(names):
            return names(text)
        if text:
            self.problem(f"{key!r} is {text!r}: needs one of {', '.join(names)}", key)
        return next(iter(names))

    def texts(self, key: str, at_least: int = 0) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one, a missing key for an empty list."""
        value = self._left.pop(key, [])
        items = value if isinstance(value, list) else [value]
        if len(items) < at_least:
            self.problem(f"needs {key!r}", key)
        for index, item in enumerate(items):
            if not isinstance(item, str) or not item.strip():
                self.problem(f"{key!r} needs texts", key, index)
            elif item.strip() == FILL_IN:
                self.problem(f"{key!r} is still to be filled in", key, index)
        return tuple(item.strip() for item in items if isinstance(item, str))

    def section(self, key: str) -> "Section":
        """The mapping under the key."""
        if key not in self._left:
            self.problem(f"needs {key!r}")
            return Section(self._file, [], {})
        return Section(self._file, self._found, self._left.pop(key), (*self._at, key))

    def sections(self, key: str, at_least: int = 0) -> Sequence["Section"]:
        """The mappings of the list under the key; a missing key is an empty list."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or len(value) < at_least:
            self.problem(f"{key!r} needs a list of at least {at_least}", key)
            return ()
        places = [(*self._at, key, index) for index in range(len(value))]
        return [Section(self._file, self._found, node, at) for node, at in zip(value, places, strict=True)]

    def close(self) -> None:
        """Every key has to have been taken by now: the ones that are left are mistakes."""
        for key in self._left:
            self.problem(f"unknown key {key!r}", key)


def duplicates(texts: Iterable[str]) -> list[str]:
    """The texts that are there more than once, each once."""
    return [text for text, count in Counter(texts).items() if count > 1]
