"""Tests of devices.sane_worker with a backend of our own: feeders that behave as vendors' do, in the real process.

The module `sane` that the worker finds here stands for python-sane with one device: its feeder, its two sides and what
it says at the end of a stack are the test's. SANE's own `test` backend, in the contract, has no second side.
"""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

from devices.sane_scanner import SaneScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, ScanOptions, ScanSource

AUTO, GLASS, FEEDER, BOTH = ScanSource.AUTO, ScanSource.GLASS, ScanSource.FEEDER, ScanSource.FEEDER_BOTH_SIDES
BACKEND = """
from PIL import Image
SHEETS, SOURCES, EMPTY_AT, NAMES = {sheets}, {sources}, {empty_at!r}, {names}
END = {end!r}
class Option:
    def __init__(self, constraint): self.constraint = constraint
    def is_active(self): return True
    def is_settable(self): return True
class Device:
    devname = "backend:libusb:001:007"
    def __init__(self):
        self.__dict__.update(source="", resolution=50, mode="Color", begun=False)
        self.opt = dict(source=Option(SOURCES), resolution=Option((50, 300, 1)), mode=Option(["Gray", "Color"]))
        self.sides = None
    def __setattr__(self, name, value):
        if name in ("source", "resolution", "mode") and self.__dict__.get("begun"):
            raise RuntimeError("Device busy")
        self.__dict__[name] = value
    def fed(self):
        return self.source not in ("Flatbed", "")
    def empty(self):
        if self.sides is None:
            self.sides = SHEETS * (2 if "Duplex" in self.source else 1)
        return self.fed() and self.sides == 0
    def start(self):
        self.__dict__["begun"] = True
        if self.empty() and EMPTY_AT == "start":
            raise RuntimeError(END)
    def snap(self, no_cancel=False, progress=None):
        if self.empty():
            raise RuntimeError(END)
        for line in range(1, 11):
            progress(line, {lines})
        if self.fed():
            self.sides -= 1
        return Image.new("RGB", (20, 30), (10, 10, 200) if self.fed() else (200, 10, 10))
    def cancel(self):
        self.__dict__["begun"] = False
    def close(self): pass
def init(): pass
def get_devices(localOnly=False):
    return [(name, "Maker", "Model 7", "scanner") for name in NAMES if not (localOnly and name.startswith("net:"))]
def open(name):
    if name not in NAMES:
        raise RuntimeError("Invalid argument")
    return Device()
"""
FLATBED_AND_FEEDER = ["Flatbed", "ADF Front", "ADF Duplex"]


def scanner(folder: Path, monkeypatch: pytest.MonkeyPatch, device: str = "Model 7", **backend: object) -> SaneScanner:
    choices: dict[str, object] = {
        "sheets": 2,
        "sources": FLATBED_AND_FEEDER,
        "empty_at": "start",
        "end": "Document feeder out of documents",
        "names": ["backend:libusb:001:007"],
        "lines": 10,
    }
    text = BACKEND
    for name, value in {**choices, **backend}.items():
        text = text.replace(f"{{{name}!r}}", repr(value)).replace(f"{{{name}}}", repr(value))
    (folder / "sane.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return SaneScanner([sys.executable, "-m", "devices.sane_worker"], device)


def scan(made: SaneScanner, source: ScanSource) -> str:
    """F for each page of the feeder, G for one of the glass; then the reason, if it stopped."""
    pages: list[PageImage] = []
    reason = ""
    try:
        made.scan(ScanOptions(50, source=source), pages.append, lambda: False)
    except DeviceProblem as problem:
        reason = f" {problem.reason}"
    pictures = [Image.open(io.BytesIO(page.content)).resize((1, 1)).tobytes() for page in pages]
    return "".join("G" if picture[0] > picture[2] else "F" for picture in pictures) + reason


@pytest.mark.parametrize(("source", "pages"), [(AUTO, "FFFF"), (BOTH, "FFFF"), (FEEDER, "FF"), (GLASS, "G")])
def test_sources_and_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: ScanSource, pages: str) -> None:
    assert scan(scanner(tmp_path, monkeypatch), source) == pages


@pytest.mark.parametrize("empty_at", ["start", "read"])
@pytest.mark.parametrize("end", ["Document feeder out of documents", "Scanner returned no data"])
@pytest.mark.parametrize(("source", "pages"), [(AUTO, "G"), (BOTH, " feeder_empty"), (FEEDER, " feeder_empty")])
def test_an_empty_feeder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_at: str, end: str, source: ScanSource, pages: str
) -> None:
    """Whenever and however it says so; the glass is taken only where the source was left open."""
    assert scan(scanner(tmp_path, monkeypatch, sheets=0, empty_at=empty_at, end=end), source) == pages


@pytest.mark.parametrize("empty_at", ["start", "read"])
def test_the_end_of_a_stack_is_no_fault_however_late_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_at: str
) -> None:
    assert scan(scanner(tmp_path, monkeypatch, empty_at=empty_at), FEEDER) == "FF"


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("Document feeder jammed", DeviceReason.JAM),
        ("Error during device I/O", DeviceReason.NOT_CONNECTED),
        ("Scanner cover is open", DeviceReason.COVER_OPEN),
    ],
)
def test_a_fault_in_the_middle_keeps_the_finished_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, reason: DeviceReason
) -> None:
    assert scan(scanner(tmp_path, monkeypatch, end=end), AUTO) == f"FFFF {reason}"


def test_without_a_glass_nothing_comes_after_the_feeder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scanner(tmp_path, monkeypatch, sources=["ADF Front", "ADF Duplex"], sheets=0)
    assert scan(made, AUTO) == " feeder_empty"


def test_a_page_whose_length_is_not_known_has_progress_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    made = scanner(tmp_path, monkeypatch, lines=-1)
    made.scan(ScanOptions(50, source=GLASS), lambda _page: None, lambda: False, told.append)
    assert told == sorted(told)
    assert told[-1] in range(1, 100)


@pytest.mark.parametrize("named", ["Model 7", "maker", "backend:libusb:001:007", "backend:libusb:001:004", ""])
def test_a_scanner_that_was_plugged_in_again_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    assert scan(scanner(tmp_path, monkeypatch, named), GLASS) == "G"


def test_a_scanner_of_the_network_is_taken_only_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["net:room 9:epson2"]
    assert scan(scanner(tmp_path, monkeypatch, "", names=names), GLASS) == " not_connected"
    assert scan(scanner(tmp_path, monkeypatch, "Model 7", names=names), GLASS) == "G"


def test_all_are_listed_those_of_networks_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["net:room 9:epson2", "v4l:/dev/video0"]
    assert scanner(tmp_path, monkeypatch, names=names).listed() == [("net:room 9:epson2", "Maker Model 7")]
