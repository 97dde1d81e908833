"""The camera's picture with the outline of a card; what lies outside the outline is made unreadable."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.texts import _
from ui.icons import icon
from ui.plates import draw_plate
from ui.theme import Theme

CARD_SHAPE = 85.6 / 54.0  # ISO/IEC 7810 ID-1, width by height in millimetres
_BLUR = 24  # the surroundings are shown at this fraction of their size: shapes stay, letters go


class LivePreview(QWidget):
    """Shows the newest picture; a bystander's papers at the edge cannot be read from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
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

    def show_image(self, image: QImage | None) -> None:
        """The newest picture, or none."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surroundings coarse, the card's place sharp, and an outline around it."""
        painter = QPainter(self)
        if self._image is None:
            self._draw_nothing(painter)
            return
        outline, place = self._outline(), self._place(self._image)
        coarse = self._image.scaled(self._image.size() / _BLUR).scaled(place.size().toSize())
        painter.drawImage(place.topLeft(), coarse)
        painter.save()
        painter.setClipRect(outline)
        painter.drawImage(place, self._image)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#ffffff"), self._theme.metrics.px(1.2), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(outline, 16, 16)

    def _draw_nothing(self, painter: QPainter) -> None:
        metrics, colours = self._theme.metrics, self._theme.colours
        draw_plate(painter, self.rect(), colours.card, colours.card_edge, metrics.hair_px, metrics.radius_px)
        px = metrics.px(40)
        picture = QRect(0, 0, px, px)
        picture.moveCenter(self.rect().center())
        painter.drawPixmap(picture.topLeft(), icon("camera", colours.card_edge, px))

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
