"""A captured page as a small picture with its name below; pressing it opens the page."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent

from kiosk.texts import _, joined
from ui.buttons import TouchButton
from ui.icons import icon
from ui.plates import draw_focus, draw_plate, draw_text, text_height, text_width
from ui.theme import Theme
from ui.tokens import Role


class Thumbnail(TouchButton):
    """Shows `image` whole, never cut or stretched, above `text` ("Trang 1")."""

    role = Role.LABEL

    def __init__(self, theme: Theme, text: str, image: QImage) -> None:
        self._image = image
        self._chosen = False
        self._marked = False
        super().__init__(theme, text)

    def set_chosen(self, chosen: bool) -> None:
        """Whether the buttons beside the pages act on this one."""
        self._chosen = chosen
        self._describe()

    def set_marked(self, marked: bool) -> None:
        """Whether there is something about the page that a person should look at."""
        self._marked = marked
        self._describe()

    def _describe(self) -> None:
        words = [_("đang chọn")] if self._chosen else []
        words += [_("nên xem lại")] if self._marked else []
        self.setAccessibleDescription(joined(", ", words))
        self.update()

    def sizeHint(self) -> QSize:
        """An A4 page 28 mm wide."""
        metrics = self.theme.metrics
        width = max(metrics.px(34), text_width(self.theme.font(self.role), self.text()) + 2 * metrics.px(2))
        caption = text_height(self.theme.font(self.role), self.text(), width - 2 * metrics.px(2))
        return QSize(width, metrics.px(44) + caption)

    def minimumSizeHint(self) -> QSize:
        """Does not shrink."""
        return self.sizeHint()

    def heightForWidth(self, _width: int) -> int:
        """The hinted height: the picture fits into it."""
        return self.sizeHint().height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, picture, caption."""
        painter = QPainter(self)
        metrics, colours = self.theme.metrics, self.theme.colours
        fill, edge_colour, line = colours.card, colours.card_edge, metrics.line_px
        if self._chosen:
            fill, edge_colour, line = colours.chosen_fill, colours.primary, metrics.line_px * 3
        if self.isDown():
            fill = colours.card_edge
        draw_plate(painter, self.rect(), fill, edge_colour, line, metrics.radius_px)
        edge = metrics.px(2)
        caption = text_height(self.theme.font(self.role), self.text(), self.width() - 2 * edge)
        room = self.rect().adjusted(edge, edge, -edge, -edge - caption)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        if self._marked:
            self._draw_mark(painter, place)
        below = QRect(edge, room.bottom() + 1, self.width() - 2 * edge, caption)
        draw_text(painter, below, self.text(), self.theme.font(self.role), colours.text, centred=True)
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)

    def _draw_mark(self, painter: QPainter, place: QRect) -> None:
        """A sign in the page's corner, on a plate of its own: papers have every colour."""
        metrics, colours = self.theme.metrics, self.theme.colours
        px = metrics.px(9)
        plate = QRect(place.right() - px, place.top(), px, px)
        draw_plate(painter, plate, colours.card, colours.problem, metrics.line_px, metrics.radius_px // 2)
        inner = metrics.px(6)
        sign = QRect(0, 0, inner, inner)
        sign.moveCenter(plate.center())
        painter.drawPixmap(sign.topLeft(), icon("triangle-alert", colours.problem, inner))
