"""Tests of devices.registry: every driver by its name, and what is wrong in the settings."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from devices.absent import AbsentDevice
from devices.registry import (
    make_camera,
    make_code_scanner,
    make_files,
    make_page_printer,
    make_printer,
    make_scanner,
)
from kiosk.config import DeviceSettings
from kiosk.errors import ConfigProblem
from kiosk.ports import DeviceProblem, DeviceReason, ScanOptions, Unavailable
from kiosk.resources import resource_path
from tests.devices.slips import filed

FONTS = resource_path("fonts")
WORKER = (sys.executable, "-m", "devices.sane_worker")


def settings(**entries: Any) -> DeviceSettings:
    return DeviceSettings.model_validate(entries)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "opencv"}, "OpenCvCamera"),
        ({"driver": "opencv", "source": 2}, "OpenCvCamera"),
        ({"driver": "folder", "source": "x"}, "FolderCamera"),
        ({"driver": "none"}, "AbsentDevice"),
    ],
)
def test_cameras(entries: dict[str, Any], kind: str) -> None:
    assert type(make_camera(settings(**entries))).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "auto"}, "AutoScanner"),
        ({"driver": "auto", "name": "fi-8040", "options": {"brightness": 10}}, "AutoScanner"),
        ({"driver": "escl", "address": "http://192.0.2.7/eSCL"}, "EsclScanner"),
        ({"driver": "escl", "name": "MFC-L2710"}, "EsclScanner"),
        ({"driver": "escl"}, "EsclScanner"),
        ({"driver": "sane"}, "SaneScanner"),
        ({"driver": "sane", "device": "fi-8040", "options": {"brightness": 10}}, "SaneScanner"),
        ({"driver": "folder", "source": "x", "page_s": 1.5}, "FolderScanner"),
        ({"driver": "none"}, "AbsentDevice"),
    ],
)
def test_scanners(entries: dict[str, Any], kind: str) -> None:
    assert type(make_scanner(settings(**entries), WORKER)).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "network", "host": "127.0.0.1"}, "EscposPrinter"),
        ({"driver": "usb", "vendor": "04b8", "product": "0e15"}, "EscposPrinter"),
        ({"driver": "file", "path": "/dev/usb/lp0", "profile": "POS-5890"}, "EscposPrinter"),
        ({"driver": "cups", "queue": "slips"}, "EscposPrinter"),
        ({"driver": "simulated", "folder": "x"}, "SimulatedPrinter"),
        ({"driver": "none"}, "AbsentDevice"),
    ],
)
def test_printers(entries: dict[str, Any], kind: str) -> None:
    assert type(make_printer(settings(**entries), FONTS)).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "ipp", "address": "ipp://192.0.2.7/ipp/print"}, "IppPrinter"),
        ({"driver": "ipp", "address": "ipps://printer.example:443/print", "ca_file": "printer.pem"}, "IppPrinter"),
        ({"driver": "folder", "folder": "x"}, "FolderPagePrinter"),
        ({"driver": "none"}, "NoneType"),
    ],
)
def test_page_printers(entries: dict[str, Any], kind: str) -> None:
    assert type(make_page_printer(settings(**entries))).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "sticks"}, "StickFiles"),
        ({"driver": "folder", "source": "x"}, "FolderFiles"),
        ({"driver": "none"}, "NoneType"),
    ],
)
def test_files(entries: dict[str, Any], kind: str) -> None:
    assert type(make_files(settings(**entries), WORKER)).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "entry"), [({"driver": "polaroid"}, "files.driver"), ({"driver": "folder"}, "files.source")]
)
def test_wrong_files_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_files(settings(**entries), WORKER)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"driver": "serial"}, "SerialCodeScanner"),
        ({"driver": "serial", "port": "0c2e:0b61", "baud": 9600}, "SerialCodeScanner"),
        ({"driver": "simulated", "folder": "x"}, "FolderCodeScanner"),
        ({"driver": "none"}, "NoneType"),
    ],
)
def test_code_scanners(entries: dict[str, Any], kind: str) -> None:
    assert type(make_code_scanner(settings(**entries))).__name__ == kind


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ({"driver": "polaroid"}, "code_scanner.driver"),
        ({"driver": "serial", "baud": "fast"}, "code_scanner.baud"),
        ({"driver": "simulated"}, "code_scanner.folder"),
    ],
)
def test_wrong_code_scanners_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_code_scanner(settings(**entries))


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ({"driver": "polaroid"}, "page_printer.driver"),
        ({"driver": "ipp"}, "page_printer.address"),
        ({"driver": "ipp", "address": "http://192.0.2.7/"}, "page_printer.address"),
        ({"driver": "folder"}, "page_printer.folder"),
    ],
)
def test_wrong_page_printers_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_page_printer(settings(**entries))


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ({"driver": "polaroid"}, "camera.driver"),
        ({"driver": "folder"}, "camera.source"),
    ],
)
def test_wrong_cameras_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_camera(settings(**entries))


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ({"driver": "polaroid"}, "scanner.driver"),
        ({"driver": "folder"}, "scanner.source"),
        ({"driver": "folder", "source": "x", "page_s": "long"}, "scanner.page_s"),
        ({"driver": "escl", "address": "192.0.2.7"}, "scanner.address"),
        ({"driver": "escl", "address": "http://192.0.2.7/eSCL", "name": "x"}, "scanner.address"),
        ({"driver": "escl", "address": "https://192.0.2.7/eSCL", "ca_file": "no-such-file.pem"}, "scanner.ca_file"),
        ({"driver": "auto", "options": "brightness"}, "scanner.options"),
        ({"driver": "sane", "options": "brightness"}, "scanner.options"),
        ({"driver": "sane", "options": {"brightness": [1]}}, "scanner.options"),
    ],
)
def test_wrong_scanners_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_scanner(settings(**entries), WORKER)


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ({"driver": "polaroid"}, "printer.driver"),
        ({"driver": "network"}, "printer.host"),
        ({"driver": "network", "host": "x", "port": "many"}, "printer.port"),
        ({"driver": "usb", "vendor": "04b8"}, "printer.product"),
        ({"driver": "usb", "vendor": "epson", "product": "1"}, "printer.vendor"),
        ({"driver": "simulated"}, "printer.folder"),
        ({"driver": "simulated", "folder": "x", "profile": "no-such-model"}, "printer.profile"),
        ({"driver": "file", "path": "x", "profile": "default"}, "printer.profile"),
    ],
)
def test_wrong_printers_are_named(entries: dict[str, Any], entry: str) -> None:
    with pytest.raises(ConfigProblem, match=entry):
        make_printer(settings(**entries), FONTS)


def test_a_device_that_an_office_does_not_have_is_unavailable_and_refuses() -> None:
    absent = AbsentDevice()
    assert isinstance(absent.status(), Unavailable)
    uses: list[Callable[[], None]] = [
        lambda: absent.watch(lambda _frame: True),
        lambda: absent.scan(ScanOptions(), lambda _page: None, lambda: False),
        lambda: absent.print_slip(filed()),
    ]
    for use in uses:
        with pytest.raises(DeviceProblem) as caught:
            use()
        assert caught.value.reason is DeviceReason.NOT_CONNECTED
