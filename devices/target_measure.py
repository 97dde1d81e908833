"""Measures a scanned or photographed target: resolution by known lengths, skew, colours, the finest lines seen."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices import target_layout as layout
from devices.frames import Pixels, rgb_pixels
from kiosk.ports import Frame

_MM_PER_INCH = 25.4
_PATCH_PX_PER_MM = 4.0
_PATCH_EDGE_MM = 3.0  # left out: there the neighbours bleed in
# ISO 12233 calls lines resolved down to a tenth of the contrast of black and white.
_LEAST_MODULATION = 0.1
_NYQUIST_SHARE = 0.95  # beyond half the sampling rate lines are an illusion
_FINER = 4.0  # lines are looked at in steps of a quarter of a pixel
_LEAST_CONTRAST = 20.0

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """`dpi_x` and `dpi_y` by the known lengths across and along the sheet; `skew_deg` positive when it lies turned
    clockwise, 180 when upside down; `distortion_mm` is how far the worst corner is from where a flat, even sheet would
    have it. Line pairs a millimetre are the finest told apart across and along, 0 for none. `colours` are the patches
    that were recognised, with `missed` the others."""

    dpi_x: float
    dpi_y: float
    skew_deg: float
    distortion_mm: float
    line_pairs_x: float
    line_pairs_y: float
    colours: tuple[str, ...]
    missed: tuple[str, ...]


def target_corners(frame: Frame) -> Points | None:
    """The sixteen corners of the four marks in pixels, or None while not all four are seen."""
    found = _find(frame)
    return None if found is None else found[0]


def measure_target(frame: Frame) -> TargetFigures | None:
    """The figures of a picture with the whole target on it, or None where its four corner marks are not seen."""
    found = _find(frame)
    if found is None:
        return None
    seen, known = found
    place = np.asarray(cv2.findHomography(known, seen)[0], np.float64)
    if place.shape != (3, 3):
        return None
    pixels = rgb_pixels(frame)
    dpi_x, dpi_y, skew_deg = _lengths(seen)
    right, missed = _colours(pixels, place)
    return TargetFigures(
        dpi_x=round(dpi_x, 1),
        dpi_y=round(dpi_y, 1),
        skew_deg=round(skew_deg, 2),
        distortion_mm=round(_distortion_mm(seen, known), 2),
        line_pairs_x=_finest(pixels, place, dpi_x, upright=True),
        line_pairs_y=_finest(pixels, place, dpi_y, upright=False),
        colours=right,
        missed=missed,
    )


def _find(frame: Frame) -> tuple[Points, Points] | None:
    """The corners in the picture and on the sheet, in the same order."""
    grey = cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY)
    corners, numbers, _rejected = layout.marker_detector().detectMarkers(grey)
    if not corners:
        return None
    places = {int(number): place.reshape(4, 2) for number, place in zip(numbers.ravel(), corners, strict=True)}
    wanted = range(len(layout.MARKERS_MM))
    if not all(number in places for number in wanted):
        return None
    seen = np.concatenate([places[number] for number in wanted]).astype(np.float64)
    known = np.array([corner for number in wanted for corner in layout.marker_corners_mm(number)])
    return seen, known


def _lengths(seen: Points) -> tuple[float, float, float]:
    """Dots an inch across and along by the distances of the marks' middles, and the angle of the upper edge."""
    left_top, right_top, right_foot, left_foot = (seen[4 * number : 4 * number + 4].mean(axis=0) for number in range(4))
    across_mm = layout.MARKERS_MM[1][0] - layout.MARKERS_MM[0][0]
    along_mm = layout.MARKERS_MM[2][1] - layout.MARKERS_MM[1][1]
    across = (np.linalg.norm(right_top - left_top) + np.linalg.norm(right_foot - left_foot)) / 2
    along = (np.linalg.norm(left_foot - left_top) + np.linalg.norm(right_foot - right_top)) / 2
    edge = right_top - left_top + right_foot - left_foot
    angle = float(np.degrees(np.arctan2(edge[1], edge[0])))
    return float(across / across_mm * _MM_PER_INCH), float(along / along_mm * _MM_PER_INCH), angle


