"""Asks once more before a dossier is taken back: what was sealed is destroyed, and cannot be had again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.ids import format_slip_code
from kiosk.outbox import OutboxEntry
from kiosk.texts import _
from ui.buttons import DangerButton, SecondaryButton
from ui.labels import Label
from ui.staff_page import StaffPage
from ui.theme import Theme


class WithdrawPage(StaffPage):
    """The button that leaves it stands first, at the other edge from the one that does it."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, entry: OutboxEntry) -> None:
        super().__init__(theme)
        self.heading = _("Rút hồ sơ {code}?").format(code=format_slip_code(entry.slip_code))
        self.column.addWidget(Label(_("Chỉ rút khi công dân có mặt và yêu cầu.")))
        self.column.addWidget(
            Label(_("Tờ khai và giấy tờ trên máy bị xóa hẳn. Nếu đổi ý, công dân phải nộp lại từ đầu."))
        )
        leave, do_it = SecondaryButton(theme, _("Không rút")), DangerButton(theme, _("Rút và xóa"), icon_name="trash-2")
        leave.setObjectName("withdraw:no")
        do_it.setObjectName("withdraw:yes")
        leave.clicked.connect(self.left)
        do_it.clicked.connect(self.confirmed)
        row = QHBoxLayout()
        for button in (leave, do_it):
            button.swallows_second_tap = True
        row.addWidget(leave)
        row.addStretch(1)
        row.addWidget(do_it)
        self.column.addLayout(row)
        self.column.addStretch(1)
