"""One row of a table as it was given: what it says in big letters, and the buttons to change it or take it out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.texts import _
from ui.ask_twice import AskTwice
from ui.buttons import SecondaryButton
from ui.labels import Card, Label
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
        words.addWidget(Label(title, Role.STRONG))
        if not finished:
            words.addWidget(Label(_("Chưa điền xong"), Role.STRONG))
        for line in rest:
            words.addWidget(Label(line))
        words.addStretch(1)
        change = SecondaryButton(theme, _("Sửa"), icon_name="pencil")
        change.setObjectName(f"edit:{name}")
        change.setAccessibleName(f"{change.text()}: {title}")
        change.clicked.connect(self.edit)
        take_out = AskTwice(theme, (_("Xóa"), _("Xóa hẳn"), _("Không xóa")), "trash-2")
        take_out.name(f"drop:{name}", title)
        take_out.confirmed.connect(self.drop)
        take_out.asking.connect(lambda asks: change.setVisible(not asks))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.metrics.gap_px)
        self._row.addLayout(words, 1)
        buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(theme.metrics.gap_px)
        buttons.addStretch(1)
        for button in (change, take_out):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(buttons)
        self.column.addLayout(self._row)
        edge = theme.metrics.px(3)
        self.column.setContentsMargins(theme.metrics.px(5), edge, edge, edge)
        self._orient()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _orient(self) -> None:
        narrow = self._theme.metrics.stacks or self._theme.metrics.portrait
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
