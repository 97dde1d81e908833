"""The gallery's scenes of a visit with a helper: who it is, the band, the curtain, and the hand-over to the citizen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QCheckBox

from commands.gallery_captures import StillCamera, StillCardWatch, demo_card
from commands.gallery_stage import Stage
from commands.gallery_stand_ins import NOW, StillDesk
from commands.gallery_visit import BADGED, HELPER, Walker
from kiosk.capture import CardHint, CardLook
from kiosk.helper_desk import BadgedHelper, BadgeRefusal, CheckedIn, CheckInAnswer
from kiosk.ports import DeviceReason
from kiosk.staff import Locked, WrongPin
from kiosk.visit import Step
from kiosk.visit_events import CurtainDrawn, Doubted, HelperPaused
from kiosk.visit_steps import advance
from ui.badge_show import BadgeShow
from ui.navigator import make_screen
from ui.pin_pad import PinPad
from ui.tasks import Lane

Scene = Callable[[Stage], None]

_UNTIL = NOW + timedelta(hours=3)
_ON_DUTY = tuple(
    CheckedIn(BadgedHelper(code, name, unit), _UNTIL)
    for code, name, unit in (
        ("TNV-0231", "Nguyễn Ngọc Thanh Tuyền Mẫu", "Đoàn xã Mẫu Trung"),
        ("TNV-0232", "Lê Văn Thử", "Đoàn trường Trung học phổ thông Mẫu"),
    )
)


def _walker(stage: Stage, *, card: bool = True) -> Walker:
    return stage.walker(card=card, helper=BADGED)


def _badge(
    stage: Stage,
    *,
    on_duty: tuple[CheckedIn, ...] = (),
    answer: CheckInAnswer = BadgeRefusal.UNKNOWN,
    lost: DeviceReason | None = None,
    read: bool = False,
    pin: str = "",
) -> None:
    """Who helps, by badge: as far as `read` (a badge was shown) and `pin` (it was typed) say."""
    camera = StillCamera(demo_card(), lost)
    watch = StillCardWatch(CardLook(CardHint.SHOW))
    context = stage.context(frozenset() if lost else frozenset((Lane.CAMERA,)))
    equipment = replace(context.equipment, camera=camera, card_watch=lambda: watch)
    visit = _walker(stage).at(Step.HELPER_BADGE)
    stage.set_header(visit)
    screen = make_screen(replace(context, equipment=equipment, helper_desk=StillDesk(on_duty, answer)), visit, None)
    stage.put(screen)
    if read:
        for shown in screen.findChildren(BadgeShow):
            shown.read.emit("DTCB1:TNV-0231:MAU")
        stage.settle()
    if pin:
        for pad in screen.findChildren(PinPad):
            pad.entered.emit(pin)
        stage.settle()


def _at(stage: Stage, step: Step) -> None:
    stage.show(_walker(stage).at(step))


def _named_consent(stage: Stage) -> None:
    """Nobody has checked this name."""
    stage.show(stage.walker(helper=HELPER).at(Step.HELPER_CONSENT))


def _covered(stage: Stage) -> None:
    stage.show(_walker(stage).on_page("contact_phone"))


def _paused(stage: Stage) -> None:
    stage.show(advance(_walker(stage, card=False).on_page("requester_name"), HelperPaused()))


def _alone(stage: Stage) -> None:
    """A private page that the citizen answers while the helper looks away."""
    stage.show(advance(_walker(stage).on_page("contact_phone"), CurtainDrawn(alone=True)))


def _review_doubted(stage: Stage) -> None:
    stage.show(advance(_walker(stage).at(Step.HANDOVER), Doubted("for_whom")))


def _handover(stage: Stage, *, question: int) -> None:
    stage.show(_walker(stage).at(Step.HANDOVER))
    stage.go_on()
    for _number in range(question - 1):
        stage.press("answer:yes")


def _file(stage: Stage) -> None:
    screen = stage.show(_walker(stage).at(Step.FILE))
    tick = screen.findChild(QCheckBox)
    assert isinstance(tick, QCheckBox)
    tick.setChecked(True)


def _card_again(stage: Stage) -> None:
    watch = StillCardWatch(CardLook(CardHint.SHOW))
    equipment = replace(stage.props.equipment, camera=StillCamera(demo_card()), card_watch=lambda: watch)
    stage.show(_walker(stage).at(Step.CARD_AGAIN), equipment=equipment)


def _panel(stage: Stage) -> None:
    """What the pill in the header of a low panel opens."""
    stage.show(_walker(stage, card=False).on_page("requester_name"))
    stage.frame.header.helper_asked.emit()
    stage.settle()


HELP_SCENES: Mapping[str, Scene] = {
    "helper_badge-duty": partial(_badge, on_duty=_ON_DUTY),
    "helper_badge": _badge,
    "helper_badge-no_camera": partial(_badge, lost=DeviceReason.NOT_CONNECTED),
    "helper_badge-pin": partial(_badge, read=True),
    "helper_badge-pin_wrong": partial(_badge, read=True, pin="2718", answer=WrongPin(4)),
    "helper_badge-pin_locked": partial(_badge, read=True, pin="2718", answer=Locked(NOW + timedelta(minutes=5))),
    "helper_badge-unknown": partial(_badge, read=True, pin="2718"),
    "helper_badge-revoked": partial(_badge, read=True, pin="2718", answer=BadgeRefusal.REVOKED),
    "helper_badge-expired": partial(_badge, read=True, pin="2718", answer=BadgeRefusal.EXPIRED),
    "helper_consent": partial(_at, step=Step.HELPER_CONSENT),
    "helper_consent-named": _named_consent,
    "helped-covered": _covered,
    "helped-alone": _alone,
    "helped-paused": _paused,
    "helped-panel": _panel,
    "review-helped": partial(_at, step=Step.REVIEW),
    "review-doubted": _review_doubted,
    "handover": partial(_at, step=Step.HANDOVER),
    "handover-what": partial(_handover, question=1),
    "handover-for_whom": partial(_handover, question=2),
    "handover-result": partial(_handover, question=3),
    "file-helped": _file,
    "card_again": _card_again,
    "certain": partial(_at, step=Step.CERTAIN),
}
