"""A small number by two buttons: from nothing to the least, never beyond the bounds, and typed all the same."""

from dataclasses import replace

from commands.gallery_visit import Walker
from kiosk.visit_events import Answered
from tests.ui.conftest import ShowPage


def test_a_small_number_needs_no_keyboard(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, card=False).on_page("copies"))
    page.press("choice:delivery:desk")
    page.press("less:copies")
    for _press in range(2):
        page.press("more:copies")
    page.go_on()
    page.type("field:copies", "100")
    page.press("more:copies")
    page.go_on()
    given = [event.answers["copies"].value for event in page.events if isinstance(event, Answered)]
    assert given == [3, 99]
