"""Buttons for fingers: tall, wrapping at words, forgiving a finger that slides, with a ring when focused."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.icons import icon
from ui.plates import Measures, draw_focus, draw_plate, draw_text
from ui.second_tap import SecondTap
from ui.speaking import TextSpeaker
from ui.theme import Theme
from ui.tokens import Role

_ARROW_MARGIN = 0.25
"""Share of an arrow's square that is empty above and below it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one button at one moment (`#rrggbb`)."""

    fill: str
    ink: str
    edge: str


class TouchButton(TextSpeaker, QPushButton):
    """What all buttons share. Subclasses choose colours (`look`), text role and height.

    A button takes the focus by Tab only: a touch leaves the focus, and with it the keyboard, where it was.
    """

    role = Role.ACTION
    swallows_second_tap = False

    def __init__(self, theme: Theme, text: str, *, icon_name: str = "", icon_after: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self._icon_name = icon_name
        self._icon_after = icon_after
        self._second_tap = SecondTap()
        self._measures = Measures()
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Change the words, for eyes and for screen readers."""
        super().setText(text)
        self.setAccessibleName(text.replace("\n", " "))
        self.updateGeometry()

    def look(self) -> Look:
        """Colours when nothing touches the button."""
        colours = self.theme.colours
        return Look(colours.control, colours.control_text, colours.control_edge)

    def least_height(self) -> int:
        """Pixels of height when the words fit on one line."""
        return self.theme.metrics.control_px

    def padding(self) -> int:
        """Pixels between the edge and the words, left and right."""
        return self.theme.metrics.px(6)

    def line_px(self) -> int:
        """Thickness of the outline."""
        return self.theme.metrics.line_px

    def words_font(self) -> QFont:
        """The font of the words."""
        return self.theme.font(self.role)

    def sizeHint(self) -> QSize:
        """Room for icon and words on one line."""
        return self._size(self._measures.width(self.words_font(), self.text()))

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word: the rest wraps."""
        return self._size(self._measures.word(self.words_font(), self.text()))

    def heightForWidth(self, width: int) -> int:
        """Height when the words wrap into `width`."""
        return max(self.least_height(), self._words_height(width) + self.theme.metrics.px(2))

    def hitButton(self, pos: QPoint) -> bool:
        """A finger that slid a little off the button still presses it."""
        slide = self.theme.metrics.slide_px
        return self.rect().adjusted(-slide, -slide, slide, slide).contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does; a key that is held down presses once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.theme.pressed.emit()
                self.click()
        else:
            if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
                self.theme.pressed.emit()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Is heard, and remembers when, for the second tap."""
        self._second_tap.pressed()
        self.theme.pressed.emit()
        super().mousePressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Remembers when, for the second tap."""
        self._second_tap.shown()
        super().showEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A trembling second tap must not press what the next page has put at the same place. Two quick touches of
        different buttons, or of a key of the keyboard, are two presses."""
        if self.takes_double_click:
            super().mouseDoubleClickEvent(event)

    @property
    def takes_double_click(self) -> bool:
        """Whether a touch that follows another one at once would press this button now."""
        return self._second_tap.counts(once=self.swallows_second_tap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate, icon, words, ring."""
        painter = QPainter(self)
        look = self._look_now()
        draw_plate(painter, self.rect(), look.fill, look.edge, self.line_px(), self.theme.metrics.radius_px)
        self._draw_content(painter, look)
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)

    def _look_now(self) -> Look:
        look = self.look()
        if not self.isDown():
            return look
        fill = QColor(look.fill)
        darker = fill.darker(130) if fill.lightnessF() > 0.1 else QColor("#404040")
        return Look(darker.name(), look.ink, look.edge)

    def _draw_content(self, painter: QPainter, look: Look) -> None:
        font = self.words_font()
        lead = self._lead()
        words = min(self._measures.width(font, self.text()), self.width() - 2 * self.padding() - lead)
        left = (self.width() - words - lead) // 2
        x_icon = left + words + self._icon_gap() if self._icon_after else left
        x_words = left if self._icon_after else left + lead
        if lead:
            px = self._icon_px()
            painter.drawPixmap(x_icon, (self.height() - px) // 2, icon(self._icon_name, look.ink, px))
        rect = QRect(x_words, 0, words, self.height())
        draw_text(painter, rect, self.text(), font, look.ink, centred=not lead)

    def _icon_px(self) -> int:
        return round(self.theme.metrics.text_px(self.role) * 1.25)

    def _icon_gap(self) -> int:
        return self.theme.metrics.px(2.5)

    def _lead(self) -> int:
        return self._icon_px() + self._icon_gap() if self._icon_name else 0

    def _size(self, words: int) -> QSize:
        width = max(words + self._lead() + 2 * self.padding(), self.theme.metrics.touch_px)
        return QSize(width, self.least_height())

    def _words_height(self, width: int) -> int:
        room = width - 2 * self.padding() - self._lead()
        return self._measures.height(self.words_font(), self.text(), room)


class SecondaryButton(TouchButton):
    """An outlined button: one of several possible acts, or the way back."""

    def least_height(self) -> int:
        """As tall as a primary button: the two stand side by side."""
        return self.theme.metrics.primary_px


class PrimaryButton(TouchButton):
    """The filled button: the one act that goes on. At most one on a page."""

    def look(self) -> Look:
        """White on the primary colour."""
        colours = self.theme.colours
        return Look(colours.primary, colours.primary_text, colours.primary)

    def least_height(self) -> int:
        """20 mm on a normal panel."""
        return self.theme.metrics.primary_px


class DangerButton(TouchButton):
    """The filled red button for what cannot be undone."""

    def look(self) -> Look:
        """White on red."""
        colours = self.theme.colours
        return Look(colours.danger, colours.danger_text, colours.danger)

    def least_height(self) -> int:
        """As tall as a primary button."""
        return self.theme.metrics.primary_px


class HeaderButton(TouchButton):
    """An outlined button on the header's coloured bar."""

    role = Role.LABEL

    def look(self) -> Look:
        """The header's own colours."""
        colours = self.theme.colours
        return Look(colours.header, colours.header_text, colours.header_text)

    def least_height(self) -> int:
        """The header's height less its edges."""
        metrics = self.theme.metrics
        return max(metrics.touch_px, metrics.header_px - 2 * metrics.px(2.3))

    def _lead(self) -> int:
        return super()._lead() if self.theme.metrics.header_has_icons else 0

    def padding(self) -> int:
        """Tighter than elsewhere: four of them share the bar with the title."""
        return self.theme.metrics.px(3 if self.theme.metrics.portrait else 5)


class TurnButton(TouchButton):
    """Turns a page of what does not fit: an arrow above the words, so that it takes little width."""

    role = Role.LABEL

    def __init__(self, theme: Theme, text: str, *, icon_name: str) -> None:
        super().__init__(theme, text, icon_name=icon_name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def padding(self) -> int:
        """Tight."""
        return self.theme.metrics.px(3)

    def least_height(self) -> int:
        """Arrow and one line."""
        return max(self.theme.metrics.touch_px, self._stack_height() + self.theme.metrics.px(4))

    def _lead(self) -> int:
        return 0

    def _draw_content(self, painter: QPainter, look: Look) -> None:
        px = self._icon_px()
        top = (self.height() - self._stack_height()) // 2
        above = round(px * _ARROW_MARGIN)
        painter.drawPixmap((self.width() - px) // 2, top - above, icon(self._icon_name, look.ink, px))
        below = top + px - 2 * above
        rect = QRect(0, below, self.width(), top + self._stack_height() - below)
        draw_text(painter, rect, self.text(), self.words_font(), look.ink, centred=True)

    def _stack_height(self) -> int:
        """Arrow and letters, without the empty space above the one and below the other."""
        return round(self._icon_px() * (1 - 2 * _ARROW_MARGIN)) + self.words_font().pixelSize()

    def look(self) -> Look:
        """Pale while there is nothing further that way; the words stay readable."""
        colours = self.theme.colours
        edge = colours.control_edge if self.isEnabled() else colours.rest
        return Look(colours.control, colours.control_text if self.isEnabled() else colours.quiet_text, edge)


class LinkLikeButton(TouchButton):
    """Underlined words without a plate, as tall as any control: "Sửa"."""

    def padding(self) -> int:
        """Little: the words stand in a line with others."""
        return self.theme.metrics.px(3)

    def look(self) -> Look:
        """The link colour on whatever lies below."""
        colours = self.theme.colours
        return Look(colours.page, colours.link, colours.page)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Underlined words, and a ring when focused."""
        painter = QPainter(self)
        look = self._look_now()
        if self.isDown():
            metrics = self.theme.metrics
            fill = self.theme.colours.chosen_fill
            draw_plate(painter, self.rect(), fill, fill, metrics.line_px, metrics.radius_px)
        font = self.theme.font(self.role)
        font.setUnderline(True)
        rect = self.rect().adjusted(self.padding(), 0, -self.padding(), 0)
        draw_text(painter, rect, self.text(), font, look.ink)
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)
