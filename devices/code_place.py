"""Where in a picture something looks like a code or a card, how well it is lit, and so what would help to read it."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from kiosk.capture import CardHint, Corners

_WORK_HEIGHT_PX = 270  # outlines and texture need no more
_WINDOW_PX = 11  # of the reduced picture: about six modules of a code that can be read
_LEAST_TEXTURE = 90.0  # squared steps between neighbours, in both directions: a code in a dim room has 150
_LEAST_SIDE_PX = 12.0  # of the reduced picture: smaller things are letters
_SATURATED = 250
_MORE_LIGHT_BELOW = 60.0  # of 255, the brighter parts: below it a webcam's noise is as strong as the print
_GLARE_ABOVE = 0.02  # of the code's place: an L-level code mends 7 % of its words, and a word has eight modules
_FARTHER_ABOVE = 0.72  # of the picture's height: the marks in the corners begin to leave the picture
_CLOSER_BELOW = 0.11  # of the height: 2.6 px a module at 1080 px for the 45 modules of a common card
_EDGE_PX = 3.0
_GLARE_ON_CARD_ABOVE = 0.008  # a code is a twelfth of its card
_CARD_CLOSER_BELOW = 0.55  # the same for the card's longer side
_CARD_ASPECT = 85.6 / 54  # ID-1 (ISO/IEC 7810)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture seems to show. `code` are the corners of what looks like a code, `card` those of what has a card's
    outline, `light` is how bright the brighter parts are (0 to 255), there or overall, `glare` the share of the code's
    place, else of the card's, that is white without any detail."""

    code: Corners | None
    card: Corners | None
    light: float
    glare: float


def sight_of(grey: MatLike, place: Corners | None = None) -> Sight:
    """A quick look at a grey picture of any size; `place` is where the code is, if that is known better."""
    reduction = max(1.0, grey.shape[0] / _WORK_HEIGHT_PX)
    small = cv2.resize(grey, None, fx=1 / reduction, fy=1 / reduction, interpolation=cv2.INTER_AREA)
    code = _code_box(small) if place is None else np.array(place, np.float32) / reduction
    card = _card_box(small)
    region = _region(small, next((box for box in (code, card) if box is not None), None))
    light, glare = float(np.percentile(region, 90)), _glare_share(region)
    return Sight(_corners(code, reduction), _corners(card, reduction), light, glare)


def _corners(box: NDArray[np.float32] | None, reduction: float) -> Corners | None:
    return None if box is None else tuple((float(x) * reduction, float(y) * reduction) for x, y in box)


def wanted_hint(sight: Sight, size_px: tuple[int, int]) -> CardHint:
    """What would help most where no code could be read yet. What hides the rest comes first."""
    if sight.light < _MORE_LIGHT_BELOW:
        return CardHint.MORE_LIGHT
    if sight.code is None:
        return CardHint.SHOW if sight.card is None else _for_card(sight.card, sight.glare, size_px[1])
    width, height = size_px
    xs, ys = zip(*sight.code, strict=True)
    side = max(max(xs) - min(xs), max(ys) - min(ys))
    cut = min(*xs, *ys) < _EDGE_PX or max(xs) > width - _EDGE_PX or max(ys) > height - _EDGE_PX
    if side < _CLOSER_BELOW * height:
        return CardHint.CLOSER
    if side > _FARTHER_ABOVE * height or (cut and side > 0.4 * height):
        return CardHint.FARTHER
    if sight.glare > _GLARE_ABOVE:
        return CardHint.LESS_GLARE
    return CardHint.HOLD_STILL


def _glare_share(region: MatLike) -> float:
    """The share of white without detail, counted only in lumps: paper that is well lit is not glare."""
    white = (region >= _SATURATED).astype(np.uint8)
    lumps = cv2.erode(white, np.ones((3, 3), np.uint8))
    return float(lumps.mean()) if lumps.size else 0.0


def _for_card(card: Corners, glare: float, height_px: int) -> CardHint:
    """What would help most where a card is seen and nothing like its code."""
    xs, ys = zip(*card, strict=True)
    if glare > _GLARE_ON_CARD_ABOVE:
        return CardHint.LESS_GLARE
    if max(max(xs) - min(xs), max(ys) - min(ys)) < _CARD_CLOSER_BELOW * height_px:
        return CardHint.CLOSER
    return CardHint.HOLD_STILL


def _region(small: MatLike, box: NDArray[np.float32] | None) -> MatLike:
    """The upright box around a place, or the whole picture without one."""
    if box is None:
        return small
    left, top = np.maximum(np.floor(box.min(axis=0)), 0).astype(int)
    right, bottom = np.ceil(box.max(axis=0)).astype(int)
    region = small[top : bottom + 1, left : right + 1]
    return region if region.size else small


def _code_box(small: MatLike) -> NDArray[np.float32] | None:
    """The squarest, strongest patch that has edges in both directions everywhere, as codes have and hardly else."""
    light = small.astype(np.float32)
    across, down = cv2.Sobel(light, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(light, cv2.CV_32F, 0, 1) / 8
    window = (_WINDOW_PX, _WINDOW_PX)
    xx, yy, xy = (cv2.blur(part, window) for part in (across * across, down * down, across * down))
    weaker = (xx + yy - np.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / 2
    floor = max(_LEAST_TEXTURE / 4, 0.3 * float(weaker.max()))
    _count, labels, stats, _middles = cv2.connectedComponentsWithStats((weaker > floor).astype(np.uint8))
    best, best_score = None, 0.0
    for label in np.argsort(-stats[1:, cv2.CC_STAT_AREA])[:4] + 1:
        points = np.argwhere(labels == label)[:, ::-1].astype(np.float32)
        middle, (width, height), turn = cv2.minAreaRect(points)
        side = min(width, height)
        if side < _LEAST_SIDE_PX or max(width, height) > 1.6 * side:
            continue
        filled = len(points) / (width * height)
        score = filled * float(weaker[labels == label].mean()) * side
        if filled > 0.55 and score > best_score:
            best, best_score = np.asarray(cv2.boxPoints((middle, (width, height), turn)), np.float32), score
    return best


def _card_box(small: MatLike) -> NDArray[np.float32] | None:
    """An outline that has a card's shape, allowing for a tilt."""
    edges = cv2.dilate(cv2.Canny(cv2.GaussianBlur(small, (5, 5), 0), 30, 80), np.ones((3, 3), np.uint8))
    outlines, _hierarchy = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        if cv2.contourArea(outline) < 0.04 * small.size:
            continue
        middle, (width, height), turn = cv2.minAreaRect(outline)
        full = cv2.contourArea(cv2.convexHull(outline)) / max(width * height, 1.0)
        if full > 0.82 and 0.75 < max(width, height) / max(min(width, height), 1.0) / _CARD_ASPECT < 1.33:
            return np.asarray(cv2.boxPoints((middle, (width, height), turn)), np.float32)
    return None
