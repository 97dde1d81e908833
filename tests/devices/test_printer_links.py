"""Tests of devices.printer_links: ways that are not there, and the spooler by a stand-in for CUPS' own commands."""

import os
from pathlib import Path

import pytest
from escpos.printer import Usb

from devices.printer_links import FileLink, NetworkLink, SpoolerLink, UsbAddress, UsbLink
from kiosk.ports import DeviceProblem, DeviceReason
from tests.devices.network_printer import NetworkPrinter


def reason_of(open_link: object) -> DeviceReason:
    assert callable(open_link)
    with pytest.raises(DeviceProblem) as caught:
        open_link()
    return caught.value.reason


def test_a_host_where_nobody_listens_is_not_connected() -> None:
    with NetworkPrinter() as machine:
        port = machine.port
    assert reason_of(lambda: NetworkLink("127.0.0.1", port, 1)) is DeviceReason.NOT_CONNECTED


def test_a_name_that_does_not_resolve_is_not_connected() -> None:
    assert reason_of(lambda: NetworkLink("no-such-printer.invalid", 9100, 1)) is DeviceReason.NOT_CONNECTED


def test_a_file_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    assert reason_of(lambda: FileLink(tmp_path / "lp0")) is DeviceReason.NOT_CONNECTED
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_printer(tmp_path: Path) -> None:
    assert reason_of(lambda: FileLink(tmp_path)) is DeviceReason.BUSY


def test_a_full_device_is_a_failure() -> None:
    link = FileLink(Path("/dev/full"))
    try:
        assert reason_of(lambda: link.send(b"slip")) is DeviceReason.FAILED
    finally:
        link.close()


@pytest.mark.skipif(Usb.is_usable(), reason="pyusb is installed here, so this case cannot be seen: pip uninstall pyusb")
def test_without_pyusb_there_is_no_driver() -> None:
    assert reason_of(lambda: UsbLink(UsbAddress(0x04B8, 0x0E15), 1)) is DeviceReason.NO_DRIVER


def test_without_the_spoolers_commands_there_is_no_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reason_of(lambda: SpoolerLink("slips")) is DeviceReason.NO_DRIVER


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`lpstat` knows one queue, `lp` keeps its arguments and what it was given."""
    (tmp_path / "lpstat").write_text(
        '#!/bin/sh\n[ "$1" = -e ] && echo slips || echo "device for slips: usb://made-up"\n'
    )
    (tmp_path / "lp").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/job\n')
    for name in ("lp", "lpstat"):
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_the_spooler_gets_the_bytes_raw_and_from_memory(spooler: Path) -> None:
    link = SpoolerLink("slips")
    assert link.ask(b"\x10\x04\x01", 1) == b""
    link.send(b"\x1b@slip")
    link.close()
    assert (spooler / "job").read_bytes() == b"\x1b@slip\n"
    assert (spooler / "arguments").read_text().split() == ["-d", "slips", "-t", "slip", "-o", "raw"]


def test_a_queue_that_the_spooler_does_not_know_is_not_connected(spooler: Path) -> None:
    assert reason_of(lambda: SpoolerLink("other")) is DeviceReason.NOT_CONNECTED
