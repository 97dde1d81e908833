"""Tests of devices.file_formats: first bytes of real files, and what only looks like them."""

import pytest

from devices.file_formats import DRAWN, FileFormat, format_of, kind_of
from kiosk.capture import FileKind
from tests.devices.pictures_made import RED, blank_pdf, encoded, plain


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (blank_pdf(), FileFormat.PDF),
        (b"\n" * 900 + b"%PDF-1.7", FileFormat.PDF),
        (encoded(plain(RED)), FileFormat.JPEG),
        (encoded(plain(RED), "PNG"), FileFormat.PNG),
        (encoded(plain(RED), "WEBP"), FileFormat.WEBP),
        (encoded(plain(RED), "TIFF"), FileFormat.TIFF),
        (encoded(plain(RED), "GIF"), FileFormat.GIF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", FileFormat.HEIC),
    ],
)
def test_each_format_is_known_by_its_first_bytes(head: bytes, found: FileFormat) -> None:
    assert format_of(head) is found
    assert kind_of(head) is (FileKind.PDF if found is FileFormat.PDF else FileKind.PICTURE)


@pytest.mark.parametrize(
    "head", [b"", b"MZ\x90", b"PK\x03\x04", b"<html>", b"\x00\x00\x00\x18ftypisom", b" " * 2000 + b"%PDF-1.7"]
)
def test_anything_else_is_no_paper(head: bytes) -> None:
    assert format_of(head) is None
    assert kind_of(head) is None


def test_what_is_drawn_is_what_the_screen_asks_for() -> None:
    assert {FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG} <= DRAWN
