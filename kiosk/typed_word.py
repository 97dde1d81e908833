"""The word that is being typed by Telex or VNI: what each key does to its letters and its tone."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.syllables import OPEN_UO, PLAIN, allows, is_syllable, may_become_syllable
from kiosk.tones import SHAPED_VOWELS, Tone, split_tone, tone_position, vowels_of, with_tone


class Method(StrEnum):
    """How accents are typed on a keyboard that has none."""

    TELEX = "telex"
    VNI = "vni"
    OFF = "off"


class Leave(StrEnum):
    """What is done with keys that make no Vietnamese syllable."""

    TYPED = "typed"  # they stay as they were typed: "Wong", "Russell"
    SHAPED = "shaped"  # they shape the letter before them, and tones go on syllables only: "Kpă", "H'Đơk"
    MARKED = "marked"  # they shape, and tones go on any vowel: "K'Brẽo"


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without tone, the tone, and the keys that made them, each with the index of its letter (-1 for a tone's).
    `literal` is what stands there when the keys are not composed."""

    letters: tuple[str, ...] = ()
    tone: Tone | None = None
    tone_at: int = -1
    keys: tuple[tuple[str, int], ...] = ()
    literal: str | None = None
    taken_back: bool = False
    older: bool = False

    @property
    def raw(self) -> str:
        """The keys as they were pressed."""
        return "".join(key for key, _at in self.keys)

    @property
    def bases(self) -> str:
        """The letters in lower case."""
        return "".join(self.letters).lower()

    @property
    def shown(self) -> str:
        """What stands in the field."""
        if self.literal is not None or self.tone is None:
            return self.literal if self.literal is not None else "".join(self.letters)
        marked = list(self.letters)
        marked[self.place] = with_tone(marked[self.place], self.tone)
        return "".join(marked)

    @property
    def place(self) -> int:
        """Index of the letter that carries the tone. In an open syllable of two plain vowels it stays where it was put:
        "hofa" is hòa, and "hoaf" hoà."""
        start, end = vowels_of(self.bases)
        stays = start <= self.tone_at < end == len(self.letters) and end - start == 2
        if stays and not set(self.bases[start:end]) & set(SHAPED_VOWELS):
            return self.tone_at
        found = tone_position(self.bases, older=self.older)
        return -1 if found is None else found

    @property
    def whole(self) -> bool:
        """Whether this can stay as it is when the word is over."""
        return (
            self.literal is not None
            or self.taken_back
            or self.shown == self.raw
            or vowels_of(self.bases) == (0, 0)
            or is_syllable(self.bases, self.tone)
        )

    def last_dropped(self) -> "Word":
        """The word after Backspace: letter by letter, not key by key."""
        if self.literal is not None:
            return word_of(self.literal[:-1], older=self.older)
        last = len(self.letters) - 1
        had = self.tone is not None and self.place < last
        return replace(
            self,
            letters=self.letters[:-1],
            tone=self.tone if had else None,
            tone_at=self.place if had else -1,
            keys=tuple((key, at) for key, at in self.keys if (at < last if at >= 0 else had)),
            taken_back=False,
        )


_TELEX_TONES = {"s": Tone.SAC, "f": Tone.HUYEN, "r": Tone.HOI, "x": Tone.NGA, "j": Tone.NANG, "z": None}
_VNI_TONES = dict(zip("120345", (Tone.SAC, Tone.HUYEN, None, Tone.HOI, Tone.NGA, Tone.NANG), strict=True))
TONES: Mapping[Method, Mapping[str, Tone | None]] = {Method.TELEX: _TELEX_TONES, Method.VNI: _VNI_TONES, Method.OFF: {}}
_TELEX_SHAPES = {
    "a": {"a": "â"},
    "e": {"e": "ê"},
    "o": {"o": "ô"},
    "w": {"a": "ă", "o": "ơ", "u": "ư"},
    "d": {"d": "đ"},
}
_VNI_SHAPES = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
SHAPES: Mapping[Method, Mapping[str, Mapping[str, str]]] = {
    Method.TELEX: _TELEX_SHAPES,
    Method.VNI: _VNI_SHAPES,
    Method.OFF: {},
}


def word_of(text: str, *, older: bool = False) -> Word:
    """The word that stands there already, to go on with."""
    pairs = [split_tone(letter) for letter in unicodedata.normalize("NFC", text)]
    tones = [(at, tone) for at, (_base, tone) in enumerate(pairs) if tone is not None]
    keys = tuple((letter, at) for at, letter in enumerate(unicodedata.normalize("NFC", text)))
    letters = tuple(base for base, _tone in pairs)
    at, tone = tones[0] if tones else (-1, None)
    word = Word(letters, tone, at, keys, older=older)
    composed = len(tones) < 2 and may_become_syllable(word.bases) and word.shown == unicodedata.normalize("NFC", text)
    return word if composed else replace(word, literal=text)


def typed(keys: str, method: Method, leave: Leave = Leave.TYPED, *, older: bool = False) -> Word:
    """The word after all these keys."""
    word = Word(older=older)
    for key in keys:
        word = press(word, key, method, leave) or replace(word, literal=(word.literal or word.shown) + key)
    return word


def press(word: Word, key: str, method: Method, leave: Leave = Leave.TYPED) -> Word | None:
    """The word after one more key; None for a key that does not belong to it."""
    if not (key.isalpha() or unicodedata.combining(key) or _is_mark(key, method)):
        return None
    if word.literal is not None:
        return _literally(word, key) if not key.isdigit() else None
    found = _toned(word, key, method, leave) or _shaped(word, key, method, leave)
    if found is None and key.isdigit():
        return None
    if found is None:
        found = _lengthened(word, key)
    return found if leave is not Leave.TYPED else _as_typed_unless_possible(found)


