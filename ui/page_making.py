"""Turns what a device gave into a finished page in the pages' lane: cleaned, and looked over for what seems wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from kiosk.capture import Corners
from kiosk.documents import same_sheet
from kiosk.ports import Frame, PageImage, PageReport, PageWork
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class Shot:
    """A camera's picture of a sheet, and where the sheet lies in it."""

    frame: Frame
    corners: Corners | None


@dataclass(frozen=True, slots=True)
class MadePage:
    """A finished page, what a look at it found, and the keys of pages that show the same sheet."""

    image: PageImage
    report: PageReport
    same_as: frozenset[int] = frozenset()


Done = Callable[[MadePage], None]
Failed = Callable[[Exception], None]


class PageMaking:
    """Work on the pages of one document. Callbacks come on the window's thread, unless `owner` is gone by then."""

    def __init__(self, tasks: Tasks, pages: PageWork, owner: QObject, names: tuple[str, ...]) -> None:
        """`names` are those that were given in the form: a paper should bear one of them."""
        self._tasks = tasks
        self._pages = pages
        self._owner = owner
        self._names = names
        self._fingerprints: dict[int, int] = {}  # by the page's key; only the pages' lane touches it

    def make(self, key: int, raw: PageImage | Shot, done: Done, failed: Failed) -> None:
        """Clean what a scanner, a file or a camera gave for the page of that key."""
        pages = self._pages
        if isinstance(raw, Shot):
            self._run(key, partial(pages.from_shot, raw.frame, raw.corners), done, failed)
        else:
            self._run(key, partial(pages.from_scan, raw), done, failed)

    def turn(self, key: int, image: PageImage, quarter_turns: int, done: Done, failed: Failed) -> None:
        """Turn it clockwise and look at it again."""
        self._run(key, partial(self._pages.rotate, image, quarter_turns), done, failed)

    def join(self, key: int, sides: tuple[PageImage, ...], done: Done, failed: Failed) -> None:
        """The sides of a card on one page."""
        self._run(key, partial(self._pages.card_sheet, sides), done, failed)

    def shrink(self, image: PageImage, longest_px: int, done: Callable[[PageImage], None]) -> None:
        """A small picture of it for the screen."""
        work = partial(self._pages.thumbnail, image, longest_px)
        self._tasks.run(Lane.PAGES, work, owner=self._owner, done=done)

    def _run(self, key: int, picture: Callable[[], PageImage], done: Done, failed: Failed) -> None:
        def work() -> MadePage:
            image = picture()
            report = self._pages.look_over(image, self._names)
            return MadePage(image, report, self._same(key, report.fingerprint))

        self._tasks.run(Lane.PAGES, work, owner=self._owner, done=done, failed=failed)

    def _same(self, key: int, fingerprint: int) -> frozenset[int]:
        """Compared here and not while drawing: a comparison takes some milliseconds."""
        others = self._fingerprints.items()
        same = frozenset(other for other, known in others if other != key and same_sheet(fingerprint, known))
        self._fingerprints[key] = fingerprint
        return same
