"""Encoded pages to pixels and back, no larger than portals like."""

import io
import math

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

from devices.frames import Pixels
from devices.picture_decoding import MAX_PIXELS, open_picture
from devices.pictures import JPEG_QUALITY, to_page
from kiosk.ports import PageImage

# Portals take 6 MB a file; at this size seventeen pages fit. Measured by `kiosk bench clean`: print stays below it.
PAGE_BYTES = 350_000
_QUALITY_STEP = 10
_STEP_SHRINKS = 0.84  # about what ten steps of quality leave of a page of print; a wrong guess costs one more try
_LEAST_QUALITY = 30
_COLOUR = 26  # between a dot's largest and smallest channel: less is a scanner's cast
_FEWEST_COLOURED = 0.0004  # of the page: a seal covers fifty times as much


def page_pixels(page: PageImage) -> Pixels:
    """The page's pixels as (height, width, 3) RGB. Raises ValueError for what is no picture."""
    if _is_plain(page.content):
        decoded = cv2.imdecode(np.frombuffer(page.content, np.uint8), cv2.IMREAD_COLOR_RGB)
        if decoded is not None:
            return np.asarray(decoded, np.uint8)
    picture = open_picture(page.content)
    if picture is None:
        raise ValueError("a page is no picture")
    return np.array(picture.convert("RGB"))


def _is_plain(content: bytes) -> bool:
    """Whether OpenCV, which lets other threads run while it decodes, decodes it as Pillow would."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        small = picture.width * picture.height <= MAX_PIXELS
        return small and picture.mode in {"RGB", "L"} and "transparency" not in picture.info and not picture.getexif()
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return False


def small_page(pixels: Pixels, dpi: int, limit_bytes: int = PAGE_BYTES) -> PageImage:
    """The pixels (height, width, 3) as a JPEG page of at most that size where a still readable quality reaches it.

    A page without colour is kept in grey. Quality gives way first, then what lies between the print is smoothed.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    kept = pixels if has_colour(pixels) else np.asarray(grey, np.uint8)
    page = to_page(Image.fromarray(kept), dpi)
    quality = JPEG_QUALITY
    while len(page.content) > limit_bytes and quality > _LEAST_QUALITY:
        if quality == JPEG_QUALITY:
            kept = _calm(kept, grey)
        else:
            quality = max(_LEAST_QUALITY, quality - _QUALITY_STEP * _steps(len(page.content) / limit_bytes))
        page = to_page(Image.fromarray(kept), dpi, quality)
        quality = min(quality, JPEG_QUALITY - 1)
    return page


def has_colour(pixels: Pixels) -> bool:
    """Whether more than a scanner's cast is on a page: a seal, a pen, a photo."""
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    span = cv2.subtract(small.max(axis=2), small.min(axis=2))
    return float((span > _COLOUR).mean()) > _FEWEST_COLOURED


def _steps(excess: float) -> int:
    return max(1, math.ceil(math.log(excess) / -math.log(_STEP_SHRINKS)))


def _calm(pixels: Pixels, grey: MatLike) -> Pixels:
    """Without the grain of what is not print: where nothing near stands out, a blurred picture takes its place."""
    edges = cv2.morphologyEx(cv2.GaussianBlur(grey, (3, 3), 0), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    grain = float(np.median(edges[::8, ::8]))
    near = cv2.dilate(cv2.threshold(edges, max(30.0, 3 * grain), 255, cv2.THRESH_BINARY)[1], np.ones((5, 5), np.uint8))
    calm = cv2.GaussianBlur(pixels, (0, 0), 2.5)
    cv2.copyTo(pixels, near, calm)
    return np.asarray(calm, np.uint8)
