"""Texts and the quiet surfaces that they stand on. They take size and colour from the application's style sheet."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.speaking import Speaker, TextSpeaker
from ui.spoken import spoken
from ui.theme import Theme
from ui.tokens import Role


class Label(TextSpeaker, QLabel):
    """Plain text in one role; wraps at words, is never rich text and cannot be selected."""

    def __init__(self, text: str = "", role: Role = Role.BODY, *, ground: str = "", wrap: bool = True) -> None:
        """`ground` names a coloured surface below (`header`, `band`, `success`, `warning`), which sets the colour."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role.value)
        if ground:
            self.setProperty("ground", ground)
        self.setText(text)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Change the words; where some are masked, a screen reader is told that in words."""
        super().setText(text)
        if "••" in text or self.accessibleName():
            self.setAccessibleName(spoken(text))

    def show_text(self, text: str) -> None:
        """Set the text and hide the label while there is none."""
        self.setText(text)
        self.setVisible(bool(text))


class Card(Speaker, QFrame):
    """A bordered box, for example "Lấy từ thẻ căn cước" beside a question. Fill it through `column`."""

    def __init__(self, theme: Theme, surface: str = "card") -> None:
        """`surface` is one of the style sheet's: `card`, `success`, `warning`, `problem`."""
        super().__init__()
        self.setProperty("surface", surface)
        self.column = QVBoxLayout(self)
        edge = theme.metrics.px(6)
        self.column.setContentsMargins(edge, theme.metrics.px(4), edge, edge)
        self.column.setSpacing(theme.metrics.px(1.5))


class SectionTitle(QFrame):
    """The title of a group of rows, on a band across the column."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.setProperty("surface", "section")
        row = QVBoxLayout(self)
        row.setContentsMargins(theme.metrics.px(2), theme.metrics.px(1.5), theme.metrics.px(2), theme.metrics.px(1.5))
        row.addWidget(Label(text, Role.TILE))


class Points(QWidget):
    """Short sentences below each other, each behind a dot; the second line of one stands below its first."""

    def __init__(self, theme: Theme, texts: Iterable[str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.metrics.px(2.5))
        grid.setVerticalSpacing(theme.metrics.px(1.5))
        grid.setColumnStretch(1, 1)
        for number, text in enumerate(texts):
            dot = Label("•", wrap=False)
            dot.setAccessibleName(" ")  # a dot before each sentence is nothing to be told
            grid.addWidget(dot, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(text), number, 1)


class Surface(Speaker, QWidget):
    """A plain widget that is painted with the style sheet's background of that name."""

    def __init__(self, surface: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", surface)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class Picture(QWidget):
    """A square line icon beside words, in the colour of that name of the scheme in use. Says nothing by itself."""

    def __init__(self, theme: Theme, name: str, colour: str, size_mm: float) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._colour = colour
        self._px = theme.metrics.px(size_mm)
        self.setFixedSize(self._px, self._px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon, in the colours of now."""
        QPainter(self).drawPixmap(0, 0, icon(self._name, getattr(self._theme.colours, self._colour), self._px))
