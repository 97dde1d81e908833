"""Lays the grid of a QR code over a picture: which version it is, and where each of its modules lies."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.code_layout import FINDER, VERSIONS, CodeLayout, layout_of
from devices.finder_patterns import Triple

Floats = NDArray[np.float32]
Values = NDArray[np.floating]

_WORK_MODULE_PX = 5.0  # larger modules are reduced to this: more pixels tell nothing more
_EVEN_MODULES = 9.0  # light is evened over squares of this many modules
_WEIGHTS = np.exp(np.linspace(-0.42, 0.42, 57))  # how much nearer one end of a code may be than the other
_STEPS = np.array([0.35] * 6 + [0.02, 0.02, 0.006, 0.006])  # modules; logarithms of weights; parts of the side

_HIDDEN_MOVES = np.array(
    [(x, y) for x in range(-4, 5) for y in range(-4, 5)]
)  # modules, of a mark that is only guessed
_HIDDEN_TILTS = np.array([(x, y) for x in np.linspace(-0.2, 0.2, 5) for y in np.linspace(-0.2, 0.2, 5)])


@dataclass(frozen=True, slots=True)
class Patch:
    """The part of a picture around a code, evenly lit, dark positive. `origin` and `scale` lead back to the picture."""

    pixels: Floats
    origin: tuple[float, float]
    scale: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the modules lie in the patch. `shape` are ten numbers: the middles of the three marks (x, y), how much
    nearer the second and the third are (logarithms), and how far the code bulges along each side. `fit` is the
    correlation of the patch with the modules that are known."""

    layout: CodeLayout
    shape: Values
    fit: float

    def spots(self, modules: Values) -> Floats:
        """(n, 2) pixels in the patch for (n, 2) columns and rows in modules from the code's corner."""
        spots: Floats = _spots(self.shape[None], modules, self.layout.size)[0]
        return spots


