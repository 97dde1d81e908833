"""Tests of devices/signal_lamp.py: a relay on a pseudo-terminal, control lines on a line of pyserial without a wire."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from devices.registry import make_lamp
from devices.signal_lamp import SignalLamp, Switch, dark_line, relay_bytes
from kiosk.config import DeviceSettings
from kiosk.errors import ConfigProblem
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    """The relay's end of a line, and the name of the kiosk's."""
    relay, kiosk = os.openpty()
    yield relay, os.ttyname(kiosk)
    for end in (relay, kiosk):
        os.close(end)


def test_the_relay_is_told_in_its_own_words(terminal: tuple[int, str]) -> None:
    relay, port = terminal
    lamp = SignalLamp(port, Switch.RELAY)
    assert isinstance(lamp.status(), Ready)
    lamp.switch(on=True)
    assert os.read(relay, 16) == bytes.fromhex("a00101a2")
    lamp.switch(on=True)  # it may have lost its current since
    assert os.read(relay, 16) == relay_bytes(on=True)
    lamp.switch(on=False)
    assert os.read(relay, 16) == bytes.fromhex("a00100a1")
    lamp.switch(on=False)  # at the start: a killed program may have left it on
    assert os.read(relay, 16) == relay_bytes(on=False)


@pytest.mark.parametrize(("switch", "other_end"), [(Switch.RTS, "cts"), (Switch.DTR, "dsr")])
def test_a_control_line_lights_it_and_nothing_else_does(switch: Switch, other_end: str) -> None:
    lines: list[serial.SerialBase] = []

    def open_line(_port: str) -> serial.SerialBase:
        lines.append(dark_line("loop://"))
        assert not getattr(lines[-1], other_end)  # opening alone lights nothing
        return lines[-1]

    lamp = SignalLamp("mẫu", switch, open_line)
    lamp.switch(on=False)
    assert lines == []
    lamp.switch(on=True)
    assert getattr(lines[0], other_end)
    assert isinstance(lamp.status(), Ready)
    lamp.switch(on=False)
    assert not lines[0].is_open
    lamp.switch(on=True)
    assert len(lines) == 2


def test_a_lamp_that_is_not_there_says_so_and_is_found_later(tmp_path: Path, terminal: tuple[int, str]) -> None:
    relay, port = terminal
    link = tmp_path / "lamp"
    lamp = SignalLamp(str(link), Switch.RELAY)
    assert lamp.status() == Unavailable(DeviceReason.NOT_CONNECTED, f"{link} is not there")
    with pytest.raises(DeviceProblem) as raised:
        lamp.switch(on=True)
    assert raised.value.reason is DeviceReason.NOT_CONNECTED
    link.symlink_to(port)
    lamp.switch(on=True)
    assert os.read(relay, 16) == relay_bytes(on=True)


def test_a_file_that_is_no_line_fails_in_words(tmp_path: Path) -> None:
    file = tmp_path / "lamp"
    file.touch()
    with pytest.raises(DeviceProblem) as raised:
        SignalLamp(str(file)).switch(on=True)
    assert raised.value.reason is DeviceReason.FAILED


def test_the_settings_name_the_lamp(tmp_path: Path) -> None:
    assert make_lamp(DeviceSettings.of("none")) is None
    assert isinstance(make_lamp(DeviceSettings.of("serial", port="/dev/ttyUSB0", switch="relay")), SignalLamp)
    for wrong in (
        DeviceSettings.of("serial"),
        DeviceSettings.of("serial", port="x", switch="knife"),
        DeviceSettings.of("candle"),
    ):
        with pytest.raises(ConfigProblem, match="lamp"):
            make_lamp(wrong)


def test_a_relay_whose_adapter_hangs_is_not_waited_for(
    terminal: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits for the last byte to leave (tcdrain) has no limit of time."""

    def hang(_line: serial.SerialBase) -> None:
        pytest.fail("it would wait without end")

    monkeypatch.setattr(serial.Serial, "flush", hang)
    relay, port = terminal
    lamp = SignalLamp(port, Switch.RELAY)
    lamp.switch(on=True)
    assert os.read(relay, 16) == relay_bytes(on=True)
    lamp.switch(on=False)
    assert os.read(relay, 16) == relay_bytes(on=False)
