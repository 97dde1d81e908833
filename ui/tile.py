"""A big tile, picture above words: the choices of the first page."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.buttons import Look, TouchButton
from ui.icons import icon
from ui.plates import draw_focus, draw_plate, draw_text, text_height, widest_word
from ui.theme import Theme
from ui.tokens import Role


class Tile(TouchButton):
    """Icon above a name and, smaller, one line of everyday words. At least 40 mm tall, grows with its cell."""

    role = Role.TILE

    def __init__(self, theme: Theme, text: str, *, icon_name: str, detail: str = "") -> None:
        self._detail = detail
        super().__init__(theme, text, icon_name=icon_name)
        self.setAccessibleDescription(detail)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def look(self) -> Look:
        """A card with an outline."""
        colours = self.theme.colours
        return Look(colours.card, colours.text, colours.card_edge)

    def sizeHint(self) -> QSize:
        """Wide enough for a few words."""
        width = self.theme.metrics.px(80)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the longest word."""
        words = max(
            widest_word(self.theme.font(self.role), self.text()),
            widest_word(self.theme.font(Role.HINT), self._detail),
        )
        width = max(words + 2 * self.padding(), self.theme.metrics.tile_px)
        return QSize(width, self.theme.metrics.tile_px)

    def heightForWidth(self, width: int) -> int:
        """Icon, name and detail below each other."""
        return max(self.theme.metrics.tile_px, self._content_height(width) + 2 * self.theme.metrics.px(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The stack of icon, name and detail, in the middle of the tile."""
        painter = QPainter(self)
        look, metrics = self._look_now(), self.theme.metrics
        draw_plate(painter, self.rect(), look.fill, look.edge, metrics.line_px, metrics.radius_px)
        room = self.width() - 2 * self.padding()
        top = (self.height() - self._content_height(self.width())) // 2
        px = self._icon_px()
        painter.drawPixmap((self.width() - px) // 2, top, icon(self._icon_name, self._picture_ink(), px))
        top += px + metrics.px(2)
        for text, role, ink in ((self.text(), self.role, look.ink), (self._detail, Role.HINT, self._detail_ink())):
            height = text_height(self.theme.font(role), text, room)
            rect = QRect(self.padding(), top, room, height)
            draw_text(painter, rect, text, self.theme.font(role), ink, centred=True)
            top += height
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)

    def _picture_ink(self) -> str:
        return self.theme.colours.link

    def _detail_ink(self) -> str:
        return self.theme.colours.quiet_text

    def _icon_px(self) -> int:
        return self.theme.metrics.px(13 if self.theme.metrics.compact else 20)

    def _content_height(self, width: int) -> int:
        room = width - 2 * self.padding()
        words = text_height(self.theme.font(self.role), self.text(), room)
        detail = text_height(self.theme.font(Role.HINT), self._detail, room)
        return self._icon_px() + self.theme.metrics.px(2) + words + detail


class PrimaryTile(Tile):
    """The tile for the one thing that most people come for: filled as a primary button is. At most one on a page."""

    role = Role.HEADING

    def look(self) -> Look:
        """White on the primary colour."""
        colours = self.theme.colours
        return Look(colours.primary, colours.primary_text, colours.primary)

    def _picture_ink(self) -> str:
        return self.theme.colours.primary_text

    def _detail_ink(self) -> str:
        return self.theme.colours.primary_text

    def _icon_px(self) -> int:
        return self.theme.metrics.px(16 if self.theme.metrics.compact else 30)
