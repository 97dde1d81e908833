"""What is told of pages: blank ones, the same sheet twice, faults; nothing of a page that nobody looked at."""

from dataclasses import replace

from kiosk.documents import Document, Page
from kiosk.page_notes import PageNote, blank_keys, page_notes
from kiosk.ports import PageFault, PageReport
from tests.factories import make_document, make_image


def looked_at(*reports: PageReport | None) -> tuple[PageNote, ...]:
    return page_notes(document_of(*reports))


def document_of(*reports: PageReport | None) -> Document:
    pages = tuple(Page(key, make_image(key), report=report) for key, report in enumerate(reports, 1))
    return replace(make_document(pages=0), pages=pages)


def test_nothing_is_told_of_good_pages_and_of_pages_nobody_looked_at() -> None:
    assert looked_at(None, PageReport(), PageReport()) == ()


def test_a_fault_is_told_of_its_page() -> None:
    assert looked_at(PageReport(), PageReport((PageFault.DARK,))) == (PageNote(2, (PageFault.DARK,)),)


def test_the_same_sheet_again_names_the_first() -> None:
    first, second, third = (Page(key, make_image(key), report=PageReport()) for key in (1, 2, 3))
    pages = (first, second, replace(third, same_as=frozenset({2})))
    assert page_notes(replace(make_document(pages=0), pages=pages)) == (PageNote(3, same_as=2),)
    moved = (first, pages[2], second)
    assert page_notes(replace(make_document(pages=0), pages=moved)) == (PageNote(2, same_as=2),)


def test_blank_pages_are_not_the_same_sheet() -> None:
    assert looked_at(PageReport(blank=True), PageReport(blank=True)) == (
        PageNote(1, blank=True),
        PageNote(2, blank=True),
    )


def test_a_name_on_one_page_is_enough_for_the_paper() -> None:
    without = PageReport((PageFault.OTHER_NAME, PageFault.DARK))
    assert looked_at(without, PageReport()) == (PageNote(1, (PageFault.DARK,)),)
    assert looked_at(without) == (PageNote(1, (PageFault.OTHER_NAME, PageFault.DARK)),)
    assert looked_at(without, PageReport(blank=True))[0].faults == (PageFault.OTHER_NAME, PageFault.DARK)


def test_a_paper_never_loses_all_its_pages_for_being_blank() -> None:
    blank = PageReport(blank=True)
    assert blank_keys(document_of(blank, PageReport(), blank)) == (1, 3)
    assert blank_keys(document_of(blank, blank)) == ()
