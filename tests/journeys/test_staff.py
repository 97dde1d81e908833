"""The staff at a running kiosk: a dossier that the portal refused is understood, its people called, and sent again."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from jwt.utils import base64url_decode
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.ids import format_slip_code, slip_code
from kiosk.outbox import State
from kiosk.receipt import ProblemType
from kiosk.store import Identity
from kiosk.store_staff import Act
from sync.enrolment import load_enrolment
from tests.fakes_portal import CODE, FakePortal, problem
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.sample_dossiers import NAME, sample_dossier
from ui.pin_pad import PinPad

STAFF, PIN = "Trần Thị Mẫu", "271829"
REF = UUID(int=7)
CODE_SHOWN = format_slip_code(slip_code(REF))


class RefusingPortal(FakePortal):
    """Enrols whoever asks, and says no to the first dossier."""

    def prepare(self) -> str:
        """Its one-time code."""
        self.script("PUT", "/v1/submissions/", problem(ProblemType.INVALID_MANIFEST, 422))
        return CODE


def file_one(kiosk: KioskOfTest) -> None:
    """A dossier that was sealed before the kiosk opens, and a member of the staff."""
    with kiosk.store() as store:
        enrolled = load_enrolment(store)
        assert enrolled is not None
        of = enrolled.enrolment
        identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
        store.seal(replace(sample_dossier(REF.int), slip_code=slip_code(REF)), identity)
        assert store.staff.add(STAFF, PIN, store.entries()[0].sealed_at) is None


def type_pin(kiosk: KioskOfTest, pin: str) -> None:
    robot, window = kiosk.robot, kiosk.window
    robot.wait_for("the pad", lambda: isinstance(window.focusWidget(), PinPad))
    QTest.keyClicks(window.focusWidget(), f"{pin}\r")


def state(kiosk: KioskOfTest) -> State:
    entry = kiosk.counter.store.entry(REF)
    assert entry is not None
    return entry.state


def test_a_refused_dossier_is_understood_its_person_called_and_sent_again(make_kiosk: OpenKiosk) -> None:
    portal = RefusingPortal()
    with portal.running():
        kiosk = make_kiosk(portal)
        file_one(kiosk)
        kiosk.open()
        robot, window = kiosk.robot, kiosk.window
        robot.wait_for("the refusal", lambda: state(kiosk) is State.PARKED)
        QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        robot.wait_for("the alarm", lambda: "1 hồ sơ bị cổng trả lại" in kiosk.texts())
        robot.tap("staff_queue")
        robot.wait_for("the reason", lambda: "Cổng không chấp nhận nội dung tờ khai" in kiosk.texts())
        assert CODE_SHOWN in kiosk.texts()
        assert NAME not in kiosk.texts()
        robot.tap(f"look:{slip_code(REF)}")
        robot.tap("contacts")
        type_pin(kiosk, "314159")
        robot.wait_for("the refusal of a PIN", lambda: "Mã PIN không đúng. Còn 4 lần thử." in kiosk.texts())
        type_pin(kiosk, PIN)
        robot.wait_for("the name", lambda: NAME in kiosk.texts())
        [seen] = kiosk.counter.store.staff.acts()
        assert (seen.act, seen.staff, seen.client_ref) == (Act.VIEWED, STAFF, REF)
        robot.tap("send_again")
        robot.wait_for("the portal's receipt", lambda: state(kiosk) is State.RECEIPTED)
        robot.tap("back")
        robot.wait_for("an empty queue", lambda: "Không còn hồ sơ nào chờ." in kiosk.texts())
        assert NAME not in kiosk.texts()
        robot.tap("next")
        robot.wait_for("the first page", lambda: robot.find("begin") is not None)
        kiosk.counter.store.verify_audit()
        kiosk.close()


@pytest.mark.proof  # tests/commands/test_staff_queue.py and tests/ui/test_queue_screen.py are its short version
def test_with_the_line_down_the_queue_goes_to_a_stick_and_stays_here(make_kiosk: OpenKiosk) -> None:
    portal = RefusingPortal()
    with portal.running():
        kiosk = make_kiosk(portal)
        file_one(kiosk)
    kiosk.open()
    robot = kiosk.robot
    kiosk.window.show_staff()
    robot.tap("staff_queue")
    robot.tap("export")
    robot.tap("stick:stick")
    type_pin(kiosk, PIN)
    robot.wait_for("the end of the copy", lambda: "Đã chép 1 hồ sơ. Rút USB ra" in kiosk.texts())
    [export] = [path for path in (kiosk.folder / "stick").iterdir() if path.name.startswith("diem-truy-cap-")]
    assert NAME.encode() not in all_bytes(export)
    assert state(kiosk) is State.SEALED
    kiosk.close()


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
