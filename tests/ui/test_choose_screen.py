"""Services by everyday words; a legal code is nowhere to be seen."""

from datetime import UTC, datetime

from commands.gallery_visit import Walker
from kiosk.visit import ServiceChosen, Step
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands


def test_a_tile_chooses_the_service_by_its_route_here(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    page.press(f"service:{walker.service.code}")
    assert page.events == [ServiceChosen(walker.service, walker.service.route)]


def test_tiles_speak_as_people_do(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    assert walker.service.everyday_names[0] in page.texts()
    assert walker.service.code not in page.texts()
    assert not page.shows("next")


def test_a_service_is_offered_on_its_days_only(show_page: ShowPage, walker: Walker, hands: Hands) -> None:
    """In Việt Nam the last day ends at 17:00 UTC."""
    tile = f"service:{walker.service.code}"
    hands.clock.instant = datetime(2027, 2, 28, 16, 59, tzinfo=UTC)
    assert show_page(walker.at(Step.CHOOSE)).shows(tile)
    hands.clock.instant = datetime(2027, 2, 28, 17, 0, tzinfo=UTC)
    page = show_page(walker.at(Step.CHOOSE))
    assert not page.shows(tile)
    assert "Thủ tục này tạm ngừng tại máy, mời ông/bà hỏi quầy." in page.texts()
