"""Consent: nothing ticked beforehand, nothing goes on without it, and the exact words are kept."""

from dataclasses import replace

from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.consent_texts import privacy_text
from kiosk.visit import ConsentGiven, ConsentKind, Step
from kiosk.visit_events import Consented
from tests.factories import make_field, make_service
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands


def test_without_the_tick_it_does_not_go_on(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CONSENT))
    page.go_on()
    assert page.events == []
    assert [problem.text for problem in page.screen.problems] == [
        "Ông/bà chạm vào ô vuông nếu đồng ý.",
        "Ông/bà chọn tự làm, hay có người giúp.",
    ]
    page.press("agree")
    page.go_on()
    assert page.events == []


def test_the_exact_words_are_consented_to(show_page: ShowPage, walker: Walker, hands: Hands) -> None:
    page = show_page(walker.at(Step.CONSENT))
    page.press("agree")
    page.press("helped")
    page.go_on()
    page.press("alone")
    page.go_on()
    words = privacy_text(page.screen.context.office.name, Route.DESK)
    given = ConsentGiven(ConsentKind.PRIVACY, words, hands.clock.now())
    assert page.events == [Consented(given), Consented(given, alone=True)]
    assert words in page.texts()


def test_who_acts_for_another_finds_the_way_where_there_is_one(show_page: ShowPage, walker: Walker) -> None:
    """The next page has the choice; who comes back from there has not said to be alone."""
    page = show_page(walker.at(Step.CONSENT))
    assert "Có người giúp, hoặc tôi làm thay" in page.texts()
    back = replace(walker.at(Step.HELPER).back(), represents=True)
    page = show_page(back)
    page.go_on()
    assert [event.alone for event in page.events if isinstance(event, Consented)] == [False]
    own_only = replace(walker.service, form=make_service(make_field("own")).form)
    page = show_page(replace(back, service=own_only))
    assert "Có người giúp tôi" in page.texts()
    assert "làm thay" not in page.texts()


def test_who_comes_back_finds_the_tick(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.at(Step.HELPER).back()
    page = show_page(visit)
    page.go_on()
    assert len(page.events) == 1


def test_what_is_only_prepared_is_never_said_to_be_sent_or_kept(show_page: ShowPage, walker: Walker) -> None:
    visit = replace(walker, service=replace(walker.service, route=Route.PREPARE)).at(Step.CONSENT)
    text = show_page(visit).texts()
    assert "chỉ để chuẩn bị và in giấy tờ cho tôi" in text
    assert "Máy không gửi thông tin và giấy tờ của ông/bà đi đâu." in text
    assert "chỉ để nộp" not in text
    assert "Máy giữ hồ sơ" not in text


def test_other_words_are_agreed_to_anew(show_page: ShowPage, walker: Walker) -> None:
    """Who agreed to have papers made, and then goes back and files, finds no tick."""
    visit = walker.at(Step.HELPER).back()
    words = privacy_text("Bộ phận Một cửa khác", Route.PREPARE)
    agreed = tuple(replace(consent, text=words) for consent in visit.consents)
    page = show_page(replace(visit, consents=agreed))
    page.go_on()
    assert page.events == []
