"""The camera's picture with the sheet's outline as it was found; what lies outside the sheet is made unreadable."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from kiosk.capture import Corners
from ui.live_preview import LivePreview, coarse
from ui.theme import Theme

_CAMERA_SHAPE = 16 / 9


class PaperPreview(LivePreview):
    """Shows the newest picture whole, for the sheet may lie at its edge. Without a sheet the whole picture is sharp:
    a person has to see where it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _CAMERA_SHAPE, 60)
        self._place: Corners | None = None
        self._good = False

    def show_image(self, image: QImage | None, place: Corners | None = None, *, good: bool = False) -> None:
        """The newest picture, or none; the sheet's corners in it; whether the shot is about to be taken."""
        self._image, self._place, self._good = image, place, good
        self.update()

    def draw(self, painter: QPainter, image: QImage) -> None:
        """The picture; around the sheet only shapes; the sheet's outline, thick when it is good."""
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(QRectF(self.rect()).center())
        if self._place is None:
            painter.drawImage(target, image)
            return
        outline = self._outline(image, target, self._place)
        painter.drawImage(target, coarse(image, target.size().toSize()))
        painter.save()
        path = QPainterPath()
        path.addPolygon(outline)
        painter.setClipPath(path)
        painter.drawImage(target, image)
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
