"""What opens in place of the page from the header: size and colours, calling for help, leaving."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _
from ui.buttons import DangerButton, PrimaryButton, SecondaryButton, TouchButton
from ui.labels import Label, Surface
from ui.look_choice import LookChoice
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, Role, TextSize


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
        self._acts = QHBoxLayout()
        outer = QVBoxLayout(self)
        edge = metrics.margin_px if metrics.compact or metrics.portrait else metrics.px(31)
        outer.setContentsMargins(edge, metrics.px(5), edge, metrics.px(5))
        outer.setSpacing(metrics.px(4))
        outer.addWidget(PagedScroll(theme, content), 1)
        outer.addLayout(self._acts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys stop here: Enter must not go on behind the panel."""
        event.accept()

    def add_acts(self, left: TouchButton | None, right: TouchButton) -> None:
        """The panel's buttons at opposite edges: a hand that wants one must not hit the other."""
        if left is not None:
            left.swallows_second_tap = True
            self._acts.addWidget(left)
        right.swallows_second_tap = True
        right.setMinimumWidth(self._theme.metrics.px(60))
        self._acts.addStretch(1)
        self._acts.addWidget(right)


class LookPanel(Panel):
    """Three text sizes and three contrasts, applied to everything at once, this panel included."""

    text_size_chosen = Signal(TextSize)
    contrast_chosen = Signal(Contrast)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Chọn cỡ chữ và độ tương phản"))
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
        self.column.addStretch(1)
        self.done_button = PrimaryButton(theme, _("Xong"), icon_name="check")
        self.done_button.clicked.connect(self.closed)
        self.add_acts(None, self.done_button)

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


class HelpPanel(Panel):
    """Whom to call or ask, and what the page that was left was about. The kiosk itself rings nobody: it says so."""

    def __init__(self, theme: Theme, phone: str, reminder: str) -> None:
        """`phone` may be empty; `reminder` is the page's own hint and progress."""
        super().__init__(theme, _("Gọi người hỗ trợ"))
        self.column.addWidget(Label(_("Mời ông/bà hỏi cán bộ tại quầy. Phần đang làm vẫn còn trên máy.")))
        if phone:
            self.column.addWidget(Label(_("Hoặc gọi điện thoại số"), Role.BODY))
            self.column.addWidget(Label(phone, Role.FIGURE))
        if reminder:
            self.column.addWidget(Label(reminder, Role.HINT))
        self.column.addStretch(1)
        close = PrimaryButton(theme, _("Quay lại làm tiếp"))
        close.clicked.connect(self.closed)
        self.add_acts(None, close)


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
