"""The page printer by IPP, with a real HTTP server for a printer, in good and in bad manners."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.page_printer import IppPrinter, PageTimes
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable
from tests.devices.ipp_machine import IppMachine
from tests.devices.pictures_made import blank_pdf
from tests.fakes import FakeClock
from tests.sync.test_tls import TODAY, YEAR, Authority

TIMES = PageTimes(connect_s=2.0, read_s=2.0, exchange_s=5.0, print_s=3.0, ask_every_s=0.5)


@pytest.fixture
def machine() -> Iterator[IppMachine]:
    with IppMachine() as machine:
        yield machine


@pytest.fixture
def printer(machine: IppMachine) -> IppPrinter:
    return patient(machine)


def patient(machine: IppMachine, times: PageTimes = TIMES) -> IppPrinter:
    """A driver whose time goes by only while it waits."""
    clock = FakeClock()
    return IppPrinter(machine.address, times=times, wait=clock.advance, clock=clock.monotonic_s)


def refused(printer: IppPrinter, pdf: bytes = b"%PDF-1.7") -> DeviceProblem:
    with pytest.raises(DeviceProblem) as caught:
        printer.print_pdf(pdf, "guide")
    return caught.value


def test_a_pdf_is_sent_as_it_is_and_waited_for(machine: IppMachine, printer: IppPrinter) -> None:
    printer.print_pdf(b"%PDF-1.7 made up", "2.000635")
    assert machine.documents == [b"%PDF-1.7 made up"]
    assert machine.attributes["job-name"] == [b"2.000635"]
    assert machine.attributes["document-format"] == [b"application/pdf"]
    assert machine.attributes["media"] == [b"iso_a4_210x297mm"]
    assert machine.attributes["requesting-user-name"] == [b"kiosk"]
    assert machine.cancelled == []


def test_an_old_printer_gets_job_and_paper_at_once(machine: IppMachine, printer: IppPrinter) -> None:
    machine.makes_jobs_first = False
    printer.print_pdf(b"%PDF-1.7 made up", "2.000635")
    assert machine.documents == [b"%PDF-1.7 made up"]
    assert machine.attributes["job-name"] == [b"2.000635"]


def test_a_job_that_the_printer_has_forgotten_is_done_and_not_printed_twice(
    machine: IppMachine, printer: IppPrinter
) -> None:
    machine.job_status = 0x0406
    printer.print_pdf(b"%PDF-1.7", "guide")
    assert (len(machine.documents), machine.cancelled) == (1, [])


def test_a_printer_that_is_busy_for_a_moment_is_asked_again(machine: IppMachine, printer: IppPrinter) -> None:
    machine.busy_turns = 2
    printer.print_pdf(b"%PDF-1.7", "guide")
    assert (len(machine.documents), machine.cancelled) == (1, [])


def test_a_paper_whose_answer_was_lost_is_taken_back(machine: IppMachine) -> None:
    """It was said to be unprinted: it must not come out later, before the next citizen."""
    machine.loses_the_answer = True
    printer = patient(machine, PageTimes(connect_s=2.0, read_s=0.2, exchange_s=5.0, print_s=3.0, ask_every_s=0.5))
    assert refused(printer).reason is DeviceReason.TIMEOUT
    assert machine.cancelled == [7]


def test_a_printer_that_takes_no_pdf_gets_raster(machine: IppMachine, printer: IppPrinter) -> None:
    machine.formats = ("image/urf", "image/pwg-raster")
    printer.print_pdf(blank_pdf(), "guide")
    assert machine.attributes["document-format"] == [b"image/pwg-raster"]
    assert machine.documents[0][:4] == b"RaS2"


def test_a_printer_that_takes_neither_says_so(machine: IppMachine, printer: IppPrinter) -> None:
    machine.formats = ("image/urf",)
    status = printer.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NO_DRIVER
    assert refused(printer).reason is DeviceReason.NO_DRIVER
    assert machine.documents == []


def test_nothing_is_sent_to_a_printer_that_has_stopped(machine: IppMachine, printer: IppPrinter) -> None:
    machine.state, machine.reasons = 5, ("media-empty-error",)
    assert refused(printer).reason is DeviceReason.PAPER_OUT
    assert machine.documents == []


def test_a_job_that_stops_in_the_middle_is_taken_back(machine: IppMachine, printer: IppPrinter) -> None:
    machine.stops_while_printing = ("media-jam-error",)
    assert refused(printer).reason is DeviceReason.JAM
    assert machine.cancelled == [7]


def test_a_job_without_an_end_is_taken_back(machine: IppMachine, printer: IppPrinter) -> None:
    machine.never_ends = True
    assert refused(printer).reason is DeviceReason.TIMEOUT
    assert machine.cancelled == [7]


@pytest.mark.parametrize(
    ("status", "reason"), [(0x0507, DeviceReason.BUSY), (0x0506, DeviceReason.BUSY), (0x040A, DeviceReason.FAILED)]
)
def test_a_refused_job_says_why(machine: IppMachine, printer: IppPrinter, status: int, reason: DeviceReason) -> None:
    machine.print_status = status
    assert refused(printer).reason is reason


def test_a_redirect_is_not_followed(machine: IppMachine, printer: IppPrinter) -> None:
    with IppMachine() as elsewhere:
        machine.http_status = 307
        machine.headers = {"Location": elsewhere.address.replace("ipp:", "http:")}
        assert refused(printer).reason is DeviceReason.FAILED
        assert elsewhere.documents == []


@pytest.mark.parametrize("answer", [b"", b"<html>"])
def test_an_answer_that_is_none_fails(machine: IppMachine, printer: IppPrinter, answer: bytes) -> None:
    machine.raw_answer = answer
    status = printer.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED


def test_an_answer_without_an_end_is_not_waited_for(machine: IppMachine, printer: IppPrinter) -> None:
    machine.raw_answer = b"\x01\x01\x00\x00\x00\x00\x00\x01\x03" + bytes(2 * 1024 * 1024)
    assert printer.status() == Unavailable(DeviceReason.FAILED, "the answer has no end")


def test_a_page_of_a_web_server_is_no_printer(machine: IppMachine, printer: IppPrinter) -> None:
    machine.media_type = "text/html"
    assert isinstance(printer.status(), Unavailable)


def test_the_proxy_of_the_environment_is_not_asked(
    machine: IppMachine, printer: IppPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert isinstance(printer.status(), Ready)


def test_ipps_takes_the_pinned_certificate_and_no_other(tmp_path: Path) -> None:
    authority, stranger = Authority(), Authority()
    (tmp_path / "other").mkdir()
    tls = authority.server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1")
    with IppMachine(tls) as machine:
        known = IppPrinter(machine.address, authority.pem(tmp_path), TIMES, lambda _seconds: None)
        known.print_pdf(b"%PDF-1.7", "guide")
        assert machine.documents == [b"%PDF-1.7"]
        for ca_file in (None, stranger.pem(tmp_path / "other")):
            status = IppPrinter(machine.address, ca_file, TIMES).status()
            assert isinstance(status, Unavailable)
            assert status.detail == "the printer's certificate is not the one we know"


@pytest.mark.parametrize(
    "address", ["", "printer", "http://192.0.2.7/", "ipp://", "ipp://me:secret@192.0.2.7/", "ipp://192.0.2.7:many/"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        IppPrinter(address)
