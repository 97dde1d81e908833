"""Tests of devices.serial_code_scanner on pseudo-terminals: which port, who may use it, how it is found again."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from devices.serial_code_scanner import SerialCodeScanner, SerialPort, serial_ports
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable

ROUNDS_AT_MOST = 50


class Line:
    """A pseudo-terminal: the end that the kiosk opens by its name, and the end of the reader."""

    def __init__(self) -> None:
        self.reader, self._kiosk = os.openpty()
        self.device = os.ttyname(self._kiosk)

    def close(self) -> None:
        os.close(self.reader)
        os.close(self._kiosk)


@pytest.fixture
def lines() -> Iterator[tuple[Line, Line]]:
    pair = (Line(), Line())
    yield pair
    for line in pair:
        line.close()


def one_text(scanner: SerialCodeScanner, line: Line) -> list[str]:
    read: list[str] = []
    rounds = iter(range(ROUNDS_AT_MOST))

    def stopped() -> bool:
        if next(rounds) == 1:
            os.write(line.reader, b"abc\r")
        return bool(read)

    scanner.watch(read.append, stopped)
    return read


def problem(scanner: SerialCodeScanner) -> DeviceProblem:
    with pytest.raises(DeviceProblem) as caught:
        scanner.watch(lambda _text: None, lambda: True)
    return caught.value


def sent_in_pieces(line: Line, *pieces: bytes, texts: int) -> list[str]:
    to_send, read = list(pieces), list[str]()
    rounds = iter(range(ROUNDS_AT_MOST))

    def stopped() -> bool:
        if next(rounds) and to_send:
            os.write(line.reader, to_send.pop(0))
        return len(read) == texts

    SerialCodeScanner(line.device).watch(read.append, stopped)
    return read


def test_a_code_sent_in_pieces_is_one_text(lines: tuple[Line, Line]) -> None:
    pieces = (b"0010|Nguy\xe1\xbb", b"\x85n|\r", b"\nnext\r\n")
    assert sent_in_pieces(lines[0], *pieces, texts=2) == ["0010|Nguyễn|", "next"]


def test_silence_ends_a_text(lines: tuple[Line, Line]) -> None:
    assert sent_in_pieces(lines[0], b"0010|Nguy\xe1\xbb", b"\x85n|", texts=1) == ["0010|Nguyễn|"]


def test_the_only_reader_is_found_by_itself() -> None:
    ports = [
        SerialPort("/dev/ttyS0"),
        SerialPort("/dev/ttyUSB0", "067b:2303:"),
        SerialPort("/dev/ttyACM3", "0c2e:0b61:7"),
    ]
    assert SerialCodeScanner("auto", ports=lambda: ports).status() != Unavailable(DeviceReason.NOT_CONNECTED)
    with_none = SerialCodeScanner(ports=lambda: ports[:2]).status()
    assert isinstance(with_none, Unavailable)
    assert with_none.reason is DeviceReason.NOT_CONNECTED


def test_of_several_none_is_guessed() -> None:
    ports = [SerialPort("/dev/ttyACM1", "0c2e:0b61:7"), SerialPort("/dev/ttyACM0", "05e0:1701:8")]
    status = SerialCodeScanner(ports=lambda: ports).status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED
    assert "/dev/ttyACM0 05e0:1701:8, /dev/ttyACM1 0c2e:0b61:7" in status.detail


@pytest.mark.parametrize("named", ["0C2E:0B61", "0c2e:0b61:A7", "0c2e:0b61:a7"])
def test_a_reader_is_named_by_its_usb_numbers(lines: tuple[Line, Line], named: str) -> None:
    ports = [SerialPort(lines[1].device, "05e0:1701:8"), SerialPort(lines[0].device, "0c2e:0b61:a7")]
    assert SerialCodeScanner(named, ports=lambda: ports).status() == Ready(lines[0].device)


def test_half_a_number_is_no_name() -> None:
    ports = [SerialPort("/dev/ttyACM0", "0c2e:0b61:a7")]
    assert isinstance(SerialCodeScanner("0c2e:0b6", ports=lambda: ports).status(), Unavailable)


def test_the_reader_that_was_used_is_found_under_another_name(lines: tuple[Line, Line]) -> None:
    first, second = lines
    ports = [SerialPort(first.device, "0c2e:0b61:a7")]
    scanner = SerialCodeScanner(first.device, ports=lambda: ports)
    assert one_text(scanner, first) == ["abc"]
    ports[:] = [SerialPort(first.device, "05e0:1701:8"), SerialPort(second.device, "0c2e:0b61:a7")]
    assert scanner.status() == Ready(second.device)
    assert one_text(scanner, second) == ["abc"]


def test_a_link_to_the_device_may_be_named(lines: tuple[Line, Line], tmp_path: Path) -> None:
    (tmp_path / "usb-reader").symlink_to(lines[0].device)
    assert one_text(SerialCodeScanner(str(tmp_path / "usb-reader")), lines[0]) == ["abc"]


def test_a_port_that_another_program_holds_is_busy(lines: tuple[Line, Line]) -> None:
    with serial.Serial(lines[0].device, exclusive=True):
        assert problem(SerialCodeScanner(lines[0].device)).reason is DeviceReason.BUSY
    assert one_text(SerialCodeScanner(lines[0].device), lines[0]) == ["abc"]


def test_what_is_no_serial_port_fails(tmp_path: Path) -> None:
    (tmp_path / "ttyACM0").touch()
    assert problem(SerialCodeScanner(str(tmp_path / "ttyACM0"))).reason is DeviceReason.FAILED


def test_without_permission_the_group_is_named(lines: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_wanted: object, **_options: object) -> None:
        raise serial.SerialException(errno.EACCES, "Permission denied")

    scanner = SerialCodeScanner(lines[0].device)
    monkeypatch.setattr(serial, "Serial", refuse)  # tests may run as root, to whom nothing is forbidden
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    status = scanner.status()
    assert isinstance(status, Unavailable)
    refused = problem(scanner)
    assert (status.reason, refused.reason) == (DeviceReason.FAILED, DeviceReason.FAILED)
    assert "dialout" in status.detail
    assert "dialout" in refused.detail


def test_the_ports_of_this_machine_are_listed() -> None:
    assert all(port.device for port in serial_ports())
