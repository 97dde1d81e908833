"""Takes papers from a USB stick: what is on it, one file at a time, page by page."""

import threading

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.capture import FileRefused, FileSource, StickFile, StickListing
from kiosk.ports import DeviceProblem, PageImage, Unavailable
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.file_list import FileList
from ui.sentences import file_sentence, problem_sentence, stick_sentence
from ui.tasks import Lane
from ui.tokens import Role

_LOOK_EVERY_MS = 1500


class FileTaking(QWidget):
    """Runs from `start` to `stop`; a stick that is put in while it runs shows up by itself."""

    page = Signal(object)
    """A PageImage of the file that was chosen."""
    ended = Signal()
    """All pages of the file came."""

    def __init__(self, context: Context, source: FileSource) -> None:
        super().__init__()
        self._context = context
        self._source = source
        self._cancelled = threading.Event()
        self._room = 0
        self._reading = False
        self._count = 0
        self._looking = False
        self._listing: StickListing | None = None
        self._news = LiveLabel("", Role.STRONG)
        self._news.hide()
        self._list = FileList(context.theme)
        self._list.chosen.connect(self._read)
        self._stop = SecondaryButton(context.theme, _("Dừng lại"), icon_name="x")
        self._stop.setObjectName("stop_reading")
        self._stop.clicked.connect(self._cancelled.set)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.metrics.gap_px)
        for widget in (self._news, self._stop):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addStretch()  # takes the room while the list is hidden
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_EVERY_MS)
        self._again.timeout.connect(self._look)

    def start(self, room: int) -> None:
        """Look at the sticks, now and again; a file of more than `room` pages is refused."""
        self._room = room
        self._cancelled.clear()
        self._tell("")
        self._offer()
        self._again.start()
        self._look()

    def stop(self) -> None:
        """Look no more, and give up a file that is being read; its names leave the screen."""
        self._again.stop()
        self._cancelled.set()
        self._listing = None
        self._list.show_files(None)

    def _look(self) -> None:
        if self._looking or self._reading:
            return
        self._looking = True
        source = self._source

        def work() -> StickListing | None:
            return None if isinstance(source.status(), Unavailable) else source.files()

        self._context.tasks.run(Lane.FILES, work, owner=self, done=self._show, failed=self._look_failed)

    def _show(self, listing: StickListing | None) -> None:
        self._looking = False
        if self._again.isActive() and not self._reading and (listing != self._listing or listing is None):
            self._listing = listing
            self._list.show_files(listing)

    def _look_failed(self, error: Exception) -> None:
        """A stick that is pulled out while it is looked at is like none."""
        self._looking = False
        self._listing = None
        self._list.show_files(None)
        if not isinstance(error, DeviceProblem):
            self._tell(problem_sentence(error))

    def _read(self, file: StickFile) -> None:
        if self._reading:
            return
        self._reading = True
        self._count = 0
        self._cancelled.clear()
        self._tell(_("Đang lấy tệp, xin ông/bà chờ…"))
        self._offer()
        source, tasks, cancelled, room = self._source, self._context.tasks, self._cancelled, self._room

        def came(page: PageImage) -> None:
            tasks.post(self, self._came, page)

        def work() -> None:
            source.pages(file, came, cancelled.is_set, room)

        tasks.run(Lane.FILES, work, owner=self, done=lambda _none: self._done(), failed=self._failed)

    def _came(self, page: PageImage) -> None:
        """The page, and how far it is: a file of many pages takes its time."""
        self._count += 1
        self._tell(_("Đã lấy {count} trang, xin ông/bà chờ…").format(count=self._count))
        self.page.emit(page)

    def _done(self) -> None:
        self._reading = False
        self._tell("")
        self._offer()
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self._reading = False
        self._offer()
        if isinstance(error, FileRefused):
            self._tell(file_sentence(error.reason))
        else:
            self._tell(stick_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error))

    def _offer(self) -> None:
        self._stop.setVisible(self._reading)
        self._list.setVisible(not self._reading)

    def _tell(self, text: str) -> None:
        self._news.show_text(text)
