"""A PDF as PWG raster, for printers that take no PDF: grey pages of 300 dots an inch (PWG 5102.4)."""

import struct
from collections.abc import Iterator

import numpy as np
import pypdfium2

PWG_RASTER = "image/pwg-raster"

_DPI = 300
_SYNC = b"RaS2"
_GREY_8 = 18  # cupsColorSpace: sGray
_RUN_MAX = 128


def pwg_raster(pdf: bytes) -> bytes:
    """Every page of the PDF, one behind the other. Raises pypdfium2.PdfiumError for what is no PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            bitmap = page.render(scale=_DPI / 72, grayscale=True)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            content = bytes(bitmap.buffer)
            lines = [content[row * stride : row * stride + width] for row in range(height)]
            pages.append(_header(width, height, len(document)) + b"".join(_squeezed(lines)))
        return _SYNC + b"".join(pages)
    finally:
        document.close()


def _header(width_px: int, height_px: int, pages: int) -> bytes:
    """The 1796 bytes before a page (PWG 5102.4, table 2); what is not set here is zero."""
    header = bytearray(1796)
    struct.pack_into(">9s", header, 0, b"PwgRaster")
    for offset, value in (
        (276, _DPI),  # HWResolution, across and along
        (280, _DPI),
        (340, 1),  # NumCopies
        (352, round(width_px * 72 / _DPI)),  # PageSize in points
        (356, round(height_px * 72 / _DPI)),
        (372, width_px),
        (376, height_px),
        (384, 8),  # BitsPerColor
        (388, 8),  # BitsPerPixel
        (392, width_px),  # BytesPerLine
        (400, _GREY_8),
        (420, 1),  # NumColors
        (452, pages),  # TotalPageCount
        (456, 1),  # CrossFeedTransform, FeedTransform: as it is
        (460, 1),
        (480, 0xFFFFFF),  # AlternatePrimary
        (484, 4),  # PrintQuality: normal
    ):
        struct.pack_into(">I", header, offset, value)
    name = b"iso_a4_210x297mm"
    header[1732 : 1732 + len(name)] = name  # PageSizeName
    return bytes(header)


def _squeezed(lines: list[bytes]) -> Iterator[bytes]:
    """Equal lines once with their number, and within a line equal dots once with theirs."""
    row = 0
    while row < len(lines):
        last = row
        while last + 1 < len(lines) and last - row < 255 and lines[last + 1] == lines[row]:
            last += 1
        yield bytes([last - row]) + _packed(lines[row])
        row = last + 1


def _packed(line: bytes) -> bytes:
    """PackBits as PWG writes it: n below 128 repeats the next dot n + 1 times, 257 - n dots follow as they are."""
    packed, single = bytearray(), bytearray()
    for dot, count in _runs(line):
        if count == 1:
            single.append(dot)
            continue
        packed += _as_they_are(single)
        single.clear()
        for done in range(0, count, _RUN_MAX):
            packed += bytes([min(_RUN_MAX, count - done) - 1, dot])
    return bytes(packed + _as_they_are(single))


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    """Each dot with the number of times that it stands there."""
    dots = np.frombuffer(line, np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(dots)) + 1))
    counts = np.diff(np.append(starts, len(dots)))
    return zip(dots[starts].tolist(), counts.tolist(), strict=True)


def _as_they_are(dots: bytearray) -> bytes:
    """Dots that all differ from their neighbours; one alone is written as a run."""
    packed = bytearray()
    for start in range(0, len(dots), _RUN_MAX):
        piece = dots[start : start + _RUN_MAX]
        packed += bytes([0 if len(piece) == 1 else 257 - len(piece)]) + piece
    return bytes(packed)
