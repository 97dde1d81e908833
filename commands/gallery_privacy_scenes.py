"""The gallery's scenes of what keeps a visit private: the cover in its states, and answers that are kept back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from commands.gallery_stage import Stage
from kiosk.config import TimeSettings
from kiosk.visit import Step
from ui.cover import AtTheEnd, Cover

_KEPT_H = 24

Scene = Callable[[Stage], None]


def _cover(stage: Stage, end: AtTheEnd, passed_s: float = 0.0) -> None:
    """So many seconds after it came."""
    stage.show(stage.walker(card=False).on_page("requester_name"))
    times = iter((0.0,))
    limit_s = TimeSettings().idle_cover_s
    stage.cover(Cover(stage.theme, limit_s, stage.frame, end, lambda: next(times, passed_s)))


def _shown(stage: Stage) -> None:
    """One answer is shown, and the others are not."""
    stage.show(stage.walker().at(Step.REVIEW))
    stage.press("show")


def _kept(stage: Stage) -> None:
    """A page that was answered before: the answer is masked."""
    visit = stage.walker().on_page("contact_phone")
    given = stage.walker().at(Step.REVIEW).answers["contact_phone"]
    stage.show(replace(visit, answers=MappingProxyType({**visit.answers, "contact_phone": given})))


PRIVACY_SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "form-kept": _kept,
        "review-shown": _shown,
        "cover-last-seconds": partial(_cover, end=AtTheEnd(_KEPT_H), passed_s=36.0),
        "cover-more-time-given": partial(_cover, end=AtTheEnd(_KEPT_H, more_time=False), passed_s=30.0),
        "cover-staff": partial(_cover, end=AtTheEnd(staff=True)),
    }
)
