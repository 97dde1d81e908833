"""Consent: nothing ticked beforehand, nothing goes on without it, and the exact words are kept."""

from commands.gallery_visit import Walker
from kiosk.consent_texts import privacy_text
from kiosk.visit import Consented, ConsentGiven, ConsentKind, Step
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands


def test_without_the_tick_it_does_not_go_on(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CONSENT))
    page.go_on()
    assert page.events == []
    assert page.screen.problem == "Ông/bà chạm vào ô vuông nếu đồng ý."


def test_the_exact_words_are_consented_to(show_page: ShowPage, walker: Walker, hands: Hands) -> None:
    page = show_page(walker.at(Step.CONSENT))
    page.press("agree")
    page.go_on()
    words = privacy_text(page.screen.context.office.name)
    assert page.events == [Consented(ConsentGiven(ConsentKind.PRIVACY, words, hands.clock.now()))]
    assert words in page.texts()


def test_who_comes_back_finds_the_tick(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.at(Step.HELPER).back()
    page = show_page(visit)
    page.go_on()
    assert len(page.events) == 1
