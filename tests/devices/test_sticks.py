"""Tests of devices.sticks: which mounts are sticks, on prepared tables of mounts."""

from pathlib import Path

import pytest

from devices.sticks import Stick, mounted_sticks
from tests.devices.stick_rig import SATA, Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.plug_in("8:1", Path("/"), SATA, "sda")
    return made


def test_a_disk_on_usb_is_a_stick_though_it_calls_itself_fixed(machine: Machine) -> None:
    machine.plug_in("8:17", machine.media / "kiosk" / "GIAY TO")
    assert machine.sticks() == (Stick("8:17", machine.media / "kiosk" / "GIAY TO"),)


def test_a_removable_disk_elsewhere_is_one_too(machine: Machine) -> None:
    machine.plug_in("8:33", machine.media / "card", SATA, "sdc", removable="1")
    assert [stick.device for stick in machine.sticks()] == ["8:33"]


def test_a_fixed_disk_is_none_wherever_it_is_mounted(machine: Machine) -> None:
    machine.plug_in("8:49", machine.media / "archive", SATA, "sdd")
    assert machine.sticks() == ()


def test_the_disk_that_the_system_runs_from_is_none_though_it_is_on_usb(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.plug_in("8:1", Path("/"), disk="sda")
    machine.plug_in("8:2", machine.media / "other partition", disk="sda")
    assert machine.sticks() == ()


def test_a_stick_mounted_outside_the_folders_for_it_is_not_looked_at(machine: Machine) -> None:
    machine.plug_in("8:17", Path("/srv/archive"))
    assert machine.sticks() == ()


def test_one_file_system_that_is_mounted_twice_is_one_stick(machine: Machine) -> None:
    machine.plug_in("8:17", machine.media / "a")
    machine.mount("8:17", machine.media / "b")
    assert [stick.folder.name for stick in machine.sticks()] == ["a"]


def test_what_lies_on_no_disk_is_none(machine: Machine) -> None:
    machine.mount("0:45", machine.media / "network")
    assert machine.sticks() == ()


def test_a_stick_that_was_pulled_out_is_gone(machine: Machine) -> None:
    machine.plug_in("8:17", machine.media / "a")
    assert machine.sticks()
    machine.pull_out("8:17")
    assert machine.sticks() == ()


def test_a_machine_without_such_a_table_has_no_sticks(tmp_path: Path) -> None:
    assert mounted_sticks(tmp_path / "none", tmp_path) == ()


def test_this_machine_answers() -> None:
    assert all(stick.folder.is_absolute() for stick in mounted_sticks())
