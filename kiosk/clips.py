"""Recorded clips: which file says a text, found by the hash of the text, and how a text is put together from clips."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kiosk.spoken_numbers import split_values

SUFFIX = ".opus"
_ID_DIGITS = 16
_EDGES = " \t\n.,;:!?…–-·()[]“”\"'|•"
_PLACEHOLDER = re.compile(r"\{\w*(?:[.:!][^}]*)?\}")
_SEPARATORS = ("\n", ". ", "? ", "; ", " · ", ": ", " – ", ", ", " (")
"""Where one text of a screen may be several that were put side by side, the strongest first."""


def clip_id(text: str) -> str:
    """The name of a text's clip: the first 16 hexadecimal digits of the SHA-256 of the text in Unicode's form NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:_ID_DIGITS]


def trimmed(text: str) -> str:
    """A piece of a text as it is recorded: without the blanks and marks at its ends."""
    return text.strip(_EDGES)


def fixed_pieces(message: str) -> tuple[str, ...]:
    """What is to be recorded of a message: the whole, or, where it has placeholders, what stands between them."""
    if not _PLACEHOLDER.search(message):
        return (message,) if trimmed(message) else ()
    return tuple(piece for part in _PLACEHOLDER.split(message) if (piece := trimmed(part)))


_Known = dict[str, tuple[str, ...] | None]


class ClipShelf:
    """Folders of clips for one language; a file in an earlier folder is taken before one in a later. The folders are
    looked through once: clips that come later are heard after the next start."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._paths: dict[str, Path] = {}
        for folder in reversed(folders):
            if folder.is_dir():
                self._paths |= {path.stem: path for path in sorted(folder.iterdir()) if path.suffix == SUFFIX}

    def __len__(self) -> int:
        return len(self._paths)

    def paths(self) -> tuple[Path, ...]:
        """All clips that would be played."""
        return tuple(self._paths.values())

    def find(self, text: str) -> Path | None:
        """The clip that says this text, if one was recorded."""
        return self._paths.get(clip_id(text))


class Composer:
    """Says which clips make up a text, in order. `messages` are all texts of the language, those with placeholders
    as templates; `has` tells whether a clip says exactly that."""

    def __init__(self, messages: Iterable[str], has: Callable[[str], bool], language: str = "vi") -> None:
        self._has = has
        self._language = language
        self._templates = [_template(text) for text in messages if _PLACEHOLDER.search(text)]

    def compose(self, text: str) -> tuple[str, ...] | None:
        """The texts of the clips, in order; empty where there is nothing to say; None where a part has no clip."""
        return self._compose(unicodedata.normalize("NFC", text), 0, {})

    def _compose(self, text: str, depth: int, known: _Known) -> tuple[str, ...] | None:
        """`known` holds what came of each part so far, and lives no longer than the question: texts are persons'."""
        if text not in known:
            known[text] = None  # what leads back to itself leads nowhere
            known[text] = self._found(text, depth, known)
        return known[text]

    def _found(self, text: str, depth: int, known: _Known) -> tuple[str, ...] | None:
        if not any(character.isalnum() for character in text):
            return ()
        for form in _forms(text):
            if self._has(form):
                return (form,)
        if depth > len(_SEPARATORS):
            return None
        ways = (self._by_template, self._by_parts, self._by_values)
        return next((words for way in ways if (words := way(text, depth, known)) is not None), None)

    def _by_template(self, text: str, depth: int, known: _Known) -> tuple[str, ...] | None:
        for literal, pattern in self._templates:
            if literal in text and (found := pattern.match(text)) is not None:
                words = self._all((*found.groups(), text[found.end() :]), depth, known)
                if words is not None:
                    return words
        return None

    def _by_parts(self, text: str, depth: int, known: _Known) -> tuple[str, ...] | None:
        for separator in _SEPARATORS:
            for parts in _splits(text, separator):
                words = self._all(parts, depth, known)
                if words is not None:
                    return words
        return None

    def _by_values(self, text: str, depth: int, known: _Known) -> tuple[str, ...] | None:
        pieces = split_values(text, self._language)
        if pieces == (text,):
            return None
        words: list[str] = []
        for piece in pieces:
            said = piece if isinstance(piece, tuple) else self._compose(piece, depth + 1, known)
            if said is None or not all(self._has(word) for word in said):
                return None
            words += said
        return tuple(words)

    def _all(self, parts: Iterable[str], depth: int, known: _Known) -> tuple[str, ...] | None:
        words: list[str] = []
        for part in parts:
            said = self._compose(part, depth + 1, known)
            if said is None:
                return None
            words += said
        return tuple(words)


def _splits(text: str, separator: str) -> Iterator[list[str]]:
    """The text parted at every separator, at the last and at the first. A mark may be how it was recorded: a full stop
    with the part before it, a bracket with that after it."""
    before, after = ("", "(") if separator == " (" else (separator.strip(), "")
    count = text.count(separator)
    ways = (text.split(separator), text.rsplit(separator, 1), text.split(separator, 1)) if count > 1 else ()
    for parts in ways or ([text.split(separator)] if count else []):
        yield [
            (after if number else "") + part + (before if number < len(parts) - 1 else "")
            for number, part in enumerate(parts)
        ]


def _forms(text: str) -> tuple[str, ...]:
    """How the text may have been recorded: as it is, without the marks at its ends, or beginning in the other case, for
    "Tờ khai" is "tờ khai" inside a sentence."""
    bare = text.strip()
    forms = (bare, bare.rstrip(" .:;,"), trimmed(bare))
    other = (form[:1].swapcase() + form[1:] for form in forms if form[1:2].islower())
    return (text, *forms, *other)


def _template(message: str) -> tuple[str, re.Pattern[str]]:
    """Its longest fixed part; and fixed parts and placeholders, each a group: every group is said by itself. What ends
    with a fixed part may be followed by another text."""
    pattern, end, literals = "", 0, [""]
    for found in _PLACEHOLDER.finditer(message):
        literal = message[end : found.start()]
        literals.append(literal)
        pattern += (f"({re.escape(literal)})" if literal else "") + "(.+?)"
        end = found.end()
    literals.append(message[end:])
    pattern += f"({re.escape(message[end:])})" if message[end:].strip(" .") else r"\s*\Z"
    return max(literals, key=len), re.compile(pattern, re.DOTALL)


def spoken_line(text: str, language: str = "vi") -> str:
    """The text for a machine's voice: values as words, for engines read "8.000" and "02/09/1958" each in their way."""
    said = " ".join(piece if isinstance(piece, str) else " ".join(piece) for piece in split_values(text, language))
    return re.sub(r"\s+", " ", said).strip()
