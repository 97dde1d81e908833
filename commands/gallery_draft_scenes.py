"""The gallery's scenes of visits that are saved and gone on with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLineEdit

from commands.gallery_captures import StillCamera, demo_card
from commands.gallery_stage import OFFICE, Stage
from commands.gallery_stand_ins import NOW, ImmediateTasks, NoDrafts, NoPins, SilentPrinter, StillClock
from kiosk.draft import Reopened
from kiosk.drafts import CodesPaused, KeptDraft, NoSuchDraft
from kiosk.ports import DeviceReason
from kiosk.staff import WrongPin
from kiosk.visit import Step, Visit
from ui.context import Context
from ui.cover import AtTheEnd, Cover
from ui.draft_keeping import DraftKeeping
from ui.navigator import header_texts, make_screen
from ui.pin_pad import refusal_words
from ui.resume_page import ResumePage
from ui.resume_pages import (
    NoStaffPage,
    ResumeCardScreen,
    ResumeChangesPage,
    ResumeCodePage,
    ResumeListPage,
    ResumeStaffPage,
    ResumeWithoutCardPage,
)
from ui.resuming import code_refused, resumed_words
from ui.screen import Screen
from ui.stopped_screen import StoppedScreen
from ui.tasks import Lane
from ui.trouble_screen import TroubleScreen

Scene = Callable[[Stage], None]

CODE = "7K3M9PQ4"
KEPT_H = NoDrafts.kept_h
UNTIL = NOW + timedelta(hours=KEPT_H)
SOME = (
    KeptDraft(UUID(int=1), "2.000635", NOW - timedelta(minutes=8)),
    KeptDraft(UUID(int=2), "1.004884", NOW - timedelta(hours=3)),
    KeptDraft(UUID(int=3), "gone", NOW - timedelta(hours=20)),
)


def _apart(stage: Stage, screen: Screen) -> None:
    """A page that is no step of a visit."""
    stage.frame.set_header(*header_texts(Visit()))
    stage.frame.set_helper(None)
    stage.put(screen)


def _keeping(stage: Stage) -> Context:
    """What a screen is given where drafts are kept."""
    tasks = ImmediateTasks()
    keeping = DraftKeeping(tasks, NoDrafts(some=True), StillClock(), NoPins(), lambda: None)
    keeping.close()
    return replace(stage.context(), keeping=keeping)


def _home(stage: Stage) -> None:
    _apart(stage, make_screen(_keeping(stage), Visit(), None))


def _consent(stage: Stage) -> None:
    stage.put(make_screen(_keeping(stage), stage.walker().at(Step.CONSENT), None))


def _stop(stage: Stage) -> None:
    """The question of the header's button where there is something to save."""
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.frame.panels.kept_h = KEPT_H
    stage.press("header_log-out")
    stage.frame.panels.kept_h = 0


def _cover(stage: Stage, *, by_code: bool = False) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.cover(Cover(stage.theme, 45, stage.frame, AtTheEnd(KEPT_H, by_code=by_code)))


def _stopped(stage: Stage, *, with_card: bool = True, trouble: DeviceReason | None = None) -> None:
    context = stage.context()
    equipment = replace(context.equipment, printer=SilentPrinter(trouble))
    _apart(stage, StoppedScreen(replace(context, equipment=equipment), CODE, UNTIL, with_card=with_card))


def _card(stage: Stage, *, trouble: DeviceReason | None = None) -> None:
    held = frozenset() if trouble else frozenset((Lane.CAMERA,))
    context = stage.context(held)
    equipment = replace(context.equipment, camera=StillCamera(demo_card(), trouble))
    _apart(stage, ResumeCardScreen(replace(context, equipment=equipment)))


def _code(stage: Stage, *, typed: str = "", answer: NoSuchDraft | CodesPaused | None = None) -> None:
    page = ResumeCodePage(stage.theme)
    _apart(stage, page)
    field = page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(typed)
    if answer is not None:
        _refuse(stage, page, code_refused(answer))
    elif typed:
        stage.press("next")


def _refuse(stage: Stage, page: ResumePage, said: str) -> None:
    page.refuse(said)
    stage.settle()


def _without_card(stage: Stage, *, typed: str = "") -> None:
    page = ResumeWithoutCardPage(stage.theme)
    _apart(stage, page)
    if typed:
        for field in page.findChildren(QLineEdit):
            field.setText(typed)
        stage.press("next")


def _staff(stage: Stage, *, with_card: bool = True, answer: WrongPin | None = None) -> None:
    page = ResumeStaffPage(stage.theme, with_card=with_card)
    _apart(stage, page)
    page.findChildren(QCheckBox)[0].setChecked(answer is not None)
    if answer is not None:
        _refuse(stage, page, refusal_words(answer))


def _list(stage: Stage, drafts: tuple[KeptDraft, ...]) -> None:
    _apart(stage, ResumeListPage(stage.theme, stage.props.data.catalog, drafts))


def _changes(stage: Stage, *, gone: bool) -> None:
    _apart(stage, ResumeChangesPage(stage.theme, Reopened(Visit(), NOW, left_out=3, gone=gone)))


def _resumed(stage: Stage) -> None:
    """A page of a visit that was gone on with: the line at the bottom says so."""
    visit = stage.walker(card=False).on_page("requester_name")
    stage.show(visit)
    stage.frame.set_status(resumed_words(Reopened(visit, NOW - timedelta(minutes=8))))
    stage.settle()


DRAFT_SCENES: Mapping[str, Scene] = {
    "home-drafts": _home,
    "drafts-consent": _consent,
    "stop": _stop,
    "trouble-kept": lambda stage: _apart(stage, TroubleScreen(stage.theme, OFFICE, kept=True)),
    "cover-drafts": _cover,
    "cover-drafts-code": partial(_cover, by_code=True),
    "stopped": _stopped,
    "stopped-no_card": partial(_stopped, with_card=False),
    "stopped-no_paper": partial(_stopped, trouble=DeviceReason.PAPER_OUT),
    "resume-card": _card,
    "resume-card-no_camera": partial(_card, trouble=DeviceReason.NOT_CONNECTED),
    "resume-code": _code,
    "resume-code-refused": partial(_code, typed="7K3M"),
    "resume-code-wrong": partial(_code, typed="7K3M-9PQ4", answer=NoSuchDraft(4)),
    "resume-code-last": partial(_code, typed="7K3M-9PQ4", answer=NoSuchDraft(0)),
    "resume-code-paused": partial(_code, typed="7K3M-9PQ4", answer=CodesPaused(timedelta(minutes=5))),
    "resume-without_card": _without_card,
    "resume-without_card-refused": partial(_without_card, typed="12"),
    "resume-staff": _staff,
    "resume-staff-no_card": partial(_staff, with_card=False),
    "resume-staff-refused": partial(_staff, answer=WrongPin(4)),
    "resume-no_staff": lambda stage: _apart(stage, NoStaffPage(stage.theme)),
    "resume-list": partial(_list, drafts=SOME),
    "resume-list-none": partial(_list, drafts=()),
    "resume-changes": partial(_changes, gone=False),
    "resume-gone": partial(_changes, gone=True),
    "resume-opened": _resumed,
}
