"""Tests of kiosk.device_checks: figures from a clock that only the device moves."""

from collections.abc import Callable

import pytest

from kiosk.device_checks import CardCheck, check_camera, check_code_scanner, check_scanner
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Frame, PageImage, Ready, ScanOptions
from tests.fakes import FakeClock

CARD = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hà Nội|15082021"
FRAME = Frame(bytes(12), 2, 2)
PAGE = PageImage(b"x" * 100, "image/jpeg", 1654, 2339, 200)


class Stream:
    """A camera: half a second until the first frame, then ten a second."""

    name = "stream"

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def status(self) -> DeviceStatus:
        return Ready()

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        self._clock.advance(0.5)
        while on_frame(FRAME):
            self._clock.advance(0.1)


class Feed:
    """A scanner that gives so many pages, two seconds each."""

    name = "feed"

    def __init__(self, clock: FakeClock, pages: int) -> None:
        self._clock = clock
        self._pages = pages

    def status(self) -> DeviceStatus:
        return Ready()

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = lambda _percent: None,
    ) -> None:
        for _page in range(self._pages):
            self._clock.advance(2)
            on_page(PAGE)


class Reader:
    """A hand-held reader that sends its texts, then waits until it is told to stop."""

    name = "reader"

    def __init__(self, clock: FakeClock, *texts: str) -> None:
        self._clock = clock
        self._texts = texts

    def status(self) -> DeviceStatus:
        return Ready()

    def watch(self, on_text: Callable[[str], None], stopped: Callable[[], bool]) -> None:
        for text in self._texts:
            self._clock.advance(1.5)
            on_text(text)
        while not stopped():
            self._clock.advance(0.2)


def test_a_camera_is_watched_for_so_long_and_its_pace_measured() -> None:
    clock, seen = FakeClock(), list[Frame]()
    figures = check_camera(Stream(clock), clock, 2.0, seen.append, lambda: False)
    assert figures.first_frame_s == 0.5
    assert figures.frames_per_s == pytest.approx(10, abs=0.1)
    assert (figures.frames, figures.width_px, figures.height_px) == (len(seen), 2, 2)
    assert 15 <= figures.frames <= 17


def test_a_camera_stops_when_told() -> None:
    clock = FakeClock()
    figures = check_camera(Stream(clock), clock, 100.0, lambda _frame: None, lambda: True)
    assert (figures.frames, figures.frames_per_s) == (1, 0.0)


class Codes:
    """Reads what it is given, 10 ms each, once 100 ms."""

    def __init__(self, clock: FakeClock, *texts: str | None) -> None:
        self._clock = clock
        self._texts = list(texts)

    def read(self, frame: Frame) -> str | None:
        self._clock.advance(0.1 if len(self._texts) == 1 else 0.01)
        return self._texts.pop(0)


def test_cards_are_counted_other_codes_apart_and_no_text_kept() -> None:
    clock = FakeClock()
    check = CardCheck(Codes(clock, None, "xin chào", CARD, CARD), clock)
    for _frame in range(4):
        check.look(FRAME)
    figures = check.figures
    assert (figures.frames, figures.read, figures.other_codes) == (4, 2, 1)
    assert (figures.look_ms, figures.slowest_ms, figures.first_read_s) == (10.0, 100.0, 0.03)
    assert "NGUYỄN" not in repr(check.__dict__)


def test_before_any_frame_nothing_was_read() -> None:
    clock = FakeClock()
    assert CardCheck(Codes(clock), clock).figures.first_read_s is None


def test_a_scan_is_measured_by_the_page() -> None:
    clock, pages = FakeClock(), list[PageImage]()
    figures = check_scanner(Feed(clock, 3), clock, ScanOptions(), pages.append, lambda: False)
    assert (figures.pages, figures.page_s, figures.dpi) == (3, 2.0, 200)
    assert pages == [PAGE] * 3


def test_a_scan_without_a_page_is_a_fault() -> None:
    clock = FakeClock()
    with pytest.raises(DeviceProblem, match="feeder_empty"):
        check_scanner(Feed(clock, 0), clock, ScanOptions(), lambda _page: None, lambda: False)


def test_one_text_of_the_hand_held_reader_is_enough() -> None:
    clock = FakeClock()
    figures = check_code_scanner(Reader(clock, CARD), clock, 20.0, lambda: False)
    assert (figures.letters, figures.is_card, figures.seconds) == (len(CARD), True, 1.5)


@pytest.mark.parametrize(("stop", "reason"), [(False, DeviceReason.TIMEOUT), (True, DeviceReason.CANCELLED)])
def test_no_text_is_a_timeout_and_a_stop_is_a_stop(stop: bool, reason: DeviceReason) -> None:
    clock = FakeClock()
    with pytest.raises(DeviceProblem) as caught:
        check_code_scanner(Reader(clock), clock, 5.0, lambda: stop)
    assert caught.value.reason is reason
