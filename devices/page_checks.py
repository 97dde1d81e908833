"""Measures of a finished page: is it blurred, dark, cut off, blank; and the fingerprint of what is on it."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.frames import Pixels
from devices.page_edges import UNSEEN_LEVEL
from devices.page_geometry import MM_PER_INCH
from kiosk.documents import FINGERPRINT_SIDE

CHECK_DPI = 200
_MIN_PAPER = 165  # a finished page has 250; what could not be lit up further was taken with too little light
_CERTAIN_INK, _A_LITTLE_INK = 0.27, 0.13  # of the paper's light, over a cell of 1 mm
_BORDER_MM = 5.0
_INK_DEPTH = 0.2  # of the paper's light; the other side shows through with less than half of that
_LEAST_MARK_MM = 0.8
_FEWEST_MARKS = 4
_HOLE_MM = (4.5, 8.0)  # ISO 838: 6 mm
# Made pages: up to 0.56 with a blur of 1.4 dots at 150 dpi, where a machine reads all; 0.59 to 0.81 with 2.2; above 0.9
# with 3.8, where half the letters are lost.
_MOST_EDGE_MM = 0.66
_FEWEST_EDGES = 40
_TOUCHING_MM = 1.0
_MOST_TOUCHING = 3
_CORNER_MM = 12.0
_CORNER_GONE = 0.35


def is_dark(grey: Pixels) -> bool:
    """Whether paper is far from white."""
    return float(np.percentile(grey[::4, ::4], 80)) < _MIN_PAPER


def is_blank(grey: Pixels, dpi: int) -> bool:
    """Whether a page bears nothing: what shows through, dust, punch holes and the lid's shadow are not print."""
    margin = round(_BORDER_MM / MM_PER_INCH * dpi)
    inner = grey[margin:-margin, margin:-margin]
    if inner.size == 0:
        return False
    around = cv2.resize(cv2.dilate(_shrunk(inner, 8), np.ones((5, 5), np.uint8)), inner.shape[::-1])
    depth = cv2.subtract(around, cv2.GaussianBlur(inner, (3, 3), 0))
    ink = cv2.threshold(depth, _INK_DEPTH * float(np.median(around)), 255, cv2.THRESH_BINARY)[1]
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size_mm = stats[1:, 2:4].max(axis=1, initial=0) / dpi * MM_PER_INCH
    marks = (size_mm > _LEAST_MARK_MM) & ~_holes(stats[1:], grey.shape[1], dpi)
    return int(np.count_nonzero(marks)) < _FEWEST_MARKS and float(size_mm[marks].sum()) < 30


def _holes(stats: MatLike, width_px: int, dpi: int) -> NDArray[np.bool_]:
    """Which patches are punch holes: round, of their size, near the left or right edge."""
    across, down = (stats[:, side] / dpi * MM_PER_INCH for side in (2, 3))
    middle = stats[:, 0] + stats[:, 2] / 2
    at_edge = (middle < 0.12 * width_px) | (middle > 0.85 * width_px)
    square = (np.minimum(across, down) > _HOLE_MM[0]) & (np.maximum(across, down) < _HOLE_MM[1])
    return np.asarray(at_edge & square & (stats[:, 4] > 0.6 * stats[:, 2] * stats[:, 3]))


def edge_width_mm(grey: Pixels, dpi: int) -> float | None:
    """How wide the edges of print are, in mm from paper to ink; None without enough print.

    In patches of 3 mm the span of light divided by its steepest change is the narrowest edge; the median of the deeper
    half of the patches is robust against noise and pictures.
    """
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    slope = cv2.magnitude(cv2.Scharr(calm, cv2.CV_32F, 1, 0), cv2.Scharr(calm, cv2.CV_32F, 0, 1)) / 32
    side = round(3 / MM_PER_INCH * dpi)
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    if rows == 0 or columns == 0:
        return None
    steepest, lightest, darkest = (
        _patches(plane, side, rows, columns, most) for plane, most in ((slope, 1), (calm, 1), (calm, 0))
    )
    span = lightest.astype(np.float32) - darkest
    printed = span > max(25.0, 0.5 * float(np.percentile(span, 95)))
    if np.count_nonzero(printed) < _FEWEST_EDGES:
        return None
    return float(np.median(span[printed] / np.maximum(steepest[printed], 0.5))) / dpi * MM_PER_INCH


def _patches(plane: NDArray[np.generic], side: int, rows: int, columns: int, most: int) -> NDArray[np.float32]:
    cut = plane[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return np.asarray(cut.max(axis=(1, 3)) if most else cut.min(axis=(1, 3)), np.float32)


def is_blurred(grey: Pixels, dpi: int) -> bool:
    """Whether print is too soft to be read with ease."""
    width_mm = edge_width_mm(grey, dpi)
    return width_mm is not None and width_mm > _MOST_EDGE_MM


def is_cut_off(grey: Pixels, dpi: int) -> bool:
    """Whether a corner is missing (unseen by the camera, folded, torn) or print runs out of the page."""
    corner = round(_CORNER_MM / MM_PER_INCH * dpi)
    paper = float(np.percentile(grey[::4, ::4], 80))
    for rows in (slice(None, corner), slice(-corner, None)):
        for columns in (slice(None, corner), slice(-corner, None)):
            if float((grey[rows, columns] < 0.75 * paper).mean()) > _CORNER_GONE:
                return True
    unseen = np.abs(grey[::4, ::4].astype(np.int16) - UNSEEN_LEVEL) <= 3
    if float(unseen.mean()) > 0.01 and paper > UNSEEN_LEVEL + 20:
        return True
    return _touching(grey, paper, dpi) > _MOST_TOUCHING


def _touching(grey: Pixels, paper: float, dpi: int) -> int:
    """How many strokes run out of the page on the side where most do."""
    depth = max(1, round(_TOUCHING_MM / MM_PER_INCH * dpi) // 2)
    counts = []
    for turn in range(4):
        rim = np.rot90(grey, turn)[:depth].max(axis=0) < 0.6 * paper
        edges = np.flatnonzero(np.diff(np.concatenate([[0], rim.astype(np.int8), [0]])))
        counts.append(int(np.count_nonzero(edges[1::2] - edges[::2] < 0.08 * grey.shape[1])))
    return max(counts)


def fingerprint(pixels: Pixels, dpi: int) -> int:
    """Where ink lies, for `kiosk.documents.same_sheet`; of the middle 300 mm of larger pages."""
    darkest = cv2.min(cv2.min(pixels[..., 0], pixels[..., 1]), pixels[..., 2])
    scale = MM_PER_INCH / dpi
    cells = cv2.resize(darkest, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    depth = 1 - cells / max(1.0, float(np.percentile(cells, 90)))
    spare = [FINGERPRINT_SIDE - side for side in depth.shape]
    padded = np.pad(depth, [(max(0, side // 2), max(0, side - side // 2)) for side in spare])
    top, left = ((side - FINGERPRINT_SIDE) // 2 for side in padded.shape)
    grid = padded[top : top + FINGERPRINT_SIDE, left : left + FINGERPRINT_SIDE]
    strong, weak = (_bits(grid > level) for level in (_CERTAIN_INK, _A_LITTLE_INK))
    return strong << (FINGERPRINT_SIDE * FINGERPRINT_SIDE) | weak


def _bits(cells: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(cells.ravel()).tobytes(), "big")


def _shrunk(grey: Pixels, times: int) -> Pixels:
    return np.asarray(cv2.resize(grey, None, fx=1 / times, fy=1 / times, interpolation=cv2.INTER_AREA), np.uint8)
