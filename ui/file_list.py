"""The papers on a stick as big rows: name, kind and size; one press chooses, two big buttons turn the pages."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.capture import FileKind, StickFile, StickListing
from kiosk.texts import _
from ui.buttons import TouchButton
from ui.icons import icon
from ui.labels import Label
from ui.plates import draw_focus, draw_plate, draw_text
from ui.scroll_area import Turners
from ui.theme import Theme
from ui.tokens import Role

_MEGA = 1_000_000
_BREAKS = " _-–."
_NAME_LINES = 2
_ROWS_PLACE, _END_PLACE = 1, 3  # in the column: the room is the rows', or below the words where there is none


class FileList(QWidget):
    """Shows what `show_files` is given, a page at a time where the room is low."""

    chosen = Signal(object)
    """The StickFile whose row was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._files: tuple[StickFile, ...] = ()
        self._first = 0
        self.news = Label("", Role.STRONG)
        self.note = Label("", Role.HINT)
        self._rows = _Rows(theme)
        self.turners = Turners(theme)
        lower = QHBoxLayout()
        lower.setSpacing(theme.metrics.gap_px)
        lower.addWidget(self._rows, 1)
        lower.addWidget(self.turners)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.metrics.gap_px)
        self._column.addWidget(self.news)
        self._column.addLayout(lower)
        self._column.addWidget(self.note)
        self._column.addStretch()
        self.turners.turned.connect(self._turn)
        self._rows.resized.connect(self._show)
        self._rows.chosen.connect(self.chosen)
        self.show_files(None)

    def show_files(self, listing: StickListing | None) -> None:
        """What lies on the sticks now; None while none is plugged in. The newest are in sight."""
        self._files = listing.files if listing else ()
        self._first = 0
        self._rows.expect(len(self._files))
        self._column.setStretch(_ROWS_PLACE, 1 if self._files else 0)
        self._column.setStretch(_END_PLACE, 0 if self._files else 1)
        if listing is None:
            self.news.show_text(_("Ông/bà cắm USB vào máy. Tệp PDF và ảnh trong USB sẽ hiện ở đây."))
        else:
            self.news.show_text("" if self._files else _("USB này không có tệp PDF hay ảnh nào."))
        left_out = listing.left_out if listing else 0
        note = _("Có {count} tệp khác không hiện ở đây. Máy chỉ nhận tệp PDF và ảnh JPG, PNG.")
        self.note.show_text(note.format(count=left_out) if left_out else "")
        self._show()

    def first_row(self) -> QWidget | None:
        """The newest file on the screen."""
        return self._rows.first_row()

    def _turn(self, direction: int) -> None:
        self._first = max(0, self._first + direction * self._rows.capacity)
        self._show()

    def _show(self) -> None:
        self.turners.fit(self._rows.height())
        last = self._first + self._rows.capacity
        self._rows.show_files(self._files[self._first : last])
        self._rows.setVisible(bool(self._files))
        self.turners.setVisible(len(self._files) > self._rows.capacity)
        self.turners.allow(back=self._first > 0, on=last < len(self._files))


