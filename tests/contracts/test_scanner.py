"""What every scanner does: one suite on a folder of pictures, on SANE's own `test` backend, and on eSCL servers."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from devices.escl_link import EsclLink
from devices.escl_scanner import EsclScanner
from devices.folder_scanner import FolderScanner
from devices.sane_scanner import SaneScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, Ready, Scanner, ScanOptions, ScanSource, Unavailable
from tests.conftest import child_ids
from tests.contracts.airsane import MISSING, airsaned, serving
from tests.devices.pictures_made import RED, encoded, plain
from tests.fakes_escl import EsclServer
from tests.fakes_escl import Scanner as FakeMachine
from tests.fakes_http import Cut, Say

WORKER = (sys.executable, "-m", "devices.sane_worker")
NO_SANE = "python-sane is missing: apt-get install libsane-dev gcc python3-dev, then pip install python-sane"
GLASS, FEEDER, BOTH = ScanSource.GLASS, ScanSource.FEEDER, ScanSource.FEEDER_BOTH_SIDES
NOBODY = "http://127.0.0.1:9/eSCL"  # the port of "discard", where nobody listens


@dataclass
class Rig:
    """A scanner with a stack in its feeder, one that is not there, and one that fails with a given fault."""

    scanner: Scanner
    missing: Scanner
    failing: Callable[[DeviceReason], Scanner]
    unplug: Callable[[], object]
    stack: int
    dpi: int = 50
    vague: bool = False  # its way of telling of faults loses which one it was
    both: int | None = None  # sides of the stack, where it takes both
    rest: ExitStack = field(default_factory=ExitStack)


def folder_rig(tmp_path: Path) -> Rig:
    for number in range(3):
        page = plain(RED, (827, 1169))
        (tmp_path / f"{number}.jpg").write_bytes(encoded(page))
    (tmp_path / "state.json").write_text('{"feeder_loaded": true}')

    def failing(reason: DeviceReason) -> Scanner:
        (tmp_path / "state.json").write_text(f'{{"status": "{reason}"}}')
        return FolderScanner(tmp_path)

    def unplug() -> None:
        (tmp_path / "state.json").write_text('{"status": "not_connected"}')

    return Rig(FolderScanner(tmp_path), FolderScanner(tmp_path / "missing"), failing, unplug, 3, both=6)


SANE_FAULTS = {
    DeviceReason.JAM: "SANE_STATUS_JAMMED",
    DeviceReason.COVER_OPEN: "SANE_STATUS_COVER_OPEN",
    DeviceReason.FEEDER_EMPTY: "SANE_STATUS_NO_DOCS",
    DeviceReason.BUSY: "SANE_STATUS_DEVICE_BUSY",
}


def sane_rig() -> Rig:
    """The backend's faults are its option `read-return-value`; its feeder is empty after ten pages."""
    colours = {"test-picture": "Color pattern"}

    def failing(reason: DeviceReason) -> Scanner:
        return SaneScanner(WORKER, "test:0", {"read-return-value": SANE_FAULTS[reason]})

    before = child_ids()

    def unplug() -> None:
        """The nearest to it that the backend allows: its process dies."""
        for pid in child_ids() - before:
            os.kill(pid, signal.SIGKILL)

    return Rig(SaneScanner(WORKER, "test:0", colours), SaneScanner(WORKER, "no-such-scanner"), failing, unplug, 10)


def escl_scanner(address: str) -> EsclScanner:
    """Without the waits between two tries."""
    link = EsclLink(address)
    return EsclScanner(lambda: (link,), wait=lambda _seconds: None)


def escl_rig() -> Rig:
    rest = ExitStack()

    def serve(machine: FakeMachine) -> EsclServer:
        server = EsclServer(machine)
        rest.enter_context(server.running())
        return server

    def failing(reason: DeviceReason) -> Scanner:
        words = {DeviceReason.JAM: "ScannerAdfJam", DeviceReason.COVER_OPEN: "ScannerAdfHatchOpen"}
        machine = FakeMachine(fails_after=0, feeder_state_then=words.get(reason, ""))
        server = serve(FakeMachine(sheets=0) if reason is DeviceReason.FEEDER_EMPTY else machine)
        if reason is DeviceReason.BUSY:
            server.always("POST", "/eSCL/ScanJobs", Say(503, headers={"Retry-After": "1"}))
        return escl_scanner(server.address)

    server = serve(FakeMachine())

    def unplug() -> None:
        for method in ("GET", "DELETE"):
            server.always(method, "/eSCL", Cut())

    return Rig(escl_scanner(server.address), escl_scanner(NOBODY), failing, unplug, 3, both=6, rest=rest)


def airsane_rig(tmp_path: Path) -> Rig:
    """AirSane tells of a fault that SANE meets while reading by a page without a byte, and not which one it was."""
    rest = ExitStack()

    def at(options: str) -> tuple[Scanner, Callable[[], None]]:
        served = rest.enter_context(serving(tmp_path, options))
        if served is None:
            pytest.skip(MISSING)
        address, kill = served
        return escl_scanner(address), kill

    def failing(reason: DeviceReason) -> Scanner:
        return at(f"read-return-value {SANE_FAULTS[reason]}")[0]

    scanner, kill = at("test-picture Color pattern")
    return Rig(scanner, escl_scanner(NOBODY), failing, kill, 10, 75, vague=True, rest=rest)


