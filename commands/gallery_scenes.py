"""The scenes of the gallery: every screen in every state that a citizen can meet it in, by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit

from commands.gallery_access_scenes import ACCESS_SCENES
from commands.gallery_call_scenes import CALL_SCENES
from commands.gallery_capture_scenes import AUTHORISED, CAPTURE_SCENES
from commands.gallery_captures import PaperStack, StillCamera, demo_card
from commands.gallery_choose import CHOOSE_SCENES
from commands.gallery_device_scenes import DEVICE_SCENES
from commands.gallery_draft_scenes import DRAFT_SCENES
from commands.gallery_flow_scenes import FLOW_SCENES
from commands.gallery_forms import FORM_SCENES
from commands.gallery_hard_scenes import HARD_SCENES
from commands.gallery_help_scenes import HELP_SCENES
from commands.gallery_input_scenes import INPUT_SCENES
from commands.gallery_paper_scenes import PAPER_SCENES
from commands.gallery_privacy_scenes import PRIVACY_SCENES
from commands.gallery_staff_scenes import STAFF_SCENES
from commands.gallery_stage import OFFICE, Stage
from commands.gallery_stand_ins import DESK, NOW, PaperOffice, SilentPrinter
from commands.gallery_visit import HELPER, NOBODY
from commands.gallery_voice_scenes import VOICE_SCENES
from kiosk.config import TimeSettings
from kiosk.consent_texts import declaration_text
from kiosk.filing import NotReady
from kiosk.form import Answer, Source
from kiosk.outbox import QueueCondition
from kiosk.ports import DeviceReason
from kiosk.receipt import Receipt
from kiosk.visit import ConsentGiven, ConsentKind, Step, Visit
from kiosk.visit_events import EditAsked
from kiosk.visit_steps import advance
from ui.cover import Cover
from ui.navigator import Filed, header_texts
from ui.opening_screen import OpeningScreen
from ui.out_of_service_screen import OutOfServiceScreen
from ui.screen import Screen
from ui.sealing import Sealed
from ui.tasks import Lane
from ui.trouble_screen import TroubleScreen

Scene = Callable[[Stage], None]


def _home(stage: Stage) -> None:
    stage.show(Visit())


def _home_unwell(stage: Stage) -> None:
    equipment = replace(
        stage.props.equipment,
        camera=StillCamera(demo_card(), DeviceReason.NOT_CONNECTED),
        scanner=PaperStack((), DeviceReason.NOT_CONNECTED),
        printer=SilentPrinter(DeviceReason.PAPER_OUT),
        filing=PaperOffice(QueueCondition.OFFLINE),
    )
    stage.show(Visit(), equipment=equipment)


def _step(stage: Stage, step: Step) -> None:
    stage.show(stage.walker(helper=HELPER if step is Step.HELPER_NAME else NOBODY).at(step))


def _demo(stage: Stage) -> None:
    """The mark that every page of a rehearsal bears."""
    stage.show(stage.walker(helper=HELPER).at(Step.CONFIRM))
    stage.frame.header.set_demo(True)
    stage.settle()


def _step_refused(stage: Stage, step: Step) -> None:
    stage.show(stage.walker().at(step))
    stage.press("next")


def _form(stage: Stage, page_id: str, typed: str = "", *, refused: bool = False, **answers: str) -> None:
    """A page of the form as someone without a card meets it, `typed` in its first field."""
    screen = stage.show(stage.walker(answers, card=False).on_page(page_id))
    field = screen.findChild(QLineEdit)
    if typed and isinstance(field, QLineEdit):
        field.setText(typed)
        stage.settle()
    if refused:
        stage.press("next")


def _form_helped(stage: Stage) -> None:
    stage.show(stage.walker(card=False, helper=HELPER).on_page("requester_name"))


def _form_offer(stage: Stage) -> None:
    """The card's name was changed by hand: the page offers it again."""
    visit = stage.walker().at(Step.REVIEW)
    answers = {**visit.answers, "requester_name": Answer("NGUYỄN VĂN MẬU", Source.CITIZEN, NOW)}
    stage.show(advance(replace(visit, answers=answers), EditAsked(page_id="requester_name")))


