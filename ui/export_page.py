"""Copying what waits to a USB stick, for the staff: which stick, how far it is, and how it ended."""

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.staff_queue import ExportEnd, ExportResult, ExportStick, StaffQueue
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.buttons import SecondaryButton
from ui.labels import Card, Label
from ui.queue_words import export_words
from ui.sentences import problem_sentence
from ui.staff_page import StaffPage
from ui.tasks import Lane, Tasks
from ui.theme import Theme
from ui.tokens import Role


class ExportPage(StaffPage):
    """Lists the sticks that can be written to; the PIN is asked for in between, by the screen around."""

    chosen = Signal(object)
    """The kiosk.staff_queue.ExportStick to copy to, once a PIN was typed: then call `export`."""

    def __init__(self, theme: Theme, tasks: Tasks, queue: StaffQueue) -> None:
        super().__init__(theme)
        self._tasks = tasks
        self._queue = queue
        self._stopped = threading.Event()
        self.heading = _("Chép hồ sơ ra USB")
        self.hint = _("Hồ sơ được mã hóa, chỉ cổng mở được. Trên máy vẫn giữ nguyên và vẫn tự gửi khi có mạng.")
        self._news = LiveLabel("", Role.STRONG)
        self._end: QWidget | None = None
        self._sticks = QVBoxLayout()
        self._sticks.setSpacing(theme.metrics.gap_px)
        self._buttons: list[QWidget] = []
        self._search = SecondaryButton(theme, _("Tìm lại"), icon_name="refresh-cw")
        self._search.setObjectName("search_sticks")
        self._search.clicked.connect(self.enter)
        self._stop = SecondaryButton(theme, _("Dừng chép"), icon_name="x")
        self._stop.setObjectName("export_stop")
        self._stop.clicked.connect(self._stopped.set)
        self._stop.hide()
        self.column.addWidget(self._news)
        self.column.addLayout(self._sticks)
        for button in (self._search, self._stop):
            self.column.addWidget(button)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Look for sticks; not while one is being written to."""
        if not self.busy_text:
            self._news.show_text(_("Đang tìm USB…"))
            self._tasks.run(
                Lane.FILES, self._queue.sticks, owner=self, done=self._show_sticks, failed=self._search_failed
            )

    def leave(self) -> None:
        """What is being copied ends after the dossier under way; what is whole on the stick stays good."""
        self._stopped.set()

    def export(self, stick: ExportStick, staff: str) -> None:
        """Copy to that stick, as that member of the staff."""
        self._stopped.clear()
        self._show_end(None)
        self._set_running(on=True)
        tasks, queue, stopped = self._tasks, self._queue, self._stopped

        def progress(done: int, of: int) -> None:
            tasks.post(self, self._progressed, (done, of))

        tasks.run(
            Lane.FILES,
            lambda: queue.export(stick, staff, progress, stopped.is_set),
            owner=self,
            done=self._ended,
            failed=self._failed,
        )

    def _show_sticks(self, sticks: tuple[ExportStick, ...]) -> None:
        self._news.show_text(
            _("Chép vào USB nào?") if sticks else _("Chưa thấy USB ghi được. Cắm USB rồi bấm “Tìm lại”.")
        )
        self._clear_sticks()
        for stick in sticks:
            button = SecondaryButton(self.theme, stick.name, icon_name="usb")
            button.setObjectName(f"stick:{stick.name}")
            button.swallows_second_tap = True
            button.clicked.connect(lambda _checked=False, stick=stick: self.chosen.emit(stick))
            self._sticks.addWidget(button)
            self._buttons.append(button)
        self.changed.emit()

    def _search_failed(self, error: Exception) -> None:
        self._clear_sticks()
        self._news.show_text(problem_sentence(error))

    def _clear_sticks(self) -> None:
        for button in self._buttons:
            self._sticks.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _progressed(self, progress: tuple[int, int]) -> None:
        if self.busy_text:
            done, of = progress
            self._news.show_text(_("Đã chép {done} trong {of} hồ sơ. Đừng rút USB.").format(done=done, of=of))

    def _ended(self, result: ExportResult) -> None:
        self._set_running(on=False)
        good = result.end in (ExportEnd.DONE, ExportEnd.NOTHING) and not result.damaged
        self._show_end(Card(self.theme, "success" if good else "problem"), export_words(result))

    def _failed(self, error: Exception) -> None:
        self._set_running(on=False)
        self._show_end(Card(self.theme, "problem"), problem_sentence(error))

    def _set_running(self, *, on: bool) -> None:
        self.busy_text = _("Đang chép hồ sơ ra USB…") if on else ""
        self._clear_sticks()
        self._news.show_text(self.busy_text)
        self._search.setVisible(not on)
        self._stop.setVisible(on)
        self.changed.emit()

    def _show_end(self, card: Card | None, words: str = "") -> None:
        if self._end is not None:
            self.column.removeWidget(self._end)
            self._end.hide()
            self._end.deleteLater()
        self._end = card
        if card is not None:
            card.column.addWidget(Label(words, Role.STRONG))
            self.column.insertWidget(0, card)
