"""What was captured for each part of a dossier: documents and pages, as values; a changed document is a new value."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from kiosk.ports import PageImage, PageReport

FINGERPRINT_SIDE = 300
"""A page's fingerprint is two square grids of so many cells a side, 1 mm each, row by row from the top left: the upper
bits say which cells certainly hold ink, the lower ones which hold at least a little."""

_CELLS = FINGERPRINT_SIDE * FINGERPRINT_SIDE
_GRID = (1 << _CELLS) - 1
# A sheet lies elsewhere on the glass each time, and a camera's page is longer or shorter by a hundredth.
_REACH_CELLS, _LOCAL_REACH_CELLS = 9, 2
_TILE = 25
# Measured on 16 made forms: the worst tile of 48 pairs of pictures of one sheet (two scans, two shots, a scan and a
# shot) had hardly a cell too many; that of 16 pairs of one form filled in by two people had 2 to 48, in the middle 20;
# that of two forms more than 60. Of the pairs of one form two were taken for one sheet.
_MOST_DIFFERENT = 7


class Origin(StrEnum):
    """Where a page came from. Of a document with pages of several origins the later in this list is told."""

    SCANNER = "scanner"
    CAMERA = "camera"
    FILE = "file"
    GENERATED = "generated"


class CopyKind(StrEnum):
    """What kind of paper was in front of the device (the portals' LoaiGiayTo)."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a paper. `key` is unique within the document and survives turning the page. `report` is what a look
    at the picture found, None until somebody looked; `same_as` are the keys of pages that show the same sheet."""

    key: int
    image: PageImage
    origin: Origin = Origin.SCANNER
    report: PageReport | None = None
    same_as: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """The pages captured for one part of the service."""

    part_code: str
    origin: Origin
    copy_kind: CopyKind
    pages: tuple[Page, ...] = ()

    @property
    def next_key(self) -> int:
        """A key that no page has."""
        return max((page.key for page in self.pages), default=0) + 1

    def page(self, key: int) -> Page | None:
        """The page of that key."""
        return next((page for page in self.pages if page.key == key), None)

    def with_page(self, page: Page) -> "Document":
        """This document with one more page at its end."""
        return self._with((*self.pages, page))

    def without_pages(self, *keys: int) -> "Document":
        """This document without the pages of those keys; unchanged if there are none."""
        return self._with(tuple(page for page in self.pages if page.key not in keys))

    def with_changed(self, changed: Page) -> "Document":
        """This document with another page in the place of the one of the same key; unchanged if there is none."""
        return self._with(tuple(changed if page.key == changed.key else page for page in self.pages))

    def with_moved(self, key: int, places: int) -> "Document":
        """This document with a page so many places later, or earlier where `places` is negative, at most to its end."""
        moved = self.page(key)
        if moved is None:
            return self
        rest = [page for page in self.pages if page.key != key]
        place = min(max(self.pages.index(moved) + places, 0), len(rest))
        return self._with((*rest[:place], moved, *rest[place:]))

    def _with(self, pages: tuple[Page, ...]) -> "Document":
        order = list(Origin)
        origin = max((page.origin for page in pages), key=order.index, default=self.origin)
        return replace(self, pages=pages, origin=origin)


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished file of a dossier, ready to seal: the bytes that travel, and what they are."""

    part_code: str
    part_name: str
    file_name: str
    media_type: str
    content: bytes
    page_count: int
    origin: Origin
    copy_kind: CopyKind


def same_sheet(one: int, other: int) -> bool:
    """Whether two pages' fingerprints are those of one sheet that was captured twice; a blank page (0) is like none.

    Ink that one page certainly has must be at least suspected near the same place of the other, in every part of it.
    About 5 ms.
    """
    if not one or not other:
        return False
    strong, other_strong = one >> _CELLS, other >> _CELLS
    if not 0.5 < (strong.bit_count() + 1) / (other_strong.bit_count() + 1) < 2.0:
        return False
    shift = max(_shifts(_REACH_CELLS), key=lambda cells: (strong & _shifted(other_strong, cells)).bit_count())
    here, there = (strong, _grown(one & _GRID)), (other_strong, _grown(other & _GRID))
    misses = _different(here, there, shift)
    if misses.bit_count() > (strong.bit_count() + other_strong.bit_count()) // 10:
        return False
    for tile in _tiles():
        if (misses & tile).bit_count() > _MOST_DIFFERENT and not _fits_nearby(here, there, shift, tile):
            return False
    return True


def _fits_nearby(here: tuple[int, int], there: tuple[int, int], shift: int, tile: int) -> bool:
    return any(
        (_different(here, there, shift + cells) & tile).bit_count() <= _MOST_DIFFERENT
        for cells in _shifts(_LOCAL_REACH_CELLS)
    )


def _different(here: tuple[int, int], there: tuple[int, int], shift: int) -> int:
    """The cells with certain ink on one page and none near on the other."""
    return here[0] & ~_shifted(there[1], shift) | _shifted(there[0], shift) & ~here[1]


def _shifts(reach: int) -> list[int]:
    steps = range(-reach, reach + 1)
    return [down * FINGERPRINT_SIDE + across for down in steps for across in steps]


def _shifted(grid: int, cells: int) -> int:
    return (grid << cells) & _GRID if cells >= 0 else grid >> -cells


def _grown(grid: int) -> int:
    """With every cell's eight neighbours."""
    rows = grid | grid << 1 | grid >> 1
    return (rows | rows << FINGERPRINT_SIDE | rows >> FINGERPRINT_SIDE) & _GRID


@cache
def _tiles() -> tuple[int, ...]:
    """Squares of 25 mm that cover the grid."""
    row = sum(1 << column for column in range(_TILE))
    square = sum(row << line * FINGERPRINT_SIDE for line in range(_TILE))
    places = range(0, FINGERPRINT_SIDE, _TILE)
    return tuple(square << down * FINGERPRINT_SIDE + across for down in places for across in places)