def _address(stage: Stage, page_id: str, *, card: bool = False, picks: int = 0) -> None:
    """An address after so many tiers were picked; with a card its province is known."""
    stage.show(stage.walker({"requester_id_number": "?"}, card=card).on_page(page_id))
    for _tier in range(picks):
        stage.press("row")


def _parts_missing(stage: Stage) -> None:
    walker = replace(stage.walker(AUTHORISED), pages=())
    stage.show(walker.at(Step.PARTS))
    stage.press("next")


def _review_incomplete(stage: Stage) -> None:
    walker = replace(stage.walker(AUTHORISED), pages=())
    visit = walker.at(Step.PARTS)
    stage.show(replace(visit, place=replace(visit.place, step=Step.REVIEW)))
    stage.press("next")


def _file(stage: Stage, *, busy: bool = False, full: bool = False) -> None:
    equipment = replace(stage.props.equipment, filing=PaperOffice(full=full))
    held = frozenset((Lane.STORE,)) if busy else frozenset()
    screen = stage.show(stage.walker().at(Step.FILE), equipment=equipment, held=held)
    tick = screen.findChild(QCheckBox)
    assert isinstance(tick, QCheckBox)
    tick.setChecked(True)
    if busy or full:
        screen.next_event()  # as the window does when Continue finds nothing wrong
        stage.settle()


def _sending(stage: Stage) -> None:
    visit, _dossier = stage.walker().sealed()
    stage.show(visit, held=frozenset((Lane.SYNC,)))


def _done(stage: Stage, *, filed: bool, trouble: DeviceReason | None = None) -> None:
    visit, dossier = stage.walker().sealed()
    accepted = ConsentGiven(ConsentKind.DECLARATION, declaration_text(visit.chosen()), NOW)
    sealed = Sealed(dossier, DESK, accepted, b"")
    receipt = Receipt(
        client_ref=dossier.client_ref,
        kiosk_id=DESK.kiosk_id,
        manifest_sha256="0" * 64,
        documents=(),
        remote_id="gallery",
        national_code="H26.00.00-261201-0042",
        received_at=NOW,
        due_at=None,
    )
    equipment = replace(stage.props.equipment, printer=SilentPrinter(trouble))
    visit = replace(visit, place=replace(visit.place, step=Step.DONE))
    stage.show(visit, made=Filed(sealed, receipt if filed else None), equipment=equipment)


def _out_of_service(stage: Stage, reason: NotReady) -> None:
    _apart(stage, OutOfServiceScreen(stage.theme, OFFICE, reason))


def _apart(stage: Stage, screen: Screen) -> None:
    """A page that is no step of a visit."""
    stage.frame.set_header(*header_texts(Visit()))
    stage.frame.set_helper(None)
    stage.put(screen)


def _trouble(stage: Stage, codes: tuple[str, ...] = ()) -> None:
    _apart(stage, TroubleScreen(stage.theme, OFFICE, codes))


def _opening(stage: Stage) -> None:
    _apart(stage, OpeningScreen(stage.theme))


def _panel(stage: Stage, button: str) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.press(button)


