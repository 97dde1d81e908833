"""The pages of one paper while they are gathered: nothing that was finished by a device is lost by what comes later."""

from itertools import count

from PySide6.QtCore import QObject, Signal

from kiosk.documents import Document, Origin, Page
from kiosk.page_notes import blank_keys
from kiosk.ports import PageImage
from ui.context import Context
from ui.page_making import MadePage, PageMaking, Shot
from ui.page_tools import card_sides


class PageGathering(QObject):
    """Holds the document and what is being done to it; every change comes out by `changed`."""

    changed = Signal()
    """The document, or what is chosen or under way, is different now."""
    failed = Signal(object)
    """Work on a page went wrong (Exception); the page is as it was before."""

    def __init__(
        self, context: Context, document: Document, max_pages: int, names: tuple[str, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.chosen: int | None = document.pages[-1].key if document.pages else None
        self.making = PageMaking(context.tasks, context.equipment.pages, self, names)
        self._max_pages = max_pages
        self._keys = count(document.next_key)
        self._again: int | None = None
        self._pending: set[int] = set()
        self._turns = 0

    @property
    def busy(self) -> bool:
        """Whether a page is still being made."""
        return bool(self._pending)

    @property
    def full(self) -> bool:
        """Whether the part takes no more pages; a photograph that is being made counts."""
        coming = [key for key in self._pending if self.document.page(key) is None]
        return len(self.document.pages) + len(coming) >= self._max_pages

    @property
    def missing(self) -> int:
        """How many more pages the part takes."""
        return max(0, self._max_pages - len(self.document.pages))

    def again(self, key: int | None) -> None:
        """The next page that comes replaces the one of this key."""
        self._again = key

    def take(self, raw: PageImage | Shot, origin: Origin) -> None:
        """What a device gave. A finished picture goes into the document at once and is cleaned there: it cannot be
        lost by leaving the page or by a failure meanwhile."""
        key, self._again = self._again, None
        if key is None or self.document.page(key) is None:
            if self.full:
                return
            key = next(self._keys)
        if isinstance(raw, PageImage):
            self._put(Page(key, raw, origin))
        self._pending.add(key)

        def done(made: MadePage) -> None:
            self._pending.discard(key)
            lost = isinstance(raw, PageImage) and self.document.page(key) is None  # taken out meanwhile
            if not lost:
                self._put(Page(key, made.image, origin, made.report, made.same_as))
            self._make_up_turns(key)
            self.changed.emit()

        self.making.make(key, raw, done, lambda error: self._fail(key, error))
        self.changed.emit()

    def copy(self, pages: tuple[Page, ...]) -> None:
        """Pages that are in this dossier already, for this paper too."""
        for page in pages[: self.missing]:
            self._put(Page(next(self._keys), page.image, page.origin, page.report))
        self.changed.emit()

    def choose(self, key: int) -> None:
        """That page is shown large."""
        self.chosen = key
        self.changed.emit()

    def turn(self) -> None:
        """One quarter turn a press; presses that come while a page is being turned are made up for at once."""
        self._turns += 1
        page = self._chosen_page()
        if page is None or page.key in self._pending:
            return
        turns, self._turns = self._turns, 0
        self._pending.add(page.key)

        def done(made: MadePage) -> None:
            self._pending.discard(page.key)
            self._put(Page(page.key, made.image, page.origin, made.report, made.same_as), choose=False)
            self._make_up_turns(page.key)
            self.changed.emit()

        self.making.turn(page.key, page.image, turns, done, lambda error: self._fail(page.key, error))

    def _make_up_turns(self, key: int) -> None:
        """Those that were pressed while the page was being made; they were meant for no other."""
        turns, self._turns = self._turns, 0
        if turns and self.chosen == key:
            self._turns = turns - 1
            self.turn()

    def move(self, places: int) -> None:
        """The chosen page, later or earlier."""
        if self.chosen is not None:
            self.document = self.document.with_moved(self.chosen, places)
            self.changed.emit()

    def remove(self, *keys: int) -> None:
        """Take pages out; the last one is chosen next."""
        self.document = self.document.without_pages(*keys)
        if self._chosen_page() is None:
            self.chosen = self.document.pages[-1].key if self.document.pages else None
        self.changed.emit()

    def drop_blank(self) -> None:
        """Take out the pages on which there is nothing."""
        self.remove(*blank_keys(self.document))

    def join(self) -> None:
        """The two sides of a card become one page, in the place of the first."""
        page = self._chosen_page()
        sides = card_sides(self.document, page) if page is not None else None
        if sides is None or self.busy:
            return
        first, second = sides
        self._pending.add(first.key)

        def done(made: MadePage) -> None:
            self._pending.discard(first.key)
            self.document = self.document.without_pages(second.key)
            self._put(Page(first.key, made.image, first.origin, made.report))
            self.changed.emit()

        images = (first.image, second.image)
        self.making.join(first.key, images, done, lambda error: self._fail(first.key, error))
        self.changed.emit()

    def _chosen_page(self) -> Page | None:
        return self.document.page(self.chosen) if self.chosen is not None else None

    def _put(self, page: Page, *, choose: bool = True) -> None:
        there = self.document.page(page.key) is not None
        self.document = self.document.with_changed(page) if there else self.document.with_page(page)
        if choose:
            self.chosen = page.key

    def _fail(self, key: int, error: Exception) -> None:
        self._pending.discard(key)
        self._turns = 0
        self.failed.emit(error)
        self.changed.emit()
