"""The band's acts in the window: whose hand typed what is kept, nothing typed is lost, and a shift ends by time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from commands.composition import Shipped
from commands.gallery_visit import BADGED, Walker
from kiosk.form import Source
from kiosk.helper_desk import BadgedHelper, CheckedIn
from kiosk.visit import Step
from tests.sample_table import with_sample_form
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from tests.ui.hand_badges import HandDesk
from tests.ui.window_steps import begin, press, words
from ui.context import Context
from ui.tasks import Lane
from ui.window import KioskWindow


def field(window: KioskWindow) -> QLineEdit:
    [found] = [each for each in window.findChildren(QLineEdit) if each.isVisible()]
    return found


def source(window: KioskWindow, field_id: str) -> Source:
    return window.visit.answers[field_id].source


def test_what_was_typed_before_the_pause_stays_the_helpers(window: KioskWindow, walker: Walker) -> None:
    begin(window, replace(walker, helper=BADGED, card=False).on_page("requester_name"))
    field(window).setText("NGUYỄN VĂN MẪU")
    press(window, "help:pause")
    assert field(window).text() == "NGUYỄN VĂN MẪU"
    press(window, "next")
    assert source(window, "requester_name") is Source.HELPER
    press(window, "back")
    field(window).setText("NGUYỄN VĂN MẬU")
    press(window, "next")
    assert source(window, "requester_name") is Source.CITIZEN
    press(window, "help:resume")
    assert window.visit.helper_acts


@pytest.mark.proof
def test_another_helper_is_asked_for_and_the_page_has_what_was_typed(window: KioskWindow, walker: Walker) -> None:
    begin(window, replace(walker, helper=BADGED, card=False).on_page("requester_name"))
    field(window).setText("NGUYỄN VĂN MẪU")
    press(window, "help:change")
    assert window.visit.place.step is Step.HELPER
    assert not window.frame.footer.back_button.isVisible()
    assert not window.frame.band.isVisible()
    press(window, "helper:none")
    press(window, "next")
    assert window.visit.place.page_id == "requester_name"
    assert field(window).text() == "NGUYỄN VĂN MẪU"
    press(window, "next")
    assert window.visit.answers["requester_name"].helper == BADGED.code


def test_a_private_page_is_covered_until_the_citizen_answers_alone(window: KioskWindow, walker: Walker) -> None:
    badged = replace(BADGED, phones=("0912345678",))
    begin(window, replace(walker, helper=badged).on_page("contact_phone"))
    assert "Mời người hỗ trợ quay đi" in words(window)
    assert not [each for each in window.findChildren(QLineEdit) if each.isVisible()]
    press(window, "answer_alone")
    field(window).setText("0912 345 678")
    press(window, "next")
    assert "Đây là số của người hỗ trợ." in words(window)
    field(window).setText("0987 654 321")
    press(window, "next")
    assert window.visit.answers["contact_phone"].source is Source.CITIZEN
    assert window.visit.helper_acts


def test_a_shift_that_is_over_already_begins_no_help(
    window: KioskWindow, walker: Walker, hands: Hands, qtbot: QtBot
) -> None:
    begin(window, replace(walker, helper=replace(BADGED, until=hands.clock.now())).at(Step.HELPER_CONSENT))
    press(window, "agree")
    press(window, "next")
    qtbot.waitUntil(lambda: not window.visit.helper_agreed)
    assert window.visit.place.step is Step.CARD


def test_a_shift_that_ends_leaves_the_page_and_what_is_typed_on_it(
    window: KioskWindow, walker: Walker, hands: Hands, qtbot: QtBot
) -> None:
    badged = replace(BADGED, until=hands.clock.now() + timedelta(hours=1))
    begin(window, replace(walker, helper=badged, card=False).on_page("requester_name"))
    field(window).setText("NGUYỄN VĂN MẪU")
    window._helping.look_at_the_clock()
    assert window.visit.helper_acts
    hands.clock.advance(3600)
    window._helping.look_at_the_clock()
    settle()
    assert not window.frame.band.isVisible()
    assert field(window).text() == "NGUYỄN VĂN MẪU"
    assert "Hết giờ trực của người hỗ trợ" in words(window)
    press(window, "next")
    answer = window.visit.answers["requester_name"]
    assert (answer.source, answer.helper) == (Source.HELPER, BADGED.code)


def test_a_badge_that_is_taken_away_ends_the_help_under_way(
    qapp: QApplication, context: Context, walker: Walker, qtbot: QtBot
) -> None:
    until = context.equipment.clock.now() + timedelta(hours=1)
    desk = HandDesk(duty=(CheckedIn(BadgedHelper(BADGED.code, BADGED.name, BADGED.unit), until),))
    window = KioskWindow(qapp, replace(context, helper_desk=desk))
    window.show()
    begin(window, replace(walker, helper=replace(BADGED, until=until), card=False).on_page("requester_name"))
    field(window).setText("NGUYỄN VĂN MẪU")
    asked: list[None] = []
    window._helping.look_at_the_badge()
    context.tasks.run(Lane.STORE, lambda: None, owner=window, done=asked.append)
    qtbot.waitUntil(lambda: asked == [None])
    assert window.visit.helper_acts
    desk.check_out(BADGED.code, until)
    window._helping.look_at_the_badge()
    qtbot.waitUntil(lambda: not window.visit.helper_agreed)
    assert window.visit.answers["requester_name"].helper == BADGED.code
    window.close()
    window.deleteLater()
    settle()


@pytest.mark.proof
def test_what_the_citizen_typed_alone_on_a_private_page_is_there_when_help_goes_on(
    window: KioskWindow, walker: Walker
) -> None:
    begin(window, replace(walker, helper=BADGED).on_page("contact_phone"))
    press(window, "help:pause")
    field(window).setText("0987 654 321")
    press(window, "help:resume")
    assert "Mời người hỗ trợ quay đi" in words(window)
    answer = window.visit.answers["contact_phone"]
    assert (answer.value, answer.source) == ("0987654321", Source.CITIZEN)


def test_a_tick_of_the_helper_stays_the_helpers_and_is_there_after_a_change(
    window: KioskWindow, walker: Walker
) -> None:
    own = replace(walker, helper=BADGED, card=False)
    begin(window, own.on_page("document_name"))
    press(window, "unknown:document_name")
    press(window, "help:pause")
    press(window, "next")
    assert (window.visit.answers["document_name"].unknown, source(window, "document_name")) == (True, Source.HELPER)
    window._leave()
    begin(window, own.on_page("document_name"))
    press(window, "unknown:document_name")
    press(window, "help:change")
    press(window, "helper:none")
    press(window, "next")
    assert window.visit.place.page_id == "document_name"
    [tick] = [each for each in window.findChildren(QAbstractButton, "unknown:document_name") if each.isVisible()]
    assert tick.isChecked()


ROW = {"start:month": "09", "start:year": "2006", "end:month": "02", "end:year": "2012", "place": "XÃ MẪU"}


def fill_row(window: KioskWindow, **cells: str) -> None:
    for name, text in cells.items():
        [cell] = [each for each in window.findChildren(QLineEdit, f"field:residences:{name}") if each.isVisible()]
        cell.setText(text)
        cell.textEdited.emit(text)


def test_a_row_that_the_helper_has_begun_is_the_helpers_and_is_not_lost(window: KioskWindow, shipped: Shipped) -> None:
    service = with_sample_form(shipped.catalog.service("2.000635"))
    visit = replace(Walker(service, shipped.areas, card=False), helper=BADGED).on_page("residences")
    begin(window, visit)
    press(window, "add:residences")
    fill_row(window, **ROW)
    press(window, "help:pause")
    press(window, "next")
    answer = window.visit.answers["residences"]
    assert (answer.source, answer.helper) == (Source.HELPER, BADGED.code)
    press(window, "help:resume")
    press(window, "add:residences")
    fill_row(window, **{"start:year": "2013"})
    press(window, "help:change")
    assert "Có dòng chưa điền xong. Ông/bà bấm lần nữa" in words(window)
    press(window, "help:change")
    assert window.visit.place.step is Step.HELPER
    window._leave()
    begin(window, visit)
    press(window, "add:residences")
    fill_row(window, **ROW)
    press(window, "help:change")
    assert (window.visit.place.step, window.visit.answers["residences"].helper) == (Step.HELPER, BADGED.code)
