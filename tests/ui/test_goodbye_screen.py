"""Goodbye: only what this visit had in hand is named, a face counts once, and nothing of the dossier is shown."""

from dataclasses import replace

from commands.gallery_visit import Walker
from kiosk.ratings import Rating
from kiosk.visit import Place, Step
from kiosk.visit_events import Left
from tests.ui.conftest import ShowPage
from ui.context import Context


def test_a_face_counts_once_and_the_visit_ends(show_page: ShowPage, walker: Walker, context: Context) -> None:
    rated: list[Rating] = []
    visit = replace(walker.at(Step.REVIEW), place=Place(Step.GOODBYE), trail=())
    page = show_page(visit, own_context=replace(context, rated=rated.append))
    assert "Thẻ căn cước" in page.texts()
    assert "NGUYỄN" not in page.texts()
    face = page.find("rate:poor")
    page.press("rate:poor")
    assert "Cảm ơn" in page.texts()
    face.click()  # type: ignore[attr-defined]
    page.go_on()
    assert (rated, page.events) == ([Rating.POOR], [Left()])
    assert not page.shows("back")


def test_who_showed_no_card_and_no_papers_is_not_told_to_take_them(show_page: ShowPage, walker: Walker) -> None:
    visit = replace(walker, card=False, pages=()).at(Step.REVIEW)
    page = show_page(replace(visit, place=Place(Step.GOODBYE), trail=()))
    assert "Thẻ căn cước" not in page.texts()
    assert "Giấy tờ gốc" not in page.texts()
    assert "Phiếu vừa in" in page.texts()
