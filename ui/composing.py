"""Stands between the real keyboard and the field that has the focus: letters become Vietnamese on their way."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from kiosk.composer import Composer, Edit
from ui.key_burst import TAIL_MS
from ui.key_layouts import KeyboardKind
from ui.typed_text import replace_before_cursor, text_before_cursor
from ui.typing_choice import TypingChoice

FLIP_KEY = Qt.Key.Key_F10
"""F1 to F9 are the acts of the header and of reading aloud."""
READER_GAP_MS = 20
"""Readers in keyboard mode send a key every 1 to 20 ms (measured, see ui.key_burst)."""
READER_LETTERS = 5
"""So many letters in a row with no longer gap are a reader's: people do two at once, now and then three."""

_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Composing(QObject):
    """Watches one field at a time. Keys of the keyboard on the screen pass by: they are letters already."""

    changed = Signal()
    """Another word, or the word has other letters."""

    def __init__(self, choice: TypingChoice, parent: QObject, now_ms: Callable[[], int] | None = None) -> None:
        """`now_ms` is the time of a key whose event does not say when it was pressed."""
        super().__init__(parent)
        self._choice = choice
        self._composer = Composer()
        self._field: QWidget | None = None
        self._burst = _Burst()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._now_ms = now_ms or self._clock.elapsed
        choice.changed.connect(self._set)
        self._set()

    @property
    def typed(self) -> str:
        """The keys of the last word, "" where nothing was composed of them."""
        word = self._composer.word
        return word.raw if word.raw != word.shown or self.other else ""

    @property
    def shown(self) -> str:
        """The last word as it stands in the field, which may write capitals by itself."""
        word, field = self._composer.word.shown, self._live()
        at = text_before_cursor(field).casefold().rfind(word.casefold()) if field is not None else -1
        return text_before_cursor(field)[at : at + len(word)] if at >= 0 else word

    @property
    def other(self) -> str:
        """The last word as `flip` would put it, "" where there is no other way."""
        field = self._live()
        other = self._composer.other(text_before_cursor(field)) if field is not None else None
        return other.shown if other is not None else ""

    def watch(self, field: QWidget | None) -> None:
        """From now on this field, None for none. The word in the one before is over."""
        if field is self._field:
            return
        self.finish()
        if (before := self._live()) is not None:
            before.removeEventFilter(self)
            if isinstance(before, QLineEdit):
                before.textChanged.disconnect(self._text_changed)
        self._field = field
        self._forget()
        if field is not None:
            field.installEventFilter(self)
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self._text_changed)
        self.changed.emit()

    def finish(self) -> None:
        """The word is over: what made no Vietnamese syllable is put back as it was typed."""
        field = self._live()
        if field is not None and composes(field):
            self._put(self._composer.finish(text_before_cursor(field)))

    def flip(self) -> None:
        """The last word the other way: as its keys were typed, or composed."""
        if (field := self._live()) is not None:
            self._put(self._composer.flip(text_before_cursor(field)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and what input methods say; everything else passes."""
        if isinstance(event, QInputMethodEvent):
            if event.preeditString() or not event.commitString().isascii():
                self._choice.give_way()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.spontaneous():
            return watched is self._field and composes(self._field) and self._key(event)
        return False

    def _text_changed(self, _text: str) -> None:
        """A key that we let pass has arrived, or the word was changed otherwise."""
        self.changed.emit()

    def _live(self) -> QWidget | None:
        return self._field if self._field is not None and isValid(self._field) else None

    def _set(self) -> None:
        self._composer.method, self._composer.older = self._choice.method, self._choice.older
        self._forget()
        self.changed.emit()

    def _forget(self) -> None:
        """No letter of a field, or of a visit, is held after it."""
        self._composer.forget()
        self._burst = _Burst()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == FLIP_KEY:
            self.flip()
            return True
        key = event.text()
        if len(key) != 1 or not key.isprintable() or event.modifiers() & _CONTROL:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.finish()
            return False
        if not key.isascii() and key.isalpha():
            self._choice.give_way()  # this keyboard has the accents itself, or a program beside us sends them
        before = text_before_cursor(self._field)
        reading = self._burst.add(before, key, event.timestamp() or self._now_ms())
        if reading is not None:
            self._as_read(before, reading)
            return False
        if self._burst.reading or event.isAutoRepeat():
            return False
        edit = self._composer.press(before, key)
        self._put(edit)
        return edit is not None

    def _as_read(self, before: str, read: str) -> None:
        """A reader's text is never composed: what was so far is put back, letter for letter."""
        self._composer.forget()
        same = next((at for at, pair in enumerate(zip(before, read, strict=False)) if pair[0] != pair[1]), None)
        same = min(len(before), len(read)) if same is None else same
        if before != read:
            self._put(Edit(len(before) - same, read[same:]))

    def _put(self, edit: Edit | None) -> None:
        if edit is not None:
            replace_before_cursor(self._live(), edit.erase, edit.insert)


def composes(field: QWidget | None) -> bool:
    """Whether words are typed there: not into numbers, dates, e-mail and codes."""
    if isinstance(field, QLineEdit) and field.isReadOnly():
        return False
    kind = getattr(field, "keyboard_kind", KeyboardKind.LETTERS)
    return field is not None and kind is KeyboardKind.LETTERS and bool(getattr(field, "composes", True))


class _Burst:
    """The last keys that came faster than a person types."""

    def __init__(self) -> None:
        self.reading = False
        self._before = ""
        self._keys = ""
        self._last_ms = 0

    def add(self, before: str, key: str, at_ms: int) -> str | None:
        """When it is clear that a reader types, once: all that should stand before the cursor now."""
        gap_ms, self._last_ms = at_ms - self._last_ms, at_ms
        if self.reading and gap_ms <= TAIL_MS:
            return None
        if self.reading or gap_ms > READER_GAP_MS or not self._keys:
            self.reading = False
            self._before, self._keys = before, key
            return None
        self._keys += key
        if len(self._keys) < READER_LETTERS:
            return None
        self.reading = True
        return self._before + self._keys[:-1]
