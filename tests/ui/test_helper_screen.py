"""Who helps: asked before the helper touches anything, named, and agreed to by the citizen."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commands.gallery_visit import HELPER, Walker
from kiosk.catalog import Route
from kiosk.visit import HelperKind, Step
from kiosk.visit_events import HelperAgreed, HelperChosen, HelperNamed
from tests.ui.conftest import ShowPage
from tests.ui.hand_badges import HandDesk
from ui.choice_rows import TickRow
from ui.context import Context


@pytest.mark.parametrize("kind", HelperKind)
def test_each_role_can_be_chosen(show_page: ShowPage, walker: Walker, kind: HelperKind) -> None:
    page = show_page(walker.at(Step.HELPER))
    page.go_on()
    assert page.events == []
    page.press(f"helper:{kind.value}")
    page.go_on()
    assert page.events == [HelperChosen(kind)]


def test_who_files_for_another_is_no_helper_and_has_none(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.HELPER))
    page.press("helper:represents")
    page.go_on()
    assert page.events == [HelperChosen(HelperKind.NONE, represents=True)]
    for_oneself = replace(walker.service, form=replace(walker.service.form, pages=walker.service.form.pages[1:]))
    assert not show_page(replace(walker, service=for_oneself).at(Step.HELPER)).shows("helper:represents")


@pytest.mark.parametrize("badges", [True, False])
def test_whether_helpers_have_badges_here_is_asked_before_one_is_wanted(
    show_page: ShowPage, walker: Walker, context: Context, badges: bool, qtbot: QtBot
) -> None:
    desk = HandDesk(badges=badges)
    page = show_page(walker.at(Step.HELPER), own_context=replace(context, helper_desk=desk))
    page.press("helper:relative")
    page.go_on()
    page.press("helper:volunteer")
    page.go_on()
    wanted = [HelperChosen(HelperKind.RELATIVE), HelperChosen(HelperKind.VOLUNTEER, badge=badges)]
    qtbot.waitUntil(lambda: page.events == wanted)


def test_a_helper_without_a_badge_has_a_name_that_nobody_has_checked(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.HELPER_NAME))
    page.go_on()
    assert [problem.text for problem in page.screen.problems] == [
        "Nhập họ và tên người giúp.",
        "Nhập đơn vị của người giúp.",
    ]
    assert "chưa xác minh" in page.texts()
    page.type("field:helper_name", "Trần Thị Mẫu")
    page.type("field:helper_unit", "Đoàn xã Mẫu")
    page.go_on()
    assert page.events == [HelperNamed(HELPER)]


def test_the_citizen_agrees_to_this_helper_by_name_or_goes_on_alone(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.HELPER_CONSENT))
    page.go_on()
    assert [problem.text for problem in page.screen.problems] == ["Ông/bà chạm vào ô vuông nếu đồng ý."]
    page.press("agree")
    page.go_on()
    [agreed] = page.events
    assert isinstance(agreed, HelperAgreed)
    assert "Trần Thị Mẫu – Đoàn xã Mẫu" in agreed.consent.text
    assert agreed.consent.text in page.texts()
    page.press("alone")
    assert page.events[-1] == HelperChosen(HelperKind.NONE)


def test_the_whole_page_is_seen_before_the_keyboard_opens(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.HELPER_NAME))
    assert not page.frame.keyboard.isVisible()
    page.find("field:helper_name").setFocus()
    assert QApplication.focusWidget() is page.find("field:helper_name")
    assert page.frame.keyboard.isVisible()


def test_where_nothing_is_filed_nobody_is_said_to_file(show_page: ShowPage, walker: Walker) -> None:
    prepares = replace(walker, service=replace(walker.service, route=Route.PREPARE), helper=HELPER)
    for step in (Step.HELPER, Step.HELPER_NAME, Step.HELPER_CONSENT):
        screen = show_page(prepares.at(step)).screen
        told = [screen.hint, *(tick.accessibleName() for tick in screen.findChildren(TickRow))]
        assert "nộp" not in " ".join(told).lower()
