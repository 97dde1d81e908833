"""Tests of commands/help_line.py: lamp and office are rung side by side, and neither waits for the other."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Event
from uuid import UUID

import pytest

from commands.help_line import CounterHelpLine
from kiosk.help_call import CallNews, HelpCall, OfficeNews
from kiosk.keys import DemoKeys
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready
from kiosk.store import Store
from tests.fakes import FakeClock

TIMEOUT_S = 10.0
CALL = HelpCall(UUID(int=1), "Xem lại", FakeClock().now())


class HandLamp:
    """A lamp in the hands of the test."""

    name = "lamp"

    def __init__(self) -> None:
        self.switched: Queue[bool] = Queue()
        self.broken = False
        self.free = Event()
        self.free.set()

    def status(self) -> DeviceStatus:
        return Ready()

    def switch(self, *, on: bool) -> None:
        self.free.wait(TIMEOUT_S)
        self.switched.put(on)
        if self.broken:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), FakeClock(), reserve_bytes=0) as opened:
        yield opened


@pytest.fixture
def lamp() -> HandLamp:
    return HandLamp()


@pytest.fixture
def line(store: Store, lamp: HandLamp) -> Iterator[CounterHelpLine]:
    made = CounterHelpLine(store, FakeClock(), lamp, None)
    made.start()
    assert not lamp.switched.get(timeout=TIMEOUT_S)  # whatever a killed program left
    yield made
    made.stop(TIMEOUT_S)


def test_the_lamp_goes_on_and_out_and_the_call_is_written_down(
    store: Store, lamp: HandLamp, line: CounterHelpLine
) -> None:
    assert line.news() == CallNews(OfficeNews.NONE, lamp=False)
    before = store.verify_audit()
    line.ring(CALL)
    assert lamp.switched.get(timeout=TIMEOUT_S)
    line.end()
    assert not lamp.switched.get(timeout=TIMEOUT_S)
    assert store.verify_audit() == before + 1


def test_a_broken_lamp_is_never_said_to_be_on(lamp: HandLamp, line: CounterHelpLine) -> None:
    lamp.broken = True
    line.ring(CALL)
    assert lamp.switched.get(timeout=TIMEOUT_S)
    lamp.broken = False
    line.end()
    assert not lamp.switched.get(timeout=TIMEOUT_S)
    assert not line.news().lamp


def test_a_lamp_that_hangs_holds_nobody_up(lamp: HandLamp, line: CounterHelpLine) -> None:
    lamp.free.clear()
    line.ring(CALL)
    line.end()
    assert line.news() == CallNews()
    lamp.free.set()


def test_it_goes_out_when_the_program_ends(lamp: HandLamp, line: CounterHelpLine) -> None:
    line.ring(CALL)
    assert lamp.switched.get(timeout=TIMEOUT_S)
    line.stop(TIMEOUT_S)
    assert not lamp.switched.get(timeout=TIMEOUT_S)


def test_a_lamp_that_hangs_holds_no_end_up(store: Store, lamp: HandLamp) -> None:
    lamp.free.clear()
    made = CounterHelpLine(store, FakeClock(), lamp, None)
    made.start()
    try:
        made.stop(timeout_s=0.01)
        hanging = [thread for thread in threading.enumerate() if thread.name == "lamp"]
        assert [thread.daemon for thread in hanging] == [True]
    finally:
        lamp.free.set()
        made.stop(TIMEOUT_S)
