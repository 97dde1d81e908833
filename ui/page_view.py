"""One captured page, as large as the room: for the eye only, so that a person can see whether it is readable."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import icon
from ui.plates import draw_plate
from ui.speaking import Speaker
from ui.theme import Theme

_EMPTY_ICON = "scan-line"


class PageView(Speaker, QWidget):
    """Shows an image whole, never cut or stretched; without one, the picture of a scanner."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, image: QImage | None, name: str) -> None:
        """`name` says to a screen reader what is shown: "Trang 2"."""
        self._image = image
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A page that can be recognised; it takes all the room that there is beyond that."""
        metrics = self._theme.metrics
        return QSize(metrics.px(60), metrics.px(85 if metrics.stacks else 60))

    def minimumSizeHint(self) -> QSize:
        """Not less."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plate, and on it the page."""
        painter = QPainter(self)
        metrics, colours = self._theme.metrics, self._theme.colours
        draw_plate(painter, self.rect(), colours.card, colours.card_edge, metrics.hair_px, metrics.radius_px)
        edge = metrics.px(2.5)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        if self._image is None:
            px = min(metrics.px(50), room.width(), room.height())
            place = QRect(0, 0, px, px)
            place.moveCenter(room.center())
            painter.drawPixmap(place.topLeft(), icon(_EMPTY_ICON, colours.card_edge, px))
            return
        place = QRect(room.topLeft(), self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
