"""Every written Vietnamese syllable, and the ways in which people type it."""

from collections.abc import Iterator

from kiosk.syllables import ONSETS, RIMES, is_syllable
from kiosk.tones import SHAPED_VOWELS, Tone, tone_position, vowels_of, with_tone
from kiosk.typed_word import Method

TONE_KEYS = {
    Method.TELEX: dict(zip(Tone, "sfrxj", strict=True)),
    Method.VNI: dict(zip(Tone, "12345", strict=True)),
}
SHAPE_KEYS = {
    Method.TELEX: {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"},
    Method.VNI: {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"},
}


def syllables() -> Iterator[tuple[str, Tone | None]]:
    """(letters without tone, tone) of each."""
    seen = set()
    for onset in ONSETS:
        for rime in RIMES:
            for tone in (None, *Tone):
                if is_syllable(onset + rime, tone) and (onset + rime, tone) not in seen:
                    seen.add((onset + rime, tone))
                    yield onset + rime, tone


def written(letters: str, tone: Tone | None, *, older: bool = False) -> str:
    """The syllable as it is spelled."""
    at = tone_position(letters, older=older)
    if tone is None or at is None:
        return letters
    return letters[:at] + with_tone(letters[at], tone) + letters[at + 1 :]


def ways(letters: str, tone: Tone | None, method: Method) -> Iterator[str]:
    """Keys: shapes at once or at the end, tones after the vowel that carries them, before the coda, or at the end."""
    shapes = SHAPE_KEYS[method]
    tone_key = TONE_KEYS[method][tone] if tone else ""
    at = tone_position(letters)
    _start, coda = vowels_of(letters)
    at_once = [shapes.get(letter, letter) for letter in letters]
    if method is Method.TELEX and "oo" in letters:
        at_once[letters.index("oo") + 1] = "oo"  # "xooong": the third o takes the ô back
    last = len(letters) - 1
    for place in {last, at if at is not None else last, max(0, coda - 1)}:
        yield "".join(keys + (tone_key if index == place else "") for index, keys in enumerate(at_once))
    plains = [shapes.get(letter, letter)[0] for letter in letters]
    late = "".join(dict.fromkeys(shapes[letter][1] for letter in letters if letter in shapes))
    # An open "uơ" (thuở) and "ưu" want their key after the letter itself.
    if late and "".join(plains).count("o") < 2:
        yield "".join(plains) + late + tone_key
        yield "".join(plains) + tone_key + late
    if letters.startswith("đ"):
        yield "d" + "".join(at_once[1:]) + shapes["đ"][1] + tone_key
    if "ươ" in letters:
        key = shapes["ơ"][1]
        horn = "".join(at_once).replace(shapes["ư"] + shapes["ơ"], "uo" + key)
        yield horn + tone_key
        if letters != letters[: letters.index("ươ") + 2]:
            yield "".join(at_once).replace(shapes["ơ"], "o") + tone_key
    if method is Method.TELEX and "ư" in letters[1:] and letters[letters.index("ư") - 1] not in SHAPED_VOWELS:
        yield "".join(at_once).replace("uw", "w", 1) + tone_key
