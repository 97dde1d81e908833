"""The captured pages of one paper: the chosen one large with what can be done to it, all of them small."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from kiosk.documents import Document
from kiosk.page_notes import page_notes
from kiosk.ports import PageImage
from kiosk.texts import _, joined
from ui.capture_sentences import note_sentences
from ui.context import Context
from ui.labels import Label
from ui.page_making import PageMaking
from ui.page_tools import OrderTools, PageTools
from ui.page_view import PageView
from ui.thumbnail import Thumbnail
from ui.tokens import Role

_VIEW_MM = 180  # the larger side of a page on the screen: enough to see whether it can be read
_WHOLE, _HALF = 0.8, 0.38  # shares of the panel's width that the small pages may take


class PageBoard(QWidget):
    """Shows a document and says what is wanted of its pages; what comes of it is the owner's to decide."""

    chose = Signal(int)
    """The key of the page that was pressed."""

    def __init__(self, context: Context, making: PageMaking, adders: QWidget) -> None:
        """`adders` is what brings more pages: it stands above the small ones."""
        super().__init__()
        self._context = context
        self._making = making
        self._document: Document | None = None
        self._chosen: int | None = None
        self._pictures: dict[int, tuple[PageImage, QImage]] = {}
        self._asked: dict[int, PageImage] = {}
        self._drawn: list[_Small] = []
        self._view = PageView(context.theme)
        self._note = Label("", Role.STRONG)
        self.tools = PageTools(context.theme)
        self.order = OrderTools(context.theme)
        self._adders = adders
        self._pages = QWidget()
        self._grid = QGridLayout(self._pages)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(context.theme.metrics.gap_px)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()

    def _lay_out(self) -> None:
        """The chosen page with what can be done to it; beside it, or below, what brings more, and all pages."""
        metrics = self._context.theme.metrics
        chosen, others = QVBoxLayout(), QVBoxLayout()
        for layout in (chosen, others):
            layout.setSpacing(metrics.gap_px)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(metrics.px(5))
        chosen.addWidget(self._note)  # above the picture: on a low panel what is below may be out of sight
        chosen.addWidget(self._view, 1)
        chosen.addWidget(self.tools)
        others.addWidget(self._adders)
        others.addWidget(self._pages)
        others.addWidget(self.order)
        others.addStretch(1)
        self._halves.addLayout(chosen, 6)
        self._halves.addLayout(others, 5)
        self._orient()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: there may be room for two halves no longer, or again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()
            self._drawn = []
            self._draw()

    def _orient(self) -> None:
        stacks = self._context.theme.metrics.stacks
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if stacks else QBoxLayout.Direction.LeftToRight)

    def show_document(self, document: Document, chosen: int | None, *, scanning: bool, busy: bool) -> None:
        """These pages, one of them large; nothing is offered while more come from a scanner. `busy` says that one is
        still being made."""
        self._document, self._chosen = document, chosen
        for page in document.pages:
            self._shrink(page.key, page.image)
        keys = {page.key for page in document.pages}
        self._pictures = {key: found for key, found in self._pictures.items() if key in keys}
        large = document.page(chosen) if chosen is not None else None
        offered = None if scanning else large
        self.tools.offer(offered)
        self.order.offer(document, offered, busy=busy)
        self._draw()

    def _shrink(self, key: int, image: PageImage) -> None:
        """A small picture of every page, made once for each of its images."""
        if key in self._asked and self._asked[key] is image:
            return
        self._asked[key] = image

        def done(small: PageImage) -> None:
            if self._asked.get(key) is image:
                self._pictures[key] = (image, QImage.fromData(small.content))
                self._draw()

        self._making.shrink(image, self._context.theme.metrics.px(_VIEW_MM), done)

    def _draw(self) -> None:
        """The large page and what seems wrong with it; the small ones only where one of them is different now."""
        document = self._document
        if document is None:
            return
        notes = {note.key: note for note in page_notes(document)}
        tiles = [
            _Small(page.key, number, self._pictures[page.key][1], page.key == self._chosen, page.key in notes)
            for number, page in enumerate(document.pages, 1)
            if page.key in self._pictures
        ]
        if tiles != self._drawn:
            self._drawn = tiles
            self._draw_small(tiles)
        large = next((tile for tile in tiles if tile.chosen), None)
        self._view.show_page(large.image if large else None, large.words if large else "")
        page = document.page(self._chosen) if self._chosen is not None else None
        note = notes.get(page.key) if page is not None else None
        self._note.show_text(joined(" ", note_sentences(note, page.origin)) if note and page else "")

    def _draw_small(self, tiles: list["_Small"]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        metrics = self._context.theme.metrics
        room = round(metrics.panel.width_px * (_WHOLE if metrics.stacks else _HALF))
        for place, tile in enumerate(tiles):
            button = self._button(tile)
            columns = max(2, room // (button.sizeHint().width() + metrics.gap_px))
            self._grid.addWidget(button, *divmod(place, columns))

    def _button(self, tile: "_Small") -> Thumbnail:
        button = Thumbnail(self._context.theme, tile.words, tile.image)
        button.setObjectName(f"page:{tile.number}")
        button.set_chosen(tile.chosen)
        button.set_marked(tile.marked)
        button.clicked.connect(lambda: self.chose.emit(tile.key))
        return button


@dataclass(frozen=True, slots=True)
class _Small:
    """One small page as it is drawn."""

    key: int
    number: int
    image: QImage
    chosen: bool
    marked: bool

    @property
    def words(self) -> str:
        return _("Trang {number}").format(number=self.number)
