"""Scenes of the gallery for the hard cases: the longest names of services and people, and every trouble of a device."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from commands.gallery_captures import PaperStack, StillCamera, demo_card
from commands.gallery_stage import Stage
from commands.gallery_stand_ins import NOW
from kiosk.card import CardRead, parse_card
from kiosk.form import Address, Answer, Source
from kiosk.ports import DeviceReason
from kiosk.visit import Helper, HelperKind, Step, Visit

LIQUIDATORS, DIVORCES = "2.001130", "2.000554"  # the longest name of all, and the longest that is filed at the desk
LONG_NAME = "NGUYỄN THỊ PHƯƠNG THẢO NGUYÊN"
LONG_STREET = "Số 128/45/7B, ngõ Đường Kháng Chiến, tổ dân phố số 15, khu đô thị mới Thịnh Liệt"
_LONG_CARD = (
    f"001058000123|012345678|{LONG_NAME}|27031958|Nữ|{LONG_STREET}, Thị trấn Thường Tín, Thường Tín, Hà Nội|01072021"
)
_LONG_HELPER = Helper(HelperKind.VOLUNTEER, LONG_NAME.title(), "Đoàn Thanh niên phường Hoàng Văn Thụ Mẫu")

_SCANNER_TROUBLES = (
    DeviceReason.COVER_OPEN,
    DeviceReason.FEEDER_EMPTY,
    DeviceReason.BUSY,
    DeviceReason.TIMEOUT,
    DeviceReason.CANCELLED,
)
_CAMERA_TROUBLES = (DeviceReason.BUSY, DeviceReason.NOT_CONNECTED)


def _long_card() -> CardRead:
    card = parse_card(_LONG_CARD)
    if not isinstance(card, CardRead):
        raise LookupError(card.reason)
    return card


def _at(stage: Stage, step: Step, code: str = "", helper: Helper | None = None) -> Visit:
    """The visit of somebody with a long name, who lives at a long address."""
    walker = stage.walker(code=code) if helper is None else stage.walker(code=code, helper=helper)
    visit = walker.at(step)
    long: dict[str, Answer] = {}
    for field_id, answer in visit.answers.items():
        if isinstance(answer.value, Address):
            long[field_id] = replace(answer, value=replace(answer.value, line=LONG_STREET))
        elif field_id.endswith("_name") and isinstance(answer.value, str) and answer.value.isupper():
            long[field_id] = Answer(LONG_NAME, Source.CITIZEN, NOW)
    card = _long_card() if visit.card is not None else None
    return replace(visit, card=card, answers=MappingProxyType({**visit.answers, **long}))


def _long(stage: Stage, step: Step, code: str = "", helper: Helper | None = None) -> None:
    stage.show(_at(stage, step, code, helper))


def _card_lost(stage: Stage, reason: DeviceReason) -> None:
    equipment = replace(stage.props.equipment, camera=StillCamera(demo_card(), reason))
    stage.show(stage.walker().at(Step.CARD), equipment=equipment)


def _scanner_stops(stage: Stage, reason: DeviceReason) -> None:
    equipment = replace(stage.props.equipment, scanner=PaperStack(stage.props.papers, reason))
    stage.show(stage.walker().at(Step.CAPTURE), equipment=equipment)
    stage.press("scan")


HARD_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "before-four_lines": partial(_long, step=Step.BEFORE, code=LIQUIDATORS),
    "before-three_lines": partial(_long, step=Step.BEFORE, code=DIVORCES),
    "helper-long": partial(_long, step=Step.CONFIRM, helper=_LONG_HELPER),
    "confirm-long": partial(_long, step=Step.CONFIRM),
    "parts-long": partial(_long, step=Step.PARTS, code=DIVORCES),
    "review-long": partial(_long, step=Step.REVIEW),
    "file-long": partial(_long, step=Step.FILE, code=DIVORCES),
    **{f"card-{reason}": partial(_card_lost, reason=reason) for reason in _CAMERA_TROUBLES},
    **{f"capture-scanner_{reason}": partial(_scanner_stops, reason=reason) for reason in _SCANNER_TROUBLES},
}
