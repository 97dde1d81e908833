"""Finds what looks like the three corner marks of a QR code, turned and blurred as they may be."""

from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_REACH = 4.5  # modules from the middle of a mark to the end of its light border
# Reduction of the picture, and sizes of a module in the reduced one: 2.3 to 18 px, a size 1.25 times the one before.
_SEARCHES = ((2, (1.25, 1.6, 2.0, 2.5)), (4, (1.4, 1.7, 2.1, 2.6, 3.3, 4.1)))
_LEAST_LIKENESS = 0.42
_MOST_PEAKS, _PEAKS_A_TILE, _TILE_PX = 40, 6, 240  # of each size: small ones look like marks more often
_MOST_FINE = 64
_MOST_MARKS = 24
_MOST_PAIRED = 5
_LEAST_HIDDEN, _GUESSED = 0.35, 0.2
_MOST_TRIPLES = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """One corner mark: its middle and the size of its modules in the picture's pixels, how far its sides are turned
    (radians, below a quarter turn), and its likeness (0 to 1)."""

    x: float
    y: float
    module_px: float
    likeness: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Triple:
    """Three marks that may be one code's: the middles as (3, 2) pixels, the corner's first, then clockwise. `hidden` is
    the one (0 to 2) that is not seen and only guessed."""

    middles: Floats
    module_px: float
    likeness: float
    hidden: int | None = None

    @property
    def side_px(self) -> float:
        """The mean distance of the corner's mark from the other two."""
        return float(np.linalg.norm(self.middles[1:] - self.middles[0], axis=1).mean())


def find_marks(grey: MatLike) -> list[Mark]:
    """The likeliest marks in a grey picture, best first."""
    found: list[Mark] = []
    for reduction, modules in _SEARCHES:
        small = cv2.resize(grey, None, fx=1 / reduction, fy=1 / reduction, interpolation=cv2.INTER_AREA)
        for module in modules:
            found += _apart(_matches(small, module, reduction), _MOST_PEAKS, _PEAKS_A_TILE)
    marks = _apart(_squared(grey, found), _MOST_MARKS, _MOST_MARKS)
    return sorted(_fitted(grey, marks, _finest()), key=lambda mark: -mark.likeness)


