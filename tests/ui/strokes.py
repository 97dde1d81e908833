"""Key strokes as keyboards and readers make them: what is sent, with which times."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt

from ui.scanned_keys import Stroke

NO, SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PAD = Qt.KeyboardModifier.KeypadModifier
CARD = "001058000123||Nguyễn Văn Mẫu|27031958|Nam|Thôn Đông, Xã Mẫu, Hà Nội|20052021"

Key = tuple[int, str, Qt.KeyboardModifier]


def key_of(letter: str) -> Key:
    """The key that types it, as Qt tells it."""
    names = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}
    if letter in names:
        return names[letter], letter, NO
    if not letter.isascii():
        return 0, letter, NO
    return ord(letter.upper()), letter, SHIFT if letter.isupper() else NO


def typed(text: str, gaps_ms: Iterable[int], start_ms: int = 1000, hold_ms: int = 4) -> list[Stroke]:
    """The keys of a text going down after these gaps (the last one again and again), and coming up a little later."""
    strokes: list[Stroke] = []
    at_ms = start_ms
    for letter, gap_ms in zip(text, _without_end(gaps_ms), strict=False):
        at_ms += gap_ms
        key, sent, modifiers = key_of(letter)
        strokes.append(Stroke(key, sent, at_ms, modifiers))
        strokes.append(Stroke(key, sent, at_ms + hold_ms, modifiers, down=False))
    return sorted(strokes, key=lambda stroke: stroke.at_ms)


def scanned(text: str, gap_ms: int = 8, start_ms: int = 1000) -> list[Stroke]:
    """What a reader in keyboard mode sends, with Shift for each capital."""
    strokes: list[Stroke] = []
    at_ms = start_ms
    for letter in text:
        key, sent, modifiers = key_of(letter)
        if modifiers == SHIFT:
            strokes.append(Stroke(Qt.Key.Key_Shift, "", at_ms, SHIFT))
        strokes.append(Stroke(key, sent, at_ms, modifiers))
        strokes.append(Stroke(key, sent, at_ms + 1, modifiers, down=False))
        if modifiers == SHIFT:
            strokes.append(Stroke(Qt.Key.Key_Shift, "", at_ms + 1, NO, down=False))
        at_ms += gap_ms
    return strokes


def by_alt_codes(codes: Iterable[str], gap_ms: int = 3, start_ms: int = 1000) -> list[Stroke]:
    """Each letter as Alt and its number on the numeric pad."""
    strokes: list[Stroke] = []
    at_ms = start_ms
    for code in codes:
        strokes.append(Stroke(Qt.Key.Key_Alt, "", at_ms, ALT))
        for digit in code:
            at_ms += gap_ms
            strokes.append(Stroke(ord(digit), digit, at_ms, ALT | PAD))
            strokes.append(Stroke(ord(digit), digit, at_ms + 1, ALT | PAD, down=False))
        at_ms += gap_ms
        strokes.append(Stroke(Qt.Key.Key_Alt, "", at_ms, NO, down=False))
    return strokes


def _without_end(gaps_ms: Iterable[int]) -> Iterator[int]:
    gap_ms = 0
    for gap_ms in gaps_ms:
        yield gap_ms
    while True:
        yield gap_ms