def _cover(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.cover(Cover(stage.theme, TimeSettings().idle_cover_s, stage.frame))


SCENES: Mapping[str, Scene] = {
    "home": _home,
    "home-unwell": _home_unwell,
    "choose": partial(_step, step=Step.CHOOSE),
    **{name: scene for name, scene in PAPER_SCENES.items() if name.startswith("before")},
    "consent": partial(_step, step=Step.CONSENT),
    "consent-refused": partial(_step_refused, step=Step.CONSENT),
    "helper": partial(_step, step=Step.HELPER),
    "helper_name": partial(_step, step=Step.HELPER_NAME),
    "confirm": partial(_step, step=Step.CONFIRM),
    "form-choice": partial(_form, page_id="for_whom"),
    "form-choice-refused": partial(_form, page_id="for_whom", refused=True),
    "form-choice-unknown": partial(_form, page_id="document_name"),
    "form-yes_no": partial(_form, page_id="has_old_copy"),
    "form-name": partial(_form, page_id="requester_name", typed="NGUYỄN THỊ ẨM"),
    "form-name-refused": partial(_form, page_id="requester_name", typed="NGUYỄN 7", refused=True),
    "form-name-helped": _form_helped,
    "form-name-offer": _form_offer,
    "form-date": partial(_form, page_id="requester_birth_date"),
    "form-date-refused": partial(_form, page_id="requester_birth_date", typed="41", refused=True),
    "form-id_number": partial(_form, page_id="requester_id_number"),
    "form-id_number-refused": partial(_form, page_id="requester_id_number", typed="0010", refused=True),
    "form-number": partial(_form, page_id="copies"),
    "form-number-refused": partial(_form, page_id="copies", typed="0", refused=True),
    "form-phone": partial(_form, page_id="contact_phone"),
    "form-phone-refused": partial(_form, page_id="contact_phone", typed="12", refused=True),
    "form-text": partial(_form, page_id="registered_at"),
    "form-text-refused": partial(_form, page_id="registered_at", refused=True),
    "form-two": partial(_form, page_id="registered_number", typed="25/1958"),
    "form-three": partial(_form, page_id="requester_document", requester_id_number="?"),
    "form-three-refused": partial(_form, page_id="requester_document", requester_id_number="?", refused=True),
    "form-list": partial(_form, page_id="requester_ethnic_group"),
    "form-list-refused": partial(_form, page_id="requester_ethnic_group", refused=True),
    "form-address": partial(_address, page_id="requester_residence"),
    "form-address-commune": partial(_address, page_id="delivery_address", card=True),
    "form-address-line": partial(_address, page_id="delivery_address", picks=2),
    **CHOOSE_SCENES,
    **FORM_SCENES,
    **FLOW_SCENES,
    **INPUT_SCENES,
    "parts": partial(_step, step=Step.PARTS),
    "parts-missing": _parts_missing,
    **CAPTURE_SCENES,
    "originals": partial(_step, step=Step.ORIGINALS),
    "review": partial(_step, step=Step.REVIEW),
    "review-refused": _review_incomplete,
    "file": _file,
    "file-refused": partial(_step_refused, step=Step.FILE),
    "file-busy": partial(_file, busy=True),
    "file-full": partial(_file, full=True),
    **{name: scene for name, scene in PAPER_SCENES.items() if name.startswith("prepare")},
    "sending": _sending,
    "done-filed": partial(_done, filed=True),
    "done-kept": partial(_done, filed=False),
    "done-no_paper": partial(_done, filed=False, trouble=DeviceReason.PAPER_OUT),
    "done-printer_jam": partial(_done, filed=True, trouble=DeviceReason.JAM),
    "done-printer_open": partial(_done, filed=True, trouble=DeviceReason.COVER_OPEN),
    "done-printer_lost": partial(_done, filed=True, trouble=DeviceReason.NOT_CONNECTED),
    **{name: scene for name, scene in PAPER_SCENES.items() if name.startswith("done")},
    "opening": _opening,
    **{f"out_of_service-{reason}": partial(_out_of_service, reason=reason) for reason in NotReady},
    **DEVICE_SCENES,
    **DRAFT_SCENES,
    **HELP_SCENES,
    **STAFF_SCENES,
    **ACCESS_SCENES,
    **HARD_SCENES,
    **VOICE_SCENES,
    "trouble": _trouble,
    "trouble-filed": partial(_trouble, codes=("7K3M9-PQRS2",)),
    "demo": _demo,
    "cover": _cover,
    **CALL_SCENES,
    **PRIVACY_SCENES,
    "look": partial(_panel, button="header_a-large-small"),
    "exit": partial(_panel, button="header_log-out"),
}
