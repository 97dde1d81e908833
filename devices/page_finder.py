"""Finds the sheet of paper in a picture by its four sides, and says what is wrong with the picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.frames import Pixels, rgb_pixels
from devices.page_lines import Edges, Floats, edges_of, strongest_lines
from devices.page_quads import quads_of, support_of
from devices.page_rim import WEIGHTS, features_of
from devices.page_sides import exact_corners
from kiosk.capture import Corners
from kiosk.ports import Frame

_SMALL_SIDE_PX = 320  # sides are found here, four times faster than in twice the size and as often
_LEAST_SIDE_PX = 48  # a smaller picture has no page that could be read
_LINES = 40
_QUADS = 16
_REACHES_PX = (4.0, 1.5)  # how far a side may be from where the small picture has it, then once it was moved
_SHARPNESS_SIDE_PX = 800
_DARK_MEDIAN = 60.0
_BLURRED_VARIANCE = 20.0
_OUTSIDE_PX = 2.0
_RIM_PX = 3  # the picture goes on so far, for the step at a side that all but touches its border
_FRAME_PX = 8  # a black border round a picture to see what is cut off by it
_LEAST_SCORE = 1.0  # log-odds of a sheet against none
_LEAST_DOUBTFUL = -3.0  # from here on a second look is worth it, with the sides where they are exactly
_LEAST_PART_SCORE = 1.0


@dataclass(frozen=True, slots=True)
class FoundPage:
    """`corners` in the picture's pixels, clockwise from the paper's top left as it lies in the picture, or None;
    `problems` are stable words: no_page, not_whole, dark, blurred. A corner outside the picture is cut off."""

    corners: Corners | None
    problems: tuple[str, ...]


def find_page(frame: Frame) -> FoundPage:
    """The sheet whose four sides are seen best, and every problem of the picture there (everywhere without a sheet)."""
    rgb = rgb_pixels(frame)
    quad = page_corners(rgb)
    problems = [] if quad is not None else ["no_page"]
    if quad is not None and is_cut(quad, (frame.width_px, frame.height_px)):
        problems.append("not_whole")
    region = _inside(rgb, quad)
    if float(np.median(region)) < _DARK_MEDIAN:
        problems.append("dark")
    if _sharpness(region) < _BLURRED_VARIANCE:
        problems.append("blurred")
    corners = None if quad is None else tuple((float(x), float(y)) for x, y in quad)
    return FoundPage(corners, tuple(problems))


def page_corners(rgb: Pixels) -> Floats | None:
    """(4, 2) corners in the picture's pixels, clockwise from its top left as it lies in the picture; None: no sheet."""
    height, width = rgb.shape[:2]
    if min(height, width) < _LEAST_SIDE_PX:
        return None
    scale = _scale(rgb)
    small = _smaller(rgb, scale)
    lab = cv2.copyMakeBorder(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), *(_RIM_PX,) * 4, cv2.BORDER_REPLICATE)
    edges = edges_of(lab)
    quads, scores = _scored(lab, edges)
    score = scores.max(initial=-np.inf)
    if score <= _LEAST_DOUBTFUL:
        return None
    guess = ((quads[scores.argmax()] - _RIM_PX + 0.5) * scale - 0.5).astype(np.float32)
    corners = exact_corners(rgb, guess, tuple(reach * scale for reach in _REACHES_PX))
    if score <= _LEAST_SCORE and _score(lab, edges, _in_small(corners, scale)) <= _LEAST_SCORE:
        return None
    return _clockwise(corners)


def followed_corners(rgb: Pixels, before: Floats) -> Floats:
    """The corners of a sheet that lies where it lay but for a few pixels, in a tenth of a search's time. Whether it
    is still that sheet has to be seen from what is inside."""
    return exact_corners(rgb, before.astype(np.float32), (_REACHES_PX[-1] * _scale(rgb),))


def _in_small(corners: Floats, scale: int) -> Floats:
    return np.asarray((corners + 0.5) / scale - 0.5 + _RIM_PX, np.float32)


