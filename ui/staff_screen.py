"""The staff's first page: what needs them, and the ways to the devices and to the queue. It names no citizen."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from kiosk.staff_queue import QueueNews
from kiosk.texts import _, joined
from ui.context import Context
from ui.labels import Card, Label, Picture, Points
from ui.queue_words import alarm_lines, news_lines
from ui.screen import Screen
from ui.sentences import problem_sentence
from ui.tasks import Lane
from ui.tile import Tile
from ui.tokens import Role


class StaffScreen(Screen):
    """Two tiles, and above them what the queue wants somebody to look at."""

    devices_asked = Signal()
    queue_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self.heading = _("Dành cho cán bộ")
        self.hint = _("Các trang này không hiện tên người nộp khi chưa có mã PIN.")
        self.next_label = _("Về trang đầu")
        self.can_go_back = False
        self.wide = True
        self._line = Label("", Role.STRONG)
        self._alarms = Card(self.theme, "warning")
        self._alarms.hide()
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.metrics.gap_px)
        self._column.addWidget(self._alarms)
        self._column.addWidget(self._line)
        self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tiles.setSpacing(self.theme.metrics.gap_px)
        for name, words, picture, detail, asked in self._ways():
            tile = Tile(self.theme, words, icon_name=picture, detail=detail)
            tile.setObjectName(name)
            tile.clicked.connect(asked)
            self._tiles.addWidget(tile, 1)
        self._column.addLayout(self._tiles, 1)
        self._orient()

    def enter(self) -> None:
        """Ask how the queue is."""
        queue = self._context.queue
        if queue is not None:
            self._context.tasks.run(Lane.STORE, queue.news, owner=self, done=self._show_news, failed=self._failed)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _ways(self) -> tuple[tuple[str, str, str, str, SignalInstance], ...]:
        queue = ("staff_queue", _("Hồ sơ chờ gửi"), "layers", _("Xem, gửi lại, rút, chép ra USB"), self.queue_asked)
        devices = ("staff_devices", _("Thiết bị của máy"), "wrench", _("Xem và thử từng thiết bị"), self.devices_asked)
        there = ((queue, self._context.queue), (devices, self._context.staff))
        return tuple(way for way, what in there if what is not None)

    def _orient(self) -> None:
        narrow = self.theme.metrics.stacks
        self._tiles.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _show_news(self, news: QueueNews) -> None:
        self._line.setText(joined(" ", news_lines(news)))
        lines = alarm_lines(news)
        if lines:
            row = QHBoxLayout()
            row.setSpacing(self.theme.metrics.px(4))
            row.addWidget(Picture(self.theme, "bell", "warning", 10), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Points(self.theme, lines), 1)
            self._alarms.column.addLayout(row)
            self._alarms.show()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._line.setText(problem_sentence(error))
