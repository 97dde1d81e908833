"""Scenes of the pages between the first and the last: a list that was opened, what is offered, and the goodbye."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from commands.gallery_stage import Stage
from kiosk.visit import Step


def _list_opened(stage: Stage) -> None:
    """Who belongs to a group that few belong to."""
    stage.show(stage.walker(card=False).on_page("requester_ethnic_group"))
    stage.press("choice:requester_ethnic_group:other")


def _offer_of_the_card(stage: Stage) -> None:
    stage.show(stage.walker().on_page("registered_at"))


def _goodbye(stage: Stage, *, rated: bool = False) -> None:
    visit, _dossier = stage.walker().sealed()
    stage.show(replace(visit, place=replace(visit.place, step=Step.GOODBYE)))
    if rated:
        stage.press("rate:good")


FLOW_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "form-list-opened": _list_opened,
    "form-text-offer": _offer_of_the_card,
    "goodbye": _goodbye,
    "goodbye-rated": lambda stage: _goodbye(stage, rated=True),
}
