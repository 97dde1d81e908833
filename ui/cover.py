"""The cover over everything: hides the page at once, asks whether somebody is there, and ends the visit if not."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _
from ui.buttons import PrimaryButton, SecondaryButton
from ui.labels import Label, Surface
from ui.theme import Theme
from ui.tokens import Role


class Cover(Surface):
    """Blank first, then the question. The limit can be extended as often as wanted (WCAG 2.2.1)."""

    stayed = Signal()
    ended = Signal()
    """Nobody was there until the limit."""
    wiped = Signal()
    """Somebody was there, and wants everything gone."""

    def __init__(
        self, theme: Theme, limit_s: float, parent: QWidget, kept_h: int = 0, *, by_code: bool = False
    ) -> None:
        """At the limit the visit is kept for so many hours; 0 where it is not. `by_code`: only the card and the code
        that the citizen has already open it again."""
        super().__init__("page", parent)
        self._left_s = round(limit_s)
        edge = theme.metrics.px(10 if theme.metrics.compact else 30)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.metrics.px(4 if theme.metrics.compact else 8))
        column.addStretch(1)
        column.addWidget(Label(_("Ông/bà còn đó không?"), Role.HEADING))
        column.addWidget(Label(_("Để giữ kín thông tin, máy đã che màn hình.")))
        self._count = Label("", Role.FIGURE)
        column.addWidget(self._count)
        column.addWidget(Label(_what_follows(kept_h, by_code=by_code)))
        column.addLayout(self._buttons(theme))
        column.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        self._show_left()
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        self.stay = PrimaryButton(theme, _("Tôi vẫn đang làm"))
        self.stay.setObjectName("still_here")
        self.stay.clicked.connect(self.stayed)
        end = SecondaryButton(theme, _("Dừng và xóa"))
        end.setObjectName("end_visit")
        end.clicked.connect(self.wiped)
        row = QHBoxLayout()
        row.addWidget(end)
        row.addStretch(1)
        row.addWidget(self.stay)
        return row

    def _second(self) -> None:
        self._left_s -= 1
        self._show_left()
        if self._left_s <= 0:
            self._tick.stop()
            self.ended.emit()

    def _show_left(self) -> None:
        self._count.setText(_("{seconds} giây").format(seconds=max(0, self._left_s)))


def _what_follows(kept_h: int, *, by_code: bool) -> str:
    if not kept_h:
        return _("Hết giờ này máy sẽ kết thúc và xóa phần đang làm. Hồ sơ đã nộp hoặc đã lưu vẫn còn.")
    text = _("Hết giờ này máy đóng lại và giữ kín phần đang làm trong {hours} giờ. Muốn làm tiếp, ông/bà nhờ cán bộ.")
    if by_code:
        text = _(
            "Hết giờ này máy đóng lại và giữ kín phần đang làm trong {hours} giờ. "
            "Muốn làm tiếp, ông/bà dùng thẻ và mã đã có."
        )
    return text.format(hours=kept_h)
