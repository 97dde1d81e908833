"""Measures what tells a sheet of paper from other things with four sides: its rim, what surrounds it, and its shape."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.page_lines import Edges, Floats, median

_POINTS = 20  # along each side
_INSIDE_PX = (2.0, 3.5, 5.0)
_BEYOND_PX = (4.0, 6.0, 8.0, 10.0)
_SAME_PX = 4.0
_LARGER = (1.03, 1.35)  # of the sheet without its head
_GRID = 6  # points each way over the inside
# The factors of a logistic choice between the quads of a picture and "no sheet", fitted to 806 photos with a sheet and
# 348 without: from commands/specimen_photos.py (seeds 11 and 12; the bench uses another), and 240 and 100 of them from
# a second generator, that shares no code with it, so that neither's habits are learned.
_FACTORS = {
    "weakest_support": 1.319,
    "mean_support": 8.229,
    "weakest_step": 0.507,
    "mean_step": -0.045,
    "least_brighter": -0.957,
    "mean_brighter": 3.461,
    "spread": 1.091,
    "colour_spread": 0.054,
    "rim_texture": -11.642,
    "aspect": -9.252,
    "unequal_sides": -3.747,
    "skew": -3.526,
    "area": 2.297,
    "colour": 1.648,
    "dimmer": -1.137,
    "outside": -9.469,
    "beyond": -6.333,
    "beyond_most": -3.079,
    "beyond_one_side": -2.872,
    "even_inside": 0.078,
    "outgrown": -1.292,
    "one": -0.229,
}
FEATURES = tuple(_FACTORS)
WEIGHTS = np.array(list(_FACTORS.values()), np.float32)


def features_of(lab: MatLike, edges: Edges, quads: Floats, support: Floats) -> Floats:
    """(quads, FEATURES): numbers of about -1 to 4. `support` is what page_quads tells of the sides."""
    closed = cv2.morphologyEx(cv2.blur(lab, (3, 3)), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    stack = cv2.merge([*cv2.split(closed.astype(np.float32)), edges.strengths[..., 0]])
    starts, ends = quads, np.roll(quads, -1, axis=1)
    lengths = np.linalg.norm(ends - starts, axis=2)
    along = (ends - starts) / np.maximum(lengths, 1e-3)[..., None]
    inward = np.stack([-along[..., 1], along[..., 0]], axis=2)
    inward *= np.sign(((quads.mean(axis=1, keepdims=True) - starts) * inward).sum(axis=2))[..., None]
    shares = np.linspace(0.05, 0.95, _POINTS, dtype=np.float32)[:, None]
    points = starts[:, :, None] * (1 - shares) + ends[:, :, None] * shares
    within = _strips(stack, points, inward, 1.0)
    without = _strips(stack, points, inward, -1.0)
    steps = median(within.swapaxes(2, 3)) - median(without.swapaxes(2, 3))  # (quads, 4, planes)
    size = np.log1p(np.linalg.norm(steps[..., :3] * (0.5, 1.0, 1.0), axis=2) / 2)
    brighter = np.tanh(steps[..., 0] / 12)
    rim = within.reshape(len(quads), -1, 4)
    middle = median(rim.swapaxes(1, 2))
    off = np.abs(rim - middle[:, None])
    columns = [
        support.min(axis=1),
        support.mean(axis=1),
        size.min(axis=1),
        size.mean(axis=1),
        brighter.min(axis=1),
        brighter.mean(axis=1),
        np.log1p(np.minimum(off[..., 0], 30).mean(axis=1) / 6),
        np.log1p(np.minimum(off[..., 1] + off[..., 2], 20).mean(axis=1) / 2),
        rim[..., 3].mean(axis=1),
        *_shape(quads, lengths, along, lab.shape[:2]),
        np.log1p(np.linalg.norm(middle[:, 1:3] - 128, axis=1) / 8),
        np.maximum(0, np.percentile(closed[::4, ::4, 0], 90) - middle[:, 0]) / 64,
        _outside(quads, lab.shape[:2]),
        *_beyond(edges, starts, ends, along, inward),
        _even_inside(closed, quads, middle[:, 0]),
        _outgrown(quads, support),
        np.ones(len(quads)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _strips(stack: MatLike, points: Floats, inward: Floats, sign: float) -> Floats:
    """Means across a strip beside each side: (quads, 4, points, planes)."""
    offsets = sign * np.array(_INSIDE_PX, np.float32)
    places = points[..., None, :] + inward[:, :, None, None] * offsets[:, None]
    seen = _at(stack, places)
    return np.asarray((seen[:, :, :, 0] + seen[:, :, :, 1] + seen[:, :, :, 2]) / 3, np.float32)


def _at(stack: MatLike, places: NDArray[np.floating]) -> Floats:
    """The picture's values at places (..., 2) in its pixels; beyond the rim the nearest."""
    flat = places.reshape(-1, places.shape[-2], 2).astype(np.float32)
    values = cv2.remap(stack, flat[..., 0], flat[..., 1], cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(values, np.float32).reshape(*places.shape[:-1], -1)


def _shape(quads: Floats, lengths: Floats, along: Floats, shape: tuple[int, ...]) -> list[NDArray[np.float32]]:
    """Aspect, how unequal opposite sides are, how far from right angles, and the share of the picture."""
    one, other = (lengths[:, 0] + lengths[:, 2]) / 2, (lengths[:, 1] + lengths[:, 3]) / 2
    ratio = np.log(np.maximum(one, other) / np.maximum(np.minimum(one, other), 1))
    usual = np.maximum(0, np.maximum(np.log(1.35) - ratio, ratio - np.log(1.65)))
    unequal = np.abs(np.log(lengths[:, :2] / lengths[:, 2:])).max(axis=1)
    skew = np.abs((along * np.roll(along, -1, axis=1)).sum(axis=2)).max(axis=1)
    area = 0.5 * np.abs(_cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1]))
    return [usual, unequal, skew, np.log(np.maximum(area, 1) / (shape[0] * shape[1]))]


