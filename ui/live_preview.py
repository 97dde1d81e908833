"""The camera's picture with the outline of a card; nothing of it can be read but, where it was found, the code."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.capture import Corners
from kiosk.texts import _
from ui.icons import icon
from ui.plates import draw_plate
from ui.theme import Theme

CARD_SHAPE = 85.6 / 54.0  # ISO/IEC 7810 ID-1, width by height in millimetres
_COARSE = 24  # the surroundings are shown at this fraction of their size: shapes stay, letters go
_MILD = 7  # the card itself: enough to aim it, while a name 3 mm tall is two of these pixels high


class LivePreview(QWidget):
    """Shows the newest picture; neither the card's own print nor a bystander's papers can be read from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._code: Corners | None = None
        self.setAccessibleName(_("Hình từ máy ảnh"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.metrics.px(70))

    def sizeHint(self) -> QSize:
        """The camera's own shape."""
        return QSize(self._theme.metrics.px(190), self._theme.metrics.px(107))

    @property
    def live(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    def heightForWidth(self, width: int) -> int:
        """Not much taller than the camera's own shape, else little of the picture is seen."""
        return round(width / CARD_SHAPE)

    @property
    def shows(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    def show_image(self, image: QImage | None, code: Corners | None = None) -> None:
        """The newest picture, or none, and where the code lies in it."""
        self._image, self._code = image, code
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surroundings coarse, the card's place less so, the code sharp, and an outline around the card's place."""
        painter = QPainter(self)
        if self._image is None:
            draw_no_picture(painter, self.rect(), self._theme)
            return
        outline, place = self._outline(), self._place(self._image)
        painter.drawImage(place.topLeft(), coarse(self._image, place.size().toSize()))
        painter.save()
        painter.setClipRect(outline)
        painter.drawImage(place.topLeft(), coarse(self._image, place.size().toSize(), _MILD))
        painter.restore()
        if self._code is not None:
            self._draw_code(painter, self._image, place, self._code)
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


def coarse(image: QImage, size: QSize, fraction: int = _COARSE) -> QImage:
    """The picture of which only the shapes are left, stretched to `size`."""
    small = image.scaled(image.size() / fraction, mode=Qt.TransformationMode.SmoothTransformation)
    return small.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)


def draw_no_picture(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """A camera on an empty plate."""
    metrics, colours = theme.metrics, theme.colours
    draw_plate(painter, rect, colours.card, colours.card_edge, metrics.hair_px, metrics.radius_px)
    px = min(metrics.px(40), rect.height() // 2)
    picture = QRect(0, 0, px, px)
    picture.moveCenter(rect.center())
    painter.drawPixmap(picture.topLeft(), icon("camera", colours.card_edge, px))
