"""What a person should look at among captured pages: blank ones, the same sheet twice, pages that are hard to read."""

from dataclasses import dataclass

from kiosk.documents import Document, Page
from kiosk.ports import PageFault


@dataclass(frozen=True, slots=True)
class PageNote:
    """Of one page: its faults, whether it is blank, and the number (from 1) of an earlier page that shows the same
    sheet, 0 if there is none."""

    key: int
    faults: tuple[PageFault, ...] = ()
    blank: bool = False
    same_as: int = 0


def page_notes(document: Document) -> tuple[PageNote, ...]:
    """The pages of which there is something to tell, in their order; a page that nobody looked at yet has no note."""
    notes = (_note(document, place) for place in range(len(document.pages)))
    return tuple(note for note in notes if note.blank or note.faults or note.same_as)


def blank_keys(document: Document) -> tuple[int, ...]:
    """The keys of pages on which there is nothing; none if that would be all of them."""
    keys = tuple(page.key for page in document.pages if page.report is not None and page.report.blank)
    return keys if len(keys) < len(document.pages) else ()


def _note(document: Document, place: int) -> PageNote:
    page = document.pages[place]
    if page.report is None:
        return PageNote(page.key)
    if page.report.blank:
        return PageNote(page.key, blank=True)
    same = next((number for number, other in enumerate(document.pages[:place], 1) if _same(page, other)), 0)
    return PageNote(page.key, _faults(document, page), same_as=same)


def _same(page: Page, other: Page) -> bool:
    """Each knows only the pages that were there before it; since then they may have been moved."""
    return other.key in page.same_as or page.key in other.same_as


def _faults(document: Document, page: Page) -> tuple[PageFault, ...]:
    """A paper names its person once: a page without the name tells nothing while another page has it."""
    assert page.report is not None
    reports = [each.report for each in document.pages if each.report is not None and not each.report.blank]
    named = any(PageFault.OTHER_NAME not in report.faults for report in reports)
    return tuple(fault for fault in page.report.faults if not (named and fault is PageFault.OTHER_NAME))
