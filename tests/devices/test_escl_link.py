"""Tests of devices.escl_link: lines that break or never end, redirects, TLS, by real HTTP."""

from pathlib import Path

import pytest

from devices.escl_link import EsclLink, EsclTimes
from devices.scanner_ways import scanner_at
from kiosk.ports import (
    DeviceReason,
    Ready,
    Unavailable,
)
from tests.devices.escl_desk import Desk, after
from tests.fakes_escl import EsclServer
from tests.fakes_http import Cut, Drip, Raw, Reply, Say
from tests.sync.test_tls import TODAY, YEAR, Authority


@pytest.mark.parametrize(
    "reply",
    [Cut(), Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n\xff\xd8\xff\xe0"), Raw(b"")],
    ids=["reset", "drop after some bytes", "no answer"],
)
def test_a_line_that_breaks_in_a_page_is_a_lost_scanner(desk: Desk, reply: Reply) -> None:
    with after(desk.server, 1, reply):
        assert desk.scan() is DeviceReason.NOT_CONNECTED
    assert len(desk.pages) == 1


def test_a_page_without_end_is_broken_off(desk: Desk) -> None:
    endless = Drip(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n")
    desk.times = EsclTimes(page_s=0.5)
    with after(desk.server, 0, endless):
        assert desk.scan() is DeviceReason.TIMEOUT


def test_so_is_one_that_is_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.escl_job.MAX_PAGE_BYTES", 500)
    assert desk.scan() is DeviceReason.FAILED


def test_redirects_stay_with_the_scanner(desk: Desk) -> None:
    desk.server.script("GET", "/eSCL/ScannerCapabilities", Say(302, headers={"Location": "/eSCL/ScannerCapabilities"}))
    assert desk.scan() is None


@pytest.mark.parametrize(
    "location", ["http://192.0.2.99/eSCL/x", "//evil.example/x", "ftp://127.0.0.1/x", "", "http://[x"]
)
def test_and_lead_nowhere_else(desk: Desk, location: str) -> None:
    desk.server.always("GET", "/eSCL/ScannerCapabilities", Say(302, headers={"Location": location}))
    assert desk.scan() is DeviceReason.FAILED


def test_nor_in_circles(desk: Desk) -> None:
    again = Say(301, headers={"Location": "/eSCL/ScannerCapabilities"})
    desk.server.always("GET", "/eSCL/ScannerCapabilities", again)
    assert desk.scan() is DeviceReason.FAILED
    assert desk.server.count("GET", "/eSCL/ScannerCapabilities") == 4


@pytest.mark.parametrize("address", ["", "host", "ftp://host/eSCL", "http://", "http://host:many/", "http://a:b@host/"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        EsclLink(address)


def test_tls_of_a_scanner_that_signed_its_own_certificate_is_taken(tmp_path: Path) -> None:
    server = EsclServer()
    server.use_tls(Authority().server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1"))
    with server.running():
        assert Desk(server).scan() is None


def test_with_its_certificate_at_hand_no_other_is_taken(tmp_path: Path) -> None:
    known, stranger = Authority(), Authority()
    (tmp_path / "other").mkdir()
    server = EsclServer()
    server.use_tls(known.server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1"))
    with server.running():
        for authority, kind in ((known, Ready), (stranger, Unavailable)):
            assert isinstance(scanner_at(server.address, authority.pem(tmp_path / "other")).status(), kind)
