"""Who helps: asked before the helper touches anything, named, and agreed to by the citizen."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from commands.gallery_visit import HELPER, Walker
from kiosk.catalog import Route
from kiosk.visit import Helper, HelperKind, Step
from kiosk.visit_events import HelperChosen, HelperNamed
from tests.ui.conftest import ShowPage
from ui.choice_rows import TickRow


@pytest.mark.parametrize("kind", HelperKind)
def test_each_role_can_be_chosen(show_page: ShowPage, walker: Walker, kind: HelperKind) -> None:
    page = show_page(walker.at(Step.HELPER))
    page.go_on()
    assert page.events == []
    page.press(f"helper:{kind.value}")
    page.go_on()
    assert page.events == [HelperChosen(kind)]


def test_a_helper_has_a_name_a_unit_and_the_citizens_consent(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.HELPER_NAME))
    page.go_on()
    assert [problem.text for problem in page.screen.problems] == [
        "Nhập họ và tên người giúp.",
        "Nhập đơn vị, hoặc quan hệ với ông/bà, ví dụ: con gái.",
        "Ông/bà chạm vào ô vuông nếu đồng ý.",
    ]
    page.type("field:helper_name", "Trần Thị Mẫu")
    page.type("field:helper_unit", "con gái")
    page.go_on()
    assert [problem.text for problem in page.screen.problems] == ["Ông/bà chạm vào ô vuông nếu đồng ý."]
    page.press("agree")
    page.go_on()
    [named] = page.events
    assert isinstance(named, HelperNamed)
    assert named.helper == Helper(HelperKind.VOLUNTEER, "Trần Thị Mẫu", "con gái")
    assert named.consent.text in page.texts()


def test_the_whole_page_is_seen_before_the_keyboard_opens(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.HELPER_NAME))
    assert not page.frame.keyboard.isVisible()
    page.find("field:helper_name").setFocus()
    assert QApplication.focusWidget() is page.find("field:helper_name")
    assert page.frame.keyboard.isVisible()


def test_where_nothing_is_filed_nobody_is_said_to_file(show_page: ShowPage, walker: Walker) -> None:
    prepares = replace(walker, service=replace(walker.service, route=Route.PREPARE), helper=HELPER)
    for step in (Step.HELPER, Step.HELPER_NAME):
        screen = show_page(prepares.at(step)).screen
        told = [screen.hint, *(tick.accessibleName() for tick in screen.findChildren(TickRow))]
        assert "nộp" not in " ".join(told).lower()
