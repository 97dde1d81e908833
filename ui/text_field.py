"""The one-line text field: keeps nothing, suggests nothing, and says which keyboard it wants."""

import unicodedata
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.key_layouts import KeyboardKind
from ui.labels import Label
from ui.speaking import Speaker
from ui.theme import Theme
from ui.tokens import Role


class Capitals(StrEnum):
    """How letters are written: as typed, First of all, Each Word, or ALL."""

    AS_TYPED = "as_typed"
    FIRST = "first"
    WORDS = "words"
    ALL = "all"


class _Upper(QValidator):
    """Turns every letter to a capital while it is typed."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text.upper(), position


_NO_KEYS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Undo)


class TextField(Speaker, QLineEdit):
    """A line edit for one answer. `name` is what a screen reader calls it.

    Copy, cut and undo are off: on a public machine they hand one person's answer to the next.
    """

    def __init__(
        self,
        name: str,
        *,
        keyboard: KeyboardKind = KeyboardKind.LETTERS,
        capitals: Capitals = Capitals.AS_TYPED,
        max_length: int = 200,
        composes: bool = True,
    ) -> None:
        """`composes` is False for codes, whose letters are no words: Telex and VNI leave them alone."""
        super().__init__()
        self.composes = composes
        self.keyboard_kind = keyboard
        self.capitals = capitals
        self._placeholder = ""
        self.setAccessibleName(name)
        self.setMaxLength(max_length)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        if capitals is Capitals.ALL:
            self.setValidator(_Upper(self))

    def setPlaceholderText(self, text: str) -> None:
        """As Qt's own."""
        self._placeholder = text
        super().setPlaceholderText(text)

    def say_again(self) -> None:
        """What it is called, and what stands in it while it is empty; what was typed is nobody's to translate."""
        super().say_again()
        self.setPlaceholderText(self._placeholder)

    @property
    def value(self) -> str:
        """What was typed, without spaces around it, in Unicode's composed form (NFC)."""
        return unicodedata.normalize("NFC", self.text()).strip()

    def set_problem(self, wrong: bool) -> None:
        """Draw the field as one that must be looked at again."""
        if self.property("problem") != wrong:
            self.setProperty("problem", wrong)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, but never copy, cut or undo."""
        if any(event.matches(key) for key in _NO_KEYS):
            event.ignore()
        else:
            super().keyPressEvent(event)


class LabelledField(QWidget):
    """A label above a field, and between them the words of what is wrong with it."""

    def __init__(self, theme: Theme, label: str, field: TextField) -> None:
        super().__init__()
        self.field = field
        self._label = Label(label, Role.STRONG)
        self._problem = Label("", Role.PROBLEM)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.px(1))
        for widget in (self._label, self._problem, field):
            column.addWidget(widget)

    def show_problem(self, text: str) -> None:
        """Say next to the field what is wrong with it; an empty text says that it is right."""
        self._problem.show_text(text)
        self.field.set_problem(bool(text))
        self.field.setAccessibleDescription(text)
