"""Services by what people call them, by what has happened, by field; a legal code is nowhere to be seen."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.gallery_visit import Walker
from kiosk.catalog import LifeEvent
from kiosk.visit import Step
from kiosk.visit_events import ServiceChosen
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from ui.context import Context
from ui.search_list import SearchList
from ui.text_field import TextField

BIRTH, LINKED, EXTRACT = "1.001193", "3.000722", "2.000635"


def listed(page: Page) -> tuple[str, ...]:
    """The keys of all rows, those on further pages too."""
    (found,) = page.frame.findChildren(SearchList)
    return found.keys()


def typed(page: Page, text: str) -> tuple[str, ...]:
    (found,) = page.frame.findChildren(SearchList)
    field = found.field
    assert isinstance(field, TextField)
    field.setText(text)
    return found.keys()


def test_a_row_chooses_the_service_by_its_route_day_and_province(
    show_page: ShowPage, walker: Walker, context: Context
) -> None:
    office = context.office.model_copy(update={"province": "01"})
    here = replace(context, often_used=lambda: (EXTRACT,), office=office)
    page = show_page(walker.at(Step.CHOOSE), own_context=here)
    page.press(f"service:{EXTRACT}")
    service = context.catalog.service(EXTRACT)
    [chosen] = page.events
    assert isinstance(chosen, ServiceChosen)
    name, said = service.everyday_names[0], {"event": "0"}
    assert {key: answer.value for key, answer in chosen.said.items()} == said
    expected = ServiceChosen(service, service.route, date(2026, 11, 16), "01", date(2026, 11, 13), name, chosen.said)
    assert chosen == expected


def test_one_service_that_is_several_things_to_people_has_a_row_for_each(show_page: ShowPage, walker: Walker) -> None:
    """Its official name says none of them, and under an event of life it is what it is then."""
    page = show_page(walker.at(Step.CHOOSE))
    rows = [key for key in listed(page) if key.startswith(EXTRACT)]
    assert rows == [
        EXTRACT,
        *(f"{EXTRACT}=Xin bản sao giấy {name}" for name in ("kết hôn", "chứng tử", "tờ hộ tịch")),
    ]
    page.press("group:bereavement")
    assert [key for key in listed(page) if key.startswith(EXTRACT)] == [EXTRACT]
    page.press(f"service:{EXTRACT}")
    page.press("group:bereavement")
    assert typed(page, EXTRACT) == (EXTRACT,)
    page.press(f"service:{EXTRACT}")
    first, second = page.events
    assert isinstance(first, ServiceChosen)
    assert isinstance(second, ServiceChosen)
    assert (first.called, {key: answer.value for key, answer in first.said.items()}) == (
        "Xin bản sao giấy chứng tử",
        {"event": "2"},
    )
    assert (second.called, dict(second.said)) == ("Xin bản sao giấy tờ hộ tịch", {})


def test_what_this_desk_does_most_comes_first_and_then_what_most_people_want(
    show_page: ShowPage, walker: Walker, context: Context
) -> None:
    """Before birth and death stand the linked services that do their work and more."""
    first = [
        code
        for code in listed(show_page(walker.at(Step.CHOOSE)))
        if "=" not in code and code not in ("3.000722", "2.002913")
    ]
    assert tuple(first[: len(context.catalog.first)]) == context.catalog.first
    here = replace(context, often_used=lambda: ("1.013859",))
    assert listed(show_page(walker.at(Step.CHOOSE), own_context=here))[0] == "1.013859"


def test_rows_speak_as_people_do(show_page: ShowPage, walker: Walker, context: Context) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    texts = [row.text() for row in page.buttons("service:")]
    assert context.catalog.service(listed(page)[0]).everyday_names[0] in texts
    assert not any(code in text for text in texts for code in listed(page))
    assert not page.shows("next")


@pytest.mark.parametrize("text", ["giay khai sinh", "giaays khai sinh", "GIẤY KHAI SINH"])
def test_typing_finds_without_accents_and_by_raw_keys(show_page: ShowPage, walker: Walker, text: str) -> None:
    found = typed(show_page(walker.at(Step.CHOOSE)), text)
    assert {BIRTH, EXTRACT} <= set(found)


def test_a_life_event_shows_its_services_the_linked_one_first(
    show_page: ShowPage, walker: Walker, context: Context
) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    page.press("group:birth")
    found = listed(page)
    assert set(found) == {each.code for each in context.catalog.services if LifeEvent.BIRTH in each.life_events}
    assert found.index(LINKED) == found.index(BIRTH) - 1


def test_back_leads_from_a_field_to_the_fields_and_to_all(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    everything = listed(page)
    page.press("group:fields")
    fields = listed(page)
    assert fields[0] == "field:G15-TP07"  # civil status has most
    assert "field:chung_thuc" in fields
    page.press(f"service:{fields[0]}")
    assert 0 < len(listed(page)) < len(everything)
    assert page.screen.step_back()
    assert listed(page) == fields
    assert page.screen.step_back()
    assert listed(page) == everything
    assert not page.screen.step_back()


def test_typing_leaves_a_group(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.CHOOSE))
    page.press("group:house")
    assert BIRTH in typed(page, "khai sinh")
    assert not page.screen.step_back()


def test_a_service_is_offered_on_its_days_only(
    show_page: ShowPage, walker: Walker, hands: Hands, context: Context
) -> None:
    """In Việt Nam the last day ends at 17:00 UTC."""
    only = replace(context, catalog=replace(context.catalog, services=(context.catalog.service(EXTRACT),)))
    hands.clock.instant = datetime(2027, 2, 28, 16, 59, tzinfo=UTC)
    assert listed(show_page(walker.at(Step.CHOOSE), own_context=only))[0] == EXTRACT
    hands.clock.instant = datetime(2027, 2, 28, 17, 0, tzinfo=UTC)
    page = show_page(walker.at(Step.CHOOSE), own_context=only)
    assert not page.buttons("service:")
    assert "Thủ tục này tạm ngừng tại máy, mời ông/bà hỏi quầy." in page.texts()
