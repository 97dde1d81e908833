"""Decides when the on-screen keyboard is open: a field has the focus and nobody types on real keys."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui.key_layouts import KeyboardKind
from ui.keyboard import Keyboard

_TYPED_INTO = (QLineEdit, QPlainTextEdit)


class KeyboardDock(QObject):
    """Opens and closes `keyboard` for the fields inside `area`.

    A field's own `keyboard_kind` wins over `default_kind`, the screen's. Losing the focus does not close the
    keyboard: the page would move under the finger that is on its way to a button.
    """

    moved = Signal()
    """Opened, closed, or another field is being typed into."""

    def __init__(self, keyboard: Keyboard, area: QWidget) -> None:
        super().__init__(area)
        self._keyboard = keyboard
        self._area = area
        self._field: QWidget | None = None
        self._last: QWidget | None = None
        self._real_keys = False
        self.default_kind = KeyboardKind.NONE
        keyboard.hide()
        keyboard.hide_asked.connect(self.close)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @property
    def field(self) -> QWidget | None:
        """The field that is being typed into."""
        return self._field

    @property
    def is_open(self) -> bool:
        """Whether the keyboard is to be seen."""
        return self._keyboard.isVisibleTo(self._area)

    @property
    def last(self) -> QWidget | None:
        """The field of this page that was typed into last, also when something else has the focus now."""
        return self._last if self._last is not None and isValid(self._last) else None

    @property
    def has_keyboard(self) -> bool:
        """Whether there is a keyboard on the screen for the field."""
        return self._kind() is not KeyboardKind.NONE

    def settle(self) -> None:
        """A page has been turned: stay open only if it starts in a field."""
        if self._field is None or not self._field.isVisible():
            self._last = None
            self.close()
            self.moved.emit()

    def expect_touch(self) -> None:
        """Whoever comes next is shown the keyboard, until real keys are pressed again."""
        self._real_keys = False

    def open(self) -> None:
        """A touch wants the keyboard."""
        self.expect_touch()
        self._open()

    def close(self) -> None:
        """Put the keyboard away until a field is touched or gets the focus."""
        self._set_open(wanted=False)

    def expect_keys(self) -> None:
        """Somebody presses real keys: no keyboard opens until a field is touched."""
        self._real_keys = True
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches only the field that has the focus: real keys put the keyboard away, a touch brings it back."""
        if event.type() == QEvent.Type.KeyPress and not self._keyboard.typing:
            self.expect_keys()
        elif event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self.open()
        return super().eventFilter(watched, event)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None and isValid(self._field):  # a field that is being destroyed loses the focus too
            self._field.removeEventFilter(self)
        self._field = None
        if isinstance(new, _TYPED_INTO) and self._area.isAncestorOf(new):
            self._field = self._last = new
            new.installEventFilter(self)
            new.destroyed.connect(partial(self._forget, id(new)))
            if not self._real_keys:
                self._open()
            self.moved.emit()

    def _forget(self, gone: int, _object: QObject | None = None) -> None:
        """Only if it is this field that is gone: a page is destroyed after the next one has taken the focus."""
        if self._field is not None and id(self._field) == gone:
            self._field = None

    def _open(self) -> None:
        kind = self._kind()
        self._keyboard.set_kind(kind)
        self._set_open(wanted=kind is not KeyboardKind.NONE)

    def _kind(self) -> KeyboardKind:
        kind: KeyboardKind = getattr(self._field, "keyboard_kind", self.default_kind)
        return kind

    def _set_open(self, *, wanted: bool) -> None:
        if self.is_open != wanted:
            self._keyboard.setVisible(wanted)
            self.moved.emit()
