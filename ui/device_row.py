"""One device on the page of devices: its name, how it is and what to do, what came of its trial, and "Thử"."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.counter_devices import DeviceKind
from kiosk.ports import Attention, DeviceStatus, Ready, Unavailable
from kiosk.texts import _, composed
from ui.buttons import SecondaryButton
from ui.device_words import kind_words, state_words
from ui.labels import Card, Label, Picture
from ui.theme import Theme
from ui.tokens import Role


class DeviceRow(Card):
    """A card with a picture for the state, words, and a button where the device can be tried."""

    def __init__(self, theme: Theme, kind: DeviceKind, *, can_be_tried: bool) -> None:
        super().__init__(theme)
        self._theme = theme
        self._kind = kind
        self._picture: QWidget = Picture(theme, "hourglass", "quiet_text", 10)
        self._state = Label(_("Đang hỏi thiết bị…"))
        self._advice = Label("", Role.STRONG)
        self._tried = Label("", Role.SMALL)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.metrics.px(4))
        words = QVBoxLayout()
        words.setSpacing(theme.metrics.px(0.5))
        for label in (Label(kind_words(kind), Role.STRONG), self._state, self._advice, self._tried):
            words.addWidget(label)
        words.addStretch(1)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self.try_button: SecondaryButton | None = None
        if can_be_tried:
            self.try_button = SecondaryButton(theme, _("Thử"))
            self.try_button.setObjectName(f"try:{kind}")
            self.try_button.setAccessibleName(composed("{}: {}", self.try_button.words, kind_words(kind)))
            self._row.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._row)
        for label in (self._advice, self._tried):
            label.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_status(self, status: DeviceStatus) -> None:
        """How the device is."""
        state, advice = state_words(self._kind, status)
        self._state.setText(state)
        self._advice.show_text(advice)
        bad = self._kind.needed and isinstance(status, Unavailable)
        self.setProperty("surface", "problem" if bad else "card")
        self.style().unpolish(self)
        self.style().polish(self)
        match status:
            case Ready():
                self._show_picture("circle-check", "success")
            case Attention():
                self._show_picture("triangle-alert", "link")
            case _ if bad:
                self._show_picture("triangle-alert", "problem")
            case _:
                self._show_picture("info", "quiet_text")

    def show_trial(self, words: str) -> None:
        """What came of the trial, with its time."""
        self._tried.show_text(words)

    def _show_picture(self, name: str, colour: str) -> None:
        new = Picture(self._theme, name, colour, 10)
        self._row.removeWidget(self._picture)
        self._row.insertWidget(0, new, 0, Qt.AlignmentFlag.AlignTop)
        self._picture.hide()
        self._picture.deleteLater()
        self._picture = new
