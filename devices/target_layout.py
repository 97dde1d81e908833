"""Where everything lies on the printed target of the acceptance test: the one source for printing and measuring it.

All lengths are millimetres on A4, from the sheet's top left corner; printed at true size.
"""

from dataclasses import dataclass

import cv2

SHEET_MM = (210.0, 297.0)
MARKER_MM = 14.0
# Far apart, for a long length is measured better; 10 mm from the edge, where every printer still prints.
MARKERS_MM = ((10.0, 10.0), (186.0, 10.0), (186.0, 273.0), (10.0, 273.0))
"""Top left corners of the four corner marks; the index of each is the number that it carries."""
_DICTIONARY = cv2.aruco.DICT_4X4_50

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Patch:
    """One patch of colour (sRGB) to be recognised."""

    name: str
    colour: Colour
    x_mm: float


# Seal red and ink blue are what papers have; grey tells a colour cast; white and black give the scale of all else.
PATCHES = (
    Patch("red", (196, 32, 38), 30.0),
    Patch("blue", (34, 60, 150), 56.0),
    Patch("green", (30, 130, 70), 82.0),
    Patch("grey", (128, 128, 128), 108.0),
    Patch("black", (0, 0, 0), 134.0),
    Patch("white", (255, 255, 255), 160.0),
)
PATCH_Y_MM = 62.0
PATCH_MM = (20.0, 14.0)

LINE_PAIRS_PER_MM = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
"""300 dpi can show 5.9 line pairs a millimetre at best, 200 dpi 3.9 (half the sampling rate)."""
GROUP_MM = 12.0
_FIRST_GROUP_MM = (44.0, 92.0)
_GROUP_STEP_MM = (22.0, 18.0)


def group_mm(number: int, *, upright: bool) -> tuple[float, float]:
    """Top left of a group of line pairs; `upright` lines measure across the sheet, level ones along it."""
    return _FIRST_GROUP_MM[0] + number * _GROUP_STEP_MM[0], _FIRST_GROUP_MM[1] + (0 if upright else _GROUP_STEP_MM[1])


def marker_modules(number: int) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a corner mark, six by six."""
    picture = cv2.aruco.generateImageMarker(cv2.aruco.getPredefinedDictionary(_DICTIONARY), number, 6)
    return tuple(tuple(bool(value == 0) for value in row) for row in picture)


def marker_detector() -> cv2.aruco.ArucoDetector:
    """Finds the corner marks, with corners finer than a pixel."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(_DICTIONARY), parameters)


def marker_corners_mm(number: int) -> tuple[tuple[float, float], ...]:
    """The four corners of a mark, clockwise from its top left, as the detector gives them."""
    x, y = MARKERS_MM[number]
    return (x, y), (x + MARKER_MM, y), (x + MARKER_MM, y + MARKER_MM), (x, y + MARKER_MM)
