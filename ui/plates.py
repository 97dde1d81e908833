"""Rounded plates, focus rings and wrapped text: the strokes that every self-drawn control shares."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from ui.theme import Theme

_WRAP = Qt.TextFlag.TextWordWrap
_FAR_PX = 100_000
_OPTICAL_LIFT = 0.08
_UNWRAPPED, _WORD = -1, -2


def draw_plate(painter: QPainter, rect: QRect, fill: str, edge: str, line_px: int, radius_px: int) -> None:
    """A rounded rectangle inside `rect`; an `edge` equal to `fill` draws no outline."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = line_px / 2
    painter.setPen(QPen(QColor(edge), line_px))
    painter.setBrush(QBrush(QColor(fill)))
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius_px, radius_px)


def draw_focus(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """A dark ring with a yellow halo inside it: seen on white, on blue and on yellow alike."""
    ring, radius = theme.metrics.ring_px, theme.metrics.radius_px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, inset in ((theme.colours.focus_halo, ring * 1.4), (theme.colours.focus_ring, ring / 2)):
        painter.setPen(QPen(QColor(colour), ring))
        painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def text_width(font: QFont, text: str) -> int:
    """Pixels that the widest line of `text` needs unwrapped."""
    return QFontMetrics(font).boundingRect(0, 0, _FAR_PX, _FAR_PX, 0, text).width() + 2


def widest_word(font: QFont, text: str) -> int:
    """Pixels that the longest single word needs: below this a text cannot wrap."""
    return max((text_width(font, word) for word in text.split()), default=0)


def text_height(font: QFont, text: str, width: int) -> int:
    """Pixels of height when `text` wraps at words into `width`."""
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(0, 0, max(1, width), _FAR_PX, _WRAP, text).height()


class Measures:
    """What was measured for one widget, which is asked for its size many times while a page is laid out. It goes with
    its widget, and so does what it knows of the texts."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, str, int], int] = {}

    def width(self, font: QFont, text: str) -> int:
        """`text_width`."""
        return self._once(font, text, _UNWRAPPED)

    def word(self, font: QFont, text: str) -> int:
        """`widest_word`."""
        return self._once(font, text, _WORD)

    def height(self, font: QFont, text: str, width: int) -> int:
        """`text_height`."""
        return self._once(font, text, max(1, width))

    def _once(self, font: QFont, text: str, width: int) -> int:
        key = (font.pixelSize(), font.weight(), text, width)
        if key not in self._known:
            if width == _WORD:
                self._known[key] = widest_word(font, text)
            else:
                self._known[key] = text_width(font, text) if width == _UNWRAPPED else text_height(font, text, width)
        return self._known[key]


def fitted(font: QFont, text: str, width: int, height: int, least_px: int) -> QFont:
    """`font`, made smaller until `text` fits, wrapped if need be, but not below `least_px`."""
    fitting = QFont(font)
    while fitting.pixelSize() > least_px and not (
        widest_word(fitting, text) <= width and text_height(fitting, text, width) <= height
    ):
        fitting.setPixelSize(fitting.pixelSize() - 1)
    return fitting


def draw_text(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str, *, centred: bool = False) -> None:
    """Wrapped text, vertically in the middle of `rect`, left-aligned unless `centred`."""
    side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(QColor(colour))
    # The font's line box keeps room for marks above capitals: letters would look too low in its middle. They are
    # lifted, but not out of the widget.
    top = rect.y() + (rect.height() - text_height(font, text, rect.width())) // 2
    lift = min(round(font.pixelSize() * _OPTICAL_LIFT), max(0, top))
    side |= Qt.TextFlag.TextDontClip
    painter.drawText(rect.translated(0, -lift), side | Qt.AlignmentFlag.AlignVCenter | _WRAP, text)