@pytest.fixture(params=["folder", "sane", "escl", "airsane"])
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    if request.param == "sane" and find_spec("sane") is None:
        pytest.skip(NO_SANE)
    if request.param == "airsane" and airsaned() is None:
        pytest.skip(MISSING)
    (tmp_path / "dll.conf").write_text("test\n")
    if request.param == "sane":
        monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    makers: dict[str, Callable[[], Rig]] = {
        "folder": lambda: folder_rig(tmp_path),
        "sane": sane_rig,
        "escl": escl_rig,
        "airsane": lambda: airsane_rig(tmp_path),
    }
    made = makers[request.param]()
    with made.rest:
        yield made


def scan(scanner: Scanner, options: ScanOptions) -> list[PageImage]:
    pages: list[PageImage] = []
    scanner.scan(options, pages.append, lambda: False)
    return pages


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.scanner.name
    assert isinstance(rig.scanner.status(), Ready)


def test_the_glass_gives_one_page_in_colour_as_large_as_it_says(rig: Rig) -> None:
    (page,) = scan(rig.scanner, ScanOptions(dpi=rig.dpi, source=GLASS))
    picture = Image.open(io.BytesIO(page.content))
    assert (picture.width, picture.height) == (page.width_px, page.height_px)
    assert (picture.format, page.media_type) == ("JPEG", "image/jpeg")
    assert page.dpi == rig.dpi
    assert picture.mode == "RGB"
    reds, _greens, blues = picture.split()
    assert reds.tobytes() != blues.tobytes()


def test_without_colour_it_is_grey(rig: Rig) -> None:
    (page,) = scan(rig.scanner, ScanOptions(dpi=rig.dpi, colour=False, source=GLASS))
    assert Image.open(io.BytesIO(page.content)).mode == "L"


def test_the_feeder_gives_its_whole_stack(rig: Rig) -> None:
    assert len(scan(rig.scanner, ScanOptions(dpi=rig.dpi, source=FEEDER))) == rig.stack


def test_left_to_the_scanner_what_lies_in_the_feeder_comes_first(rig: Rig) -> None:
    assert len(scan(rig.scanner, ScanOptions(dpi=rig.dpi))) in {rig.stack, rig.both}


def test_both_sides_come_where_the_feeder_can_and_else_the_fronts(rig: Rig) -> None:
    assert len(scan(rig.scanner, ScanOptions(dpi=rig.dpi, source=BOTH))) == (rig.both or rig.stack)


def test_progress_goes_from_nothing_up_and_begins_anew_with_each_page(rig: Rig) -> None:
    told: list[int] = []
    pages: list[PageImage] = []
    rig.scanner.scan(ScanOptions(dpi=300, source=FEEDER), pages.append, lambda: False, told.append)
    assert set(told) <= set(range(101))
    assert told[0] == 0
    falls = sum(later < earlier for earlier, later in pairwise(told))
    assert falls in {len(pages) - 1, len(pages)}  # once a page, and once more where the end is found by asking


def test_a_cancelled_scan_keeps_the_pages_that_were_given(rig: Rig) -> None:
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        rig.scanner.scan(ScanOptions(dpi=300, source=FEEDER), pages.append, lambda: bool(pages))
    assert caught.value.reason is DeviceReason.CANCELLED
    assert 1 <= len(pages) < rig.stack


def test_a_scanner_that_is_unplugged_in_the_middle_leaves_the_finished_pages(rig: Rig) -> None:
    pages: list[PageImage] = []

    def unplug(page: PageImage) -> None:
        pages.append(page)
        rig.unplug()

    with pytest.raises(DeviceProblem) as caught:
        rig.scanner.scan(ScanOptions(dpi=300, source=FEEDER), unplug, lambda: False)
    assert caught.value.reason in {DeviceReason.NOT_CONNECTED, DeviceReason.FAILED}
    assert 1 <= len(pages) < rig.stack


def test_while_it_scans_it_is_ready(rig: Rig) -> None:
    """A page that asks for the state of the devices must not open the scanner a second time."""
    states: list[object] = []
    rig.scanner.scan(
        ScanOptions(dpi=rig.dpi, source=GLASS), lambda _page: states.append(rig.scanner.status()), lambda: False
    )
    assert [type(state) for state in states] == [Ready]


def test_it_scans_again_after_a_scan(rig: Rig) -> None:
    options = ScanOptions(dpi=rig.dpi, source=GLASS)
    assert [page.dpi for page in scan(rig.scanner, options) + scan(rig.scanner, options)] == [rig.dpi, rig.dpi]


@pytest.mark.parametrize(
    "reason", [DeviceReason.JAM, DeviceReason.COVER_OPEN, DeviceReason.BUSY, DeviceReason.FEEDER_EMPTY]
)
def test_a_fault_says_what_it_is(rig: Rig, reason: DeviceReason) -> None:
    with pytest.raises(DeviceProblem) as caught:
        scan(rig.failing(reason), ScanOptions(dpi=rig.dpi, source=FEEDER))
    assert caught.value.reason is (DeviceReason.FAILED if rig.vague else reason)


def test_a_scanner_that_is_not_there_is_unavailable_and_refuses(rig: Rig) -> None:
    status = rig.missing.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as caught:
        scan(rig.missing, ScanOptions())
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
