"""A visit that is left half-way is not lost: saved with a code, or by itself, it is gone on with after a restart."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from commands.embedded_portal import EmbeddedPortal
from kiosk.ids import parse_draft_code
from kiosk.store_staff import Act
from kiosk.visit import HelperKind, Step, Visit
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import folder_bytes, manifest_at, submissions
from ui.cover import Cover
from ui.fitting_text import FittingText
from ui.idle import IdleWatch
from ui.resume_pages import ResumeCodePage, ResumeListPage, ResumeStaffPage, ResumeWithoutCardPage
from ui.stop_panel import StopPanel
from ui.stopped_screen import StoppedScreen

PIN, STAFF = "482915", "Trần Thị Cán Bộ"
SECRETS = ("NGUYỄN VĂN MẪU", "001058000123", "0912345678")


def save_and_stop(kiosk: KioskOfTest) -> str:
    """Press "Lưu và dừng"; the code that is shown."""
    robot, window = kiosk.robot, kiosk.window
    robot.tap_widget(window.frame.header.exit_button)
    panel = window.frame.findChild(StopPanel)
    assert panel is not None
    robot.tap_widget(panel.save_button)
    robot.wait_for("the code", lambda: isinstance(window.frame.shown, StoppedScreen))
    screen = window.frame.shown
    assert isinstance(screen, StoppedScreen)
    robot.wait_for("the slip", lambda: "Đã in phiếu" in kiosk.texts())
    shown = [figure.accessibleName() for figure in screen.findChildren(FittingText)]
    [code] = [found for text in shown if (found := parse_draft_code(text))]
    return code


def ask_for_drafts(kiosk: KioskOfTest) -> None:
    """From the first page, by the card, to the page that asks for the code."""
    kiosk.robot.tap("resume")
    kiosk.robot.wait_for("the card", lambda: isinstance(kiosk.window.frame.shown, ResumeCodePage))


def type_into(kiosk: KioskOfTest, name: str, text: str) -> None:
    field = kiosk.robot.seen(name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def first_question(kiosk: KioskOfTest) -> None:
    kiosk.citizen().play(until=Step.CONFIRM)
    kiosk.robot.go_on()
    assert kiosk.step() is Step.FORM


def nobody_helps(kiosk: KioskOfTest) -> None:
    kiosk.robot.wait_for("the visit", lambda: kiosk.step() is Step.HELPER)
    kiosk.robot.tap("helper:none")
    kiosk.robot.go_on()


def sign_in(kiosk: KioskOfTest, pin: str = PIN) -> None:
    kiosk.robot.wait_for("the pad", lambda: isinstance(kiosk.window.frame.shown, ResumeStaffPage))
    tick = kiosk.robot.seen("attest")
    assert isinstance(tick, QCheckBox)
    tick.setChecked(True)
    for digit in pin:
        kiosk.robot.tap(f"pin_{digit}")
    kiosk.robot.tap("pin_enter")


def walk_away(kiosk: KioskOfTest) -> None:
    """Nobody touches anything until the visit ends."""
    kiosk.robot.wait_for("the staff to be known", lambda: kiosk.keeping.staffed)
    kiosk.window.findChildren(IdleWatch)[0].idle.emit()
    [cover] = kiosk.window.findChildren(Cover)
    cover.ended.emit()
    kiosk.robot.settle()
    assert kiosk.window.visit == Visit()


def test_saved_with_a_code_and_filed_after_a_restart(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    before = submissions(portal)
    kiosk = make_kiosk(portal)
    kiosk.open()
    kiosk.citizen().play(until=Step.REVIEW)
    visit = kiosk.window.visit
    code = save_and_stop(kiosk)
    assert kiosk.window.visit == Visit()
    slip = (kiosk.printer / "slip.bin").read_bytes()
    assert slip
    kiosk.close()
    kept = folder_bytes(kiosk.folder)
    for secret in (*SECRETS, code):
        assert secret.encode() not in kept
        assert secret.encode("utf-16-le") not in kept
    kiosk.open()
    ask_for_drafts(kiosk)
    type_into(kiosk, "field:draft_code", f"{code[:4].lower()} {code[4:]}")
    kiosk.robot.go_on()
    nobody_helps(kiosk)
    again = kiosk.window.visit
    assert (again.place, again.trail) == (visit.place, visit.trail)
    assert (again.answers, again.documents, again.card) == (visit.answers, visit.documents, visit.card)
    assert again.consents == visit.consents
    assert "Đã mở lại hồ sơ lưu lúc" in kiosk.texts()
    kiosk.citizen().play()
    [ref] = kiosk.window.visit.filed
    kiosk.delivered(ref)
    assert [came for came in submissions(portal) if came not in before] == [ref]
    assert manifest_at(portal, ref).submitter.name == "NGUYỄN VĂN MẪU"
    assert not kiosk.counter.store.drafts.any()


def test_who_walks_away_goes_on_with_the_card_and_the_staff(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    store = kiosk.counter.store
    assert store.staff.add(STAFF, PIN, kiosk.counter.clock.now()) is None
    first_question(kiosk)
    visit = kiosk.window.visit
    walk_away(kiosk)
    ask_for_drafts(kiosk)
    kiosk.robot.tap("no_code")
    sign_in(kiosk, "719350")
    kiosk.robot.wait_for("a refusal", lambda: "Mã PIN không đúng" in kiosk.texts())
    sign_in(kiosk)
    kiosk.robot.wait_for("the list", lambda: isinstance(kiosk.window.frame.shown, ResumeListPage))
    [kept] = store.drafts.of_card("001058000123")
    assert not any(secret in kiosk.texts() for secret in SECRETS)
    kiosk.robot.tap(f"draft:{kept.ref}")
    nobody_helps(kiosk)
    assert (kiosk.window.visit.place, kiosk.window.visit.answers) == (visit.place, visit.answers)
    assert kiosk.window.visit.helper.kind is HelperKind.NONE
    [act] = store.staff.acts()
    assert (act.act, act.staff, act.client_ref) == (Act.ATTESTED, STAFF, kept.ref)
    store.verify_audit()


@pytest.mark.proof  # a neighbour files the same way in the usual run
def test_what_was_typed_and_not_sent_off_is_saved_too(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    first_question(kiosk)
    page = kiosk.window.visit.place.page_id
    kiosk.robot.tap("choice:for_whom:self")
    code = save_and_stop(kiosk)
    kiosk.robot.go_on()
    ask_for_drafts(kiosk)
    for attempt in ("0000-0000", code):  # the first has a right check character, and is nobody's
        type_into(kiosk, "field:draft_code", attempt)
        kiosk.robot.go_on()
        if attempt != code:
            kiosk.robot.wait_for("a refusal", lambda: "Còn 4 lần thử" in kiosk.texts())
    nobody_helps(kiosk)
    assert kiosk.window.visit.answers["for_whom"].value == "self"
    assert kiosk.window.visit.place.page_id not in ("", page)


@pytest.mark.proof
def test_without_a_card_code_and_staff_open_it(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    kiosk.counter.store.staff.add(STAFF, PIN, kiosk.counter.clock.now())
    kiosk.empty_the_camera()
    kiosk.citizen(shows_card=False).play(until=Step.PARTS)
    visit = kiosk.window.visit
    assert visit.card is None
    code = save_and_stop(kiosk)
    kiosk.robot.go_on()
    kiosk.robot.tap("resume")
    kiosk.robot.tap("type_instead")
    kiosk.robot.wait_for("the page", lambda: isinstance(kiosk.window.frame.shown, ResumeWithoutCardPage))
    type_into(kiosk, "field:draft_code", code)
    kiosk.robot.go_on()
    sign_in(kiosk)
    nobody_helps(kiosk)
    assert (kiosk.window.visit.place, kiosk.window.visit.answers) == (visit.place, visit.answers)


def test_the_program_ends_in_order_in_the_middle_of_a_visit(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    first_question(kiosk)
    kiosk.close()
    with kiosk.store() as store:
        [kept] = store.drafts.of_card("001058000123")
        assert store.drafts.open(kept.ref, "") is not None
