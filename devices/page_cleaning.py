"""A camera's shot or a scanner's page made into a page to file: straight, upright, evenly lit, small, colours kept."""

import math
from dataclasses import replace

import cv2
import numpy as np

from devices.frames import Pixels, rgb_pixels
from devices.page_edges import UNSEEN_LEVEL, blank_outside, clear_rims, sheet_on_glass
from devices.page_geometry import (
    A4,
    A5,
    DPI,
    MM_PER_INCH,
    SheetSize,
    longest_side_px,
    size_of,
    straight_view,
    true_ratio,
    turned_corners,
    warped,
    whole,
)
from devices.page_jpeg import page_pixels, small_page
from devices.page_light import PAPER_LEVEL, evened
from devices.page_upright import READ_DPI, PrintLie, print_lie
from kiosk.capture import Corners
from kiosk.ports import Frame, PageImage

# Over 120 views of 30 made pages, some blurred and of 9 points, lines were surer than 1.2 and upright never told the
# wrong way by more than 0.04.
_SURE_ACROSS = 0.8
_SURE_UPSIDE_DOWN = -0.15
_SEEMS_UPSIDE_DOWN = -0.1
_LEAST_SKEW_DEG = 0.15
_MOST_SKEW_DEG = 3.0  # of print against its own sheet: more is meant so
_MOST_ENLARGED = 1.5  # more dots than that add nothing that the camera saw
_LEAST_DPI = 50
_SHARPEN = 0.6
# Small letters this high, were the sheet A4, would be print of 17 points: it is A5 then.
_A5_LETTER_MM = 2.75


def clean_shot(frame: Frame, corners: Corners | None) -> PageImage:
    """The sheet between those corners, or the whole picture, as a page of its real size at 200 dpi (cards 300)."""
    rgb = rgb_pixels(frame)
    picture_px = (frame.width_px, frame.height_px)
    outline = corners or whole(picture_px)
    size = size_of(true_ratio(outline, picture_px) if corners else frame.width_px / frame.height_px)
    lie = _lie(rgb, outline, size)
    outline, size = _turned(outline, _size_by_print(size, lie), quarter_turns(lie))
    size = _not_enlarged(size, outline)
    return small_page(_flat(rgb, outline, size, _mended_skew(lie)), size.dpi)


def clean_scan(page: PageImage) -> PageImage:
    """The sheet on the glass as a page of its real size at no more than 200 dpi.

    A scan at 300 dpi is brought to 200 as well, which is what portals ask for: print of 5 points still has small
    letters of six dots there, and 300 dpi would take twice the bytes.
    """
    pixels = page_pixels(page)
    outline = sheet_on_glass(pixels, page.dpi) or whole((page.width_px, page.height_px))
    size = _measured(outline, page.dpi)
    lie = _lie(pixels, outline, size)
    outline, size = _turned(outline, size, quarter_turns(lie))
    flat = _flat(pixels, outline, size, _mended_skew(lie))
    return small_page(flat, size.dpi)


def quarter_turns(lie: PrintLie) -> int:
    """How far clockwise the page must be turned to stand upright; 0 where that is not sure."""
    if lie.across < _SURE_ACROSS:
        return 0
    return lie.quarter_turns + (2 if lie.upright < _SURE_UPSIDE_DOWN else 0)


def seems_turned(lie: PrintLie) -> bool:
    """Whether the page seems to lie sideways or to stand on its head: warned of sooner than it is turned."""
    return lie.across >= _SURE_ACROSS and (lie.quarter_turns != 0 or lie.upright < _SEEMS_UPSIDE_DOWN)


def print_lie_of(pixels: Pixels, dpi: int) -> PrintLie:
    """How print lies on a flat page of that resolution."""
    scale = READ_DPI / dpi
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    area = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return print_lie(np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=area), np.uint8))


def _lie(pixels: Pixels, outline: Corners, size: SheetSize) -> PrintLie:
    """How print lies on the sheet between the corners, at the resolution that this is read at."""
    read_px = replace(size, dpi=READ_DPI).size_px
    shrink = max(1, math.floor(longest_side_px(outline) / max(read_px)))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if shrink > 1:
        grey = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    near = tuple((x / shrink, y / shrink) for x, y in outline)
    return print_lie(warped(np.asarray(grey, np.uint8), straight_view(near, read_px), read_px, PAPER_LEVEL))


def _flat(pixels: Pixels, outline: Corners, size: SheetSize, skew_deg: float) -> Pixels:
    """The sheet between the corners, seen straight from above, in even light if it is not a card."""
    picture_px = (pixels.shape[1], pixels.shape[0])
    view = straight_view(outline, size.size_px, -skew_deg)
    if outline == whole(picture_px) and skew_deg == 0.0:
        page = np.asarray(cv2.resize(pixels, size.size_px, interpolation=cv2.INTER_AREA), np.uint8)
    else:
        page = warped(pixels, view, size.size_px, UNSEEN_LEVEL)
    if size.card:
        return page
    page = evened(page, size.dpi, _SHARPEN)
    clear_rims(page, size.dpi)
    blank_outside(page, view, outline, picture_px)
    return page


def _turned(outline: Corners, size: SheetSize, turns: int) -> tuple[Corners, SheetSize]:
    return turned_corners(outline, turns), size.turned() if turns % 2 else size


def _mended_skew(lie: PrintLie) -> float:
    mend = lie.across >= _SURE_ACROSS and _LEAST_SKEW_DEG <= abs(lie.skew_deg) <= _MOST_SKEW_DEG
    return lie.skew_deg if mend else 0.0


def _size_by_print(size: SheetSize, lie: PrintLie) -> SheetSize:
    """A5 where print on A4 would be too large: a picture alone does not tell them apart."""
    if size not in {A4, A4.turned()} or lie.small_letter_px / READ_DPI * MM_PER_INCH < _A5_LETTER_MM:
        return size
    return A5 if size == A4 else A5.turned()


def _not_enlarged(size: SheetSize, outline: Corners) -> SheetSize:
    """The same sheet at as many dots an inch as the camera's own dots can fill."""
    most_dpi = _MOST_ENLARGED * longest_side_px(outline) / max(size.width_mm, size.height_mm) * MM_PER_INCH
    return replace(size, dpi=max(_LEAST_DPI, min(size.dpi, round(most_dpi))))


def _measured(outline: Corners, dpi: int) -> SheetSize:
    """The size of a sheet on the glass: at most 200 dpi, and never more than the scan has."""
    width_mm, height_mm = (math.dist(outline[0], outline[end]) / dpi * MM_PER_INCH for end in (1, 3))
    return SheetSize(width_mm, height_mm, min(DPI, dpi))