def _distortion_mm(seen: Points, known: Points) -> float:
    """The largest distance, on the sheet, of a corner from an even turning and stretching of all of them."""
    spread = np.hstack([seen, np.ones((len(seen), 1))])
    turn, _rest, _rank, _values = np.linalg.lstsq(spread, known, rcond=None)
    return float(np.linalg.norm(spread @ turn - known, axis=1).max())


def _crop(pixels: Pixels, place: Points, corner_mm: tuple[float, float], size: tuple[float, float, float]) -> Pixels:
    """A part of the sheet laid straight; `size` is its width and height in millimetres, and pixels a millimetre."""
    width_mm, height_mm, px_per_mm = size
    scale = np.array([[1 / px_per_mm, 0, corner_mm[0]], [0, 1 / px_per_mm, corner_mm[1]], [0, 0, 1]])
    shape = (round(width_mm * px_per_mm), round(height_mm * px_per_mm))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid: Pixels = cv2.warpPerspective(pixels, place @ scale, shape, flags=flags).astype(np.uint8)
    return laid


def _patch(pixels: Pixels, place: Points, patch: layout.Patch) -> NDArray[np.float64]:
    """The patch's mean colour (RGB), without its edges."""
    width, height = (side - 2 * _PATCH_EDGE_MM for side in layout.PATCH_MM)
    corner = (patch.x_mm + _PATCH_EDGE_MM, layout.PATCH_Y_MM + _PATCH_EDGE_MM)
    return np.asarray(_crop(pixels, place, corner, (width, height, _PATCH_PX_PER_MM)).mean(axis=(0, 1)))


def _colours(pixels: Pixels, place: Points) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which patches are nearer to their own colour than to any other's, once black and white are stretched; and which
    are not. Distances are those of CIE Lab, as an eye would tell them apart."""
    seen = {patch.name: _patch(pixels, place, patch) for patch in layout.PATCHES}
    dark, light = seen["black"].mean(), seen["white"].mean()
    if light - dark < _LEAST_CONTRAST:
        return (), tuple(seen)
    stretched = np.clip((np.array(list(seen.values())) - dark) / (light - dark), 0, 1)
    wanted = np.array([patch.colour for patch in layout.PATCHES]) / 255
    distances = np.linalg.norm(_lab(stretched)[:, None, :] - _lab(wanted)[None, :, :], axis=2)
    own = distances.argmin(axis=1) == np.arange(len(layout.PATCHES))
    names = [patch.name for patch in layout.PATCHES]
    right = tuple(name for name, is_own in zip(names, own, strict=True) if is_own)
    return right, tuple(name for name in names if name not in right)


def _lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    lab = cv2.cvtColor(rgb.reshape(1, -1, 3).astype(np.float32), cv2.COLOR_RGB2LAB)
    return np.asarray(lab.reshape(-1, 3), np.float64)


def _finest(pixels: Pixels, place: Points, dpi: float, *, upright: bool) -> float:
    """The most line pairs a millimetre that are told apart, every coarser group being so too."""
    black, white = (_patch(pixels, place, patch).mean() for patch in layout.PATCHES if patch.name in {"black", "white"})
    finest = 0.0
    px_per_mm = dpi / _MM_PER_INCH
    for number, pairs in enumerate(layout.LINE_PAIRS_PER_MM):
        if white - black < _LEAST_CONTRAST or pairs > _NYQUIST_SHARE * px_per_mm / 2:
            break
        corner = layout.group_mm(number, upright=upright)
        size = (layout.GROUP_MM, layout.GROUP_MM, _FINER * px_per_mm)
        lines = _crop(pixels, place, corner, size).mean(axis=(0 if upright else 1, 2))
        if _amplitude(lines, pairs * layout.GROUP_MM) < _LEAST_MODULATION * (white - black) * 2 / np.pi:
            break
        finest = pairs
    return finest


def _amplitude(lines: NDArray[np.float64], waves: float) -> float:
    """How strong the wave of the lines is; of perfect lines it is 2/π of the contrast (Fourier, square wave)."""
    steps = np.arange(len(lines))
    turn = np.exp(-2j * np.pi * waves * steps / len(lines))
    return float(2 / len(lines) * abs(np.sum((lines - lines.mean()) * turn)))
