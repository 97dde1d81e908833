"""Scrolling without gestures or bars: two big buttons that move by three quarters of what is seen."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QWidget

from kiosk.texts import _
from ui.buttons import TurnButton
from ui.theme import Theme

_FAR_PX = 100_000
_PAGE_SHARE = 0.75
"""One press moves by this share of the view, so that a line of the last view stays in sight."""


class Turners(QWidget):
    """The two big buttons, one above the other, or side by side where there is no height for that."""

    turned = Signal(int)
    """-1 back, 1 on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
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

    def __init__(self, theme: Theme, content: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._content = content
        self._widest = _FAR_PX
        self.turners = Turners(theme)
        self.turners.hide()
        self._area = QScrollArea()
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
        """Whether the content is taller than the room."""
        return self._needed(min(self.width(), self._widest)) > self.height()

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that the whole of `widget` is in sight, and no further from the beginning than that needs.

        (`QScrollArea.ensureWidgetVisible` looks at a field's cursor only, and leaves its lower edge hidden.)
        """
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        beyond = top + widget.height() - self._area.viewport().height()
        self._area.verticalScrollBar().setValue(min(top, beyond + self._theme.metrics.px(1)))

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
        # Qt's own minimum is that of the narrowest form, with every text wrapped: more than is ever needed.
        beside = self.turners.sizeHint().width() + self._theme.metrics.gap_px if self.overflows else 0
        self._content.setMinimumHeight(self._needed(min(self.width() - beside, self._widest)))
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
