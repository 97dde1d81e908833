"""The camera's picture with the sheet's outline as it was found; what lies outside the sheet is made unreadable."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.capture import Corners
from kiosk.texts import _
from ui.live_preview import coarse, draw_no_picture
from ui.theme import Theme

_CAMERA_SHAPE = 16 / 9


class PaperPreview(QWidget):
    """Shows the newest picture whole, for the sheet may lie at its edge. Without a sheet the whole picture is sharp:
    a person has to see where it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._place: Corners | None = None
        self._good = False
        self.setAccessibleName(_("Hình từ máy ảnh"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.metrics.px(60))

    def sizeHint(self) -> QSize:
        """The camera's own shape."""
        return QSize(self._theme.metrics.px(190), self._theme.metrics.px(107))

    def heightForWidth(self, width: int) -> int:
        """The camera's own shape."""
        return round(width / _CAMERA_SHAPE)

    @property
    def shows(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    def show_image(self, image: QImage | None, place: Corners | None = None, *, good: bool = False) -> None:
        """The newest picture, or none; the sheet's corners in it; whether the shot is about to be taken."""
        self._image, self._place, self._good = image, place, good
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture; around the sheet only shapes; the sheet's outline, thick when it is good."""
        painter = QPainter(self)
        if self._image is None:
            draw_no_picture(painter, self.rect(), self._theme)
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(QRectF(self.rect()).center())
        if self._place is None:
            painter.drawImage(target, self._image)
            return
        outline = self._outline(self._image, target, self._place)
        painter.drawImage(target, coarse(self._image, target.size().toSize()))
        painter.save()
        path = QPainterPath()
        path.addPolygon(outline)
        painter.setClipPath(path)
        painter.drawImage(target, self._image)
        painter.restore()
        self._draw_outline(painter, outline)

    def _outline(self, image: QImage, target: QRectF, place: Corners) -> QPolygonF:
        factor = target.width() / max(1, image.width())
        points = [QPointF(target.x() + x * factor, target.y() + y * factor) for x, y in place]
        return QPolygonF([*points, points[0]])

    def _draw_outline(self, painter: QPainter, outline: QPolygonF) -> None:
        """White over black: seen on every paper and every table. A full line says that the shot is coming."""
        px = self._theme.metrics.px
        style = Qt.PenStyle.SolidLine if self._good else Qt.PenStyle.DashLine
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in (("#000000", px(2.0)), ("#ffffff", px(1.1))):
            painter.setPen(QPen(QColor(colour), width, style if colour == "#ffffff" else Qt.PenStyle.SolidLine))
            painter.drawPolyline(outline)
