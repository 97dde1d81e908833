"""Scrolling without gestures or bars: two big buttons that move by three quarters of what is seen."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from kiosk.texts import _
from ui.buttons import TurnButton
from ui.theme import Theme

_FAR_PX = 100_000
_MARKS_SHARE = 0.25
"""The upper part of a line that holds hardly more than marks: it can be read without."""
_PAGE_SHARE = 0.75
"""One press moves by this share of the view, so that a line of the last view stays in sight."""


class Turners(QWidget):
    """The two big buttons, one above the other, or side by side where there is no height for that."""

    turned = Signal(int)
    """-1 back, 1 on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = theme.metrics.gap_px
        self.up = TurnButton(theme, _("Lên trên"), icon_name="chevron-up")
        self.down = TurnButton(theme, _("Xem thêm"), icon_name="chevron-down")
        self.up.setObjectName("scroll_up")
        self.down.setObjectName("scroll_down")
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._gap)
        self._row.addWidget(self.up)
        self._row.addStretch(1)
        self._row.addWidget(self.down)
        self.up.clicked.connect(lambda: self.turned.emit(-1))
        self.down.clicked.connect(lambda: self.turned.emit(1))

    def fit(self, height: int) -> None:
        """Choose the direction for this height."""
        stacked = self.up.sizeHint().height() + self.down.sizeHint().height() + self._gap <= height
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def allow(self, *, back: bool, on: bool) -> None:
        """Which way there is something to see."""
        self.up.setEnabled(back)
        self.down.setEnabled(on)


class PagedScroll(QWidget):
    """Shows `content`; while it is taller than the room, "Lên trên" and "Xem thêm" stand at its right."""

    def __init__(self, theme: Theme, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._content = content
        self._widest = _FAR_PX
        self.turners = Turners(theme, self)
        self.turners.hide()
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        content.setProperty("surface", "scrolled")
        self._area.setWidget(content)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap_px)
        row.addWidget(self._area, 1)
        row.addWidget(self.turners)
        row.addStretch(0)
        self.turners.turned.connect(self._turn)
        self._area.verticalScrollBar().valueChanged.connect(self._show_ends)
        self._area.verticalScrollBar().rangeChanged.connect(self._show_ends)
        content.installEventFilter(self)

    def limit_width(self, widest_px: int) -> None:
        """Keep lines of text readable; the buttons stand beside this width when there is room."""
        self._widest = widest_px
        self._area.setMaximumWidth(widest_px)

    @property
    def overflows(self) -> bool:
        """Whether the content is taller than the room, however wide it is drawn."""
        return (
            self._needed(min(self.width(), self._widest)) > self.height()
            and self._needed(self._beside_px) > self.height()
        )

    @property
    def _beside_px(self) -> int:
        """Width of the content beside the two buttons."""
        beside = self.turners.sizeHint().width() + self._theme.metrics.gap_px
        return min(self.width() - beside, self._widest)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that the whole of `widget` is in sight, and no further from the beginning than that needs: only as
        far as to the end of a line that would be cut by the upper edge.

        (`QScrollArea.ensureWidgetVisible` looks at a field's cursor only, and leaves its lower edge hidden.)
        """
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        beyond = top + widget.height() - self._area.viewport().height()
        wanted = min(top, beyond + self._theme.metrics.px(1))
        self._area.verticalScrollBar().setValue(min(top, self._past_cut_words(wanted)) if wanted > 0 else wanted)

    def _past_cut_words(self, scrolled: int) -> int:
        """Where the next line begins, if a view from `scrolled` on would cut much off one."""
        for words in self._content.findChildren(QLabel):
            above = scrolled - words.mapTo(self._content, QPoint(0, 0)).y()
            if words.isVisibleTo(self._content) and 0 < above < words.height():
                line = words.fontMetrics().lineSpacing()
                return scrolled + line - above % line if above % line > _MARKS_SHARE * line else scrolled
        return scrolled

    def place(self) -> QWidget | None:
        """What stands at the upper edge of the view; None where that is the beginning."""
        scrolled = self._area.verticalScrollBar().value()
        if not scrolled:
            return None
        tops = {each: each.mapTo(self._content, QPoint(0, 0)).y() for each in self._content.findChildren(QWidget)}
        seen = [each for each, top in tops.items() if top >= scrolled and each.isVisibleTo(self._content)]
        return min(seen, key=tops.__getitem__, default=None)

    def go_to(self, widget: QWidget) -> None:
        """Scroll until `widget` stands at the upper edge, as far as there is something below it."""
        self._area.verticalScrollBar().setValue(widget.mapTo(self._content, QPoint(0, 0)).y())

    def follow(self, widget: QWidget) -> None:
        """The focus is there now: bring it into sight if it is not, and leave the page where it is if it is."""
        top, seen_from = widget.mapTo(self._content, QPoint(0, 0)).y(), self._area.verticalScrollBar().value()
        if top < seen_from or top + widget.height() > seen_from + self._area.viewport().height():
            self.reveal(widget)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._area.verticalScrollBar().setValue(0)

    def hasHeightForWidth(self) -> bool:
        """Never: it takes the room there is."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The room changed: the buttons may be needed, or no longer."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content asks for another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.turners.fit(self.height())
        self.turners.setVisible(self.overflows)
        whole = min(self.width(), self._widest)
        # A picture that is less high when it is less wide may leave room for all: then it is drawn so.
        width = whole if self._needed(whole) <= self.height() else self._beside_px
        self._area.setMaximumWidth(width if width < whole and not self.overflows else self._widest)
        # Qt's own minimum is that of the narrowest form, with every text wrapped: more than is ever needed.
        self._content.setMinimumHeight(self._needed(width))
        self._show_ends()

    def _needed(self, width: int) -> int:
        content = self._content
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def _turn(self, direction: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + round(direction * self._area.viewport().height() * _PAGE_SHARE))

    def _show_ends(self) -> None:
        bar = self._area.verticalScrollBar()
        self.turners.allow(back=bar.value() > bar.minimum(), on=bar.value() < bar.maximum())
