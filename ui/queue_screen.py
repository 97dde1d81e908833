"""The queue for the staff: the list, one dossier, the PIN before what only they may do, and the copy to a stick."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ids import format_slip_code
from kiosk.outbox import OutboxEntry
from kiosk.staff_queue import ExportStick, StaffQueue
from kiosk.texts import _
from ui.context import Context
from ui.export_page import ExportPage
from ui.pin_page import PinPage
from ui.queue_item_page import QueueItemPage
from ui.queue_list_page import QueueListPage
from ui.screen import Screen
from ui.staff_page import StaffPage
from ui.withdraw_page import WithdrawPage


class QueueScreen(Screen):
    """Pages lie over each other: Back takes the top one off, and with it what it showed."""

    def __init__(self, context: Context, queue: StaffQueue) -> None:
        super().__init__(context.theme)
        self._context = context
        self._queue = queue
        self.wide = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        listed = QueueListPage(context, queue)
        listed.opened.connect(self._open_item)
        listed.export_asked.connect(self._open_export)
        self._pages: list[StaffPage] = []
        self._put(listed)

    def enter(self) -> None:
        """Ask how the queue is."""
        self._top.enter()

    def leave(self) -> None:
        """Nothing of a person stays, and what is copied ends."""
        for page in self._pages:
            page.leave()

    def step_back(self) -> bool:
        """From a page to the one below it."""
        if len(self._pages) == 1:
            return False
        page = self._pages.pop()
        page.leave()
        self._column.removeWidget(page)
        page.hide()
        page.deleteLater()
        self._top.show()
        self._begin()
        return True

    def first_focus(self) -> QWidget | None:
        """Where the page on top wants it."""
        return self._top.first_focus()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for page in self._pages:
                page.orient()

    @property
    def _top(self) -> StaffPage:
        return self._pages[-1]

    def _put(self, page: StaffPage) -> None:
        page.changed.connect(self._say)
        page.turned.connect(lambda: self.turned.emit(None))
        self._pages.append(page)
        self._column.addWidget(page)
        self._say()

    def _open(self, page: StaffPage) -> None:
        self._top.leave()
        self._top.hide()
        self._put(page)
        self._begin()

    def _begin(self) -> None:
        self._say()
        self._top.enter()
        self.turned.emit(None)

    def _say(self) -> None:
        page = self._top
        self.heading, self.hint = page.heading, page.hint
        self.busy, self.busy_text = bool(page.busy_text), page.busy_text
        self.can_go_back = not self.busy
        self.next_label = _("Về trang đầu") if len(self._pages) == 1 else None
        self.changed.emit()

    def _open_item(self, entry: OutboxEntry) -> None:
        page = QueueItemPage(self._context, self._queue, entry)
        code = format_slip_code(entry.slip_code)
        seen = _("Để xem tên và số điện thoại của hồ sơ {code}. Máy ghi lại ai đã xem.").format(code=code)
        page.contact_asked.connect(lambda: self._ask_pin(seen, page.show_contacts))
        back = _("Để rút hồ sơ {code}. Máy ghi lại ai đã rút.").format(code=code)
        page.withdrawal_asked.connect(lambda: self._ask_pin(back, lambda staff: self._open_withdrawal(page, staff)))
        self._open(page)

    def _open_withdrawal(self, item: QueueItemPage, staff: str) -> None:
        page = WithdrawPage(self.theme, item.entry)
        page.left.connect(self.step_back)

        def withdraw() -> None:
            self.step_back()
            item.withdraw(staff)

        page.confirmed.connect(withdraw)
        self._open(page)

    def _open_export(self) -> None:
        page = ExportPage(self.theme, self._context.tasks, self._queue)

        def ask(stick: ExportStick) -> None:
            self._ask_pin(_("Để chép hồ sơ ra USB. Máy ghi lại ai đã chép."), lambda staff: page.export(stick, staff))

        page.chosen.connect(ask)
        self._open(page)

    def _ask_pin(self, purpose: str, then: Callable[[str], None]) -> None:
        """Go on with `then` on the page below, as whoever's PIN it was."""
        pins, clock = self._queue.pins, self._context.equipment.clock
        page = PinPage(self.theme, self._context.tasks, pins, clock, purpose)

        def go_on(staff: str) -> None:
            self.step_back()
            then(staff)

        page.signed_in.connect(go_on)
        self._open(page)
