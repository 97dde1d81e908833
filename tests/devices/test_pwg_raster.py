"""PWG raster read back by the standard's own words gives the dots of the page again."""

import struct

import pypdfium2

from devices.pwg_raster import pwg_raster
from tests.devices.pictures_made import blank_pdf, speckled_pdf

A4_300 = (2479, 3508)
HEADER = 1796


def pages_of(raster: bytes) -> list[tuple[int, int, bytes]]:
    """Width, height and dots of each page (PWG 5102.4, section 4)."""
    assert raster[:4] == b"RaS2"
    at, pages = 4, []
    while at < len(raster):
        header = raster[at : at + HEADER]
        assert header[:10] == b"PwgRaster\0"
        across, along = struct.unpack_from(">II", header, 276)
        width, height = struct.unpack_from(">II", header, 372)
        assert (across, along) == (300, 300)
        assert struct.unpack_from(">III", header, 384) == (8, 8, width)
        at += HEADER
        dots = bytearray()
        while len(dots) < width * height:
            again, at = raster[at], at + 1
            line, at = line_at(raster, at, width)
            dots += line * (again + 1)
        pages.append((width, height, bytes(dots)))
    return pages


def line_at(raster: bytes, at: int, width: int) -> tuple[bytes, int]:
    line = bytearray()
    while len(line) < width:
        count, at = raster[at], at + 1
        if count < 128:
            line += raster[at : at + 1] * (count + 1)
            at += 1
        else:
            line += raster[at : at + 257 - count]
            at += 257 - count
    return bytes(line), at


def test_the_dots_are_those_of_the_page() -> None:
    pdf = speckled_pdf()
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[0].render(scale=300 / 72, grayscale=True).to_numpy()
    finally:
        document.close()
    [(width, height, dots)] = pages_of(pwg_raster(pdf))
    assert (height, width) == drawn.shape[:2]
    assert dots == drawn.tobytes()


def test_blank_pages_are_white_and_small() -> None:
    raster = pwg_raster(blank_pdf(2))
    pages = pages_of(raster)
    assert len(pages) == 2
    for width, height, dots in pages:
        assert abs(width - A4_300[0]) <= 1
        assert abs(height - A4_300[1]) <= 1
        assert set(dots) == {255}
    assert len(raster) < 10_000
