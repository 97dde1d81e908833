"""What opens in place of the page from the header: size and colours, leaving; and what all such panels share."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _
from ui.buttons import DangerButton, PrimaryButton, SecondaryButton, TouchButton
from ui.labels import Label, Surface
from ui.language_choice import LanguageTiles, language_title
from ui.look_choice import LookChoice
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, Role, TextSize

_ACROSS_MM = 25
"""Between opposite acts: a trembling hand that slides off the one does not land on the other."""


class Panel(Surface):
    """A page of the frame's own with its own buttons; Esc closes it."""

    closed = Signal()

    def __init__(self, theme: Theme, heading: str) -> None:
        super().__init__("page")
        self._theme = theme
        self.setAccessibleName(heading)
        metrics = theme.metrics
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(metrics.px(3))
        self.column.addWidget(Label(heading, Role.HEADING))
        self._both: tuple[TouchButton, ...] = ()
        self._acts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._acts.setSpacing(metrics.px(_ACROSS_MM / 2))
        outer = QVBoxLayout(self)
        edge = metrics.margin_px if metrics.compact or metrics.portrait else metrics.px(31)
        self._edge_px = edge
        outer.setContentsMargins(edge, metrics.px(5), edge, metrics.px(5))
        outer.setSpacing(metrics.px(4))
        outer.addWidget(PagedScroll(theme, content), 1)
        outer.addLayout(self._acts)
        self._outer = outer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys stop here: Enter must not go on behind the panel."""
        event.accept()

    def add_acts(self, left: TouchButton | None, right: TouchButton) -> None:
        """The panel's buttons at opposite edges: a hand that wants one must not hit the other. Where they would come
        near each other, one above the other and wide apart."""
        if left is not None:
            left.swallows_second_tap = True
            self._acts.addWidget(left)
        right.swallows_second_tap = True
        right.setMinimumWidth(self._theme.metrics.px(60))
        self._acts.addStretch(1)
        self._acts.addWidget(right)
        self._both = (left, right) if left is not None else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or one above the other."""
        super().resizeEvent(event)
        self._place_acts()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_acts()

    def _place_acts(self) -> None:
        room = self.width() - 2 * self._edge_px - self._theme.metrics.px(_ACROSS_MM)
        near = bool(self._both) and sum(each.sizeHint().width() for each in self._both) > room
        direction = QBoxLayout.Direction.BottomToTop if near else QBoxLayout.Direction.LeftToRight
        if direction != self._acts.direction():
            self._acts.setDirection(direction)
            self._outer.activate()  # at once: a finger may be on its way


class LookPanel(Panel):
    """Three text sizes, three contrasts and the languages, applied to everything at once, this panel included."""

    text_size_chosen = Signal(TextSize)
    contrast_chosen = Signal(Contrast)
    language_chosen = Signal(str)
    switches_asked = Signal()

    def __init__(self, theme: Theme, extras: Sequence[QWidget] = ()) -> None:
        """`extras` are further choices of the window's, below the rows."""
        super().__init__(theme, _("Chọn cỡ chữ, màu và ngôn ngữ"))
        sizes = (
            (TextSize.NORMAL, _("Chữ thường")),
            (TextSize.LARGE, _("Chữ lớn")),
            (TextSize.LARGEST, _("Chữ rất lớn")),
        )
        contrasts = (
            (Contrast.LIGHT, _("Màu thường")),
            (Contrast.BLACK_ON_WHITE, _("Đen trên trắng")),
            (Contrast.WHITE_ON_BLACK, _("Trắng trên đen")),
        )
        size_row = self._row(_("Cỡ chữ"))
        for size, name in sizes:
            tile = self._tile(size_row, LookChoice(theme, name, size, None), chosen=size is theme.metrics.text_size)
            tile.clicked.connect(lambda _checked, size=size: self.text_size_chosen.emit(size))
        contrast_row = self._row(_("Tương phản"))
        for contrast, name in contrasts:
            tile = self._tile(contrast_row, LookChoice(theme, name, None, contrast), chosen=contrast is theme.contrast)
            tile.clicked.connect(lambda _checked, contrast=contrast: self.contrast_chosen.emit(contrast))
        self.column.addWidget(Label(language_title(), Role.STRONG))
        tiles = LanguageTiles(theme)
        tiles.chosen.connect(self.language_chosen)
        self.column.addWidget(tiles)
        for extra in extras:
            self.column.addWidget(extra)
        self.column.addStretch(1)
        self.done_button = PrimaryButton(theme, _("Xong"), icon_name="check")
        self.done_button.clicked.connect(self.closed)
        switches = SecondaryButton(theme, _("Bấm bằng công tắc"), icon_name="circle-dot")
        switches.setObjectName("switches")
        switches.clicked.connect(self.switches_asked)
        self.add_acts(switches, self.done_button)

    def _row(self, title: str) -> QHBoxLayout:
        self.column.addWidget(Label(title, Role.STRONG))
        row = QHBoxLayout()
        row.setSpacing(self._theme.metrics.gap_px)
        self.column.addLayout(row)
        return row

    def _tile(self, row: QHBoxLayout, tile: LookChoice, *, chosen: bool) -> LookChoice:
        group = row.property("group") or QButtonGroup(self)
        row.setProperty("group", group)
        group.addButton(tile)
        tile.setChecked(chosen)
        row.addWidget(tile, 1)
        return tile


class ExitPanel(Panel):
    """One question before everything is wiped."""

    confirmed = Signal()

    def __init__(self, theme: Theme, *, kept: bool) -> None:
        """`kept`: the dossier of this visit is sealed already, and leaving the page does not touch it."""
        super().__init__(theme, _("Rời máy, xóa màn hình?") if kept else _("Rời máy, xóa hết?"))
        if kept:
            self.column.addWidget(Label(_("Hồ sơ đã được lưu an toàn và không bị xóa. Chỉ màn hình này bị xóa.")))
        else:
            text = _("Những gì ông/bà đã nhập và đã quét ở máy này sẽ bị xóa, không lấy lại được.")
            self.column.addWidget(Label(text))
            self.column.addWidget(Label(_("Hồ sơ đã nộp hoặc đã lưu trước đó thì không bị ảnh hưởng.")))
        self.column.addStretch(1)
        self.stay_button = SecondaryButton(theme, _("Không, làm tiếp"), icon_name="arrow-left")
        self.stay_button.clicked.connect(self.closed)
        self.leave_button = DangerButton(theme, _("Rời máy, xóa hết"), icon_name="trash-2")
        self.leave_button.clicked.connect(self.confirmed)
        self.add_acts(self.stay_button, self.leave_button)
