"""What lies around the sheet: a scanner's dark lid, a rim of the table, and what the picture does not show at all."""

from typing import Any

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.frames import Pixels
from devices.page_geometry import MM_PER_INCH, Homography, whole
from devices.page_light import PAPER_LEVEL
from kiosk.capture import Corners

# Shown where the picture ends before the sheet does: neither paper nor ink, so that a person sees what is missing.
UNSEEN_LEVEL = 150
_FIND_DPI = 50
_LID = 0.55  # of the paper's light
_LEAST_LID = 0.01  # of the picture
_LEAST_SHEET = 0.02
_RIM_MM = 3.0
_RIM_DARK = 190
_LEAST_RIM = 0.04  # of a side: a shorter one is a stroke that runs out of the page


def sheet_on_glass(pixels: Pixels, dpi: int) -> Corners | None:
    """The corners of the sheet before a scanner's dark lid, clockwise from its top left; None if it fills the glass."""
    scale = min(1.0, _FIND_DPI / dpi)
    grey = cv2.cvtColor(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(grey, 90))
    around = _joined_to_the_border(cv2.threshold(grey, _LID * paper, 255, cv2.THRESH_BINARY_INV)[1])
    if float(around.mean()) < 255 * _LEAST_LID:
        return None
    bright = cv2.morphologyEx(cv2.bitwise_not(around), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    outlines, _hierarchy = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = max(outlines, key=cv2.contourArea, default=None)
    if sheet is None or cv2.contourArea(sheet) < _LEAST_SHEET * grey.size:
        return None
    box = cv2.minAreaRect(sheet)
    if cv2.contourArea(sheet) < 0.85 * box[1][0] * box[1][1]:
        return None  # a torn sheet or several: nothing may be cut away
    return _clockwise(cv2.boxPoints(box) / scale)


def _joined_to_the_border(dark: MatLike) -> Pixels:
    """Of the dark parts those that reach the picture's border, closed over what dust leaves bright."""
    framed = cv2.copyMakeBorder(dark, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    mask = np.zeros((framed.shape[0] + 2, framed.shape[1] + 2), np.uint8)
    cv2.floodFill(framed, mask, (0, 0), 128)
    inside = framed[1:-1, 1:-1]
    return np.where(inside == 128, np.uint8(255), np.uint8(0))


def _clockwise(box: NDArray[np.number[Any]]) -> Corners:
    """The box's corners from the one nearest to the picture's top left."""
    first = int(np.argmin(box.sum(axis=1)))
    ordered = np.roll(box, -first, axis=0)
    one, two, last = ordered[0], ordered[1], ordered[3]
    if (two[0] - one[0]) * (last[1] - one[1]) - (two[1] - one[1]) * (last[0] - one[0]) < 0:
        ordered = ordered[[0, 3, 2, 1]]
    return tuple((float(x), float(y)) for x, y in ordered)


def blank_outside(page: Pixels, view: Homography, corners: Corners, picture_px: tuple[int, int]) -> None:
    """Paint what the picture does not show as unseen, and what lies outside the sheet's corners as paper; in place."""
    _paint_outside(page, view, whole(picture_px), UNSEEN_LEVEL)
    _paint_outside(page, view, corners, PAPER_LEVEL)


def _paint_outside(page: Pixels, view: Homography, corners: Corners, level: int) -> None:
    height, width = page.shape[:2]
    outline = cv2.perspectiveTransform(np.array([corners], np.float64), view)[0]
    inside = all(
        cv2.pointPolygonTest(outline.astype(np.float32), corner, measureDist=True) >= -0.75
        for corner in ((0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0))
    )
    if inside:
        return
    mask = np.full((height, width), 255, np.uint8)
    cv2.fillConvexPoly(mask, np.round(outline * 16).astype(np.int32), 0, shift=4)
    page[mask > 0] = level


def clear_rims(page: Pixels, dpi: int) -> None:
    """Paint over, with what lies 3 mm inside, what is dark from the very border inwards along a good part of a side:
    there the corners lay a little outside the sheet. In place."""
    depth = max(2, round(_RIM_MM / MM_PER_INCH * dpi))
    for turn in range(4):
        strip = np.rot90(page, turn)[: depth + 1]
        dark = np.logical_and.accumulate(strip[:depth].mean(axis=2) < _RIM_DARK, axis=0)
        reach = dark.sum(axis=0)
        if np.count_nonzero((reach > 0) & (reach < depth)) > _LEAST_RIM * strip.shape[1]:
            grown = cv2.dilate(dark.astype(np.uint8), np.ones((5, 5), np.uint8))
            rows, columns = np.nonzero((grown > 0) & (reach < depth))
            strip[rows, columns] = strip[depth, columns]
