"""What every page printer does: the simulation in a folder, and a printer that speaks IPP on a real socket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.registry import make_page_printer
from kiosk.config import DeviceSettings
from kiosk.ports import DeviceProblem, DeviceReason, PagePrinter, Ready, Unavailable
from tests.devices.ipp_machine import IppMachine
from tests.devices.pictures_made import blank_pdf

PDF = blank_pdf()


@dataclass
class Rig:
    """A printer, the documents that reached it, how its paper ends and how its cable is pulled."""

    printer: PagePrinter
    printed: Callable[[], list[bytes]]
    use_up_paper: Callable[[], None]
    pull: Callable[[], None]


def made(settings: DeviceSettings) -> PagePrinter:
    printer = make_page_printer(settings)
    assert printer is not None
    return printer


@contextmanager
def folder(place: Path) -> Iterator[Rig]:
    def behave(status: str) -> Callable[[], None]:
        def write() -> None:
            (place / "state.json").write_text(f'{{"status": "{status}"}}')

        return write

    def printed() -> list[bytes]:
        return [path.read_bytes() for path in sorted(place.glob("*.pdf"))]

    printer = made(DeviceSettings.of("folder", folder=str(place)))
    yield Rig(printer, printed, behave("paper_out"), behave("not_connected"))


@contextmanager
def ipp(_place: Path) -> Iterator[Rig]:
    with IppMachine() as machine:

        def use_up_paper() -> None:
            machine.state, machine.reasons = 5, ("media-empty-error",)

        printer = made(DeviceSettings.of("ipp", address=machine.address))
        yield Rig(printer, lambda: machine.documents, use_up_paper, machine.pull)


@pytest.fixture(params=[folder, ipp], ids=lambda make: make.__name__)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with request.param(tmp_path) as rig:
        yield rig


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.printer.name
    assert isinstance(rig.printer.status(), Ready)


def test_every_paper_arrives_as_it_is(rig: Rig) -> None:
    rig.printer.print_pdf(PDF, "guide")
    rig.printer.print_pdf(PDF + b"%", "guide")
    assert rig.printed() == [PDF, PDF + b"%"]


@pytest.mark.parametrize("trouble", [DeviceReason.PAPER_OUT, DeviceReason.NOT_CONNECTED])
def test_one_in_trouble_is_unavailable_and_refuses(rig: Rig, trouble: DeviceReason) -> None:
    {DeviceReason.PAPER_OUT: rig.use_up_paper, DeviceReason.NOT_CONNECTED: rig.pull}[trouble]()
    status = rig.printer.status()
    assert isinstance(status, Unavailable)
    assert status.reason is trouble
    with pytest.raises(DeviceProblem) as caught:
        rig.printer.print_pdf(PDF, "guide")
    assert caught.value.reason is trouble
    assert rig.printed() == []
