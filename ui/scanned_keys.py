"""Puts a text together from the key strokes by which a hand-held reader sends it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

_ALT, _CONTROL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_PAD = Qt.KeyboardModifier.KeypadModifier
_HEXADECIMAL = frozenset("0123456789ABCDEF")
# What the numeric pad's digits are while Num Lock is off.
_PAD_WITHOUT_LOCK = {
    Qt.Key.Key_Insert: "0",
    Qt.Key.Key_End: "1",
    Qt.Key.Key_Down: "2",
    Qt.Key.Key_PageDown: "3",
    Qt.Key.Key_Left: "4",
    Qt.Key.Key_Clear: "5",
    Qt.Key.Key_Right: "6",
    Qt.Key.Key_Home: "7",
    Qt.Key.Key_Up: "8",
    Qt.Key.Key_PageUp: "9",
}
_UNICODE_ENDS = (Qt.Key.Key_Control, Qt.Key.Key_Shift)
NO_KEY = 0  # the key of a letter that the system put together itself


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key that went down, or up. `at_ms` is the system's time of the stroke, not that of its arrival."""

    key: int
    text: str
    at_ms: int
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    down: bool = True
    repeated: bool = False


class ScannedKeys:
    """Readers send a letter in one of four ways: as a key with its text; as Alt and the letter's number on the numeric
    pad (Windows); as Control, Shift and U with its number in hexadecimal (Linux); or wrongly, as some other letter.
    An input method between may take letters back (Backspace) and put others.
    """

    def __init__(self) -> None:
        self._letters: list[str | int] = []  # a number is that of an Alt code
        self._alt_digits = ""
        self._hexadecimal: str | None = None
        self._composed = False

    @property
    def text(self) -> str:
        """What was sent so far.

        An Alt code above 255 is a letter's number in Unicode, and then all others are too; where there is none such
        they are bytes of Windows' Vietnamese code page: ã is 227 in the one, and ă in the other.
        """
        unicode = any(isinstance(letter, int) and letter > 255 for letter in self._letters)
        return "".join(
            letter if isinstance(letter, str) else _letter(letter) if unicode else _letter_of_byte(letter)
            for letter in self._letters
        )

    @property
    def length(self) -> int:
        """How many letters were sent so far."""
        return len(self._letters)

    @property
    def inside_letter(self) -> bool:
        """Whether the number of a letter has begun: Enter and space end the letter then, not the text."""
        return self._hexadecimal is not None

    def counts(self, stroke: Stroke) -> bool:
        """Whether this key, going down, is one that readers use."""
        pad = self._pad_digit(stroke)
        begins = _begins_unicode(stroke) or (self.inside_letter and _hexadecimal(stroke) is not None)
        return bool(pad or begins or stroke.key == Qt.Key.Key_Backspace or _plain(stroke))

    def take(self, stroke: Stroke) -> None:
        """Add what this stroke means."""
        if not stroke.down:
            self._released(stroke.key)
        elif digit := self._pad_digit(stroke):
            self._alt_digits += digit
        elif _begins_unicode(stroke):
            self._hexadecimal = ""
        elif self.inside_letter:
            self._in_letter(stroke)
        elif stroke.key == Qt.Key.Key_Backspace:
            self._letters = self._letters[:-1]
        elif _plain(stroke):
            if self._composed and stroke.key == NO_KEY:  # the system put the same letter together
                self._letters.pop()
            self._composed = False
            self._letters += stroke.text

    @staticmethod
    def _pad_digit(stroke: Stroke) -> str:
        if not (stroke.modifiers & _ALT and stroke.modifiers & _PAD):
            return ""
        if Qt.Key.Key_0 <= stroke.key <= Qt.Key.Key_9:
            return chr(stroke.key)
        return next((digit for key, digit in _PAD_WITHOUT_LOCK.items() if key == stroke.key), "")

    def _in_letter(self, stroke: Stroke) -> None:
        digit = _hexadecimal(stroke)
        if digit is None:
            self._end_unicode()
        else:
            self._hexadecimal = (self._hexadecimal or "") + digit

    def _released(self, key: int) -> None:
        if key == Qt.Key.Key_Alt and self._alt_digits:
            self._letters.append(int(self._alt_digits))
            self._alt_digits, self._composed = "", True
        elif key in _UNICODE_ENDS and self._hexadecimal and len(self._hexadecimal) > 1:
            self._end_unicode()

    def _end_unicode(self) -> None:
        self._letters.append(_letter(int(self._hexadecimal or "0", 16)))
        self._hexadecimal = None


def _letter_of_byte(number: int) -> str:
    try:
        return bytes([number]).decode("cp1258")
    except UnicodeDecodeError:
        return ""


def _letter(number: int) -> str:
    letter = chr(number) if number <= 0x10FFFF else ""
    return letter if letter.isprintable() else ""


def _plain(stroke: Stroke) -> bool:
    return bool(stroke.text) and stroke.text.isprintable() and not stroke.modifiers & _CONTROL


def _begins_unicode(stroke: Stroke) -> bool:
    return stroke.key == Qt.Key.Key_U and bool(stroke.modifiers & _CONTROL and stroke.modifiers & _SHIFT)


def _hexadecimal(stroke: Stroke) -> str | None:
    digit = chr(stroke.key) if stroke.key < 0x80 else ""
    return digit if digit in _HEXADECIMAL else None
