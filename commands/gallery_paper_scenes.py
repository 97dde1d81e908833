"""The gallery's scenes of what is told and printed before anything is filed, and of paper that is taken along."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from commands.gallery_stage import Stage
from commands.gallery_stand_ins import DESK, NOW, SilentPagePrinter
from kiosk.catalog import Confidence, Route, Service
from kiosk.dossier import Identifiers
from kiosk.ports import DeviceReason
from kiosk.visit import Step, Visit
from ui.context import Equipment
from ui.prepare_screen import Prepared
from ui.tasks import Lane

Scene = Callable[[Stage], None]


def _before(stage: Stage, service: Service | None = None, *, pages: bool = True) -> None:
    stage.show(_visit(stage, service or stage.props.service), equipment=_equipment(stage, pages=pages))


def _visit(stage: Stage, service: Service) -> Visit:
    return replace(stage.walker(), service=service).at(Step.BEFORE)


def _equipment(stage: Stage, trouble: DeviceReason | None = None, *, pages: bool = True) -> Equipment:
    return replace(stage.props.equipment, page_printer=SilentPagePrinter(trouble) if pages else None)


def _information(stage: Stage) -> None:
    service = stage.props.service
    _before(stage, replace(service, named=replace(service.named, confidence=Confidence.UNVERIFIED)))


def _linked(stage: Stage) -> None:
    """A birth, which a linked service registers together with residence, insurance and card."""
    _before(stage, stage.props.data.catalog.service("1.001193"))


def _long(stage: Stage) -> None:
    """The service with most to tell."""
    _before(stage, max(stage.props.data.catalog.services, key=lambda each: len(each.parts) + len(each.notes)))


def _printing(stage: Stage, *, trouble: DeviceReason | None = None, held: bool = False) -> None:
    equipment, lanes = _equipment(stage, trouble), frozenset((Lane.PAGE_PRINTER,)) if held else frozenset()
    stage.show(_visit(stage, stage.props.service), equipment=equipment, held=lanes)
    stage.press("print_guide")


def _prepared(stage: Stage, *, done: bool = False, trouble: DeviceReason | None = None, pages: bool = True) -> None:
    """The route by which nothing is filed here."""
    service = replace(stage.props.service, route=Route.PREPARE)
    visit = replace(stage.walker(), service=service).at(Step.FILE)
    if done:
        visit = replace(visit, place=replace(visit.place, step=Step.DONE))
    made = Prepared(Identifiers.new(NOW), DESK, b"%PDF-")
    stage.show(visit, made=made, equipment=_equipment(stage, trouble, pages=pages))


def _before_prepare(stage: Stage) -> None:
    _before(stage, replace(stage.props.service, route=Route.PREPARE))


PAPER_SCENES: Mapping[str, Scene] = {
    "before": _before,
    "before-no_page_printer": partial(_before, pages=False),
    "before-information": _information,
    "before-linked": _linked,
    "before-prepare": _before_prepare,
    "before-long": _long,
    "before-printing": partial(_printing, held=True),
    "before-printed": _printing,
    "before-page_paper_out": partial(_printing, trouble=DeviceReason.PAPER_OUT),
    "prepare": _prepared,
    "prepare-no_page_printer": partial(_prepared, pages=False),
    "done-prepared": partial(_prepared, done=True),
    "done-prepared-page_paper_out": partial(_prepared, done=True, trouble=DeviceReason.PAPER_OUT),
    "done-prepared-no_page_printer": partial(_prepared, done=True, pages=False),
}