def _is_mark(key: str, method: Method) -> bool:
    return key in TONES[method] or key in SHAPES[method]


def _literally(word: Word, key: str) -> Word:
    keys = (*word.keys, (key, len(word.keys)))
    return replace(word, keys=keys, literal="".join(each for each, _at in keys), taken_back=False)


def _as_typed_unless_possible(word: Word) -> Word:
    consonants = vowels_of(word.bases) == (0, 0)  # nothing is lost by waiting, and "HĐND" is typed
    if word.literal is not None or consonants or may_become_syllable(word.bases):
        return word
    return replace(word, literal=word.shown if word.taken_back else word.raw)


def _toned(word: Word, key: str, method: Method, leave: Leave) -> Word | None:
    """The key sets the tone, moves it, takes it off or takes it back; None where it does not."""
    if key.lower() not in TONES[method] or vowels_of(word.bases) == (0, 0):
        return None
    tone = TONES[method][key.lower()]
    keys = (*word.keys, (key, -1))
    if tone is None:
        return replace(word, tone=None, tone_at=-1, keys=keys) if word.tone is not None else None
    if tone is word.tone:
        newer = tone_position(word.bases)
        if word.older and newer == word.place + 1 == len(word.letters) - 1:
            return replace(word, tone_at=newer, keys=keys)
        return _taken_back(replace(word, tone=None, tone_at=-1), key)
    if not allows(word.bases, tone) or (leave is Leave.SHAPED and not may_become_syllable(word.bases)):
        return None
    toned = replace(word, tone=tone, tone_at=-1, keys=keys)
    return replace(toned, tone_at=toned.place)


def _shaped(word: Word, key: str, method: Method, leave: Leave) -> Word | None:
    targets = SHAPES[method].get(key.lower())
    if targets is None:
        return None
    for letters, at in _candidates(word, targets):
        fits = may_become_syllable("".join(letters).lower()) or _is_consonants(word, at)
        near = leave is not Leave.TYPED and (key.isdigit() or at == len(letters) - 1)
        if fits or near:
            return _settled(replace(word, letters=letters, keys=(*word.keys, (key, at))))
    own = [at for each, at in word.keys if each.lower() == key.lower() and 0 <= at < len(word.letters)]
    if (
        own
        and word.bases[own[-1]] in targets.values()
        and (vowels_of(word.bases) != (0, 0) or own[-1] == len(word.letters) - 1)
    ):
        return _unshaped(word, key, targets)
    alone = may_become_syllable(word.bases + "ư") and leave is Leave.TYPED
    if key.lower() == "w" and alone and word.letters:  # a word that begins with w is a foreign name: "Wong"
        letter = "Ư" if key.isupper() else "ư"
        return replace(_lengthened(word, letter), keys=(*word.keys, (key, len(word.letters))))
    return None


def _is_consonants(word: Word, at: int) -> bool:
    return vowels_of(word.bases) == (0, 0) and at == len(word.letters) - 1


def _candidates(word: Word, targets: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Ways to shape a letter of the word, the likeliest first, each with the index of the last letter that changes."""
    bases = word.bases
    plains = "".join(PLAIN.get(base, base) for base in bases)
    for at in range(len(bases) - 1):
        whole = plains[at : at + 2] == "uo" and bases[max(0, at - 1) : at] != "q"
        open_uo = at + 2 == len(bases) and plains[:at] in OPEN_UO
        if whole and {"o", "u"} <= targets.keys() and bases[at : at + 2] != "ươ" and not (open_uo and bases[at] == "u"):
            yield _with(_with(word.letters, at, "ư"), at + 1, "ơ"), at + 1
    for at in reversed(range(len(bases))):
        if targets.get(plains[at], bases[at]) != bases[at]:
            yield _with(word.letters, at, targets[plains[at]]), at


def _with(letters: tuple[str, ...], at: int, base: str) -> tuple[str, ...]:
    shaped = base.upper() if letters[at].isupper() else base
    return (*letters[:at], shaped, *letters[at + 1 :])


def _unshaped(word: Word, key: str, targets: Mapping[str, str]) -> Word:
    """The same key again: its letters are plain as before, and the key is a letter; "w" for ư becomes itself."""
    first = {at: each for each, at in reversed(word.keys) if at >= 0}
    letters = word.letters
    alone = False
    for at, base in enumerate(word.bases):
        if base in targets.values():
            itself = first[at].lower() == key.lower() == "w"
            letters = _with(letters, at, "w" if itself else PLAIN[base])
            alone = alone or itself
    return _taken_back(replace(word, letters=letters), "" if alone else key, key)


def _taken_back(word: Word, shown_key: str, key: str = "") -> Word:
    keys = (*word.keys, (key or shown_key, len(word.letters)))
    letters = (*word.letters, shown_key) if shown_key else word.letters
    back = replace(word, letters=letters, keys=keys, taken_back=True)
    return back if may_become_syllable(back.bases) else replace(back, literal=back.shown)


def _lengthened(word: Word, letter: str) -> Word:
    longer = replace(
        word,
        letters=(*word.letters, letter),
        keys=(*word.keys, (letter, len(word.letters))),
        taken_back=False,
    )
    bases = longer.bases
    for pair in ("uơ", "ưo"):
        at = bases.find(pair)
        if 0 <= at < len(bases) - 2:
            both = _with(_with(longer.letters, at, "ư"), at + 1, "ơ")
            if may_become_syllable("".join(both).lower()):
                longer = replace(longer, letters=both)
    return _settled(longer)


def _settled(word: Word) -> Word:
    """The tone has gone where it belongs now."""
    return replace(word, tone_at=word.place) if word.tone is not None else word
