"""The usual way to find a sheet in a photo, edges and contours, for the bench to compare with."""

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.frames import rgb_pixels
from kiosk.capture import Corners
from kiosk.ports import Frame

_WORK_SIDE_PX = 800
_LEAST_AREA = 0.05  # of the picture
_TOLERANCES = (0.02, 0.035, 0.05)  # of the outline's length


def contour_page(frame: Frame) -> Corners | None:
    """Canny's edges at two strengths and Otsu's bright parts; of their outlines the largest with four corners."""
    rgb = rgb_pixels(frame)
    scale = min(1.0, _WORK_SIDE_PX / max(frame.width_px, frame.height_px))
    grey = cv2.cvtColor(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    calm = cv2.GaussianBlur(grey, (5, 5), 0)
    best, best_area = None, _LEAST_AREA * grey.size
    for mask in _masks(calm):
        outlines, _hierarchy = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            area = cv2.contourArea(outline)
            if best_area < area < 0.98 * grey.size and (corners := _four_corners(outline)) is not None:
                best, best_area = corners, area
    return None if best is None else tuple((float(x / scale), float(y / scale)) for x, y in best.reshape(4, 2))


def _masks(calm: MatLike) -> list[MatLike]:
    median = float(np.median(calm))
    edges = [cv2.Canny(calm, low, 3 * low) for low in (20.0, max(30.0, 0.4 * median))]
    closed = [cv2.dilate(edge, np.ones((5, 5), np.uint8)) for edge in edges]
    _level, bright = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return [*closed, bright]


def _four_corners(outline: MatLike) -> MatLike | None:
    hull = cv2.convexHull(outline)
    for tolerance in _TOLERANCES:
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            fills = cv2.contourArea(outline) / max(cv2.contourArea(corners), 1.0)
            return corners if fills > 0.9 else None
    return None
