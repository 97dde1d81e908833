"""From a sheet's four corners in a picture to its true shape, its size in millimetres, and a straight view of it."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.frames import Pixels
from kiosk.capture import Corners

MM_PER_INCH = 25.4
DPI = 200
# Print on a card is about 1.3 mm high: at 200 dots an inch that is ten dots, which is too few for accents.
CARD_DPI = 300

# A camera's focal length in widths of its picture, when the sheet lies too flat to tell: webcams see 60 to 70 degrees.
_FOCAL_WIDTHS = 0.83
_FOCAL_BOUNDS = (0.6, 2.0)
_NEARLY_FLAT = 0.02  # below this the vanishing points are noise

Homography = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A sheet's real size, and at how many dots an inch it is kept. `card` is one of ISO/IEC 7810 ID-1."""

    width_mm: float
    height_mm: float
    dpi: int = DPI
    card: bool = False

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height in dots."""
        return round(self.width_mm / MM_PER_INCH * self.dpi), round(self.height_mm / MM_PER_INCH * self.dpi)

    def turned(self) -> "SheetSize":
        """The same sheet lying on its side."""
        return SheetSize(self.height_mm, self.width_mm, self.dpi, self.card)


A4 = SheetSize(210, 297)
A5 = SheetSize(148, 210)
CARD = SheetSize(85.6, 53.98, CARD_DPI, card=True)

_A4_RATIO = 297 / 210
_CARD_RATIO = 85.6 / 53.98
# Of the measured ratio of the sides: three in a hundred is what corners off by half a per cent of a side and a tilt of
# 30 degrees leave. US Letter (1.294) and Legal (1.647), which are not snapped, lie farther.
_SNAP = 0.05
_CARD_SNAP = 0.035


def size_of(ratio: float) -> SheetSize:
    """The sheet of this ratio of width to height, upright or on its side: A4, a card, or a measured one that has A4's
    shorter side and at most its area's length. What a picture alone cannot tell is A5 from A4."""
    long_ratio = max(ratio, 1 / ratio)
    if abs(long_ratio / _CARD_RATIO - 1) < _CARD_SNAP:
        size = CARD.turned()
    elif abs(long_ratio / _A4_RATIO - 1) < _SNAP:
        size = A4
    elif long_ratio < _A4_RATIO:
        size = SheetSize(297 / long_ratio, 297)
        size = size if size.width_mm <= 210 else SheetSize(210, 210 * long_ratio)
    else:
        size = SheetSize(210, 210 * long_ratio)
    return size.turned() if ratio > 1 else size


def true_ratio(corners: Corners, picture_px: tuple[int, int]) -> float:
    """Width to height of the flat rectangle whose corners (clockwise from its top left) are seen there.

    Zhang and He, "Whiteboard scanning and image enhancement", 2007, §3.1: the two vanishing points of a rectangle give
    the focal length, and with it the ratio. Where the sheet is seen nearly from above the focal length is a webcam's.
    """
    middle = np.array(picture_px, np.float64) / 2
    scale = float(max(picture_px))
    top_left, top_right, bottom_right, bottom_left = (
        np.append((np.array(corner, np.float64) - middle) / scale, 1.0) for corner in corners
    )
    k2 = np.dot(np.cross(top_left, bottom_right), bottom_left) / np.dot(np.cross(top_right, bottom_right), bottom_left)
    k3 = np.dot(np.cross(top_left, bottom_right), top_right) / np.dot(np.cross(bottom_left, bottom_right), top_right)
    across, down = k2 * top_right - top_left, k3 * bottom_left - top_left
    focal = _focal(across, down)
    lengths = [math.hypot(side[0] / focal, side[1] / focal, side[2]) for side in (across, down)]
    return lengths[0] / lengths[1]


def _focal(across: NDArray[np.float64], down: NDArray[np.float64]) -> float:
    """The focal length in longer sides of the picture."""
    if abs(across[2]) < _NEARLY_FLAT or abs(down[2]) < _NEARLY_FLAT:
        return _FOCAL_WIDTHS
    squared = -(across[0] * down[0] + across[1] * down[1]) / (across[2] * down[2])
    return float(np.clip(math.sqrt(squared), *_FOCAL_BOUNDS)) if squared > 0 else _FOCAL_WIDTHS


def whole(picture_px: tuple[int, int]) -> Corners:
    """The picture's own corners."""
    width_px, height_px = picture_px
    return (0.0, 0.0), (width_px, 0.0), (width_px, height_px), (0.0, height_px)


def turned_corners(corners: Corners, quarter_turns: int) -> Corners:
    """The corners named anew, so that what they enclose is seen turned clockwise by quarter turns."""
    first = -quarter_turns % 4
    return corners[first:] + corners[:first]


def straight_view(corners: Corners, size_px: tuple[int, int], turned_deg: float = 0.0) -> Homography:
    """The matrix that maps the picture to the flat sheet of that size, then turned clockwise about its middle."""
    width_px, height_px = size_px
    target = np.array([(0, 0), (width_px, 0), (width_px, height_px), (0, height_px)], np.float32)
    # Corners are points between pixels, OpenCV's coordinates are the middles of pixels.
    view = cv2.getPerspectiveTransform(np.array(corners, np.float32) - 0.5, target - 0.5)
    turn = np.vstack([cv2.getRotationMatrix2D((width_px / 2, height_px / 2), -turned_deg, 1.0), (0.0, 0.0, 1.0)])
    return np.asarray(turn @ view, np.float64)


def warped(pixels: Pixels, view: Homography, size_px: tuple[int, int], ground: int) -> Pixels:
    """The view of that size; what lies outside the picture becomes the grey `ground`."""
    flat = cv2.warpPerspective(
        pixels, view, size_px, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(ground,) * 4
    )
    return np.asarray(flat, np.uint8)


def longest_side_px(corners: Corners) -> float:
    """The longest side of what the corners enclose."""
    sides = zip(corners, corners[1:] + corners[:1], strict=True)
    return max(math.dist(one, other) for one, other in sides)
