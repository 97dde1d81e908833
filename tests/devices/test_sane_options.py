"""Tests of devices.sane_options on made devices: how backends name and limit the same things."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from devices.sane_options import apply_options, has_feeder, has_glass, resolution_dpi, sources_to_try
from kiosk.ports import ScanSource


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


WISH = {"colour": True, "dpi": 200}
GLASS, FEEDER, BOTH = ScanSource.GLASS, ScanSource.FEEDER, ScanSource.FEEDER_BOTH_SIDES


def after(device: Device, source: ScanSource = GLASS, **wish: Any) -> dict[str, Any]:
    apply_options(device, source, {**WISH, **wish})
    return device.values


@pytest.mark.parametrize(
    ("sources", "source", "chosen"),
    [
        (["Flatbed", "Automatic Document Feeder"], GLASS, "Flatbed"),
        (["Flatbed", "Automatic Document Feeder"], FEEDER, "Automatic Document Feeder"),
        (["FB", "ADF Duplex", "ADF Back", "ADF Front"], FEEDER, "ADF Front"),
        (["FB", "ADF Front", "ADF Back", "ADF Duplex"], BOTH, "ADF Duplex"),
        (["ADF Front", "ADF Duplex", "Card Front", "Card Duplex"], BOTH, "ADF Duplex"),
        (["Flatbed", "ADF", "Duplex"], BOTH, "Duplex"),
        (["Flatbed", "ADF", "Duplex ADF"], FEEDER, "ADF"),
        (["ADF Simplex", "ADF Duplex - Long-Edge Binding"], BOTH, "ADF Duplex - Long-Edge Binding"),
        (
            ["Automatic Document Feeder(left aligned)", "Automatic Document Feeder(left aligned,Duplex)"],
            BOTH,
            "Automatic Document Feeder(left aligned,Duplex)",
        ),
        (["Document Table", "ADF"], GLASS, "Document Table"),
        (["Flatbed", "ADF"], BOTH, "ADF"),
    ],
)
def test_the_source_is_found_by_its_words(sources: list[str], source: ScanSource, chosen: str | None) -> None:
    assert after(Device({"source": Option(sources)}), source).get("source") == chosen


def test_a_source_by_another_name_is_found_too() -> None:
    assert after(Device({"doc_source": Option(["Flatbed", "ADF"])}), FEEDER)["doc_source"] == "ADF"


@pytest.mark.parametrize(("source", "mode", "switch"), [(FEEDER, "Simplex", False), (BOTH, "Duplex", True)])
def test_both_sides_can_be_a_switch_of_its_own(source: ScanSource, mode: str, switch: bool) -> None:
    feeder = {"source": Option(["Flatbed", "ADF"])}
    assert after(Device({**feeder, "adf_mode": Option(["Simplex", "Duplex"])}), source)["adf_mode"] == mode
    assert after(Device({**feeder, "scan_both_sides": Option(None)}), source)["scan_both_sides"] is switch


@pytest.mark.parametrize(
    ("opt", "wanted", "tried"),
    [
        ({}, ScanSource.AUTO, (GLASS,)),
        ({}, FEEDER, ()),
        ({"source": Option(["Flatbed", "ADF"])}, ScanSource.AUTO, (FEEDER, GLASS)),
        ({"source": Option(["Flatbed", "ADF Front", "ADF Duplex"])}, ScanSource.AUTO, (BOTH, GLASS)),
        ({"source": Option(["ADF Front", "ADF Duplex"])}, ScanSource.AUTO, (BOTH,)),
        ({"source": Option(["Flatbed", "ADF Front", "ADF Duplex"])}, FEEDER, (FEEDER,)),
        ({"source": Option(["Flatbed", "ADF"])}, BOTH, (FEEDER,)),
        (
            {"source": Option(["Flatbed", "ADF"]), "adf_mode": Option(["Simplex", "Duplex"], active=False)},
            BOTH,
            (BOTH,),
        ),
        ({"source": Option(["Flatbed", "ADF"])}, GLASS, (GLASS,)),
    ],
)
def test_sources_are_tried_in_order(opt: dict[str, Option], wanted: ScanSource, tried: tuple[ScanSource, ...]) -> None:
    assert sources_to_try(Device(opt), wanted) == tried


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
    assert has_glass(Device({}))
    assert not has_glass(Device({"source": Option(["ADF Front", "ADF Duplex"])}))
