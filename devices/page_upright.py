"""How print lies on a page: its skew, whether its lines run across, and whether it stands on its head."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.frames import Pixels

READ_DPI = 150
_MOST_SKEW_DEG = 6.0
_FEWEST_LETTERS, _FEWEST_LINES = 40, 6


@dataclass(frozen=True, slots=True)
class PrintLie:
    """How print lies on a page. `quarter_turns` clockwise make its lines run across, from the left or on their heads;
    `skew_deg` is how far they then run down to the right. `across` tells how sure the lines are, `upright` how sure it
    is that the page so turned stands upright (above 0) or on its head (below 0): logarithms of ratios, 0 for what is
    not known. `small_letter_px` is how high its small letters without marks are; 0.0 where too few lines were seen.
    """

    quarter_turns: int = 0
    across: float = 0.0
    skew_deg: float = 0.0
    upright: float = 0.0
    letters: int = 0
    small_letter_px: float = 0.0


def ink_map(grey: Pixels) -> Pixels:
    """255 where there is ink, 0 elsewhere, against the paper's own light around; grey of about 150 dots an inch."""
    brush = cv2.getStructuringElement(cv2.MORPH_RECT, (31, 31))
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, brush)
    level = max(25.0, 0.4 * float(np.percentile(hat, 99)))
    return np.asarray(cv2.threshold(hat, level, 255, cv2.THRESH_BINARY)[1], np.uint8)


def print_lie(grey: Pixels) -> PrintLie:
    """How print lies on that page, by its grey picture of about 150 dots an inch."""
    ink, boxes = _letters(ink_map(grey))
    if len(boxes) < _FEWEST_LETTERS:
        return PrintLie(letters=len(boxes))
    turned = np.ascontiguousarray(np.rot90(ink, -1))
    skews = _skew(_edges(boxes)), -_skew(_edges(boxes[:, [1, 0, 3, 2]]))
    levels = [_level(view, skew) for view, skew in zip((ink, turned), skews, strict=True)]
    sure = math.log(_stripes(levels[0]) / _stripes(levels[1]))
    turns = 0 if sure >= 0 else 1
    votes = np.array([vote for strip in _strips(levels[turns]) for vote in _line_votes(strip)]).reshape(-1, 2)
    if len(votes) < _FEWEST_LINES:
        return PrintLie(turns, abs(sure), skews[turns], letters=len(boxes))
    upright = float(votes[:, 0].mean()) * min(1.0, len(votes) / 20)
    return PrintLie(turns, abs(sure), skews[turns], upright, len(boxes), float(np.median(votes[:, 1])))


def _letters(ink: Pixels) -> tuple[Pixels, NDArray[np.int32]]:
    """The ink without rules and pictures, and the boxes (left, top, width, height) of what may be letters."""
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    print_like = (np.maximum(width, height) <= 110) & (np.minimum(width, height) <= 48)
    kept = (print_like * np.uint8(255))[labels]
    letters = print_like & (np.minimum(width, height) >= 4) & (np.maximum(width, height) >= 7)
    return np.asarray(kept, np.uint8), np.asarray(stats[letters, :4], np.int32)


def _edges(boxes: NDArray[np.int32]) -> NDArray[np.float32]:
    """The lower edges' middles: letters stand on their line."""
    return np.stack([boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3]], axis=1).astype(np.float32)


def _skew(points: NDArray[np.float32]) -> float:
    """The degrees of the lines that points (n, 2) lie on: the angle at which their projection is sharpest."""
    angles = np.arange(-_MOST_SKEW_DEG, _MOST_SKEW_DEG + 0.01, 0.5)
    coarse = [_sharpness(points, angle) for angle in angles]
    best = float(angles[int(np.argmax(coarse))])
    fine = np.arange(best - 0.5, best + 0.51, 0.1)
    values = [_sharpness(points, angle) for angle in fine]
    return float(fine[int(np.argmax(values))])


def _sharpness(points: NDArray[np.float32], degrees: float) -> float:
    slope = math.tan(math.radians(degrees))
    heights = points[:, 1] - slope * points[:, 0]
    counts = np.bincount((heights - heights.min()).astype(np.int64)).astype(np.float64)
    return float((counts * counts).sum() / len(points))


def _level(ink: Pixels, skew_deg: float) -> Pixels:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew_deg, 1.0)
    return np.asarray(cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


def _strips(level: Pixels) -> list[Pixels]:
    """A page in upright strips: lines of a page that is not quite flat are straight over a quarter of it."""
    return np.array_split(level, 4, axis=1)


def _rows(strip: Pixels) -> NDArray[np.float32]:
    """How much ink each row of a strip has, smoothed a little."""
    rows = cv2.reduce(strip, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F) / 255
    return np.asarray(cv2.GaussianBlur(rows, (1, 5), 0.8).ravel(), np.float32)


def _stripes(level: Pixels) -> float:
    """How strongly the rows of a level page change from line to gap."""
    steps = [np.diff(_rows(strip)) for strip in _strips(level)]
    return float(sum((step * step).sum() for step in steps)) + 1.0


def _line_votes(strip: Pixels) -> list[tuple[float, int]]:
    """For each line of print in a strip: the logarithm of its ink above the small letters to that below them, and how
    high these are. Vietnamese has far more above (marks, ascenders, capitals) than below."""
    rows = _rows(strip)
    inked = np.concatenate([[False], rows > 0.012 * strip.shape[1], [False]])
    edges = np.flatnonzero(np.diff(inked.astype(np.int8)))
    return [
        vote
        for top, bottom in zip(edges[::2], edges[1::2], strict=True)
        if 10 <= bottom - top <= 70 and (vote := _line_vote(rows[max(0, top - 4) : bottom + 4])) is not None
    ]


def _line_vote(rows: NDArray[np.float32]) -> tuple[float, int] | None:
    steps = np.diff(rows)
    top, bottom = int(np.argmax(steps)) + 1, int(np.argmin(steps)) + 1
    core = bottom - top
    if core < 5 or rows[top:bottom].sum() < 80:
        return None
    reach = round(0.9 * core)
    above, below = float(rows[max(0, top - reach) : top].sum()), float(rows[bottom : bottom + reach].sum())
    rest = 0.03 * float(rows[top:bottom].sum())
    return math.log((above + rest) / (below + rest)), core
