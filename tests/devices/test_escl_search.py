"""Tests of devices.escl_search: real mDNS on the loopback interface, and ports as ipp-usb offers them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import zeroconf

from devices.escl_search import FoundScanner, network_scanners, usb_scanners
from tests.fakes_escl import MODEL, EsclServer
from tests.fakes_http import Say

LOOPBACK = ["127.0.0.1"]
PLAIN, SECURE = "_uscan._tcp.local.", "_uscans._tcp.local."


@contextmanager
def announced(*services: tuple[str, str, dict[str, str]]) -> Iterator[None]:
    """Type, instance and TXT record of each service, at port 8080 of this machine."""
    announcer = zeroconf.Zeroconf(interfaces=LOOPBACK)
    try:
        for kind, instance, properties in services:
            announcer.register_service(
                zeroconf.ServiceInfo(
                    kind,
                    f"{instance}.{kind}",
                    port=443 if kind == SECURE else 8080,
                    properties=properties,
                    server="kiosk-test-scanner.local.",
                    addresses=[socket.inet_aton("127.0.0.1")],
                ),
                cooperating_responders=True,
            )
        yield
    finally:
        announcer.close()


def found(wanted: str) -> list[FoundScanner]:
    return network_scanners(wanted, 3.0, LOOPBACK)


def test_a_scanner_is_found_by_its_model_with_the_address_under_tls_first() -> None:
    told = {"ty": "Kiosk Test MX-100", "rs": "eSCL", "uuid": "0000-mx-100"}
    with announced((PLAIN, "Kiosk Test MX-100 [AB12]", told), (SECURE, "Kiosk Test MX-100 [AB12]", told)):
        (scanner,) = found("test mx-100")
    assert scanner.name == "Kiosk Test MX-100"
    assert scanner.addresses[-1] == "http://127.0.0.1:8080/eSCL"
    assert set(scanner.addresses[:-1]) <= {"https://127.0.0.1:443/eSCL"}


def test_where_its_resources_lie_is_told_by_its_record() -> None:
    with announced((PLAIN, "Kiosk Test MX-200", {"rs": "/some/where/"})):
        (scanner,) = found("Kiosk Test MX-200")
    assert scanner.addresses == ("http://127.0.0.1:8080/some/where",)
    assert scanner.name == "Kiosk Test MX-200"


def test_a_scanner_that_is_not_there_is_not_found() -> None:
    assert network_scanners("no such scanner", 0.2, LOOPBACK) == []


# zeroconf leaves a socket to the garbage collector when an interface is not there.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_without_a_network_none_is_found() -> None:
    """192.0.2.1 is an address that no machine has (RFC 5737)."""
    assert network_scanners("", 0.2, ["192.0.2.1"]) == []


@pytest.fixture
def server() -> Iterator[EsclServer]:
    made = EsclServer()
    with made.running():
        yield made


def test_what_ipp_usb_offers_on_this_machine_is_found(server: EsclServer) -> None:
    port = int(server.url.rpartition(":")[2])
    assert usb_scanners([9, port]) == [FoundScanner(MODEL, (f"http://127.0.0.1:{port}/eSCL",))]


def test_a_printer_without_a_scanner_is_none(server: EsclServer) -> None:
    server.always("GET", "/eSCL", Say(404))
    assert usb_scanners([int(server.url.rpartition(":")[2])]) == []
