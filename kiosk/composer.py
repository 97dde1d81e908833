"""Turns key strokes into Vietnamese words in front of the cursor, by Telex or VNI; pure, without screen or clock."""

import re
import unicodedata
from dataclasses import dataclass, replace

from kiosk.syllables import HIGHLAND_LETTERS, HIGHLAND_WORDS
from kiosk.typed_word import Leave, Method, Word, press, typed, word_of

# A name of the Central Highlands is begun by these: "Y Blô", "H'Đơk", "K'Brẽo", "Rơ Châm".
_HIGHLAND_PREFIX = re.compile(r"^[a-z]['’ʼ]|\s[a-z]['’ʼ]$")
_HIGHLAND_FIRST = frozenset({"y", "rmah", "ksor", "kpuih", "rơ", "siu", "nay", "rah", *HIGHLAND_WORDS})
_NO_WORD = Word()


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes in front of the cursor: so many letters go, and these come."""

    erase: int
    insert: str


class Composer:
    """Follows one field at a time. It is told what stands in front of the cursor before each key, and so notices by
    itself that the cursor was moved or letters were taken out."""

    def __init__(self) -> None:
        self.method = Method.OFF
        self.older = False
        """Whether open oa, oe and uy carry the tone on the first letter: hòa, khỏe, thúy."""
        self._word = _NO_WORD
        self._after = ""

    @property
    def word(self) -> Word:
        """The word that was typed last."""
        return self._word

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._word, self._after = _NO_WORD, ""

    def press(self, before: str, key: str) -> Edit | None:
        """What `key` does after `before`; None where it does what it does without us.

        A key that ends the word puts keys back that made no Vietnamese syllable: "Law", not "Lă".
        """
        if self.method is Method.OFF:
            return None
        word, prefix = self._word_at(before)
        leave = _leave(prefix)
        longer = press(word, key, self.method)
        if longer is not None and longer.literal is not None and not longer.taken_back and leave is Leave.SHAPED:
            longer = typed(longer.raw, self.method, leave, older=self.older)
        if longer is None:
            return self._ended(word, leave, key)
        self._word, self._after = longer, ""
        if longer.shown == word.shown + key:
            return None
        return _edit(word.shown, longer.shown)

    def finish(self, before: str) -> Edit | None:
        """The word is over without a key: another field, or another page."""
        word, prefix = self._word_at(before)
        return self._ended(word, _leave(prefix), "") if self.method is not Method.OFF else None

    def flip(self, before: str) -> Edit | None:
        """Put the last word the other way: as its keys were typed, or composed. None where there is no other way."""
        other = self.other(before)
        if other is None:
            return None
        edit = _edit(self._word.shown + self._after, other.shown + self._after)
        self._word = other
        return edit

    def other(self, before: str) -> Word | None:
        """What `flip` would make of the last word."""
        word = self._word
        if not word.keys or not _same(before[-len(word.shown + self._after) :], word.shown + self._after):
            return None
        ways = [typed(word.raw, self.method, leave, older=self.older) for leave in Leave]
        ways.insert(1, replace(word, literal=word.raw))
        if not any(way.shown != word.raw for way in ways):
            return None
        shown = list(dict.fromkeys(way.shown for way in ways))
        at = shown.index(word.shown) if word.shown in shown else -1
        wanted = shown[(at + 1) % len(shown)]
        other = next(way for way in ways if way.shown == wanted)
        return replace(other, taken_back=True)  # it is what the person wants: it stays

    def _word_at(self, before: str) -> tuple[Word, str]:
        """The word in front of the cursor, and what stands before it."""
        text = _last_word(before)
        prefix = before[: len(before) - len(text)]
        if not text:
            return replace(_NO_WORD, older=self.older), prefix
        word = self._word if not self._after else _NO_WORD
        while len(word.shown) > len(text):
            word = word.last_dropped()
        return (word if word.keys and _same(word.shown, text) else word_of(text, older=self.older)), prefix

    def _ended(self, word: Word, leave: Leave, key: str) -> Edit | None:
        if not word.keys:
            self._after += key if self._word.keys else ""
            return None
        final = word if word.whole or leave is Leave.SHAPED else replace(word, literal=word.raw)
        self._word, self._after = final, key
        return _edit(word.shown, final.shown + key) if final.shown != word.shown else None


def _leave(prefix: str) -> Leave:
    """Whether the words before say that a name of the Central Highlands is being typed."""
    text = unicodedata.normalize("NFC", prefix).lower()
    words = text.split()
    begun = bool(words) and words[0] in _HIGHLAND_FIRST
    known = begun or _HIGHLAND_PREFIX.search(text) is not None or bool(set(text) & HIGHLAND_LETTERS)
    return Leave.SHAPED if known else Leave.TYPED


def _last_word(text: str) -> str:
    start = len(text)
    while start > 0 and (text[start - 1].isalpha() or unicodedata.combining(text[start - 1])):
        start -= 1
    return text[start:]


def _same(one: str, other: str) -> bool:
    """A field may write capitals by itself."""
    return one.casefold() == other.casefold()


def _edit(before: str, after: str) -> Edit:
    kept = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    kept = min(len(before), len(after)) if kept is None else kept
    return Edit(len(before) - kept, after[kept:])
