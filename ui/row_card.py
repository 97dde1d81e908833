"""One row of a table as it was given: what it says in big letters, and the buttons to change it or take it out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.form_rules import masked_aloud
from kiosk.texts import _, composed
from ui.ask_twice import AskTwice
from ui.buttons import SecondaryButton
from ui.labels import Card, Label
from ui.reveals import RevealButton, Reveals
from ui.theme import Theme
from ui.tokens import Role


class RowCard(Card):
    """Words at the left, buttons at the right; below the words where the page is narrow."""

    edit = Signal()
    drop = Signal()

    def __init__(self, theme: Theme, name: str, lines: Sequence[str], *, finished: bool) -> None:
        """The first of `lines` names the row; `name` is what the buttons' object names begin with."""
        super().__init__(theme, "card" if finished else "warning")
        self._theme = theme
        title, *rest = lines
        words = QVBoxLayout()
        words.setSpacing(theme.metrics.px(1))
        self._lines = [Label(title, Role.STRONG), *(Label(line) for line in rest)]
        words.addWidget(self._lines[0])
        if not finished:
            words.addWidget(Label(_("Chưa điền xong"), Role.STRONG))
        for line in self._lines[1:]:
            words.addWidget(line)
        words.addStretch(1)
        change = SecondaryButton(theme, _("Sửa"), icon_name="pencil")
        change.setObjectName(f"edit:{name}")
        change.setAccessibleName(composed("{}: {}", change.words, title))
        change.clicked.connect(self.edit)
        take_out = AskTwice(theme, (_("Xóa"), _("Xóa hẳn"), _("Không xóa")), "trash-2")
        take_out.name(f"drop:{name}", title)
        take_out.confirmed.connect(self.drop)
        take_out.asking.connect(self._make_room)
        self._change = change
        self._reveal: RevealButton | None = None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.metrics.gap_px)
        self._row.addLayout(words, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(theme.metrics.gap_px)
        self._buttons.addStretch(1)
        for button in (change, take_out):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._buttons)
        self.column.addLayout(self._row)
        edge = theme.metrics.px(3)
        self.column.setContentsMargins(theme.metrics.px(5), edge, edge, edge)
        self._orient()

    @property
    def details(self) -> tuple[Label, ...]:
        """What stands below the title."""
        return tuple(self._lines[1:])

    def add_reveal(self, reveals: Reveals, whole: Sequence[str]) -> None:
        """The lines are masked; so they read while they are shown."""
        masked = [line.text() for line in self._lines]

        def show(shown: bool) -> None:
            for label, text in zip(self._lines, whole if shown else masked, strict=True):
                label.setText(text)
                label.setAccessibleName(text if shown else masked_aloud(text))

        self._reveal = reveals.button(self._theme, masked[0], show)
        self._buttons.insertWidget(1, self._reveal, 0, Qt.AlignmentFlag.AlignVCenter)
        show(False)  # noqa: FBT003 - see ui.reveals.Show

    def _make_room(self, asks: bool) -> None:
        """Two answers stand where one button was."""
        for button in (self._change, self._reveal):
            if button is not None:
                button.setVisible(not asks)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _orient(self) -> None:
        narrow = self._theme.metrics.stacks or self._theme.metrics.portrait
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
