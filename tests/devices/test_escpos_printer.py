"""Tests of devices.escpos_printer: what a printer says of itself, and printers with bad manners, on a real socket."""

from collections.abc import Iterator

import pytest

from devices.escpos_printer import EscposPrinter, PrinterTimes
from devices.printer_links import NetworkLink
from devices.slip_layout import SlipLayout
from kiosk.ports import Attention, DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.resources import resource_path
from tests.devices.network_printer import NetworkPrinter
from tests.devices.slips import filed

QUICK = PrinterTimes(answer_s=0.2, confirm_s=0.3, total_s=5.0)


@pytest.fixture
def machine() -> Iterator[NetworkPrinter]:
    with NetworkPrinter() as running:
        yield running


def printer_at(machine: NetworkPrinter, times: PrinterTimes = QUICK) -> EscposPrinter:
    return EscposPrinter(
        "Máy in phiếu",
        lambda timeout_s: NetworkLink("127.0.0.1", machine.port, timeout_s),
        "TM-T20II",
        SlipLayout(resource_path("fonts")),
        times,
    )


def reason_of(status: DeviceStatus) -> DeviceReason | None:
    return None if isinstance(status, Ready) else status.reason


@pytest.mark.parametrize(
    ("offline_cause", "error_cause", "paper_sensor", "kind", "reason"),
    [
        (0, 0, 0, Ready, None),
        (0x04, 0, 0, Unavailable, DeviceReason.COVER_OPEN),
        (0x20, 0, 0x60, Unavailable, DeviceReason.PAPER_OUT),
        (0, 0, 0x60, Unavailable, DeviceReason.PAPER_OUT),
        (0, 0, 0x0C, Attention, DeviceReason.PAPER_LOW),
        (0x40, 0x08, 0, Unavailable, DeviceReason.JAM),
        (0x40, 0x20, 0, Unavailable, DeviceReason.FAILED),
    ],
)
def test_its_status_is_what_the_printer_says(
    machine: NetworkPrinter,
    offline_cause: int,
    error_cause: int,
    paper_sensor: int,
    kind: type[DeviceStatus],
    reason: DeviceReason | None,
) -> None:
    machine.offline_cause, machine.error_cause, machine.paper_sensor = offline_cause, error_cause, paper_sensor
    status = printer_at(machine).status()
    assert isinstance(status, kind)
    assert reason_of(status) is reason


def test_a_printer_near_the_end_of_its_roll_prints(machine: NetworkPrinter) -> None:
    machine.paper_sensor = 0x0C
    printer_at(machine).print_slip(filed())
    assert machine.commands[-1].name == "cut"


def test_nothing_is_sent_to_a_printer_without_paper(machine: NetworkPrinter) -> None:
    machine.paper_sensor = 0x60
    with pytest.raises(DeviceProblem) as caught:
        printer_at(machine).print_slip(filed())
    assert caught.value.reason is DeviceReason.PAPER_OUT
    assert machine.commands == []


def test_a_mute_printer_is_taken_at_its_silence(machine: NetworkPrinter) -> None:
    machine.answers = False
    printer = printer_at(machine)
    assert isinstance(printer.status(), Ready)
    printer.print_slip(filed())
    assert machine.wait_for_cut()


def test_a_printer_that_talks_must_say_that_it_has_printed(machine: NetworkPrinter) -> None:
    machine.confirms = False
    with pytest.raises(DeviceProblem) as caught:
        printer_at(machine).print_slip(filed())
    assert caught.value.reason is DeviceReason.TIMEOUT


def test_paper_that_ends_in_the_middle_is_named(machine: NetworkPrinter) -> None:
    machine.paper_ends_while_printing = True
    with pytest.raises(DeviceProblem) as caught:
        printer_at(machine).print_slip(filed())
    assert caught.value.reason is DeviceReason.PAPER_OUT


def test_a_printer_that_stops_reading_is_a_timeout(machine: NetworkPrinter) -> None:
    machine.reads = False
    with pytest.raises(DeviceProblem) as caught:
        printer_at(machine, PrinterTimes(answer_s=0.1, confirm_s=0.1, total_s=0.5)).print_slip(filed())
    assert caught.value.reason is DeviceReason.TIMEOUT


def test_a_printer_that_hangs_up_in_the_middle_is_lost(machine: NetworkPrinter) -> None:
    machine.hangs_up = True
    with pytest.raises(DeviceProblem) as caught:
        printer_at(machine).print_slip(filed())
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
