"""The demo: a kiosk enrolled with its own portal, in one folder, with devices that always answer."""

from pathlib import Path

import pytest

from commands.composition import load_shipped
from commands.demo import Demo, DemoNotEnrolled, demo_settings, prepare_demo
from commands.demo_badges import DEMO_HELPERS
from commands.self_command import self_command
from devices.registry import make_camera, make_printer, make_scanner
from kiosk.dossier import Desk
from kiosk.helper_desk import CheckedIn
from kiosk.ports import Unavailable
from kiosk.resources import resource_path
from kiosk.store_badges import RosterAnswer
from sync.enrolment import Enrolled, load_enrolment


def enrolment_of(demo: Demo) -> Enrolled:
    with demo.counter(load_shipped()) as counter:
        desk = counter.filing.desk()
        assert isinstance(desk, Desk)
        assert desk.test
        enrolled = load_enrolment(counter.store)
    assert enrolled is not None
    return enrolled


def helpers_check_in(demo: Demo) -> None:
    """The helper of the kiosk, and that of the portal once the roster came."""
    with demo.counter(load_shipped()) as counter:
        assert counter.roster_loop is not None
        assert counter.roster_loop.run_once() is RosterAnswer.TAKEN
        now, desk = counter.clock.now(), counter.store.helper_desk
        answers = [desk.check_in(each.badge.text, each.pin, now) for each in DEMO_HELPERS]
        assert [answer.helper.name for answer in answers if isinstance(answer, CheckedIn)] == [
            each.name for each in DEMO_HELPERS
        ]


@pytest.mark.proof
def test_it_is_enrolled_once_and_later_learns_the_portals_new_address(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path, real_devices=False)
    demo = prepare_demo(tmp_path, settings)
    with demo.portal:
        first = enrolment_of(demo)
        assert first.portal_url == demo.portal.url
    again = prepare_demo(tmp_path, settings)
    with again.portal:
        second = enrolment_of(again)
        helpers_check_in(again)
    assert second.portal_url == again.portal.url
    assert second.enrolment == first.enrolment


def test_a_code_that_the_portal_does_not_take_is_said_so(tmp_path: Path) -> None:
    demo = prepare_demo(tmp_path, demo_settings(tmp_path, real_devices=False))
    with demo.portal:
        other = Demo(demo_settings(tmp_path / "other", real_devices=False), demo.keys, demo.portal)
        with pytest.raises(DemoNotEnrolled):
            other.enrol("00000000")


def test_what_a_person_changed_in_the_demos_folders_stays(tmp_path: Path) -> None:
    demo_settings(tmp_path, real_devices=False)
    (tmp_path / "camera" / "card-1.jpg").unlink()
    demo_settings(tmp_path, real_devices=False)
    assert not (tmp_path / "camera" / "card-1.jpg").exists()
    assert (tmp_path / "scanner" / "paper-1.jpg").exists()


def test_every_device_of_a_demo_answers(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path, real_devices=True)
    devices = (
        make_camera(settings.camera),
        make_scanner(settings.scanner, self_command("sane-worker")),
        make_printer(settings.printer, resource_path("fonts")),
    )
    assert [device.name for device in devices if isinstance(device.status(), Unavailable)] == []
