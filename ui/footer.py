"""The bottom of the frame: back at the left edge, on at the right edge, a line of news between."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk.texts import _
from ui.buttons import PrimaryButton, SecondaryButton
from ui.labels import Label, Surface
from ui.theme import Theme
from ui.tokens import Role


class _BackButton(SecondaryButton):
    swallows_second_tap = True

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.theme.metrics.px(50 if self.theme.metrics.portrait else 74)), hint.height())


class _NextButton(PrimaryButton):
    swallows_second_tap = True

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(
            max(hint.width(), self.theme.metrics.px(70 if self.theme.metrics.portrait else 104)), hint.height()
        )


class Footer(Surface):
    """Back and Continue at opposite edges, so that one is never hit for the other."""

    back = Signal()
    next = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("page")
        self._theme = theme
        metrics = theme.metrics
        self.back_button = _BackButton(theme, _("Quay lại"), icon_name="arrow-left")
        self.next_button = _NextButton(theme, _("Tiếp tục"), icon_name="arrow-right", icon_after=True)
        self.back_button.setObjectName("back")
        self.next_button.setObjectName("next")
        self._status = Label("", Role.SMALL)
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        outer, row = QVBoxLayout(self), QHBoxLayout()
        edge = metrics.px(6 if metrics.compact or metrics.portrait else 16)
        outer.setContentsMargins(edge, metrics.px(2.5), edge, metrics.px(2.5 if metrics.compact else 4))
        row.setSpacing(metrics.px(9))
        row.addWidget(self.back_button)
        row.addStretch(0)
        row.addWidget(self.next_button)
        if metrics.portrait:
            outer.addWidget(self._status)  # between the buttons there is no room for a sentence
            row.setStretch(1, 1)
        else:
            row.insertWidget(1, self._status, 1)
        outer.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)

    def set_status(self, text: str) -> None:
        """One short line: "Tự lưu lúc 9:41"."""
        self._status.setText(text)
        self._status.setVisible(bool(text) or not self._theme.metrics.portrait)

    @property
    def has_something(self) -> bool:
        """Whether there is anything in it: a page that only tells something has its room."""
        shown = (self.back_button, self.next_button)
        return bool(self._status.text()) or not all(each.isHidden() for each in shown)

    def set_acts(self, next_label: str | None, *, can_go_back: bool) -> None:
        """Which of the two buttons the page has, and what going on is called here."""
        self.back_button.setVisible(can_go_back)
        self.next_button.setVisible(next_label is not None)
        self.next_button.setText(next_label or "")
