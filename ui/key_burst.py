"""Tells by their times whether key strokes are a reader's or a person's. No letter of a person is ever taken."""

from enum import Enum, auto

from PySide6.QtCore import Qt

from ui.scanned_keys import ScannedKeys, Stroke

GAP_MS = 35  # readers send a key every 1 to 20 ms; people who type fast one every 60 to 120, now and then two at once
HOLD_MS = 60  # how long a person's letter may be late; nobody sees it
TAIL_MS = 100  # once it is a reader for sure, so long a pause is not yet its end
SURE_AT = 12  # letters in a row, none later than GAP_MS after the one before: about 30 a second
LEAST = 20  # letters that are a code although neither Enter nor Tab ended them
MOST = 4096

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


class Verdict(Enum):
    """What happens to a stroke, and to those that are held back."""

    HOLD = auto()  # it is held back with the others
    PASS = auto()  # those held back are delivered, and it goes its way
    DROP = auto()  # it belongs to a scan: it goes nowhere, and neither do those held back
    SCANNED = auto()  # the same, and `text` is whole


class KeyBurst:
    """The strokes of one burst. The caller holds the events; this holds what they say."""

    def __init__(self) -> None:
        self._keys = ScannedKeys()
        self._last_ms = 0
        self._holding = False
        self._dropping = False
        self._kept: set[int] = set()  # keys that went down and were not delivered: nor is it when they come up

    @property
    def text(self) -> str:
        """What the burst says so far."""
        return self._keys.text

    @property
    def sure(self) -> bool:
        """Whether no person types like this."""
        return self._dropping or self._keys.length >= SURE_AT

    @property
    def waits(self) -> bool:
        """Whether silence changes anything."""
        return self._holding or self._dropping

    @property
    def wait_ms(self) -> int:
        """How long a silence ends the burst."""
        return TAIL_MS if self.sure else HOLD_MS

    def is_over_at(self, at_ms: int) -> bool:
        """Whether a key that goes down then belongs to something new: `end` first."""
        limit_ms = TAIL_MS if self.sure else GAP_MS
        return self.waits and at_ms - self._last_ms > limit_ms

    def end(self) -> Verdict:
        """There was silence. SCANNED, or DROP after a scan, or PASS: those held back are a person's."""
        whole = self._holding and self._keys.length >= LEAST
        verdict = Verdict.SCANNED if whole else Verdict.DROP if self._dropping else Verdict.PASS
        self._holding = self._dropping = False
        self._kept.clear()
        return verdict

    def forget(self) -> None:
        """Keep nothing of what was said."""
        self._keys = ScannedKeys()

    def take(self, stroke: Stroke) -> Verdict:
        """Judge one stroke. After SCANNED the text is there until `forget`."""
        if not stroke.down:
            return self._up(stroke)
        if stroke.key in _MODIFIERS:
            return self._modifier(stroke)
        if self._dropping:
            return self._drop(stroke)
        if stroke.key in _ENDS and not self._keys.inside_letter:
            return self._ended(stroke)
        if self._is_persons(stroke):
            self.end()
            return Verdict.PASS
        return self._hold(stroke)

    def _is_persons(self, stroke: Stroke) -> bool:
        """Whether no reader begins, or goes on, with this key. What comes amid a scan is of the scan."""
        if self._holding:
            return not self.sure and (stroke.repeated or not self._keys.counts(stroke))
        return stroke.repeated or stroke.key == Qt.Key.Key_Backspace or not self._keys.counts(stroke)

    def _up(self, stroke: Stroke) -> Verdict:
        went_down_here = stroke.key in self._kept
        self._kept.discard(stroke.key)
        if self._holding:
            self._keys.take(stroke)
            return Verdict.HOLD
        return Verdict.DROP if went_down_here else Verdict.PASS

    def _modifier(self, stroke: Stroke) -> Verdict:
        self._last_ms = stroke.at_ms
        return Verdict.HOLD if self._holding else Verdict.PASS

    def _drop(self, stroke: Stroke) -> Verdict:
        self._last_ms = stroke.at_ms
        self._kept.add(stroke.key)
        return Verdict.DROP

    def _ended(self, stroke: Stroke) -> Verdict:
        """Enter or Tab. What follows at once (a line feed, another Tab) is of the same scan."""
        if not self._holding:
            self._kept.discard(stroke.key)
            return Verdict.PASS
        if not self.sure:
            return self._hold(stroke)
        self._start_dropping(stroke)
        return Verdict.SCANNED

    def _hold(self, stroke: Stroke) -> Verdict:
        if not self._holding:
            self.forget()
        self._holding = True
        self._last_ms = stroke.at_ms
        self._kept.add(stroke.key)
        self._keys.take(stroke)
        if self._keys.length <= MOST:
            return Verdict.HOLD
        self.forget()
        self._start_dropping(stroke)
        return Verdict.DROP

    def _start_dropping(self, stroke: Stroke) -> None:
        self._holding = False
        self._dropping = True
        self._drop(stroke)
