"""Tests of devices/folder_lamp.py: the lamp of demos, which a person can break."""

from pathlib import Path

import pytest

from devices.folder_lamp import LAMP_FILE
from devices.registry import make_lamp
from devices.simulation import write_state
from kiosk.config import DeviceSettings
from kiosk.ports import DeviceProblem, Ready, Unavailable


def test_a_person_sees_it_and_can_break_it(tmp_path: Path) -> None:
    lamp = make_lamp(DeviceSettings.of("simulated", folder=str(tmp_path / "lamp")))
    assert lamp is not None
    lamp.switch(on=True)
    assert (tmp_path / "lamp" / LAMP_FILE).read_text(encoding="utf-8") == "on"
    assert isinstance(lamp.status(), Ready)
    lamp.switch(on=False)
    assert (tmp_path / "lamp" / LAMP_FILE).read_text(encoding="utf-8") == "off"
    write_state(tmp_path / "lamp", "not_connected")
    assert isinstance(lamp.status(), Unavailable)
    with pytest.raises(DeviceProblem):
        lamp.switch(on=True)
