"""Original papers go back before anything else is asked; there is no way round it."""

from dataclasses import replace

from commands.gallery_stand_ins import demo_papers
from commands.gallery_visit import Walker
from kiosk.visit import Step, WentOn
from tests.ui.conftest import ShowPage


def test_the_only_way_on_is_to_have_them_back(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, pages=demo_papers()[:1]).at(Step.ORIGINALS))
    assert not page.shows("back")
    assert "Đã lấy lại" in page.texts()
    page.go_on()
    assert page.events == [WentOn()]
