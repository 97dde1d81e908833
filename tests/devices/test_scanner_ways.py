"""Tests of devices.scanner_ways: when the network is searched, and when it is not."""

from collections.abc import Iterator

import pytest

from devices import scanner_ways
from devices.escl_search import FoundScanner, usb_scanners
from devices.scanner_ways import any_scanner, scanner_named
from kiosk.ports import DeviceReason, Ready, Unavailable
from tests.fakes_escl import EsclServer, Scanner

NO_WORKER = ("/no/such/worker",)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that the network was searched for; nothing is found."""
    names: list[str] = []

    def search(name: str) -> list[FoundScanner]:
        names.append(name)
        return []

    monkeypatch.setattr(scanner_ways, "network_scanners", search)
    monkeypatch.setattr(scanner_ways, "usb_scanners", list)
    return names


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, searched: list[str]) -> Iterator[EsclServer]:
    """A scanner that is there as ipp-usb offers it."""
    made = EsclServer(Scanner(model="Brother MFC-L2710DW"))
    with made.running():
        monkeypatch.setattr(scanner_ways, "usb_scanners", lambda: usb_scanners([int(made.url.rpartition(":")[2])]))
        yield made


def test_without_a_name_nothing_leaves_this_machine(searched: list[str]) -> None:
    status = scanner_named().status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    assert searched == []


def test_with_a_name_the_network_is_searched_at_each_use(searched: list[str]) -> None:
    scanner = scanner_named("fi-8040")
    assert [type(scanner.status()) for _use in range(2)] == [Unavailable] * 2
    assert searched == ["fi-8040"] * 2


@pytest.mark.parametrize("name", ["", "mfc-l2710"])
def test_a_usb_scanner_is_taken_before_the_network_is_searched(
    server: EsclServer, searched: list[str], name: str
) -> None:
    assert isinstance(scanner_named(name).status(), Ready)
    assert isinstance(any_scanner(NO_WORKER, name).status(), Ready)
    assert searched == []


def test_a_usb_scanner_of_another_name_is_not(server: EsclServer, searched: list[str]) -> None:
    assert isinstance(scanner_named("fi-8040").status(), Unavailable)
    assert searched == ["fi-8040"]


def test_of_two_with_one_name_none_is_taken(monkeypatch: pytest.MonkeyPatch, searched: list[str]) -> None:
    twins = [FoundScanner("MFC-L2710DW", (f"http://192.0.2.{host}/eSCL",)) for host in (7, 8)]
    monkeypatch.setattr(scanner_ways, "network_scanners", lambda _name: twins)
    status = any_scanner(NO_WORKER, "MFC").status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED
    assert "192.0.2.7" in status.detail
    assert "192.0.2.8" in status.detail


def test_where_no_escl_scanner_is_sane_is_asked(searched: list[str]) -> None:
    status = any_scanner(NO_WORKER).status()
    assert isinstance(status, Unavailable)
    assert "the worker does not start" in status.detail
