"""Tests of devices.escl_job: faults in the middle, waiting, and what single models do differently, by real HTTP."""

import pytest

from devices.escl_link import EsclTimes
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    PageImage,
    ScanOptions,
)
from tests.devices.escl_desk import FEEDER, GLASS, NEXT, Desk, after
from tests.fakes_escl import xml
from tests.fakes_http import Cut, Raw, Say, Silence

RETRY = Say(503, headers={"Retry-After": "2"})


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("ScannerAdfJam", DeviceReason.JAM),
        ("ScannerAdfHatchOpen", DeviceReason.COVER_OPEN),
        ("ScannerAdfMultipickDetected", DeviceReason.DOUBLE_FEED),
        ("", DeviceReason.FAILED),
    ],
)
def test_a_fault_in_the_middle_keeps_the_finished_pages(desk: Desk, word: str, reason: DeviceReason) -> None:
    desk.server.scanner.fails_after, desk.server.scanner.feeder_state_then = 2, word
    assert desk.scan() is reason
    assert len(desk.pages) == 2
    assert desk.server.scanner.deleted == ["1"]


def test_unless_the_scanner_says_that_it_jammed(desk: Desk) -> None:
    with after(desk.server, 1, Cut()):
        desk.server.scanner.feeder_state = "ScannerAdfJam"
        assert desk.scan() is DeviceReason.JAM


def test_a_scanner_that_goes_away_altogether_is_lost(desk: Desk) -> None:
    def pull_the_plug(_page: PageImage) -> None:
        desk.server.always("GET", "/eSCL", Cut())
        desk.server.always("DELETE", "/eSCL", Cut())

    with pytest.raises(DeviceProblem) as caught:
        desk.scanner.scan(ScanOptions(50, source=FEEDER), pull_the_plug, lambda: False)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED


def test_a_scanner_that_warms_up_is_asked_again_as_it_says(desk: Desk) -> None:
    desk.server.script("POST", "/eSCL/ScanJobs", RETRY, RETRY)
    desk.server.script("GET", NEXT, Say(503), RETRY, Say(503, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}))
    assert desk.scan() is None
    assert len(desk.pages) == 3
    assert desk.waits == [2.0, 2.0, 1.0, 2.0, 1.0]


def test_a_busy_scanner_is_not_asked_for_ever(desk: Desk) -> None:
    desk.server.always("GET", NEXT, RETRY)
    desk.server.scanner.state = "Processing"
    assert desk.scan(GLASS) is DeviceReason.BUSY
    assert len(desk.waits) == 30


def test_a_jam_ends_the_waiting(desk: Desk) -> None:
    desk.server.always("GET", NEXT, RETRY)
    desk.server.scanner.feeder_state = "ScannerAdfJam"
    assert desk.scan() is DeviceReason.JAM
    assert desk.waits == []


def test_an_empty_feeder_is_not_waited_for(desk: Desk) -> None:
    desk.server.scanner.sheets = 0
    desk.server.always("POST", "/eSCL/ScanJobs", RETRY)
    assert desk.scan() is DeviceReason.FEEDER_EMPTY
    assert desk.waits == []


def test_a_stack_without_end_is_broken_off(desk: Desk) -> None:
    desk.server.scanner.sheets = 1000
    desk.times = EsclTimes(job_s=0.3)
    assert desk.scan() is DeviceReason.TIMEOUT
    assert 0 < len(desk.pages) < 1000
    assert desk.server.scanner.deleted == ["1"]


def test_an_end_that_was_a_jam_is_told(desk: Desk) -> None:
    with after(desk.server, 2, Say(404)):
        desk.server.scanner.feeder_state = "ScannerAdfJam"
        assert desk.scan() is DeviceReason.JAM
    assert len(desk.pages) == 2


def test_an_end_that_was_a_given_up_job_is_told(desk: Desk) -> None:
    jobs = "<Jobs><JobInfo><JobUri>/eSCL/ScanJobs/1</JobUri><JobState>Aborted</JobState></JobInfo></Jobs>"
    desk.server.always("GET", "/eSCL/ScannerStatus", xml(f"<ScannerStatus><State>Idle</State>{jobs}</ScannerStatus>"))
    assert desk.scan() is DeviceReason.FAILED
    assert len(desk.pages) == 3


def test_an_empty_feeder_that_calls_itself_jammed_is_empty(desk: Desk) -> None:
    desk.server.scanner.sheets = 0
    desk.server.scanner.fails_after = 0
    assert desk.scan() is DeviceReason.FEEDER_EMPTY


@pytest.mark.parametrize(
    "location",
    [
        "http://192.0.2.99:1/eSCL/ScanJobs/1",
        "http://CN26F178X605SZ.hpLedmUSB/eSCL/ScanJobs/1",
        "ScanJobs/1",
        "/eSCL/ScanJobs/1/",
        "http://[fe80/eSCL/ScanJobs/1",
    ],
)
def test_a_job_is_at_our_scanner_whatever_host_it_names(desk: Desk, location: str) -> None:
    desk.server.scanner.location = lambda _url: location
    assert desk.scan() is None
    assert len(desk.pages) == 3


@pytest.mark.parametrize("location", ["", "http://192.0.2.99", "/eSCL/ScanJobs/ 1\r\nX: y"])
def test_a_job_that_is_nowhere_is_a_failure(desk: Desk, location: str) -> None:
    desk.server.always("POST", "/eSCL/ScanJobs", Raw(f"HTTP/1.1 201 Created\r\nLocation: {location}\r\n\r\n".encode()))
    assert desk.scan() is DeviceReason.FAILED


def test_garbage_for_a_status_does_not_hinder_a_scan(desk: Desk) -> None:
    desk.server.always("GET", "/eSCL/ScannerStatus", Say(200, b"\x00garbage"))
    assert desk.scan() is None
    assert len(desk.pages) == 3


def test_cancelling_breaks_off_a_page_under_way_and_takes_the_job_back(desk: Desk) -> None:
    silence = Silence()
    desk.server.always("GET", NEXT, silence)
    assert desk.scan(cancelled=silence.reached.is_set) is DeviceReason.CANCELLED
    assert desk.server.scanner.deleted == ["1"]


def test_a_device_that_wants_its_port_in_the_host_gets_it(desk: Desk) -> None:
    desk.server.scanner.model = "EPSON XP-7100 Series"
    assert desk.scan() is None
    assert desk.server.headers_seen[-1]["Host"] == desk.server.url.removeprefix("http://")


def test_a_brother_is_given_time_between_two_pages(desk: Desk) -> None:
    desk.server.scanner.model = "Brother MFC-L2710DW"
    assert desk.scan() is None
    assert len(desk.waits) == 3


def test_a_xerox_b205_says_not_found_for_not_yet(desk: Desk) -> None:
    desk.server.scanner.model = "B205"
    desk.server.script("GET", NEXT, Say(404), Say(410))
    assert desk.scan(GLASS) is None
    assert len(desk.pages) == 1
