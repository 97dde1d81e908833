"""Stopping and leaving: an answer that comes late reaches nobody else, and what nobody could open is not promised."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.errors import StoreProblem
from kiosk.visit import Place, Step, Visit
from kiosk.visit_events import Left, WentBack
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from tests.ui.hand_drafts import CODE, HandDrafts, HandPins
from tests.ui.window_steps import begin, press, words
from ui.cover import Cover
from ui.draft_desk import DraftDesk
from ui.draft_keeping import DraftKeeping
from ui.idle import IdleWatch
from ui.panels import ExitPanel
from ui.stop_panel import StopPanel
from ui.stopped_screen import StoppedScreen
from ui.tasks import Lane
from ui.window import KioskWindow


@pytest.fixture
def stopping(window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot) -> KioskWindow:
    """Somebody has pressed "Lưu và dừng" before they filed, and the store has not answered yet."""
    begin(window, walker.at(Step.FILE))
    qtbot.waitUntil(lambda: bool(drafts.kept))
    drafts.gate.clear()
    press(window, "header_log-out")
    press(window, "save_and_stop")
    return window


def let_the_store_answer(window: KioskWindow, drafts: HandDrafts, keeping: DraftKeeping, qtbot: QtBot) -> None:
    """All that was asked of it so far, with what follows from that."""
    answered: list[None] = []
    drafts.gate.set()
    for _round in range(2):
        window._context.tasks.run(Lane.DRAFTS, lambda: None, owner=keeping, done=answered.append)
        qtbot.waitUntil(lambda wanted=_round + 1: len(answered) == wanted)  # type: ignore[misc]
    settle()


def walk_away(window: KioskWindow) -> str:
    """Until the visit has ended; what the cover said."""
    window.findChildren(IdleWatch)[0].idle.emit()
    [cover] = window.findChildren(Cover)
    said = words(window)
    cover.ended.emit()
    settle()
    return said


def test_back_on_the_first_page_the_visit_is_over_and_its_draft_stays(
    window: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    told: list[Visit] = []
    window.visit_changed.connect(told.append)
    begin(window, walker.at(Step.CONFIRM))
    qtbot.waitUntil(lambda: bool(drafts.kept))
    [(ref, packed)] = drafts.kept.items()
    while window.visit.place.step is not Step.HOME:
        window._happen(WentBack())
        settle()
    assert window.visit == Visit()
    assert told[-1] == Visit()
    begin(window, walker.at(Step.FORM))
    let_the_store_answer(window, drafts, keeping, qtbot)
    assert keeping.ref != ref
    assert drafts.kept[ref].card_number == packed.card_number
    assert len(drafts.kept) == 2


@pytest.mark.proof
def test_while_it_stops_nothing_is_filed_and_nobody_leaves(
    stopping: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, hands: Hands, qtbot: QtBot
) -> None:
    press(stopping, "accept")
    press(stopping, "next")
    press(stopping, "header_log-out")
    assert not stopping.findChildren(StopPanel)
    let_the_store_answer(stopping, drafts, keeping, qtbot)
    assert isinstance(stopping.frame.shown, StoppedScreen)
    assert hands.office.tried == []
    assert stopping.visit == Visit()


@pytest.mark.proof
def test_a_stop_that_fails_gives_the_page_back(
    stopping: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, hands: Hands, qtbot: QtBot
) -> None:
    drafts.fails = StoreProblem("?")
    let_the_store_answer(stopping, drafts, keeping, qtbot)
    assert "chưa dừng" in words(stopping)
    press(stopping, "accept")
    press(stopping, "next")
    qtbot.waitUntil(lambda: len(hands.office.sealed) == 1)


@pytest.mark.proof
@pytest.mark.parametrize("fails", [None, StoreProblem("?")], ids=["kept", "not kept"])
def test_an_answer_to_a_visit_that_is_over_reaches_nobody(
    stopping: KioskWindow,
    keeping: DraftKeeping,
    drafts: HandDrafts,
    hands: Hands,
    qtbot: QtBot,
    fails: StoreProblem | None,
) -> None:
    drafts.fails = fails
    visit = stopping.visit.back()
    said: list[str] = []
    stopping.findChildren(DraftDesk)[0].said.connect(said.append)
    stopping._happen(Left())
    begin(stopping, visit)
    let_the_store_answer(stopping, drafts, keeping, qtbot)
    assert stopping.visit == visit
    assert not isinstance(stopping.frame.shown, StoppedScreen)
    assert hands.printer.drafts == []
    assert [text for text in said if "chưa dừng" in text] == []
    press(stopping, "header_log-out")
    drafts.fails = None
    press(stopping, "save_and_stop")  # and it is their own stop that counts
    qtbot.waitUntil(lambda: isinstance(stopping.frame.shown, StoppedScreen))


def test_of_a_stop_that_was_wiped_no_code_is_shown_and_nothing_is_kept(
    stopping: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, hands: Hands, qtbot: QtBot
) -> None:
    stopping.frame.panels.exit_confirmed.emit()
    let_the_store_answer(stopping, drafts, keeping, qtbot)
    assert CODE not in words(stopping).replace("-", "")
    assert not isinstance(stopping.frame.shown, StoppedScreen)
    assert (drafts.kept, hands.printer.drafts) == ({}, [])


@pytest.mark.proof
def test_what_is_filed_is_not_stopped_any_more(
    stopping: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, qtbot: QtBot
) -> None:
    keeping.look(stopping.visit.at(Place(Step.SENDING)))
    let_the_store_answer(stopping, drafts, keeping, qtbot)
    assert stopping.visit != Visit()
    assert not isinstance(stopping.frame.shown, StoppedScreen)


def test_where_nobody_has_a_pin_who_walks_away_is_promised_nothing_and_nothing_stays(
    pins: HandPins, window: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    pins.some = False
    keeping.sweep()
    begin(window, walker.at(Step.REVIEW))
    let_the_store_answer(window, drafts, keeping, qtbot)
    said = walk_away(window)
    assert "nhờ cán bộ" not in said
    assert "xóa phần đang làm" in said
    let_the_store_answer(window, drafts, keeping, qtbot)
    assert drafts.kept == {}


@pytest.mark.proof
def test_who_has_card_and_code_already_needs_no_staff(
    pins: HandPins, window: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    pins.some = False
    begin(window, walker.at(Step.REVIEW))
    let_the_store_answer(window, drafts, keeping, qtbot)
    press(window, "header_log-out")
    press(window, "save_and_stop")
    qtbot.waitUntil(lambda: isinstance(window.frame.shown, StoppedScreen))
    press(window, "next")
    let_the_store_answer(window, drafts, keeping, qtbot)
    [ref] = drafts.kept
    keeping.adopt(ref, by_code=True)
    begin(window, walker.at(Step.REVIEW))
    said = walk_away(window)
    assert "24 giờ" in said
    assert "thẻ và mã đã có" in said
    let_the_store_answer(window, drafts, keeping, qtbot)
    assert ref in drafts.kept


def test_without_card_and_staff_there_is_nothing_to_save(
    pins: HandPins, window: KioskWindow, keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot
) -> None:
    pins.some = False
    keeping.sweep()
    let_the_store_answer(window, drafts, keeping, qtbot)
    begin(window, replace(walker, card=False).at(Step.REVIEW))
    press(window, "header_log-out")
    assert window.findChildren(ExitPanel)