def patch_around(grey: MatLike, triple: Triple) -> Patch:
    """The patch in which the whole code must lie."""
    corners = np.vstack([triple.middles, triple.middles[1] + triple.middles[2] - triple.middles[0]])
    margin = 0.32 * triple.side_px + 6 * triple.module_px
    left, top = np.maximum(np.floor(corners.min(axis=0) - margin), 0).astype(int)
    right, bottom = np.ceil(corners.max(axis=0) + margin).astype(int)
    region = grey[top:bottom, left:right]
    scale = min(1.0, _WORK_MODULE_PX / triple.module_px)
    if scale < 1:
        region = cv2.resize(region, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Patch(_evened(region, triple.module_px * scale), (float(left), float(top)), scale)


def guessed_grids(patch: Patch, triple: Triple) -> list[Grid]:
    """A rough grid of each version that goes with the triple, likeliest first."""
    middles = (triple.middles - np.array(patch.origin, np.float32)) * patch.scale - 0.5
    layouts = [layout_of(version) for version in _likely_versions(triple)]
    if triple.hidden is None:
        guesses = [_guess(patch, layout, middles) for layout in layouts]
    else:
        guesses = [_guess_hidden(patch, layout, middles, triple.hidden) for layout in layouts]
    return sorted(guesses, key=lambda grid: -grid.fit)


def refined(patch: Patch, grid: Grid, signs: NDArray[np.int8], first_step: float = 1.0) -> Grid:
    """The grid moved until the patch is likest to `signs` (n, n), of which 0 counts nothing."""
    rows, columns = np.nonzero(signs)
    modules = np.stack([columns, rows], axis=1) + 0.5
    wanted = signs[rows, columns].astype(np.float64)
    shape, step = grid.shape.copy(), first_step
    size = grid.layout.size
    module_px = np.linalg.norm(shape[2:4] - shape[0:2]) / (size - 2 * FINDER)
    steps = _STEPS * np.where(np.arange(10) < 6, module_px, 1.0)
    best = float(_likeness(patch, shape[None], modules, wanted, size)[0])
    for _round in range(40):
        moves = np.concatenate([np.diag(steps), -np.diag(steps)]) * step
        moves = np.concatenate([moves, _SHIFTS * module_px * step])
        likeness = _likeness(patch, shape + moves, modules, wanted, size)
        top = int(likeness.argmax())
        if likeness[top] > best + 1e-4:
            shape, best = shape + moves[top], float(likeness[top])
        elif (step := step * 0.55) < 0.08:
            break
    return replace(grid, shape=shape, fit=best)


_SHIFTS = np.array(
    [[x, y] * 3 + [0.0] * 4 for x, y in ((0.3, 0.0), (-0.3, 0.0), (0.0, 0.3), (0.0, -0.3))]
    + [[0.0] * 2 + [x, y] * 2 + [0.0] * 4 for x, y in ((0.3, 0.0), (-0.3, 0.0), (0.0, 0.3), (0.0, -0.3))]
)  # the whole code moved, and its two ends


def _evened(region: MatLike, module_px: float) -> Floats:
    """Light and contrast made even; dark is positive, mostly between -1 and 1."""
    side = int(_EVEN_MODULES * module_px) | 1
    light = region.astype(np.float32)
    mean = cv2.blur(light, (side, side))
    spread = np.sqrt(np.maximum(cv2.blur(light * light, (side, side)) - mean * mean, 0))
    floor = 0.3 * float(np.percentile(spread, 90)) + 1
    evened: Floats = np.clip((mean - light) / (spread + floor), -2.5, 2.5)
    return evened


def _likely_versions(triple: Triple) -> list[int]:
    """Versions whose size goes with the marks' own modules, which are known to a fifth or so."""
    modules = triple.side_px / triple.module_px + 2 * FINDER
    return [version for version in VERSIONS if 0.74 < (17 + 4 * version) / modules < 1.35]


def _spots(shapes: Values, modules: Values, size: int) -> Floats:
    """(shapes, n, 2) pixels: the marks' middles mixed in shares that lean to the nearer one, and the bulge added."""
    b, c = ((modules - FINDER) / (size - 2 * FINDER)).T
    shares = np.stack([1 - b - c, b, c]).astype(np.float32)
    bulges = np.stack([4 * b * (1 - b), 4 * c * (1 - c)]).astype(np.float32)
    weights = np.ones((len(shapes), 3), np.float32)
    weights[:, 1:] = np.exp(shapes[:, 6:8])
    whole = weights @ shares
    spots = np.empty((*whole.shape, 2), np.float32)
    for axis in (0, 1):
        ends = shapes[:, axis:6:2].astype(np.float32)  # of the corner, the second and the third mark
        arms = (ends[:, 2:0:-1] - ends[:, :1]) * shapes[:, 8:].astype(np.float32)
        spots[..., axis] = (weights * ends) @ shares / whole + arms @ bulges
    return spots


def _likeness(patch: Patch, shapes: Values, modules: Values, wanted: Values, size: int) -> Values:
    """How like each shape's samples are to the wanted signs: a correlation, one a shape."""
    samples = sampled(patch, _spots(shapes, modules, size))
    power = np.sqrt(np.einsum("ij,ij->i", samples, samples) * len(wanted)) + 1e-6
    likeness: Values = samples @ wanted.astype(np.float32) / power
    return likeness


def sampled(patch: Patch, spots: Floats, interpolation: int = cv2.INTER_LINEAR) -> Floats:
    """The patch at (..., 2) pixels; outside of it nothing (0)."""
    flat = spots.reshape(-1, 1, 2) if spots.ndim == 2 else spots
    x, y = np.ascontiguousarray(flat[..., 0]), np.ascontiguousarray(flat[..., 1])
    samples = cv2.remap(patch.pixels, x, y, interpolation, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(samples, np.float32).reshape(spots.shape[:-1])


def _guess(patch: Patch, layout: CodeLayout, middles: Floats) -> Grid:
    """The best of all tilts by the two timing patterns, each along one side, then by all known modules."""
    size = layout.size
    along = np.arange(8, size - 8)
    sides = []
    for side in (0, 1):
        modules = np.full((len(along), 2), 6.5)
        modules[:, side] = along + 0.5
        shapes = np.zeros((len(_WEIGHTS), 10))
        shapes[:, :6] = middles.reshape(-1)
        shapes[:, 6 + side] = np.log(_WEIGHTS)
        wanted = np.where(along % 2 == 0, 1.0, -1.0)
        likeness = _likeness(patch, shapes, modules, wanted, size)
        sides.append(np.log(_WEIGHTS)[np.argsort(-likeness)[:6]])
    shapes = np.zeros((36, 10))
    shapes[:, :6] = middles.reshape(-1)
    shapes[:, 6], shapes[:, 7] = (each.reshape(-1) for each in np.meshgrid(*sides))
    rows, columns = np.nonzero(layout.known)
    modules = np.stack([columns, rows], axis=1) + 0.5
    likeness = _likeness(patch, shapes, modules, layout.known[rows, columns].astype(np.float64), size)
    best = int(likeness.argmax())
    return Grid(layout, shapes[best], float(likeness[best]))


def _guess_hidden(patch: Patch, layout: CodeLayout, middles: Floats, hidden: int) -> Grid:
    """The best of all tilts and of all places of the mark that is not seen, by every second known module."""
    size = layout.size
    module_px = np.linalg.norm(middles[2] - middles[1]) / (size - 2 * FINDER) / 2**0.5
    moves = _HIDDEN_MOVES * module_px
    shapes = np.zeros((len(moves) * len(_HIDDEN_TILTS), 10))
    shapes[:, :6] = middles.reshape(-1)
    shapes[:, 2 * hidden : 2 * hidden + 2] += np.repeat(moves, len(_HIDDEN_TILTS), axis=0)
    shapes[:, 6:8] = np.tile(_HIDDEN_TILTS, (len(moves), 1))
    rows, columns = (each[::2] for each in np.nonzero(layout.known))
    modules = np.stack([columns, rows], axis=1) + 0.5
    likeness = _likeness(patch, shapes, modules, layout.known[rows, columns].astype(np.float64), size)
    best = int(likeness.argmax())
    return Grid(layout, shapes[best], float(likeness[best]))