def _apart(found: list[Mark], most: int, a_tile: int) -> list[Mark]:
    """The likeliest ones, each place and size once, and no part of the picture with more than `a_tile` of them: a desk
    with print all over must not leave the code unseen."""
    ordered = sorted(found, key=lambda mark: -mark.likeness)
    places = np.array([(mark.x, mark.y) for mark in ordered]).reshape(-1, 2)
    modules = np.array([mark.module_px for mark in ordered])
    tiles = (places // _TILE_PX).astype(int) @ (1, 1000)
    kept: list[int] = []
    free = np.ones(len(ordered), bool)
    while len(kept) < most and free.any():
        n = int(free.argmax())
        kept.append(n)
        near = np.abs(places - places[n]).sum(axis=1) < 4 * np.minimum(modules, modules[n])
        alike = np.abs(np.log(modules / modules[n])) < 0.5
        free[near & alike] = False
        if (tiles[kept] == tiles[n]).sum() >= a_tile:
            free[tiles == tiles[n]] = False
    return [ordered[n] for n in kept]


def _squared(grey: MatLike, marks: list[Mark]) -> list[Mark]:
    """The marks judged anew as squares, in the turn, size and place that suit each best."""
    rough = _Fit(np.zeros((1, 2)), np.linspace(0, np.pi / 2, 6, endpoint=False), np.array([0.82, 1.0, 1.22]))
    likely = sorted(_fitted(grey, marks, rough), key=lambda mark: -mark.likeness)[:_MOST_FINE]
    return _fitted(grey, likely, _Fit(_around(0.6, 1), np.array([-0.13, 0.0, 0.13]), np.array([0.93, 1.0, 1.07])))


@dataclass(frozen=True, slots=True)
class _Fit:
    """What is tried for each mark: moves (n, 2) in its modules, turns in radians, factors of its size."""

    moves: NDArray[np.float64]
    turns: NDArray[np.float64]
    sizes: NDArray[np.float64]


def _finest() -> _Fit:
    return _Fit(_around(0.2, 2), np.array([-0.06, 0.0, 0.06]), np.array([0.965, 1.0, 1.035]))


def _around(step: float, steps: int) -> NDArray[np.float64]:
    line = step * np.arange(-steps, steps + 1)
    return np.array([(x, y) for y in line for x in line])


def _fitted(grey: MatLike, marks: list[Mark], fit: _Fit) -> list[Mark]:
    """Each mark moved, turned and sized to where it is likest to the square mark with its light border."""
    if not marks:
        return []
    start = np.array([(mark.x, mark.y, mark.module_px, mark.turn) for mark in marks], np.float32)
    v, u, wanted = _square()
    # [mark, move, turn, size, sample]
    turn = (start[:, 3:] + fit.turns)[:, None, :, None, None]
    module = (start[:, 2:3] * fit.sizes)[:, None, None, :, None]
    x, y = (start[:, axis, None] + fit.moves[None, :, axis] * start[:, 2:3] for axis in (0, 1))
    across = u * np.cos(turn) - v * np.sin(turn)
    down = u * np.sin(turn) + v * np.cos(turn)
    map_x = (x[..., None, None, None] + module * across - 0.5).astype(np.float32)
    map_y = (y[..., None, None, None] + module * down - 0.5).astype(np.float32)
    samples = _picked(grey, map_x.reshape(-1, len(wanted)), map_y.reshape(-1, len(wanted)))
    spread = samples.std(axis=1) + 1.0
    likeness = (samples @ wanted / len(wanted) / spread).reshape(len(marks), -1)
    best = likeness.argmax(axis=1)
    moves, turns, sizes = np.unravel_index(best, map_x.shape[1:4])
    fitted = []
    for n, (mark, move, turned, sized) in enumerate(zip(marks, moves, turns, sizes, strict=True)):
        fitted.append(
            Mark(
                float(x[n, move]),
                float(y[n, move]),
                mark.module_px * float(fit.sizes[sized]),
                float(likeness[n, best[n]]),
                float((mark.turn + fit.turns[turned]) % (np.pi / 2)),
            )
        )
    return fitted


@cache
def _square() -> tuple[Floats, Floats, Floats]:
    """Rows and columns of the mark's modules from its middle, and their lightness, normalised."""
    grid = np.arange(-4, 5, dtype=np.float32)
    v, u = (each.ravel() for each in np.meshgrid(grid, grid, indexing="ij"))
    ring = np.maximum(abs(u), abs(v))
    light = np.where((ring <= 1) | (ring == 3), -1.0, 1.0)
    return v, u, ((light - light.mean()) / light.std()).astype(np.float32)


def _picked(grey: MatLike, x: Floats, y: Floats) -> Floats:
    """Pixels at places; in parts, for OpenCV takes at most 32767 rows."""
    picked = np.empty(x.shape, np.float32)
    for first in range(0, len(x), 32000):
        part = slice(first, first + 32000)
        picked[part] = cv2.remap(grey, x[part], y[part], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return picked


def find_hidden(grey: MatLike, marks: list[Mark]) -> list[Mark]:
    """Where a third mark should be by two likely ones: covered by glare or a scratch, but there. Likeness may be 0."""
    guesses = []
    for n, one in enumerate(marks[:_MOST_PAIRED]):
        for other in marks[n + 1 : _MOST_PAIRED]:
            guesses += _third(one, other)
    found = _fitted(grey, guesses, _Fit(_around(0.7, 5), np.zeros(1), np.ones(1)))
    return [
        mark if mark.likeness > _LEAST_HIDDEN else replace(guess, likeness=_GUESSED)
        for mark, guess in zip(found, guesses, strict=True)
    ]


def _third(one: Mark, other: Mark) -> list[Mark]:
    """The places of a third mark if the two lie along a side of a code, or across it."""
    x, y = other.x - one.x, other.y - one.y
    length, module_px = float(np.hypot(x, y)), (one.module_px * other.module_px) ** 0.5
    askew = [(float(np.arctan2(y, x)) - mark.turn + np.pi / 4) % (np.pi / 2) - np.pi / 4 for mark in (one, other)]
    alike = max(one.module_px, other.module_px) < 1.5 * min(one.module_px, other.module_px)
    if not alike or not 13 * module_px < length < 130 * module_px:
        return []
    if max(map(abs, askew)) < 0.25:
        ends = [(mark.x + s * y, mark.y - s * x) for mark in (one, other) for s in (1, -1)]
    elif min(map(abs, askew)) > np.pi / 4 - 0.25:
        ends = [(one.x + x / 2 + s * y / 2, one.y + y / 2 - s * x / 2) for s in (1, -1)]
    else:
        return []
    return [Mark(u, v, module_px, 0.0, one.turn) for u, v in ends]


def find_triples(marks: list[Mark]) -> list[Triple]:
    """Right isosceles triangles among the marks, as a tilted camera sees them, likeliest first."""
    if len(marks) < 3:
        return []
    spots = np.array([(mark.x, mark.y) for mark in marks])
    modules = np.array([mark.module_px for mark in marks])
    likeness = np.array([mark.likeness for mark in marks])
    # [corner, one, other]; clockwise on the screen, where y grows downwards.
    to = spots[None] - spots[:, None]
    length = np.hypot(to[..., 0], to[..., 1]) + 1e-3
    a, b = to[:, :, None], to[:, None, :]
    a_px, b_px = length[:, :, None], length[:, None, :]
    right = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0] > 0
    uneven = np.abs(np.log(a_px / b_px))
    slant = np.abs((a * b).sum(axis=3)) / (a_px * b_px)
    logs = np.log(modules)
    ratios = np.stack(np.broadcast_arrays(logs[:, None, None], logs[None, :, None], logs[None, None, :]))
    spread = ratios.max(axis=0) - ratios.min(axis=0)
    sides = (a_px + b_px) / 2 / np.exp(ratios.mean(axis=0))
    fits = right & (uneven < 0.5) & (slant < 0.5) & (spread < 0.6) & (sides > 13) & (sides < 90)
    turns = np.array([mark.turn for mark in marks])
    leg = np.arctan2(to[..., 1], to[..., 0])
    askew = np.abs((leg[:, :, None] - turns[:, None, None] + np.pi / 4) % (np.pi / 2) - np.pi / 4)
    askew = askew + np.abs((leg[:, :, None] - turns[None, :, None] + np.pi / 4) % (np.pi / 2) - np.pi / 4)
    askew = askew + np.abs((leg[:, None, :] - turns[None, None, :] + np.pi / 4) % (np.pi / 2) - np.pi / 4)
    score = likeness[:, None, None] + likeness[None, :, None] + likeness[None, None, :]
    score = np.where(fits, score - 0.6 * uneven - 0.6 * slant - 0.5 * spread - 0.5 * askew, -np.inf)
    best = np.argsort(-score, axis=None)[:_MOST_TRIPLES]
    chosen = [tuple(int(i) for i in np.unravel_index(place, score.shape)) for place in best]
    return _each_once(
        [_triple([marks[n] for n in three], float(score[three])) for three in chosen if np.isfinite(score[three])]
    )


def _triple(three: list[Mark], likeness: float) -> Triple:
    middles = np.array([(mark.x, mark.y) for mark in three], np.float32)
    hidden = next((n for n, mark in enumerate(three) if mark.likeness <= _GUESSED), None)
    return Triple(middles, float(np.mean([mark.module_px for mark in three])), likeness, hidden)


def _each_once(triples: list[Triple]) -> list[Triple]:
    """Without those that are nearly an earlier one: marks that are found twice, half a module apart."""
    kept: list[Triple] = []
    for triple in triples:
        if all(float(np.abs(triple.middles - other.middles).max()) > 2 * other.module_px for other in kept):
            kept.append(triple)
    return kept


@cache
def _template(module: float) -> Floats:
    """The mark averaged over all turns: rings. `module` in pixels."""
    reach = int(np.ceil(_REACH * module))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1] / module
    total = np.zeros(x.shape)
    turns = np.linspace(0, np.pi / 2, 12, endpoint=False)
    parts = np.array([(a, b) for a in (-0.33, 0, 0.33) for b in (-0.33, 0, 0.33)]) / module
    for turn in turns:
        for a, b in parts:
            u, v = x + a, y + b
            ring = np.maximum(abs(u * np.cos(turn) + v * np.sin(turn)), abs(v * np.cos(turn) - u * np.sin(turn)))
            total += np.where((ring < 1.5) | ((ring > 2.5) & (ring < 3.5)), 0.0, 1.0)
    return (total / (len(turns) * len(parts))).astype(np.float32)


def _matches(small: MatLike, module: float, reduction: int) -> list[Mark]:
    template = (255 * _template(module)).astype(np.uint8)
    if min(small.shape) <= max(template.shape):
        return []
    likeness = cv2.matchTemplate(small, template, cv2.TM_CCOEFF_NORMED)
    reach = 2 * int(3 * module) + 1
    peaks = (likeness >= cv2.dilate(likeness, np.ones((reach, reach), np.uint8))) & (likeness > _LEAST_LIKENESS)
    rows, columns = np.nonzero(peaks)
    best = np.argsort(-likeness[rows, columns])[:_MOST_PEAKS]
    half = template.shape[0] // 2
    return [
        Mark(
            (float(columns[n]) + half + 0.5) * reduction,
            (float(rows[n]) + half + 0.5) * reduction,
            module * reduction,
            float(likeness[rows[n], columns[n]]),
        )
        for n in best
    ]
