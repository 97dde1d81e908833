"""What every receipt printer does: the simulation, a network printer on a real socket, and a device file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import ImageChops

from devices.escpos_job import paper_of
from devices.registry import make_printer
from devices.slip_layout import SlipLayout
from kiosk.config import DeviceSettings
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable
from kiosk.resources import resource_path
from kiosk.slip import ReceiptPrinter
from tests.devices.escpos_decoder import decode, printed_paper
from tests.devices.network_printer import NetworkPrinter
from tests.devices.slips import filed, kept

FONTS = resource_path("fonts")
PROFILE = "TM-T20II"


@dataclass
class Rig:
    """A printer, the bytes that reached its paper, and how its cable is pulled."""

    printer: ReceiptPrinter
    printed: Callable[[], bytes]
    pull: Callable[[], None]


def settings(**entries: object) -> DeviceSettings:
    return DeviceSettings.model_validate({"profile": PROFILE, **entries})


@contextmanager
def simulated(folder: Path) -> Iterator[Rig]:
    printer = make_printer(settings(driver="simulated", folder=str(folder)), FONTS)

    def pull() -> None:
        (folder / "state.json").write_text('{"status": "not_connected"}')

    yield Rig(printer, (folder / "slip.bin").read_bytes, pull)


@contextmanager
def network(_folder: Path) -> Iterator[Rig]:
    with NetworkPrinter() as machine:
        printer = make_printer(settings(driver="network", host="127.0.0.1", port=machine.port), FONTS)
        yield Rig(printer, lambda: b"".join(command.content for command in machine.commands), machine.pull)


@contextmanager
def device_file(folder: Path) -> Iterator[Rig]:
    path = folder / "lp0"
    path.touch()
    yield Rig(make_printer(settings(driver="file", path=str(path)), FONTS), path.read_bytes, path.unlink)


@pytest.fixture(params=[simulated, network, device_file], ids=lambda make: make.__name__)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with request.param(tmp_path) as made:
        yield made


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.printer.name
    assert isinstance(rig.printer.status(), Ready)


def test_the_paper_is_the_layout_and_its_qr_is_read(rig: Rig) -> None:
    rig.printer.print_slip(filed())
    paper = printed_paper(decode(rig.printed()))
    expected = SlipLayout(FONTS).render(filed(), paper_of(PROFILE)).convert("L")
    assert ImageChops.difference(paper, expected).getbbox() is None
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [filed().qr_text]


def test_it_prints_again_after_a_print(rig: Rig) -> None:
    rig.printer.print_slip(filed())
    first = rig.printed()
    rig.printer.print_slip(kept())
    assert rig.printed() != first


def test_a_printer_that_is_gone_is_unavailable_and_refuses(rig: Rig) -> None:
    rig.pull()
    status = rig.printer.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as caught:
        rig.printer.print_slip(filed())
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
