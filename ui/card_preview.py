"""The camera's picture with the outline of a card; nothing of it can be read but, where it was found, the code."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from kiosk.capture import Corners
from ui.live_preview import LivePreview, coarse
from ui.theme import Theme

CARD_SHAPE = 85.6 / 54.0  # ISO/IEC 7810 ID-1, width by height in millimetres
_MILD = 7  # the card itself: enough to aim it, while a name 3 mm tall is two of these pixels high


class CardPreview(LivePreview):
    """Shows the newest picture; neither the card's own print nor a bystander's papers can be read from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, CARD_SHAPE, 70)  # not much taller than the camera's own, else little of it is seen
        self._code: Corners | None = None

    def show_image(self, image: QImage | None, code: Corners | None = None) -> None:
        """The newest picture, or none, and where the code lies in it."""
        self._image, self._code = image, code
        self.update()

    def draw(self, painter: QPainter, image: QImage) -> None:
        """Surroundings coarse, the card's place less so, the code sharp, and an outline around the card's place."""
        outline, place = self._outline(), self._place(image)
        painter.drawImage(place.topLeft(), coarse(image, place.size().toSize()))
        painter.save()
        painter.setClipRect(outline)
        painter.drawImage(place.topLeft(), coarse(image, place.size().toSize(), _MILD))
        painter.restore()
        if self._code is not None:
            self._draw_code(painter, image, place, self._code)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#ffffff"), self._theme.metrics.px(1.2), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(outline, 16, 16)

    def _draw_code(self, painter: QPainter, image: QImage, place: QRectF, code: Corners) -> None:
        factor = place.width() / max(1, image.width())
        points = [QPointF(place.x() + x * factor, place.y() + y * factor) for x, y in code]
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(place, image)
        painter.restore()

    def _place(self, image: QImage) -> QRectF:
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def _outline(self) -> QRectF:
        height = min(self.height() * 0.86, self.width() * 0.86 / CARD_SHAPE)
        outline = QRectF(0, 0, height * CARD_SHAPE, height)
        outline.moveCenter(QRectF(self.rect()).center())
        return outline
