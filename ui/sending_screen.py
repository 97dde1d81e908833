"""Waits for the portal's receipt, at most as long as the settings say; "In phiếu ngay" ends the wait."""

import math

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.receipt import Receipt
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import WentOn
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import Label, Picture
from ui.notices import Notice
from ui.tasks import Lane
from ui.tokens import Role
from ui.visit_screen import VisitScreen

_TICK_MS = 250


class SendingScreen(VisitScreen):
    """The dossier is safe already: whatever comes of the wait, the visit ends the same way."""

    receipted = Signal(object)
    """The verified receipt (kiosk.receipt.Receipt) that came while the citizen waited."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Hồ sơ đã được lưu an toàn")
        self.hint = _("Máy đang gửi cho cơ quan và chờ xác nhận. Ông/bà không cần bấm gì.")
        self.next_label = None
        self.can_go_back = False
        self.can_leave = False
        self.kept = True
        self._clock = context.equipment.clock
        self._until_s = 0.0
        self._gone = False
        self._count = Label("", Role.STRONG)
        self._count.setWordWrap(False)
        now = SecondaryButton(context.theme, _("In phiếu ngay"), icon_name="printer")
        now.setObjectName("print_now")
        now.swallows_second_tap = True
        now.clicked.connect(self._go)
        self.add(Notice(context.theme, _("Dù mất mạng, hồ sơ vẫn còn và máy sẽ tự gửi sau."), icon_name="shield-check"))
        self.column.addLayout(self._wait_row(now))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_left)
        self.finish()

    def _wait_row(self, now: SecondaryButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.px(4))
        row.addWidget(Picture(self.theme, "hourglass", "link", 10))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(now)
        return row

    def enter(self) -> None:
        """The wait begins."""
        filing, ref = self.context.equipment.filing, self.visit.filed[-1]
        wait_s = self.context.times.receipt_wait_s
        self._until_s = self._clock.monotonic_s() + wait_s
        self._show_left()
        self._tick.start()

        def wait() -> Receipt | None:
            filing.wait_for_receipt(ref, wait_s)
            return filing.receipt(ref)

        self.context.tasks.run(Lane.SYNC, wait, owner=self, done=self._came, failed=self._failed)

    def leave(self) -> None:
        """The counting stops; the sending goes on by itself."""
        self._tick.stop()

    def _came(self, receipt: Receipt | None) -> None:
        if receipt is not None and not self._gone:
            self.receipted.emit(receipt)
        self._go()

    def _failed(self, _error: Exception) -> None:
        self._go()

    def _show_left(self) -> None:
        """By the clock, not by counting ticks: what is said is what is left."""
        left_s = math.ceil(self._until_s - self._clock.monotonic_s())
        if left_s <= 0:
            self._go()
        else:
            self._count.setText(_("Chờ tối đa {seconds} giây nữa").format(seconds=left_s))

    def _go(self) -> None:
        if not self._gone:
            self._gone = True
            self.happened.emit(WentOn())
