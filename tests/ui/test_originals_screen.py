"""Original papers go back before anything else is asked; there is no way round it."""

from dataclasses import replace

import pytest

from commands.gallery_captures import demo_papers
from commands.gallery_visit import Walker
from kiosk.documents import Document, Origin, Page
from kiosk.visit import Step
from kiosk.visit_events import WentOn
from tests.ui.conftest import ShowPage


def test_the_only_way_on_is_to_have_them_back(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, pages=demo_papers()[:1]).at(Step.ORIGINALS))
    assert not page.shows("back")
    assert "Đã lấy lại" in page.texts()
    page.go_on()
    assert page.events == [WentOn()]


@pytest.mark.parametrize(
    ("origin", "words"),
    [(Origin.SCANNER, "mở nắp máy quét"), (Origin.CAMERA, "dưới máy ảnh"), (Origin.FILE, "rút USB")],
)
def test_it_says_where_the_papers_are(show_page: ShowPage, walker: Walker, origin: Origin, words: str) -> None:
    visit = replace(walker, pages=demo_papers()[:1]).at(Step.ORIGINALS)
    document: Document = visit.documents[visit.place.part_code]
    pages = tuple(Page(page.key, page.image, origin) for page in document.pages)
    assert words in show_page(visit.with_document(replace(document, pages=pages))).texts()
