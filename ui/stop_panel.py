"""The question before a visit is left that can be gone on with: save it, or wipe it, or stay."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from kiosk.texts import _
from ui.buttons import DangerButton, PrimaryButton, SecondaryButton, TouchButton
from ui.labels import Card, Label
from ui.panels import Panel
from ui.theme import Theme


class StopPanel(Panel):
    """Each way with its words beside its button, so that nobody wipes what they wanted to keep."""

    saved = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme, kept_h: int) -> None:
        """`kept_h`: for how many hours a saved visit is kept."""
        super().__init__(theme, _("Ông/bà muốn dừng lại?"))
        save = _("Máy giữ kín phần đang làm trong {hours} giờ và đưa ông/bà một mã để làm tiếp.").format(hours=kept_h)
        self.save_button = PrimaryButton(theme, _("Lưu và dừng"), icon_name="save")
        self.save_button.setObjectName("save_and_stop")
        self.save_button.clicked.connect(self.saved)
        wipe = _("Những gì ông/bà đã nhập và đã quét ở máy này sẽ bị xóa, không lấy lại được.")
        self.leave_button = DangerButton(theme, _("Rời máy, xóa hết"), icon_name="trash-2")
        self.leave_button.setObjectName("leave_and_wipe")
        self.leave_button.clicked.connect(self.confirmed)
        for words, button in ((save, self.save_button), (wipe, self.leave_button)):
            self.column.addWidget(self._way(words, button))
            self.column.addSpacing(theme.metrics.px(3))  # a finger that wants the one must not hit the other
        self.column.addStretch(1)
        self.stay_button = SecondaryButton(theme, _("Không, làm tiếp"), icon_name="arrow-left")
        self.stay_button.clicked.connect(self.closed)
        self.add_acts(None, self.stay_button)

    def _way(self, words: str, button: TouchButton) -> Card:
        metrics = self._theme.metrics
        button.swallows_second_tap = True
        button.setMinimumWidth(metrics.px(85))
        card = Card(self._theme)
        narrow = metrics.stacks or metrics.portrait
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(metrics.px(6))
        row.addWidget(Label(words), 1)
        row.addWidget(button)
        card.column.addLayout(row)
        return card
