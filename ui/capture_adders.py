"""What brings more pages beside those that are there: the same way again, another way, and how a scan is doing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.texts import _
from ui.buttons import SecondaryButton
from ui.capture_ways import Way
from ui.theme import Theme


class CaptureAdders(QWidget):
    """Buttons below each other; only those that mean something now are shown."""

    more = Signal(object)
    """The Way by which one more page is wanted."""
    other = Signal()
    """Another way is wanted."""
    stop = Signal()
    """The scan is to be stopped."""
    drop_blank = Signal()
    """The blank pages are to be taken out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._way = Way.SCANNER
        self._more = SecondaryButton(theme, "", icon_name="plus")
        self._other = SecondaryButton(theme, _("Cách khác"), icon_name="layout-list")
        self._stop = SecondaryButton(theme, _("Dừng quét"), icon_name="x")
        self._blank = SecondaryButton(theme, _("Bỏ trang trắng"), icon_name="trash-2")
        self._other.setObjectName("other_way")
        self._stop.setObjectName("stop_scan")
        self._blank.setObjectName("drop_blank")
        self._more.clicked.connect(lambda: self.more.emit(self._way))
        self._other.clicked.connect(self.other)
        self._stop.clicked.connect(self.stop)
        self._blank.clicked.connect(self.drop_blank)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap_px)
        for button in (self._more, self._other, self._stop, self._blank):
            button.swallows_second_tap = True
            column.addWidget(button)

    def offer(self, way: Way, *, scanning: bool, room: bool, others: bool, blank: int) -> None:
        """`room` says whether the part takes more pages, `others` whether there is another way, `blank` how many pages
        could be taken out for having nothing on them."""
        self._way = way
        self._more.setObjectName(way.value)
        self._more.setText(_more_words(way))
        self._more.setVisible(room and not scanning)
        self._other.setVisible(room and others and not scanning)
        self._stop.setVisible(scanning)
        self._blank.setText(_("Bỏ {count} trang trắng").format(count=blank))
        self._blank.setVisible(blank > 0 and not scanning)


def _more_words(way: Way) -> str:
    match way:
        case Way.SCANNER:
            return _("Quét thêm trang")
        case Way.CAMERA:
            return _("Chụp thêm trang")
        case Way.FILES:
            return _("Lấy thêm tệp")
        case Way.REUSE:
            return _("Dùng thêm giấy đã có")
