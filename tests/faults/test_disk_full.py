"""The disk is full at the filing: a sentence, the page stays, nothing is half kept, and it works again after."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from commands.embedded_portal import EmbeddedPortal
from kiosk.store_folder import DATABASE_NAME
from kiosk.visit import Step
from tests.faults.journey_case import assert_all_is_well
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import submissions


@contextmanager
def no_room(kiosk: KioskOfTest) -> Iterator[None]:
    """The system lets no file of this process grow beyond what the store has now: SQLite sees a full disk."""
    size = (kiosk.folder / "kiosk" / DATABASE_NAME).stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_at_the_filing_costs_the_citizen_nothing(
    own_portal: EmbeddedPortal, make_kiosk: OpenKiosk, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk = make_kiosk(own_portal)
    kiosk.open()
    kiosk.citizen().play(until=Step.FILE)
    robot, given = kiosk.robot, kiosk.window.visit.answers
    robot.tap("accept")
    with no_room(kiosk):
        robot.go_on()
        robot.wait_for("the sentence", lambda: "Ổ đĩa của máy đã đầy" in kiosk.texts())
    assert kiosk.step() is Step.FILE
    assert kiosk.window.visit.answers == given
    assert kiosk.counter.store.entries() == ()
    kiosk.counter.store.verify_audit()
    robot.go_on()
    robot.wait_for("the last page", lambda: kiosk.step() is Step.DONE, 60)
    [ref] = kiosk.window.visit.filed
    assert kiosk.delivered(ref).national_code
    assert submissions(own_portal) == [ref]
    assert_all_is_well(kiosk, own_portal, caplog)
