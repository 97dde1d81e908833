"""What the pictures of a running camera have in common: a place for the newest one, and how it is made unreadable."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.texts import _
from ui.icons import icon
from ui.plates import draw_plate
from ui.speaking import Speaker
from ui.theme import Theme

_COARSE = 24  # what must not be read is shown at this fraction of its size: shapes stay, letters go


class LivePreview(Speaker, QWidget):
    """Holds the newest picture; a camera on an empty plate stands for none. `shape` is width by height."""

    def __init__(self, theme: Theme, shape: float, least_mm: float) -> None:
        super().__init__()
        self._theme = theme
        self._shape = shape
        self._image: QImage | None = None
        self.setAccessibleName(_("Hình từ máy ảnh"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.metrics.px(least_mm))

    def sizeHint(self) -> QSize:
        """The camera's own shape."""
        return QSize(self._theme.metrics.px(190), self._theme.metrics.px(107))

    def heightForWidth(self, width: int) -> int:
        """As tall as its shape wants."""
        return round(width / self._shape)

    @property
    def shows(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or that there is none."""
        painter = QPainter(self)
        if self._image is None:
            _draw_no_picture(painter, self.rect(), self._theme)
        else:
            self.draw(painter, self._image)

    def draw(self, painter: QPainter, image: QImage) -> None:
        """Draw the picture with what was found in it."""
        raise NotImplementedError


def coarse(image: QImage, size: QSize, fraction: int = _COARSE) -> QImage:
    """The picture of which only the shapes are left, stretched to `size`."""
    small = image.scaled(image.size() / fraction, mode=Qt.TransformationMode.SmoothTransformation)
    return small.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)


def _draw_no_picture(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """A camera on an empty plate."""
    metrics, colours = theme.metrics, theme.colours
    draw_plate(painter, rect, colours.card, colours.card_edge, metrics.hair_px, metrics.radius_px)
    px = min(metrics.px(40), rect.height() // 2)
    picture = QRect(0, 0, px, px)
    picture.moveCenter(rect.center())
    painter.drawPixmap(picture.topLeft(), icon("camera", colours.card_edge, px))
