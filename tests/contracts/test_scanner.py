"""What every scanner does: one suite on a folder of pictures, and on SANE's own `test` backend, a real backend."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from devices.folder_scanner import FolderScanner
from devices.sane_scanner import SaneScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, Ready, Scanner, ScanOptions, Unavailable
from tests.devices.pictures_made import RED, encoded, plain

WORKER = (sys.executable, "-m", "devices.sane_worker")
NO_SANE = "python-sane is missing: apt-get install libsane-dev gcc python3-dev, then pip install python-sane"


@dataclass
class Rig:
    """A scanner with a stack in its feeder, one that is not there, and one that fails with a given fault."""

    scanner: Scanner
    missing: Scanner
    failing: Callable[[DeviceReason], Scanner]
    stack: int


def folder_rig(tmp_path: Path) -> Rig:
    for number in range(3):
        page = plain(RED, (827, 1169))
        (tmp_path / f"{number}.jpg").write_bytes(encoded(page))

    def failing(reason: DeviceReason) -> Scanner:
        (tmp_path / "state.json").write_text(f'{{"status": "{reason}"}}')
        return FolderScanner(tmp_path)

    return Rig(FolderScanner(tmp_path), FolderScanner(tmp_path / "missing"), failing, 3)


def sane_rig(config: Path) -> Rig:
    """The backend's faults are its option `read-return-value`; its feeder is empty after ten pages."""
    faults = {
        DeviceReason.JAM: "SANE_STATUS_JAMMED",
        DeviceReason.COVER_OPEN: "SANE_STATUS_COVER_OPEN",
        DeviceReason.FEEDER_EMPTY: "SANE_STATUS_NO_DOCS",
        DeviceReason.BUSY: "SANE_STATUS_DEVICE_BUSY",
    }
    colours = {"test-picture": "Color pattern"}

    def failing(reason: DeviceReason) -> Scanner:
        return SaneScanner(WORKER, "test:0", {"read-return-value": faults[reason]})

    return Rig(SaneScanner(WORKER, "test:0", colours), SaneScanner(WORKER, "no-such-scanner"), failing, 10)


@pytest.fixture(params=["folder", "sane"])
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    if request.param == "folder":
        return folder_rig(tmp_path)
    if find_spec("sane") is None:
        pytest.skip(NO_SANE)
    (tmp_path / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    return sane_rig(tmp_path)


def scan(scanner: Scanner, options: ScanOptions) -> list[PageImage]:
    pages: list[PageImage] = []
    scanner.scan(options, pages.append, lambda: False)
    return pages


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.scanner.name
    assert isinstance(rig.scanner.status(), Ready)


def test_the_glass_gives_one_page_in_colour_as_large_as_it_says(rig: Rig) -> None:
    (page,) = scan(rig.scanner, ScanOptions(dpi=50))
    picture = Image.open(io.BytesIO(page.content))
    assert (picture.width, picture.height) == (page.width_px, page.height_px)
    assert (picture.format, page.media_type) == ("JPEG", "image/jpeg")
    assert page.dpi == 50
    assert picture.mode == "RGB"
    reds, _greens, blues = picture.split()
    assert reds.tobytes() != blues.tobytes()


def test_without_colour_it_is_grey(rig: Rig) -> None:
    (page,) = scan(rig.scanner, ScanOptions(dpi=50, colour=False))
    assert Image.open(io.BytesIO(page.content)).mode == "L"


def test_the_feeder_gives_its_whole_stack(rig: Rig) -> None:
    assert len(scan(rig.scanner, ScanOptions(dpi=50, feeder=True))) == rig.stack


def test_a_cancelled_scan_keeps_the_pages_that_were_given(rig: Rig) -> None:
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        rig.scanner.scan(ScanOptions(dpi=300, feeder=True), pages.append, lambda: bool(pages))
    assert caught.value.reason is DeviceReason.CANCELLED
    assert 1 <= len(pages) < rig.stack


def test_while_it_scans_it_is_ready(rig: Rig) -> None:
    """A page that asks for the state of the devices must not open the scanner a second time."""
    states: list[object] = []
    rig.scanner.scan(ScanOptions(dpi=50), lambda _page: states.append(rig.scanner.status()), lambda: False)
    assert [type(state) for state in states] == [Ready]


def test_it_scans_again_after_a_scan(rig: Rig) -> None:
    options = ScanOptions(dpi=50)
    assert [page.dpi for page in scan(rig.scanner, options) + scan(rig.scanner, options)] == [50, 50]


@pytest.mark.parametrize(
    "reason", [DeviceReason.JAM, DeviceReason.COVER_OPEN, DeviceReason.BUSY, DeviceReason.FEEDER_EMPTY]
)
def test_a_fault_says_what_it_is(rig: Rig, reason: DeviceReason) -> None:
    with pytest.raises(DeviceProblem) as caught:
        scan(rig.failing(reason), ScanOptions(dpi=50, feeder=True))
    assert caught.value.reason is reason


def test_a_scanner_that_is_not_there_is_unavailable_and_refuses(rig: Rig) -> None:
    status = rig.missing.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as caught:
        scan(rig.missing, ScanOptions())
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