class _Rows(QWidget):
    """As many rows as the height holds; they are made once and filled again and again."""

    chosen = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._total = 0
        self._rows: list[_FileRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def capacity(self) -> int:
        """Rows that fit, at least one."""
        gap = self._theme.metrics.gap_px
        return max(1, (self.height() + gap) // (row_height(self._theme) + gap))

    def show_files(self, files: tuple[StickFile, ...]) -> None:
        """Fill the rows from the top."""
        gap, height = self._theme.metrics.gap_px, row_height(self._theme)
        while len(self._rows) < len(files):
            self._rows.append(self._make_row())
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(files))
            if index < len(files):
                row.show_file(files[index])
                row.setGeometry(0, index * (height + gap), self.width(), height)

    def first_row(self) -> QWidget | None:
        """The first that is shown."""
        return next((row for row in self._rows if row.isVisible()), None)

    def sizeHint(self) -> QSize:
        """Three rows."""
        return QSize(self._theme.metrics.px(100), 3 * row_height(self._theme))

    def minimumSizeHint(self) -> QSize:
        """One row; all of them where the page is narrow and has to be turned anyway: two pairs of buttons that turn
        are one too many."""
        rows = max(1, self._total) if self._theme.metrics.stacks else 1
        return QSize(self._theme.metrics.px(60), rows * (row_height(self._theme) + self._theme.metrics.gap_px))

    def expect(self, total: int) -> None:
        """How many files there are, on all pages together."""
        self._total = total
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of rows may fit."""
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """The letters have another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.resized.emit()

    def _make_row(self) -> "_FileRow":
        row = _FileRow(self._theme)
        row.setParent(self)
        row.setObjectName("file")
        row.clicked.connect(lambda: self.chosen.emit(row.file))
        return row


class _FileRow(TouchButton):
    """One file: what kind it is as a picture, its name on at most two lines, and below it what else tells it apart."""

    role = Role.STRONG
    swallows_second_tap = True
    file: StickFile | None = None

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", icon_name="file-text")
        self._about = ""

    def show_file(self, file: StickFile) -> None:
        """Become this file's row."""
        self.file = file
        self._icon_name = "file-text" if file.kind is FileKind.PDF else "image"
        self._about = about(file)
        self.setText(file.name)
        self.setAccessibleDescription(self._about)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate, icon, the lines, ring."""
        painter = QPainter(self)
        look, metrics, colours = self._look_now(), self.theme.metrics, self.theme.colours
        draw_plate(painter, self.rect(), look.fill, look.edge, self.line_px(), metrics.radius_px)
        px = self._icon_px()
        pad = metrics.px(4)
        painter.drawPixmap(pad, (self.height() - px) // 2, icon(self._icon_name, colours.link, px))
        left = 2 * pad + px
        room = self.width() - left - pad
        name_font, small_font = self.theme.font(Role.STRONG), self.theme.font(Role.SMALL)
        lines = [(line, name_font, look.ink) for line in name_lines(name_font, self.text(), room)]
        elided = QFontMetrics(small_font).elidedText(self._about, Qt.TextElideMode.ElideRight, room)
        lines.append((elided, small_font, colours.quiet_text))
        top = (self.height() - sum(QFontMetrics(font).height() for _line, font, _ink in lines)) // 2
        for line, font, ink in lines:
            height = QFontMetrics(font).height()
            draw_text(painter, QRect(left, top, room + pad, height), line, font, ink)
            top += height
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)


def row_height(theme: Theme) -> int:
    """All rows are as tall as one with a long name, so that a page always holds as many."""
    name, small = QFontMetrics(theme.font(Role.STRONG)), QFontMetrics(theme.font(Role.SMALL))
    return max(theme.metrics.primary_px, _NAME_LINES * name.height() + small.height() + theme.metrics.px(4))


def name_lines(font: QFont, name: str, width: int) -> list[str]:
    """The name on one line, or on two: broken where it has a blank or a dash, part of it left out if it is too long."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(name) <= width:
        return [name]
    fits = next(count for count in range(len(name), -1, -1) if metrics.horizontalAdvance(name[:count]) <= width)
    at = max((number + 1 for number, character in enumerate(name[:fits]) if character in _BREAKS), default=0)
    at = at if at > fits // 2 else max(1, fits)
    return [name[:at].rstrip(), metrics.elidedText(name[at:], Qt.TextElideMode.ElideMiddle, width)]


def about(file: StickFile) -> str:
    """Kind, size and folder: "PDF · 1,2 MB · Hồ sơ"."""
    kind = _("Tệp PDF") if file.kind is FileKind.PDF else _("Ảnh")
    whole, tenth = f"{max(0.1, file.size_bytes / _MEGA):.1f}".split(".")
    size = _("{whole},{tenth} MB").format(whole=whole, tenth=tenth)
    return " · ".join(filter(None, (kind, size, file.folder)))
