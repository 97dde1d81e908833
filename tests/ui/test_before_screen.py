"""Before anything is typed: the fee, the days, the papers, by which way, and what nobody has verified."""

from dataclasses import replace

from commands.gallery_visit import Walker
from kiosk.catalog import Confidence, Route
from kiosk.visit import Step, WentOn
from tests.ui.conftest import DESK, ShowPage
from ui.scroll_area import PagedScroll


def test_everything_a_person_would_be_sent_home_for(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.BEFORE))
    for words in ("8.000 đồng", "Trong ngày làm việc", "khoảng 10 phút", "Thẻ căn cước", "Một cửa", "Luật Hộ tịch"):
        assert words in page.texts()
    page.go_on()
    assert page.events == [WentOn()]


def test_the_way_is_said_for_each_route(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.at(Step.BEFORE)
    said = [show_page(replace(visit, route=route)).texts() for route in Route]
    assert "Bộ phận Một cửa" in said[list(Route).index(Route.DESK)]
    assert "đã có thỏa thuận" in said[list(Route).index(Route.ONLINE_BY_AGREEMENT)]
    assert "ông/bà tự làm qua VNeID" in said[list(Route).index(Route.PREPARE)]


def test_what_was_not_verified_says_so(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.at(Step.BEFORE)
    doubtful = replace(walker.service.processing_time, confidence=Confidence.UNVERIFIED)
    service = replace(walker.service, processing_time=doubtful)
    sure, unsure = show_page(visit).texts(), show_page(replace(visit, service=service)).texts()
    assert unsure.count("(cần hỏi lại quầy)") == sure.count("(cần hỏi lại quầy)") + 1


def test_the_facts_are_seen_without_scrolling(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.BEFORE))
    assert page.frame.width() == DESK.width_px
    scroll = page.frame.findChildren(PagedScroll)[0]
    for label in ("Phí, lệ phí", "Cách nộp"):
        [shown] = [each for each in page.labels() if each.text() == label]
        assert scroll.rect().contains(shown.mapTo(scroll, shown.rect().bottomRight()))
