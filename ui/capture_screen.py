"""Scan the pages of one part: every finished page is kept, can be turned, removed or scanned again."""

import threading
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.catalog import DossierPart
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.ports import DeviceProblem, PageImage, ScanOptions
from kiosk.texts import _
from kiosk.visit import Event, PagesChanged, Visit, WentOn
from ui.buttons import PrimaryButton, SecondaryButton
from ui.context import Context
from ui.labels import Label
from ui.page_view import PageView
from ui.sentences import problem_sentence, scanner_sentence
from ui.tasks import Lane
from ui.thumbnail import Thumbnail
from ui.tokens import Role
from ui.visit_screen import VisitScreen

_VIEW_MM = 180  # the larger side of a page on the screen: enough to see whether it can be read
_WHOLE, _HALF = 0.8, 0.38  # shares of the panel's width that the small pages may take


class CaptureScreen(VisitScreen):
    """The chosen page large, all pages small; pressing a small one chooses it, the buttons below act on it."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        code = visit.place.part_code
        self._part: DossierPart = next(part for part in visit.chosen().parts if part.code == code)
        kind = CopyKind(self._part.copy_kinds[0])
        self.document = visit.documents.get(code) or Document(code, Origin.SCANNER, kind)
        self._images: dict[int, QImage] = {}
        self._chosen: int | None = None
        self._again: int | None = None
        self._cancelled = threading.Event()
        self._running = False
        self._turning = False
        self._turns = 0
        self.heading = _(self._part.name)
        self.wide = True
        self._view = PageView(context.theme)
        self._scan = PrimaryButton(context.theme, _("Quét"), icon_name="scan-line")
        self._more = SecondaryButton(context.theme, _("Quét thêm trang"), icon_name="plus")
        self._stop = SecondaryButton(context.theme, _("Dừng quét"), icon_name="x")
        for button in (self._scan, self._more):
            button.setObjectName("scan")
            button.clicked.connect(lambda: self._start(None))
        self._stop.setObjectName("stop_scan")
        self._stop.clicked.connect(self._cancelled.set)
        self._news = Label("", Role.STRONG)
        self._news.hide()
        self._pages = QWidget()
        self._grid = QGridLayout(self._pages)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(context.theme.metrics.gap_px)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._tools = self._make_tools()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._offer()

    def _lay_out(self) -> None:
        """The chosen page with what can be done to it; beside it, or below, all pages and what brings more."""
        chosen, others = QVBoxLayout(), QVBoxLayout()
        for layout in (chosen, others):
            layout.setSpacing(self.theme.metrics.gap_px)
        self._halves.setSpacing(self.theme.metrics.px(5))
        chosen.addWidget(self._view, 1)
        chosen.addWidget(self._tools)
        for widget in (self._scan, self._more, self._stop, self._pages):
            others.addWidget(widget)
        others.addStretch(1)
        self._halves.addLayout(chosen, 6)
        self._halves.addLayout(others, 5)
        self.add(self._news)  # above all else: on a low panel what is below may be out of sight
        self.column.addLayout(self._halves, 1)
        self._orient()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: there may be room for two halves no longer, or again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()
            self._show()

    def _orient(self) -> None:
        stacks = self.theme.metrics.stacks
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if stacks else QBoxLayout.Direction.LeftToRight)

    def enter(self) -> None:
        """Pages from before are shown again."""
        self._choose_last()
        for page in self.document.pages:
            self._shrink(page.key, page.image)

    def leave(self) -> None:
        """A scan under way is given up; finished pages are with the visit already."""
        self._cancelled.set()

    def next_event(self) -> Event:
        """Done with this part."""
        return WentOn()

    def _make_tools(self) -> QWidget:
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.metrics.gap_px)
        for name, words, picture, act in (
            ("turn", _("Xoay"), "rotate-cw", self._turn),
            ("again", _("Quét lại"), "refresh-cw", lambda: self._start(self._chosen)),
            ("remove", _("Bỏ trang này"), "trash-2", self._remove),
        ):
            button = SecondaryButton(self.theme, words, icon_name=picture)
            button.setObjectName(f"page:{name}")
            button.clicked.connect(act)
            row.addWidget(button)
        return tools

    def _start(self, again: int | None) -> None:
        """Scan; `again` replaces the picture of that page instead of adding one. A second press finds it running."""
        if self._running:
            return
        self._again = again
        self._cancelled.clear()
        self._scanning(on=True)
        tasks, scanner, cancelled = self.context.tasks, self.context.equipment.scanner, self._cancelled

        def work() -> None:
            scanner.scan(ScanOptions(), lambda page: tasks.post(self, self._came, page), cancelled.is_set)

        tasks.run(Lane.SCANNER, work, owner=self, done=lambda _none: self._finished(), failed=self._failed)

    def _scanning(self, *, on: bool) -> None:
        self._running = on
        if on:
            self._news.show_text(_("Đang quét, xin ông/bà chờ…"))
        self._offer()

    def _offer(self) -> None:
        """One obvious act at a time: scan the first page, wait, or go on."""
        some = bool(self.document.pages)
        self._scan.setVisible(not self._running and not some)
        self._more.setVisible(not self._running and some and not self._full)
        self._stop.setVisible(self._running)
        self._tools.setVisible(not self._running and self._chosen is not None)
        metrics = self.theme.metrics
        self._view.setVisible(some or metrics.portrait or not metrics.stacks)  # else "Quét" would be out of sight
        self.next_label = _("Xong") if some and not self._running else None
        self.hint = (
            _("Ông/bà xem trang có rõ không. Còn trang nữa thì quét thêm, đủ rồi thì bấm “Xong”.")
            if some
            else _("Mở nắp máy quét, đặt giấy úp mặt xuống kính, đậy nắp lại rồi bấm “Quét”.")
        )
        self.changed.emit()

    def _came(self, image: PageImage) -> None:
        """A finished page goes to the visit at once: nothing that happens to the scanner later can take it away."""
        if self._again is not None:
            key, self._again = self._again, None
            self._change(self.document.with_image(key, image))
        elif self._full:
            return
        else:
            key = max((page.key for page in self.document.pages), default=0) + 1
            self._change(self.document.with_page(Page(key, image)))
        self._chosen = key
        self._shrink(key, image)

    def _finished(self) -> None:
        enough = _("Đã đủ {count} trang cho giấy tờ này.").format(count=self._part.max_pages)
        self._news.show_text(enough if self._full else "")
        self._scanning(on=False)

    @property
    def _full(self) -> bool:
        return len(self.document.pages) >= self._part.max_pages

    def _failed(self, error: Exception) -> None:
        self._scanning(on=False)
        text = scanner_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error)
        self._news.show_text(text)

    def _turn(self) -> None:
        """One quarter turn a press; presses that come while a page is being turned are made up for at once."""
        self._turns += 1
        page = next((page for page in self.document.pages if page.key == self._chosen), None)
        if page is None or self._turning:
            return
        turns, self._turns, self._turning = self._turns, 0, True
        pages = self.context.equipment.pages

        def done(turned: PageImage) -> None:
            self._turning = False
            self._change(self.document.with_image(page.key, turned))
            self._shrink(page.key, turned)
            if self._turns:
                self._turns -= 1
                self._turn()

        def failed(error: Exception) -> None:
            self._turning, self._turns = False, 0
            self._news.show_text(problem_sentence(error))

        work = partial(pages.rotate, page.image, turns)
        self.context.tasks.run(Lane.PAGES, work, owner=self, done=done, failed=failed)

    def _remove(self) -> None:
        if self._chosen is not None:
            self._change(self.document.without_page(self._chosen))
            self._images.pop(self._chosen, None)
            self._news.show_text("")
            self._choose_last()

    def _choose_last(self) -> None:
        self._chosen = self.document.pages[-1].key if self.document.pages else None
        self._show()

    def _change(self, document: Document) -> None:
        self.document = replace(document, origin=Origin.SCANNER)
        self.happened.emit(PagesChanged(self.document))

    def _shrink(self, key: int, image: PageImage) -> None:
        pages, longest = self.context.equipment.pages, self.theme.metrics.px(_VIEW_MM)

        def done(small: PageImage) -> None:
            self._images[key] = QImage.fromData(small.content)
            self._show()

        self.context.tasks.run(Lane.PAGES, lambda: pages.thumbnail(image, longest), owner=self, done=done)

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown, name, metrics = None, "", self.theme.metrics
        for index, page in enumerate(self.document.pages):
            image = self._images.get(page.key)
            if image is None:
                continue
            words = _("Trang {number}").format(number=index + 1)
            if page.key == self._chosen:
                shown, name = image, words
            tile = self._thumbnail(words, image, page.key, index + 1)
            room = round(metrics.panel.width_px * (_WHOLE if metrics.stacks else _HALF))
            columns = max(2, room // (tile.sizeHint().width() + metrics.gap_px))
            self._grid.addWidget(tile, *divmod(index, columns))
        self._view.show_page(shown, name)
        self._offer()

    def _thumbnail(self, words: str, image: QImage, key: int, number: int) -> Thumbnail:
        tile = Thumbnail(self.theme, words, image)
        tile.setObjectName(f"page:{number}")
        tile.set_chosen(key == self._chosen)
        tile.clicked.connect(lambda: self._choose(key))
        return tile

    def _choose(self, key: int) -> None:
        self._chosen = key
        self._show()