def part_is_seen(rgb: Pixels) -> bool:
    """Whether there would be a sheet if the picture's own border were one or two of its sides; about 8 ms."""
    height, width = rgb.shape[:2]
    if min(height, width) < _LEAST_SIDE_PX:
        return False
    small = _smaller(rgb, _scale(rgb))
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    framed = cv2.copyMakeBorder(lab, *(_FRAME_PX,) * 4, cv2.BORDER_CONSTANT, value=(0, 128, 128))
    quads, scores = _scored(framed, edges_of(framed))
    middles = (quads + np.roll(quads, -1, axis=1)) / 2 - _FRAME_PX
    gaps = np.minimum(middles, np.array([small.shape[1], small.shape[0]]) - middles).min(axis=2)
    sides = (gaps < _FRAME_PX / 2).sum(axis=1)
    return bool((scores[(sides == 1) | (sides == 2)] > _LEAST_PART_SCORE).any())


def sharpness(rgb: Pixels, quad: Floats) -> float:
    """How much detail the sheet shows at low resolution: the variance of its Laplacian, below 20 if it is blurred."""
    return _sharpness(_inside(rgb, quad))


def _sharpness(region: MatLike) -> float:
    return float(cv2.Laplacian(region, cv2.CV_32F).var())


def _scored(lab: MatLike, edges: Edges) -> tuple[Floats, Floats]:
    """The likeliest quads in the small picture's pixels, (quads, 4, 2), and the log-odds that each is the sheet."""
    quads, support = quads_of(strongest_lines(edges, _LINES), (lab.shape[1], lab.shape[0]), _QUADS)
    if len(quads) == 0:
        return quads, np.zeros(0, np.float32)
    return quads, np.asarray(features_of(lab, edges, quads, support) @ WEIGHTS, np.float32)


def _score(lab: MatLike, edges: Edges, quad: Floats) -> float:
    """The log-odds of one quad that was moved to its exact sides."""
    return float((features_of(lab, edges, quad[None], support_of(edges, quad)[None]) @ WEIGHTS)[0])


def is_cut(quad: Floats, size: tuple[int, int]) -> bool:
    """Whether a corner lies outside a picture of `size` (width, height)."""
    outside = np.maximum(-quad, quad - (np.array(size) - 1))
    return bool(outside.max() > _OUTSIDE_PX)


def _scale(rgb: Pixels) -> int:
    """A whole number: means over squares of whole pixels cost a third of others."""
    longer: int = max(rgb.shape[0], rgb.shape[1])
    return max(1, round(longer / _SMALL_SIDE_PX))


def _smaller(rgb: Pixels, scale: int) -> MatLike:
    """Means over squares of `scale` pixels; of each two rows are enough."""
    height, width = rgb.shape[0] // scale, rgb.shape[1] // scale
    whole = rgb[: height * scale, : width * scale]
    if scale > 2:
        first = (scale - 1) // 4
        cells = whole.reshape(height, scale, width * scale, 3)
        whole = cells[:, [first, scale - 1 - first]].reshape(2 * height, width * scale, 3)
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def _clockwise(corners: Floats) -> Floats:
    """Clockwise on the screen (y grows downwards), the first side being the one that runs most nearly to the right."""
    one, other = corners[2] - corners[0], corners[3] - corners[1]
    ordered = corners if one[0] * other[1] - one[1] * other[0] > 0 else corners[::-1]
    sides = np.roll(ordered, -1, axis=0) - ordered
    right = sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-6)
    return np.roll(ordered, -int(right.argmax()), axis=0)


def _inside(rgb: Pixels, quad: Floats | None) -> MatLike:
    """The lightness of the box around the paper, or of the whole picture without one, as if seen at low resolution."""
    height, width = rgb.shape[:2]
    box = np.array([[0, 0], [width, height]]) if quad is None else np.array([quad.min(axis=0), quad.max(axis=0)])
    (left, top), (right, bottom) = np.clip(np.rint(box).astype(int), 0, (width, height))
    part = rgb[top:bottom, left:right] if bottom > top and right > left else rgb
    scale = max(1.0, max(height, width) / _SHARPNESS_SIDE_PX)
    size = (max(1, round(part.shape[1] / scale)), max(1, round(part.shape[0] / scale)))
    part = part[:: max(1, int(scale))]
    return cv2.cvtColor(cv2.resize(part, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
