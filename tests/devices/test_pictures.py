"""Tests of devices.pictures: pictures from outside, whole, broken and hostile."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from devices.picture_decoding import open_picture
from devices.pictures import pictures_in, read_picture, to_frame, to_page
from tests.devices.pictures_made import BLUE, RED, encoded, plain


def png_claiming(width: int, height: int) -> bytes:
    """The head of a PNG of that size: a decompression bomb's first bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_opened(kind: str) -> None:
    picture = open_picture(encoded(plain(RED), kind))
    assert picture is not None
    assert (picture.size, picture.mode) == ((320, 240), "RGB")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        encoded(plain(RED))[:400],
        encoded(plain(RED), "PNG")[:-30],
        encoded(plain(RED), "GIF"),
        encoded(plain(RED), "BMP"),
        png_claiming(65_535, 65_535),
        png_claiming(9_000, 9_000),
    ],
    ids=["empty", "html", "cut jpeg", "cut png", "gif", "bmp", "bomb", "too large"],
)
def test_what_is_no_whole_picture_is_none(content: bytes) -> None:
    assert open_picture(content) is None


def test_the_orientation_in_the_header_is_applied() -> None:
    picture = plain(RED)
    exif = picture.getexif()
    exif[0x0112] = 6  # turned a quarter
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    turned = open_picture(buffer.getvalue())
    assert turned is not None
    assert turned.size == (240, 320)


@pytest.mark.parametrize(
    ("mode", "becomes"), [("1", "L"), ("L", "L"), ("LA", "RGB"), ("P", "RGB"), ("RGBA", "RGB"), ("I;16", "L")]
)
def test_every_kind_of_colours_becomes_rgb_or_grey(mode: str, becomes: str) -> None:
    picture = open_picture(encoded(Image.new(mode, (8, 8)), "PNG"))
    assert picture is not None
    assert picture.mode == becomes


def test_cmyk_becomes_rgb() -> None:
    picture = open_picture(encoded(Image.new("CMYK", (8, 8))))
    assert picture is not None
    assert picture.mode == "RGB"


def test_what_is_transparent_becomes_white_paper() -> None:
    picture = open_picture(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    assert picture is not None
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_a_page_knows_its_size_and_resolution() -> None:
    page = to_page(plain(BLUE), 150)
    picture = Image.open(io.BytesIO(page.content))
    assert (page.width_px, page.height_px, page.dpi, page.media_type) == (320, 240, 150, "image/jpeg")
    assert picture.info["dpi"] == (150, 150)


def test_a_frame_has_the_pictures_pixels() -> None:
    frame = to_frame(plain(RED).convert("L"))
    assert (frame.width_px, frame.height_px, len(frame.rgb)) == (320, 240, 320 * 240 * 3)


def test_pictures_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.PNG", "a.jpg", "c.jpeg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "d.jpg").mkdir()
    assert [path.name for path in pictures_in(tmp_path)] == ["a.jpg", "b.PNG", "c.jpeg"]
    assert pictures_in(tmp_path / "missing") == []


def test_a_file_that_cannot_be_read_is_no_picture(tmp_path: Path) -> None:
    assert read_picture(tmp_path / "missing.jpg") is None
    assert read_picture(tmp_path) is None
