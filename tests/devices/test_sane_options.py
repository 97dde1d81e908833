"""Tests of devices.sane_options on made devices: how backends name and limit the same things."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from devices.sane_options import apply_options, has_feeder, resolution_dpi


@dataclass
class Option:
    """What python-sane says of one option."""

    constraint: Any
    active: bool = True

    def is_active(self) -> bool:
        return self.active

    def is_settable(self) -> bool:
        return True


@dataclass
class Device:
    """A scanner's options as python-sane gives them: `opt` describes, attributes hold the values."""

    opt: dict[str, Option]
    resolution: Any = 75
    values: dict[str, Any] = field(default_factory=dict)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in ("opt", "values"):
            self.__dict__.setdefault("values", {})[name] = value
        object.__setattr__(self, name, value)


WISH = {"feeder": False, "colour": True, "dpi": 200}


def after(device: Device, **wish: Any) -> dict[str, Any]:
    apply_options(device, {**WISH, **wish})
    return device.values


@pytest.mark.parametrize(
    ("sources", "feeder", "chosen"),
    [
        (["Flatbed", "Automatic Document Feeder"], False, "Flatbed"),
        (["Flatbed", "Automatic Document Feeder"], True, "Automatic Document Feeder"),
        (["FB", "ADF Front", "ADF Duplex"], True, "ADF Front"),
        (["Document Table", "ADF"], False, None),
    ],
)
def test_the_source_is_found_by_its_words(sources: list[str], feeder: bool, chosen: str | None) -> None:
    assert after(Device({"source": Option(sources)}), feeder=feeder).get("source") == chosen


@pytest.mark.parametrize(
    ("modes", "colour", "chosen"),
    [
        (["Lineart", "Gray", "Color"], True, "Color"),
        (["Lineart", "Gray", "Color"], False, "Gray"),
        (["24bit Color", "True Gray"], True, "24bit Color"),
        (["Lineart"], True, None),
    ],
)
def test_the_mode_is_found_by_its_words(modes: list[str], colour: bool, chosen: str | None) -> None:
    assert after(Device({"mode": Option(modes)}), colour=colour).get("mode") == chosen


@pytest.mark.parametrize(
    ("constraint", "dpi", "chosen"),
    [
        ([75, 150, 300, 600], 200, 300),
        ([75, 150], 200, 150),
        ((50.0, 1200.0, 1.0), 200, 200),
        ((300, 600, 1), 200, 300),
        (None, 200, 200),
    ],
)
def test_the_resolution_is_the_nearest_that_is_not_lower(constraint: Any, dpi: int, chosen: int) -> None:
    device = Device({"resolution": Option(constraint)})
    assert after(device, dpi=dpi)["resolution"] == chosen
    assert resolution_dpi(device) == chosen


def test_the_area_is_a4_or_as_much_of_it_as_there_is() -> None:
    device = Device({name: Option((0.0, 216.0, 0.0)) for name in ("tl_x", "tl_y", "br_x", "br_y")})
    device.tl_x = device.tl_y = device.br_x = device.br_y = 5.0
    values = after(device)
    assert (values["tl_x"], values["tl_y"], values["br_x"], values["br_y"]) == (0.0, 0.0, 210.0, 216.0)


def test_an_option_that_is_not_active_is_left_alone() -> None:
    assert after(Device({"mode": Option(["Color"], active=False)})) == {}


def test_the_offices_own_options_come_last_and_as_they_are() -> None:
    device = Device({"mode": Option(["Gray", "Color"])})
    assert after(device, options={"mode": "Gray", "batch-scan": True})["mode"] == "Gray"
    assert device.values["batch_scan"] is True


def test_a_feeder_is_known_by_its_source() -> None:
    assert has_feeder(Device({"source": Option(["Flatbed", "ADF"])}))
    assert not has_feeder(Device({"source": Option(["Flatbed"])}))
    assert not has_feeder(Device({}))
