"""The ways by which papers come in, as big tiles with pictures: scanner, camera, stick, and what is here already."""

from enum import StrEnum

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.texts import _
from ui.theme import Theme
from ui.tile import PrimaryTile, Tile


class Way(StrEnum):
    """How pages come in; the value is the object name of its tile."""

    SCANNER = "scan"
    CAMERA = "shoot"
    FILES = "files"
    REUSE = "reuse"


class CaptureWays(QWidget):
    """One tile a way; pressing it begins at once. The first is the one that most offices have."""

    chosen = Signal(object)
    """The Way that was pressed."""

    def __init__(self, theme: Theme, ways: tuple[Way, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._tiles = [self._tile(way, first=place == 0) for place, way in enumerate(ways)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.metrics.gap_px)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _tile(self, way: Way, *, first: bool) -> Tile:
        words, detail, picture = _words(way)
        tile = (PrimaryTile if first else Tile)(self._theme, words, icon_name=picture, detail=detail)
        tile.setObjectName(way.value)
        tile.clicked.connect(lambda: self.chosen.emit(way))
        return tile

    def _arrange(self) -> None:
        """Beside each other, or in one column where the page is narrow."""
        columns = 1 if self._theme.metrics.stacks else len(self._tiles) if len(self._tiles) < 4 else 2
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(place, columns))


def _words(way: Way) -> tuple[str, str, str]:
    """Name, one line of how to do it, icon."""
    match way:
        case Way.SCANNER:
            detail = _("Đặt giấy úp mặt xuống kính, hoặc xếp vào khay nạp")
            return _("Quét bằng máy quét"), detail, "scan-line"
        case Way.CAMERA:
            return _("Chụp bằng máy ảnh"), _("Đặt giấy dưới máy ảnh, máy tự chụp khi giấy nằm yên"), "camera"
        case Way.FILES:
            return _("Lấy từ USB"), _("Tệp PDF hoặc ảnh trong USB của ông/bà"), "usb"
        case Way.REUSE:
            return _("Dùng giấy đã có"), _("Lấy lại trang đã đưa vào cho giấy tờ khác của hồ sơ này"), "copy"
