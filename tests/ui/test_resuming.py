"""The way back to a saved visit: what was begun without a card is within reach of the staff, whatever was shown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.draft import Reopened, pack
from kiosk.drafts import CodeAnswer, CodesPaused, KeptDraft, NoSuchDraft, StaffNeeded
from kiosk.visit import Step, Visit
from kiosk.visit_events import CardLeftOut, CardShown
from tests.ui.hand_drafts import AT, CODE, HandDrafts
from ui.context import Context
from ui.draft_keeping import DraftKeeping
from ui.resume_pages import (
    ResumeCardScreen,
    ResumeChangesPage,
    ResumeCodePage,
    ResumeListPage,
    ResumeStaffPage,
    ResumeWithoutCardPage,
    WithoutCard,
)
from ui.resuming import Resuming
from ui.screen import Screen

WITH_CARD, WITHOUT = UUID(int=1), UUID(int=2)
PIN = "482915"


class Attempt:
    """One way back, page after page, in the hands of the test."""

    def __init__(self, resuming: Resuming, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.pages: list[Screen] = []
        self.opened: list[UUID] = []
        resuming.shows.connect(self.pages.append)
        resuming.opened.connect(lambda ref, _reopened: self.opened.append(ref))
        resuming.begin()

    def on(self, kind: type[Screen]) -> Screen:
        self._qtbot.waitUntil(lambda: isinstance(self.pages[-1], kind))
        return self.pages[-1]

    def give(self, kind: type[Screen], value: object) -> None:
        self.on(kind).given.emit(value)  # type: ignore[attr-defined]  # a ResumePage

    def has_opened(self, ref: UUID) -> None:
        self._qtbot.waitUntil(lambda: self.opened == [ref])


Begin = Callable[..., Attempt]
"""(with_card: bool) -> an attempt on whose first page that card was shown, or that none can be."""


@pytest.fixture
def begin(context: Context, keeping: DraftKeeping, drafts: HandDrafts, walker: Walker, qtbot: QtBot) -> Iterator[Begin]:
    """There are a draft with a card and one without; begins with that card, or with none."""
    card = walker.at(Step.REVIEW)
    drafts.kept = {
        WITH_CARD: pack(card, AT),
        WITHOUT: pack(replace(walker, card=False).at(Step.REVIEW), AT),
    }
    made: list[Attempt] = []

    def start(*, with_card: bool) -> Attempt:
        attempt = Attempt(Resuming(context, keeping, keeping), qtbot)
        made.append(attempt)
        assert card.card is not None
        event = CardShown(card.card) if with_card else CardLeftOut()
        attempt.on(ResumeCardScreen).happened.emit(event)  # type: ignore[attr-defined]  # a VisitScreen
        return attempt

    yield start
    for attempt in made:
        for page in attempt.pages:
            page.leave()
            page.deleteLater()


def kept(ref: UUID) -> KeptDraft:
    return KeptDraft(ref, "2.000635", AT)


def listed(attempt: Attempt) -> set[str]:
    page = attempt.on(ResumeListPage)
    return {each.objectName() for each in page.findChildren(QWidget) if each.objectName().startswith("draft:")}


def test_the_staff_see_what_was_begun_without_a_card_too(begin: Begin) -> None:
    attempt = begin(with_card=True)
    attempt.on(ResumeCodePage).staff_wanted.emit()  # type: ignore[attr-defined]
    attempt.give(ResumeStaffPage, PIN)
    assert listed(attempt) == {f"draft:{WITH_CARD}", f"draft:{WITHOUT}"}
    attempt.give(ResumeListPage, kept(WITHOUT))
    attempt.has_opened(WITHOUT)


def test_a_card_with_the_code_of_a_draft_without_one_is_for_the_staff_to_confirm(
    begin: Begin, drafts: HandDrafts
) -> None:
    drafts.answer = StaffNeeded(kept(WITHOUT))
    attempt = begin(with_card=True)
    attempt.give(ResumeCodePage, CODE)
    attempt.on(ResumeStaffPage)
    assert attempt.opened == []
    attempt.give(ResumeStaffPage, PIN)
    attempt.has_opened(WITHOUT)
    assert drafts.said.count("by_code") == 1


@pytest.mark.parametrize("answer", [CodesPaused(timedelta(minutes=5)), NoSuchDraft(0)], ids=["paused", "wrong"])
def test_a_code_that_is_not_looked_at_does_not_hold_up_the_staff(
    begin: Begin, drafts: HandDrafts, answer: CodeAnswer
) -> None:
    drafts.answer = answer
    attempt = begin(with_card=False)
    attempt.give(ResumeWithoutCardPage, WithoutCard("", CODE))
    attempt.give(ResumeStaffPage, PIN)
    assert listed(attempt) == {f"draft:{WITHOUT}"}


def test_the_staff_need_not_choose_where_the_code_fits(begin: Begin, drafts: HandDrafts) -> None:
    for answer in (kept(WITHOUT), StaffNeeded(kept(WITHOUT))):
        drafts.answer = answer
        attempt = begin(with_card=False)
        attempt.give(ResumeWithoutCardPage, WithoutCard("", CODE))
        attempt.give(ResumeStaffPage, PIN)
        attempt.has_opened(WITHOUT)


def test_a_service_that_is_gone_is_not_said_to_be_gone_on_with(context: Context) -> None:
    gone, changed = (
        ResumeChangesPage(context.theme, Reopened(Visit(), AT, left_out=1, gone=gone)) for gone in (True, False)
    )
    assert (gone.heading, gone.next_label) == ("Chưa làm tiếp được hồ sơ này", "Chọn thủ tục khác")
    assert (changed.heading, changed.next_label) == ("Đã mở lại hồ sơ", "Làm tiếp")
    gone.deleteLater()
    changed.deleteLater()
