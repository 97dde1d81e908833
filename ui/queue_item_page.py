"""One dossier of the queue for the staff: where it is, what is in its way, and what may be done about it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.ids import format_slip_code
from kiosk.outbox import UNSENT, OutboxEntry, State
from kiosk.problem_advice import entry_advice
from kiosk.staff_queue import CONTACT_SHOWN_S, Contact, StaffQueue
from kiosk.texts import _, composed
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.fact_rows import FactRows
from ui.labels import Card, Label
from ui.queue_words import entry_facts, service_name
from ui.sentences import problem_sentence
from ui.staff_page import StaffPage
from ui.tasks import Lane
from ui.tokens import Role

T = TypeVar("T")

_KEPT = UNSENT | {State.PARKED, State.RECEIPTED, State.DURABLE}
"""As long as the papers are here, their people can be read and called, and they can have them back."""


class QueueItemPage(StaffPage):
    """A name and a phone are shown after a PIN only, for a minute at most, and go with the page."""

    contact_asked = Signal()
    withdrawal_asked = Signal()

    def __init__(self, context: Context, queue: StaffQueue, entry: OutboxEntry) -> None:
        super().__init__(context.theme)
        self._context = context
        self._queue = queue
        self.entry = entry
        self.heading = _("Hồ sơ {code}").format(code=format_slip_code(entry.slip_code))
        self._told: QWidget | None = None
        self._contacts: QWidget | None = None
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(round(CONTACT_SHOWN_S * 1000))
        self._hiding.timeout.connect(self._hide_contacts)
        self._news = Label("", Role.STRONG)
        self._news.hide()
        self._acts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._acts.setSpacing(self.theme.metrics.gap_px)
        self._again = self._act("send_again", _("Gửi lại"), "upload", self._send_again)
        self._who = self._act("contacts", _("Xem tên và số điện thoại"), "phone", self.contact_asked.emit)
        self._back = self._act("withdraw", _("Rút hồ sơ"), "trash-2", self.withdrawal_asked.emit)
        self.column.addWidget(self._news)
        self.column.addLayout(self._acts)
        self.column.addStretch(1)
        self._show(entry)
        self.orient()

    def enter(self) -> None:
        """As it is now."""
        ref = self.entry.client_ref
        self._run(lambda: self._queue.entry(ref), self._show)

    def leave(self) -> None:
        """Nobody's name stays behind."""
        self._hide_contacts()

    def orient(self) -> None:
        """The acts stand below each other where the text needs the width."""
        narrow = self.theme.metrics.stacks
        self._acts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_contacts(self, staff: str) -> None:
        """Read whom to call, as that member of the staff, and show it for a while."""
        self._run(partial(self._queue.contacts, self.entry.client_ref, staff), self._show_contacts)

    def withdraw(self, staff: str) -> None:
        """Take it back, as that member of the staff; ask the citizen first."""
        self._run(partial(self._queue.withdraw, self.entry.client_ref, staff), self._withdrawn)

    def _act(self, name: str, words: str, icon_name: str, does: Callable[[], object]) -> SecondaryButton:
        button = SecondaryButton(self.theme, words, icon_name=icon_name)
        button.setObjectName(name)
        button.swallows_second_tap = True
        button.clicked.connect(does)
        self._acts.addWidget(button)
        return button

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._context.tasks.run(Lane.STORE, work, owner=self, done=done, failed=self._failed)

    def _show(self, entry: OutboxEntry | None) -> None:
        if entry is None:  # its tombstone has ended meanwhile
            return
        self.entry = entry
        if self._told is not None:
            self.column.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
        self._told = QWidget()
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.gap_px)
        if advice := entry_advice(entry):
            card = Card(self.theme, "warning" if entry.state is State.PARKED else "card")
            card.column.addWidget(Label(composed("{}.", advice.problem), Role.STRONG))
            card.column.addWidget(Label(advice.todo))
            column.addWidget(card)
        service = service_name(self._context.catalog, entry.service_code)
        column.addWidget(FactRows(self.theme, entry_facts(entry, service)))
        self.column.insertWidget(self.column.indexOf(self._news), self._told)
        wanted = entry.withdrawal_asked_at is None
        self._again.setVisible(entry.state is State.PARKED and wanted)
        self._who.setVisible(entry.state in _KEPT)
        self._back.setVisible(entry.state in _KEPT and wanted)

    def _send_again(self) -> None:
        self._run(partial(self._queue.send_again, self.entry.client_ref), self._sent_again)

    def _sent_again(self, _nothing: None) -> None:
        self._news.show_text(_("Đã đưa hồ sơ trở lại hàng chờ. Máy gửi lại ngay bây giờ."))
        self.enter()

    def _withdrawn(self, entry: OutboxEntry) -> None:
        done = entry.state is State.WITHDRAWN
        self._news.show_text(
            _("Đã rút. Giấy tờ của hồ sơ này trên máy đã bị xóa hẳn.")
            if done
            else _("Đã ghi yêu cầu rút. Máy báo cho cổng, rồi xóa giấy tờ trên máy.")
        )
        self._show(entry)

    def _show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        self._hide_contacts()
        card = Card(self.theme)
        for contact in contacts:
            card.column.addWidget(Label(_role_words(contact)))
            card.column.addWidget(Label(contact.name, Role.FIELD))
            card.column.addWidget(Label(contact.phone or _("Không có số điện thoại"), Role.FIELD))
        card.column.addWidget(
            Label(_("Tự ẩn sau {count} giây. Máy đã ghi lại ai xem.").format(count=round(CONTACT_SHOWN_S)), Role.SMALL)
        )
        self._contacts = card
        self.column.insertWidget(0, card)
        if self._told is not None:
            self._told.hide()
        self._hiding.start()
        self.turned.emit()

    def _hide_contacts(self) -> None:
        self._hiding.stop()
        if self._contacts is not None:
            self.column.removeWidget(self._contacts)
            self._contacts.hide()
            self._contacts.deleteLater()
            self._contacts = None
            if self._told is not None:
                self._told.show()

    def _failed(self, error: Exception) -> None:
        self._news.show_text(problem_sentence(error))


def _role_words(contact: Contact) -> str:
    return _("Chủ hồ sơ") if contact.is_owner else _("Người nộp")
