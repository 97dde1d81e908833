"""The cover in place of the page: hides it at once, asks whether somebody is there, and ends the visit if not."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _
from ui.announcements import announce
from ui.buttons import PrimaryButton, SecondaryButton, TouchButton
from ui.labels import Label, Surface
from ui.page_words import page_texts
from ui.spoken import sentences
from ui.theme import Theme
from ui.tokens import Role

_TICK_MS = 200
_LAST_S = 10
FRESH_S = 1.0
"""What is touched sooner was meant for the page that stood there: it can only keep the visit, never end it."""


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """What silence comes to: the visit is kept for `kept_h` hours, 0 where it is not; `by_code`: only the card and the
    code that the citizen has already open it again. `staff`: it is a page of theirs. `more_time` can be had once."""

    kept_h: int = 0
    by_code: bool = False
    staff: bool = False
    more_time: bool = True


class Cover(Surface):
    """Blank first, then the question. The limit can be extended as often as wanted (WCAG 2.2.1). Any key and any touch
    keeps the visit, wherever it falls; it counts when it is let go, so that nothing of it reaches the page."""

    stayed = Signal()
    more_time_asked = Signal()
    """Somebody stays, and wants longer limits from now on."""
    ended = Signal()
    """Nobody was there until the limit."""
    wiped = Signal()
    """Somebody was there, and wants everything gone."""
    nearly_over = Signal()
    """The last ten seconds begin."""

    def __init__(
        self,
        theme: Theme,
        limit_s: float,
        parent: QWidget,
        end: AtTheEnd | None = None,
        now_s: Callable[[], float] = monotonic,
    ) -> None:
        """`now_s` is a clock that nobody can set."""
        super().__init__("page", parent)
        self._limit_s, self._now_s, self._since_s = limit_s, now_s, now_s()
        self._touched_early = self._warned = False
        end = end or AtTheEnd()
        self.setAccessibleName(_("Ông/bà còn đó không?"))
        edge = theme.metrics.px(10 if theme.metrics.compact else 30)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.metrics.px(4 if theme.metrics.compact else 8))
        column.addStretch(1)
        low = theme.metrics.stacks and not theme.metrics.portrait
        top = QBoxLayout(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        top.addWidget(Label(_("Ông/bà còn đó không?"), Role.HEADING), 1 if low else 0)
        self.count = Label("", Role.FIGURE, wrap=not low)
        if low:
            top.addWidget(self.count)
        column.addLayout(top)
        column.addWidget(Label(_("Máy đã che màn hình để giữ kín thông tin. Chạm vào bất cứ đâu để làm tiếp.")))
        if not low:
            column.addWidget(self.count)
        column.addWidget(Label(_what_follows(end)))
        column.addLayout(self._buttons(theme, end))
        column.addStretch(1)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.tick)
        self._tick.start()
        self.tick()
        self.setGeometry(parent.rect())
        self._come_up()

    def _come_up(self) -> None:
        self.show()
        self.raise_()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentences(page_texts(self)), urgent=True)

    def _buttons(self, theme: Theme, end: AtTheEnd) -> QBoxLayout:
        """What ends the visit stands far from what keeps it."""
        self.stay = PrimaryButton(theme, _("Tôi vẫn đang làm"))
        self.stay.setObjectName("still_here")
        self.stay.clicked.connect(self.stayed)
        self.stay.setMinimumSize(theme.metrics.px(100), round(theme.metrics.primary_px * 1.25))
        self.leave = leave = SecondaryButton(theme, _("Đóng trang") if end.staff else _("Dừng và xóa"))
        leave.setObjectName("end_visit")
        leave.clicked.connect(lambda: self._unless_meant_for_the_page(self.wiped.emit))
        self.more = more = SecondaryButton(theme, _("Cần thêm thời gian"), icon_name="clock")
        more.setObjectName("more_time")
        more.clicked.connect(lambda: self._unless_meant_for_the_page(self.more_time_asked.emit))
        if end.staff or not end.more_time:
            more.hide()
        for button in (leave, more):
            button.pressed.connect(self._note_when)
        if not theme.metrics.stacks and not theme.metrics.portrait:
            return _row(theme, leave, more, self.stay)
        column = QVBoxLayout()
        column.setSpacing(theme.metrics.gap_px * 2)
        column.addWidget(self.stay)
        column.addLayout(_row(theme, leave, more))
        return column

    def _note_when(self) -> None:
        self._touched_early = self._now_s() - self._since_s < FRESH_S

    def _unless_meant_for_the_page(self, act: Callable[[], None]) -> None:
        if self._touched_early:
            self.stayed.emit()
        else:
            act()

    def minimumSizeHint(self) -> QSize:
        """The window's size is not the cover's to change."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys stop here."""
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Any key keeps the visit, but those that go from button to button."""
        if not event.isAutoRepeat() and event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Shift):
            self.stayed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touches stop here."""
        event.accept()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """A touch anywhere keeps the visit."""
        self.stayed.emit()

    def tick(self) -> None:
        """Some time has passed. The seconds are only shown in the last half: a number that runs makes haste."""
        left_s = max(0, math.ceil(self._limit_s - (self._now_s() - self._since_s)))
        self.count.setText(_("{seconds} giây").format(seconds=left_s) if 2 * left_s <= self._limit_s else " ")
        if left_s <= _LAST_S and not self._warned and self._limit_s > _LAST_S:
            self._warned = True
            self.nearly_over.emit()
        if not left_s and self._tick.isActive():
            self._tick.stop()
            self.ended.emit()


def _row(theme: Theme, leave: TouchButton, *others: TouchButton) -> QBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.metrics.gap_px * 2)
    row.addWidget(leave)
    row.addStretch(1)
    for button in others:
        row.addWidget(button)
    return row


def _what_follows(end: AtTheEnd) -> str:
    if end.staff:
        return _("Hết giờ này máy khóa trang dành cho cán bộ.")
    if not end.kept_h:
        return _("Hết giờ này máy sẽ kết thúc và xóa phần đang làm. Hồ sơ đã nộp hoặc đã lưu vẫn còn.")
    text = _("Hết giờ này máy đóng lại và giữ kín phần đang làm trong {hours} giờ. Muốn làm tiếp, ông/bà nhờ cán bộ.")
    if end.by_code:
        text = _(
            "Hết giờ này máy đóng lại và giữ kín phần đang làm trong {hours} giờ. "
            "Muốn làm tiếp, ông/bà dùng thẻ và mã đã có."
        )
    return text.format(hours=end.kept_h)
