"""Pictures from folders in, and pages out as encoded pictures."""

import struct
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from devices.picture_decoding import open_picture
from kiosk.ports import Frame, PageImage

# Seals and stamps stay readable and an A4 page at 200 dpi stays near 0.5 MB: portals take at most 6 MB a file.
JPEG_QUALITY = 80
_DENSITY = slice(13, 18)  # unit, x and y in the JFIF header, with which the file begins (ITU-T T.871, 10.1)
_SUFFIXES = {".jpg", ".jpeg", ".png"}


def read_picture(path: Path) -> Image.Image | None:
    """As `open_picture`, from a file; None too if the file cannot be read."""
    try:
        return open_picture(path.read_bytes())
    except OSError:
        return None


def to_frame(picture: Image.Image) -> Frame:
    """The picture as a camera's frame."""
    rgb = picture.convert("RGB")
    return Frame(rgb.tobytes(), rgb.width, rgb.height)


def to_page(picture: Image.Image, dpi: int, quality: int = JPEG_QUALITY) -> PageImage:
    """The picture as a captured page, JPEG in memory. `picture` is RGB or L.

    OpenCV encodes: it lets other threads run meanwhile, where Pillow stops them, and so the window, for 60 ms on an A4
    page at 200 dpi.
    """
    pixels = np.asarray(picture)
    if picture.mode == "RGB":
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    choices = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    encoded, buffer = cv2.imencode(".jpg", pixels, choices)
    if not encoded:
        raise ValueError(f"a picture of mode {picture.mode} cannot be a page")
    content = bytearray(buffer)
    content[_DENSITY] = struct.pack(">BHH", 1, dpi, dpi)  # 1: dots an inch
    return PageImage(bytes(content), "image/jpeg", picture.width, picture.height, dpi)


def pictures_in(folder: Path) -> list[Path]:
    """The pictures directly in `folder`, in the order of their names; none if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