def _cross(one: Floats, other: Floats) -> Floats:
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]


def _outside(quads: Floats, shape: tuple[int, ...]) -> Floats:
    """How far corners lie outside the picture, in shares of its longer side."""
    limit = np.array([shape[1] - 1, shape[0] - 1])
    return np.asarray(np.maximum(np.maximum(-quads, quads - limit), 0).max(axis=(1, 2)) * (20 / max(shape)), np.float32)


def _beyond(edges: Edges, starts: Floats, ends: Floats, along: Floats, inward: Floats) -> list[Floats]:
    """How strongly the sides go on beyond the corners, as lines of tables and patterns do: all, the worst two of the
    eight ways on, and both ways on from one side, as where a dark head is taken for the table."""
    offsets = np.array(_BEYOND_PX, np.float32)[:, None]
    before = starts[:, :, None] - along[:, :, None] * offsets
    after = ends[:, :, None] + along[:, :, None] * offsets
    places = np.stack([before, after], axis=2)  # (quads, 4, 2, offsets, 2)
    across, down = _at(edges.across, places), _at(edges.down, places)
    steps = np.abs((across * inward[:, :, None, None, :1] + down * inward[:, :, None, None, 1:]).mean(axis=3))
    ways = steps[..., 0]
    worst = np.sort(ways.reshape(len(starts), -1), axis=1)
    seen = steps.max(axis=3)
    both = np.minimum(np.roll(seen[:, :, 1], 1, axis=1), np.roll(seen[:, :, 0], -1, axis=1))
    return [worst.mean(axis=1), worst[:, -2:].mean(axis=1), both.max(axis=1)]


def _even_inside(closed: MatLike, quads: Floats, level: Floats) -> Floats:
    """The share of the inside that is about as light as the rim; letters were closed away."""
    shares = (np.arange(_GRID, dtype=np.float32) + 0.5) / _GRID
    u, v = np.meshgrid(shares, shares)
    u, v = u.ravel()[:, None], v.ravel()[:, None]
    a, b, c, d = (quads[:, None, i] for i in range(4))
    places = a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v
    lightness = _at(np.ascontiguousarray(closed[..., 0]), places)[..., 0]
    return np.asarray((np.abs(lightness - level[:, None]) < 16).mean(axis=1), np.float32)


def _outgrown(quads: Floats, support: Floats) -> Floats:
    """The support of the best other quad that has one side moved outward and the others in common: a sheet with a dark
    head or foot has one without it inside."""
    gaps = np.abs(quads[:, None, :, None] - quads[None, :, None]).max(axis=4)  # of every two corners
    shared = (gaps.min(axis=3) < _SAME_PX).sum(axis=2)
    areas = np.abs(_cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1]))
    larger = areas[None] / np.maximum(areas[:, None], 1)
    wider = (shared == 2) & (larger > _LARGER[0]) & (larger < _LARGER[1])
    return np.asarray(np.where(wider, support.min(axis=1), 0).max(axis=1), np.float32)
