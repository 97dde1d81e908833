"""Finds the sheet of paper in a picture by its outline, and says what is wrong with the picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.frames import rgb_pixels
from kiosk.ports import Frame

_WORK_SIDE_PX = 800  # outlines need no more, and it is ten times faster than full HD
_LEAST_AREA = 0.12  # of the picture: less is a card or a shadow
_MOST_AREA = 0.98  # more is the picture's own frame
_DARK_MEDIAN = 60.0
_BLURRED_VARIANCE = 20.0

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """`corners` in the picture's pixels, clockwise from the paper's top left, or None; `problems` are stable words."""

    corners: Corners | None
    problems: tuple[str, ...]


def find_page(frame: Frame) -> FoundPage:
    """The largest outline with four corners that is clearly a sheet. Problems: no_page, dark, blurred."""
    rgb = rgb_pixels(frame)
    scale = min(1.0, _WORK_SIDE_PX / max(frame.width_px, frame.height_px))
    grey = cv2.cvtColor(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    quad = _best_quad(grey)
    problems = [] if quad is not None else ["no_page"]
    region = _inside(grey, quad)
    if float(np.median(region)) < _DARK_MEDIAN:
        problems.append("dark")
    if float(cv2.Laplacian(region, cv2.CV_64F).var()) < _BLURRED_VARIANCE:
        problems.append("blurred")
    corners = None if quad is None else tuple((float(x / scale), float(y / scale)) for x, y in quad)
    return FoundPage(corners, tuple(problems))


def _best_quad(grey: MatLike) -> NDArray[np.float32] | None:
    """The largest four-cornered outline over some ways to see edges: none of them works for every table and light."""
    calm = cv2.GaussianBlur(grey, (5, 5), 0)
    best: NDArray[np.float32] | None = None
    best_area = _LEAST_AREA * grey.size
    for mask in _masks(calm):
        outlines, _hierarchy = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            area = cv2.contourArea(outline)
            if best_area < area < _MOST_AREA * grey.size and (quad := _quad(outline)) is not None:
                best, best_area = quad, area
    return best


def _masks(calm: MatLike) -> list[MatLike]:
    """Edges at two strengths, and the bright parts: paper is mostly brighter than the table."""
    median = float(np.median(calm))
    edges = [cv2.Canny(calm, low, 3 * low) for low in (20.0, max(30.0, 0.4 * median))]
    closed = [cv2.dilate(edge, np.ones((5, 5), np.uint8)) for edge in edges]
    _level, bright = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return [*closed, bright]


def _quad(outline: MatLike) -> NDArray[np.float32] | None:
    """The outline's four corners if it has just four and bulges nowhere."""
    hull = cv2.convexHull(outline)
    for tolerance in (0.02, 0.035, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            fills = cv2.contourArea(outline) / max(cv2.contourArea(corners), 1.0)
            return _clockwise(corners.reshape(4, 2).astype(np.float32)) if fills > 0.9 else None
    return None


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clockwise on the screen (y grows downwards), from the corner nearest to the picture's top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


def _inside(grey: MatLike, quad: NDArray[np.float32] | None) -> MatLike:
    """The box around the paper, or the whole picture without one."""
    if quad is None:
        return grey
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    return grey[max(top, 0) : bottom + 1, max(left, 0) : right + 1]
