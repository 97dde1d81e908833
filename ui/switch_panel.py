"""Choosing how many switches the kiosk is used with."""

from PySide6.QtCore import Signal

from kiosk.switch_scan import SwitchMode
from kiosk.texts import _
from ui.buttons import PrimaryButton
from ui.choice_rows import Choice, ChoiceRows
from ui.labels import Label
from ui.panels import Panel
from ui.theme import Theme


class SwitchPanel(Panel):
    """Works at once, this panel included; the end of the visit turns it off again."""

    mode_chosen = Signal(object)
    """The SwitchMode that is wanted."""

    def __init__(self, theme: Theme, mode: SwitchMode) -> None:
        super().__init__(theme, _("Bấm bằng công tắc"))
        self.column.addWidget(Label(_("Dành cho người không chạm màn hình và không gõ bàn phím được.")))
        rows = ChoiceRows(
            theme,
            [
                Choice(SwitchMode.OFF, _("Không dùng")),
                Choice(SwitchMode.TWO, _("Hai công tắc"), _("Một để đi tới, một để chọn (phím Tab và phím Enter)")),
                Choice(SwitchMode.ONE, _("Một công tắc"), _("Khung tự đi qua từng mục, bấm để chọn")),
            ],
            value=mode,
        )
        rows.setAccessibleName(_("Bấm bằng công tắc"))
        rows.chosen.connect(lambda key: self.mode_chosen.emit(SwitchMode(key)))
        self.column.addWidget(rows)
        self.column.addStretch(1)
        done = PrimaryButton(theme, _("Xong"), icon_name="check")
        done.clicked.connect(self.closed)
        self.add_acts(None, done)
