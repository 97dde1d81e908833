"""Tests of devices.escl_scanner beside the contract: which source, which pictures become pages, how it is."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from devices.escl_link import EsclLink
from devices.escl_scanner import EsclScanner
from kiosk.ports import (
    Attention,
    DeviceReason,
    DeviceStatus,
    Ready,
    Unavailable,
)
from tests.devices.escl_desk import AUTO, GLASS, Desk
from tests.fakes_escl import jpeg
from tests.fakes_http import Raw, Reply, Say


def cut_off(picture: Image.Image, dpi: int) -> bytes:
    content = jpeg(picture, dpi)
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    "encode", [cut_off, lambda _picture, _dpi: b"", lambda _picture, _dpi: b"<html>Sign in</html>"]
)
def test_a_picture_that_is_not_whole_is_no_page(desk: Desk, encode: Callable[[Image.Image, int], bytes]) -> None:
    desk.server.scanner.encode = encode
    assert desk.scan() is DeviceReason.FAILED
    assert desk.pages == []
    assert desk.server.scanner.deleted == ["1"]


def test_a_picture_that_is_a_bomb_is_no_page(desk: Desk) -> None:
    huge = io.BytesIO()
    Image.new("L", (8000, 8000)).save(huge, "JPEG", quality=1)
    desk.server.scanner.encode = lambda _picture, _dpi: huge.getvalue()
    assert desk.scan(GLASS) is DeviceReason.FAILED


def test_an_empty_feeder_leaves_it_to_the_glass(desk: Desk) -> None:
    desk.server.scanner.sheets = 0
    assert desk.scan(AUTO) is None
    assert len(desk.pages) == 1
    assert desk.server.count("POST", "/eSCL/ScanJobs") == 1


def test_a_feeder_without_a_sensor_is_tried_before_the_glass(desk: Desk) -> None:
    """As SANE's Fujitsu backend behind AirSane: it says "empty" whatever lies in it."""
    desk.server.scanner.detects_paper = False
    desk.server.scanner.duplex = False
    desk.server.scanner.feeder_state = "ScannerAdfEmpty"
    assert desk.scan(AUTO) is None
    assert len(desk.pages) == 3


def test_and_one_that_turns_out_empty_leaves_it_to_the_glass(desk: Desk) -> None:
    desk.server.scanner.detects_paper = False
    desk.server.scanner.sheets = 0
    assert desk.scan(AUTO) is None
    assert len(desk.pages) == 1
    assert desk.server.count("POST", "/eSCL/ScanJobs") == 2


@pytest.mark.parametrize(
    "reply",
    [
        Say(200, b"<html>Sign in</html>", "text/html"),
        Say(404),
        Say(200, b'<!DOCTYPE x [<!ENTITY a "ha">]><ScannerCapabilities>&a;</ScannerCapabilities>'),
        Say(200, b"<ScannerCapabilities>" + b" " * 2_000_000 + b"</ScannerCapabilities>"),
        Raw(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    ],
    ids=["portal", "404", "entities", "large", "no HTTP"],
)
def test_what_is_no_scanner_is_refused(desk: Desk, reply: Reply) -> None:
    desk.server.always("GET", "/eSCL/ScannerCapabilities", reply)
    status = desk.scanner.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED
    assert desk.scan() is DeviceReason.FAILED


def test_a_scanner_that_gives_pdf_alone_has_no_driver(desk: Desk) -> None:
    desk.server.scanner.formats = ("application/pdf",)
    assert desk.scan() is DeviceReason.NO_DRIVER


@pytest.mark.parametrize(
    ("state", "feeder", "glass", "status"),
    [
        ("Idle", "ScannerAdfEmpty", True, Ready),
        ("Idle", "ScannerAdfJam", True, Attention),
        ("Idle", "ScannerAdfJam", False, Unavailable),
        ("Processing", "ScannerAdfLoaded", True, Unavailable),
        ("Down", "ScannerAdfLoaded", True, Unavailable),
    ],
)
def test_status(desk: Desk, state: str, feeder: str, glass: bool, status: type[DeviceStatus]) -> None:
    desk.server.scanner.state, desk.server.scanner.feeder_state = state, feeder
    desk.server.scanner.glass = glass
    assert isinstance(desk.scanner.status(), status)


def test_grey_that_came_in_colour_is_made_grey(desk: Desk) -> None:
    desk.server.scanner.encode = lambda picture, dpi: jpeg(picture.convert("RGB"), dpi)
    assert desk.scan(GLASS, colour=False) is None
    assert Image.open(io.BytesIO(desk.pages[0].content)).mode == "L"


def test_a_whole_page_stays_the_scanners_own_bytes(desk: Desk) -> None:
    sent: list[bytes] = []

    def encode(picture: Image.Image, dpi: int) -> bytes:
        sent.append(jpeg(picture, dpi))
        return sent[-1]

    desk.server.scanner.encode = encode
    assert desk.scan() is None
    assert [page.content for page in desk.pages] == sent


def test_a_page_that_lies_on_its_side_by_exif_is_turned(desk: Desk) -> None:
    def turned(picture: Image.Image, _dpi: int) -> bytes:
        exif = Image.Exif()
        exif[0x0112] = 6
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", exif=exif)
        return buffer.getvalue()

    desk.server.scanner.encode = turned
    assert desk.scan(GLASS) is None
    (page,) = desk.pages
    assert page.width_px > page.height_px


def test_the_second_address_is_asked_when_the_first_does_not_answer(desk: Desk) -> None:
    links = (EsclLink("http://127.0.0.1:9/eSCL"), EsclLink(desk.server.address))
    assert isinstance(EsclScanner(lambda: links).status(), Ready)
