"""The visit is kept while it lasts, the latest for all; a store that cannot keep it stands in nobody's way."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.draft import unpack
from kiosk.errors import DiskFull
from kiosk.visit import Place, Step, Visit
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from tests.ui.hand_drafts import HandDrafts
from tests.ui.window_steps import begin, press, words
from ui.context import Context
from ui.cover import Cover
from ui.draft_keeping import DraftKeeping
from ui.idle import IdleWatch
from ui.panels import ExitPanel
from ui.stopped_screen import StoppedScreen
from ui.window import KioskWindow


@pytest.mark.proof
def test_many_changes_are_kept_as_the_latest(
    keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot, context: Context
) -> None:
    drafts.gate.clear()
    first, *others, last = [walker.at(step) for step in (Step.CONFIRM, Step.FORM, Step.PARTS, Step.REVIEW)]
    keeping.look(first)
    for visit in (*others, last):
        keeping.look(visit)
    drafts.gate.set()
    qtbot.waitUntil(lambda: len(drafts.kept) == 1 and drafts.said.count("keep") >= 1)
    keeping.discard()
    qtbot.waitUntil(lambda: "discard" in drafts.said)
    assert drafts.said.count("keep") <= 2  # the one under way, and the latest of all
    assert drafts.kept == {}


def test_what_is_kept_is_the_visit_on_the_screen(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot, context: Context
) -> None:
    visit = walker.at(Step.REVIEW)
    begin(window, visit)
    qtbot.waitUntil(lambda: bool(drafts.kept))
    [packed] = drafts.kept.values()
    reopened = unpack(packed, context.catalog, context.equipment.clock.now().date())
    assert (reopened.visit.answers, reopened.left_out) == (visit.answers, 0)


def test_a_full_disk_is_said_calmly_and_the_visit_goes_on(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    drafts.fails = DiskFull("full")
    begin(window, walker.at(Step.REVIEW))
    qtbot.waitUntil(lambda: "chưa lưu tạm được" in words(window))
    press(window, "header_log-out")
    press(window, "save_and_stop")
    qtbot.waitUntil(lambda: "chưa dừng" in words(window))
    assert window.visit.place.step is Step.REVIEW
    drafts.fails = None
    press(window, "back")
    qtbot.waitUntil(lambda: "chưa" not in window.frame.footer.findChildren(QLabel)[0].text())
    assert drafts.kept


def test_save_and_stop_shows_the_code_and_wipes_the_visit(
    window: KioskWindow, drafts: HandDrafts, hands: Hands, walker: Walker, qtbot: QtBot
) -> None:
    begin(window, walker.at(Step.REVIEW))
    press(window, "header_log-out")
    press(window, "save_and_stop")
    qtbot.waitUntil(lambda: isinstance(window.frame.shown, StoppedScreen))
    qtbot.waitUntil(lambda: "Đã in phiếu" in words(window))
    assert window.visit == Visit()
    assert "NGUYỄN VĂN MẪU" not in words(window)
    [slip] = hands.printer.drafts
    assert slip.code == "7K3M-9PQ4"
    press(window, "next")
    assert window.visit.place == Place(Step.HOME)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QWidget, "resume")))
    assert drafts.said.count("discard") == 0


def test_who_leaves_for_good_leaves_no_draft(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    begin(window, walker.at(Step.REVIEW))
    qtbot.waitUntil(lambda: bool(drafts.kept))
    press(window, "header_log-out")
    press(window, "leave_and_wipe")
    qtbot.waitUntil(lambda: not drafts.kept)
    assert window.visit == Visit()
    settle()
    assert not any(each.isVisible() for each in window.findChildren(QWidget, "resume"))


@pytest.mark.proof
@pytest.mark.parametrize("stays", [True, False], ids=["silence", "Dừng và xóa"])
def test_silence_keeps_the_draft_and_the_button_does_not(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot, *, stays: bool
) -> None:
    begin(window, walker.at(Step.REVIEW))
    window.findChildren(IdleWatch)[0].idle.emit()
    [cover] = window.findChildren(Cover)
    assert "giữ kín phần đang làm trong 24 giờ" in words(window)
    (cover.ended if stays else cover.wiped).emit()  # the button itself is deaf in the first second
    assert window.visit == Visit()
    qtbot.waitUntil(lambda: bool(drafts.kept) is stays and (stays or "discard" in drafts.said))


@pytest.mark.proof
def test_before_anything_is_given_there_is_nothing_to_save(window: KioskWindow, walker: Walker) -> None:
    begin(window, walker.at(Step.CONSENT))
    press(window, "header_log-out")
    assert window.frame.findChildren(ExitPanel)


@pytest.mark.proof
def test_after_a_fault_the_citizen_is_told_that_the_visit_can_be_gone_on_with(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    begin(window, walker.at(Step.REVIEW))
    qtbot.waitUntil(lambda: bool(drafts.kept))
    window.trouble()
    assert "Phần đang làm vẫn còn" in words(window)
    assert drafts.kept


@pytest.mark.proof
def test_of_what_is_only_prepared_nothing_stays(
    keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    visit = replace(walker.at(Step.REVIEW), route=Route.PREPARE)
    keeping.look(visit)
    qtbot.waitUntil(lambda: bool(drafts.kept))
    keeping.look(replace(visit, place=Place(Step.DONE)))
    qtbot.waitUntil(lambda: not drafts.kept)


def test_the_dossier_has_the_drafts_reference(keeping: DraftKeeping, drafts: HandDrafts, walker: Walker) -> None:
    keeping.look(walker.at(Step.REVIEW))
    ref = keeping.ref
    keeping.look(replace(walker.at(Step.REVIEW), place=Place(Step.SENDING)))
    assert keeping.ref != ref  # the next dossier of this person is another one
