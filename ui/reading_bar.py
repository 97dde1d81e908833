"""What can be done while a page is read aloud: hold, again, slower, faster, stop. It stands below the header."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk.texts import _
from ui.buttons import Look, TouchButton
from ui.labels import Label, Surface
from ui.theme import Theme
from ui.tokens import Role


class ReadingButton(TouchButton):
    """An act of the bar, in the band's colours."""

    role = Role.LABEL

    def look(self) -> Look:
        """As a key: it stands on a coloured band."""
        colours = self.theme.colours
        return Look(colours.control, colours.control_text, colours.control_edge)

    def padding(self) -> int:
        """Tight: five of them stand side by side."""
        return self.theme.metrics.px(3)

    def _lead(self) -> int:
        return super()._lead() if self.theme.metrics.header_has_icons else 0


class ReadingBar(Surface):
    """Five buttons and how fast it is. Hidden while nothing is read."""

    hold_asked = Signal()
    again_asked = Signal()
    slower_asked = Signal()
    faster_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("reading")
        self._theme = theme
        self.hold = self._button(_("Tạm dừng"), "pause", "reading_hold")
        self.again = self._button(_("Đọc lại"), "rotate-ccw", "reading_again")
        self.slower = self._button(_("Chậm hơn"), "minus", "reading_slower")
        self.faster = self._button(_("Nhanh hơn"), "plus", "reading_faster")
        self.quit = self._button(_("Thôi đọc"), "x", "reading_stop")
        self._rate = Label("", Role.LABEL, wrap=False)
        self._rate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pairs = zip(
            (self.hold, self.again, self.slower, self.faster, self.quit),
            (self.hold_asked, self.again_asked, self.slower_asked, self.faster_asked, self.stop_asked),
            strict=True,
        )
        for button, asked in pairs:
            button.clicked.connect(asked)
        self._grid = QGridLayout(self)
        metrics = theme.metrics
        self._grid.setContentsMargins(metrics.margin_px, metrics.px(1.5), metrics.margin_px, metrics.px(1.5))
        self._grid.setSpacing(metrics.gap_px)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.hide()

    def show_state(self, *, held: bool, over: bool, rate: int, slowest: bool, fastest: bool) -> None:
        """`held`: it waits; `over`: the page was read to its end. `rate` is in per cent."""
        self.hold.setText(_("Đọc tiếp") if held else _("Tạm dừng"))
        self.hold.setEnabled(not over)
        self.slower.setEnabled(not slowest)
        self.faster.setEnabled(not fastest)
        self._rate.setText(_("Tốc độ {percent} %").format(percent=rate))

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: one row or two."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()

    def _lay_out(self) -> None:
        """In one row, or in two where the panel stands upright."""
        two_rows = self._theme.metrics.portrait
        places = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (1, 2)) if two_rows else tuple((0, at) for at in range(6))
        order: tuple[QWidget, ...] = (self.hold, self.again, self.slower, self._rate, self.faster, self.quit)
        if two_rows:
            order = (self.hold, self.again, self.slower, self.faster, self.quit, self._rate)
        for widget, (row, column) in zip(order, places, strict=True):
            self._grid.addWidget(widget, row, column)

    def _button(self, text: str, icon_name: str, name: str) -> ReadingButton:
        button = ReadingButton(self._theme, text, icon_name=icon_name)
        button.setObjectName(name)
        return button
