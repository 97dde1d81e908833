"""The papers on a stick as big rows: name, kind and size; one press chooses."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.capture import FileKind, StickFile, StickListing
from kiosk.texts import _, joined
from ui.buttons import TouchButton
from ui.icons import icon
from ui.labels import Label
from ui.plates import draw_focus, draw_plate, draw_text
from ui.theme import Theme
from ui.tokens import Role

_MEGA = 1_000_000
_BREAKS = " _-–."
_NAME_LINES = 2


class FileList(QWidget):
    """Shows what `show_files` is given, all of it: the page turns where the room is low."""

    chosen = Signal(object)
    """The StickFile whose row was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[_FileRow] = []
        self.news = Label("", Role.STRONG)
        self.note = Label("", Role.HINT)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.metrics.gap_px)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.metrics.gap_px)
        whole.addWidget(self.news)
        whole.addLayout(self._column)
        whole.addWidget(self.note)
        whole.addStretch()
        self.show_files(None)

    def show_files(self, listing: StickListing | None) -> None:
        """What lies on the sticks now, the newest first; None while none is plugged in."""
        files = listing.files if listing else ()
        while len(self._rows) < len(files):
            self._rows.append(self._make_row())
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(files))
            if index < len(files):
                row.show_file(files[index])
            else:
                row.forget()
        if listing is None:
            self.news.show_text(_("Ông/bà cắm USB vào máy. Tệp PDF và ảnh trong USB sẽ hiện ở đây."))
        else:
            self.news.show_text("" if files else _("USB này không có tệp PDF hay ảnh nào."))
        left_out = listing.left_out if listing else 0
        note = _("Có {count} tệp khác không hiện ở đây. Máy chỉ nhận tệp PDF và ảnh JPG, PNG.")
        self.note.show_text(note.format(count=left_out) if left_out else "")

    def first_row(self) -> QWidget | None:
        """The newest file."""
        return next((row for row in self._rows if row.isVisible()), None)

    def _make_row(self) -> "_FileRow":
        row = _FileRow(self._theme)
        row.setObjectName("file")
        row.clicked.connect(lambda: self.chosen.emit(row.file))
        self._column.addWidget(row)
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

    def forget(self) -> None:
        """Its stick is gone: nothing of its names stays."""
        self.file = None
        self._about = ""
        self.setText("")
        self.setAccessibleDescription("")

    def sizeHint(self) -> QSize:
        """All rows are as tall as one with a long name."""
        return QSize(self.theme.metrics.px(100), row_height(self.theme))

    def heightForWidth(self, _width: int) -> int:
        """The same at every width."""
        return row_height(self.theme)

    def minimumSizeHint(self) -> QSize:
        """Names break, and are shortened in the middle."""
        return QSize(self.theme.metrics.px(60), row_height(self.theme))

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
    """The height of a row with a long name."""
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
    return joined(" · ", filter(None, (kind, size, file.folder)))
