"""Answers that others must not read: masked, each with a button of its own that shows that one for a short while."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

from kiosk.texts import _
from ui.buttons import TouchButton
from ui.plates import text_width
from ui.theme import Theme

SHOWN_FOR_MS = 10_000
"""Long enough to compare twelve digits with a card in the hand; then what was shown is masked again."""

Show = Callable[[bool], None]


class RevealButton(TouchButton):
    """ "Hiện", and while it is shown "Che lại"; as wide as the longer word, so that nothing beside it moves."""

    def __init__(self, theme: Theme, subject: str) -> None:
        """`subject` says to a screen reader what is shown."""
        self._subject = subject
        self._each_words = (_("Hiện"), _("Che lại"))
        super().__init__(theme, self._each_words[0], icon_name="eye")
        self.say(shown=False)

    def say(self, *, shown: bool) -> None:
        """What a touch does now."""
        self._icon_name = "eye-off" if shown else "eye"
        self.setText(self._each_words[shown])
        self.setAccessibleName(f"{self.text()}: {self._subject}")

    def padding(self) -> int:
        """Tight: it stands at the end of a row."""
        return self.theme.metrics.px(3)

    def sizeHint(self) -> QSize:
        """Room for either word."""
        return self._size(max(text_width(self.words_font(), words) for words in self._each_words))

    def minimumSizeHint(self) -> QSize:
        """The words do not wrap."""
        return self.sizeHint()


class Reveals(QObject):
    """The masked answers of one page: at most one is shown at a time, and none once the page is left."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._shown: tuple[RevealButton, Show] | None = None
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(SHOWN_FOR_MS)
        self.again.timeout.connect(self.mask)

    def button(self, theme: Theme, subject: str, show: Show) -> RevealButton:
        """The button of one answer; `show` is called with whether all of it may be read."""
        button = RevealButton(theme, subject)
        button.setObjectName("show")
        button.clicked.connect(lambda: self._toggle(button, show))
        return button

    def beside(self, row: QWidget, theme: Theme, subject: str, show: Show) -> QWidget:
        """The row with its button at its end."""
        return _together(theme, row, self.button(theme, subject, show), below=False)

    def below(self, row: QWidget, theme: Theme, subject: str, show: Show) -> QWidget:
        """The row with its button below it, where there is no room beside."""
        return _together(theme, row, self.button(theme, subject, show), below=True)

    def mask(self) -> None:
        """Nothing is shown any more."""
        shown, self._shown = self._shown, None
        self.again.stop()
        if shown is not None and isValid(shown[0]):
            button, show = shown
            button.say(shown=False)
            show(False)  # noqa: FBT003 - what every such call says

    def _toggle(self, button: RevealButton, show: Show) -> None:
        hides = self._shown is not None and self._shown[0] is button
        self.mask()
        if not hides:
            self._shown = (button, show)
            button.say(shown=True)
            show(True)  # noqa: FBT003 - what every such call says
            self.again.start()


def _together(theme: Theme, row: QWidget, button: QWidget, *, below: bool) -> QWidget:
    holder = QWidget()
    layout = QBoxLayout(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight, holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.metrics.gap_px)
    layout.addWidget(row, 1)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignVCenter)
    return holder
