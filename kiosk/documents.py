"""What was captured for each part of a dossier: documents and pages, as values; a changed document is a new value."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.ports import PageImage


class Origin(StrEnum):
    """Where a document's pages came from."""

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
    """One side of a paper. `key` is unique within the visit and survives turning the page."""

    key: int
    image: PageImage


@dataclass(frozen=True, slots=True)
class Document:
    """The pages captured for one part of the service."""

    part_code: str
    origin: Origin
    copy_kind: CopyKind
    pages: tuple[Page, ...] = ()

    def with_page(self, page: Page) -> "Document":
        """This document with one more page at its end."""
        return replace(self, pages=(*self.pages, page))

    def without_page(self, key: int) -> "Document":
        """This document without the page of that key; unchanged if there is none."""
        return replace(self, pages=tuple(page for page in self.pages if page.key != key))

    def with_image(self, key: int, image: PageImage) -> "Document":
        """This document with another picture for the page of that key (turned, or scanned again)."""
        pages = tuple(Page(key, image) if page.key == key else page for page in self.pages)
        return replace(self, pages=pages)


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
