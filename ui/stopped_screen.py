"""A visit was saved to be gone on with: its code in large, until when it is kept, and how to open it again."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.dates import format_moment
from kiosk.draft_slip import draft_slip, next_steps
from kiosk.ids import format_draft_code
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.fitting_text import FittingText, Form
from ui.labels import Card, Label, Points
from ui.screen import Screen
from ui.spoken_value import keep_unspoken
from ui.tasks import Lane
from ui.tokens import Role


class StoppedScreen(Screen):
    """The code is shown once, here; a small slip with it prints by itself where there is a printer."""

    printed = Signal()
    """The slip came out."""

    def __init__(self, context: Context, code: str, until: datetime, *, with_card: bool) -> None:
        """`code` is bare; `with_card`: a card was shown in the visit, and opens it together with the code."""
        super().__init__(context.theme)
        self._context = context
        office = (context.office.name, context.office.phone)
        self._slip = draft_slip(office, code, until, with_card=with_card, test=context.demo)
        self.heading = _("Đã lưu phần đang làm – chưa nộp")
        self.hint = _("Máy giữ đến {moment}, sau đó xóa.").format(moment=format_moment(until))
        self.next_label = _("Xong, về trang đầu")
        self.can_go_back = False
        self.kept = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.metrics.gap_px)
        box = Card(context.theme)
        box.column.addWidget(Label(_("Mã làm tiếp"), Role.PROGRESS))
        figure = FittingText(context.theme, "text")
        keep_unspoken(figure)
        figure.set_forms([Form(format_draft_code(code), role) for role in (Role.FIGURE, Role.HEADING, Role.TILE)])
        box.column.addWidget(figure)
        self._printing = LiveLabel(_("Đang in phiếu, xin ông/bà chờ…"), Role.STRONG)
        self._again = SecondaryButton(context.theme, _("In lại phiếu"), icon_name="printer")
        self._again.setObjectName("print_again")
        self._again.swallows_second_tap = True
        self._again.clicked.connect(self._print)
        self._again.hide()
        for widget in (box, self._printing, Points(context.theme, next_steps(with_card=with_card)), self._again):
            column.addWidget(widget)
        column.addStretch(1)

    def enter(self) -> None:
        """The slip prints by itself."""
        self._print()

    def _print(self) -> None:
        self._again.hide()
        self._printing.setText(_("Đang in phiếu, xin ông/bà chờ…"))
        printer, slip = self._context.equipment.printer, self._slip
        self._context.tasks.run(
            Lane.PRINTER, lambda: printer.print_slip(slip), owner=self, done=self._came_out, failed=self._failed
        )

    def _came_out(self, _none: None) -> None:
        self._printing.setText(_("Đã in phiếu. Ông/bà lấy phiếu và giấy tờ của mình."))
        self._again.show()
        self.printed.emit()

    def _failed(self, _error: Exception) -> None:
        self._printing.setText(_("Máy không in được phiếu. Ông/bà ghi lại hoặc chụp lại mã này."))
        self._again.show()
