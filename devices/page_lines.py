"""The long straight edges of a small picture, and how well the picture supports any stretch of them."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

_CLOSE_PX = 5  # wider than letters and ruled lines at this size, narrower than the margin of a page
_NEAR_PX = 41  # an edge is judged by what is usual so far around it
_FLOOR = (5.0, 5.0, 6.0, 6.0)  # gradients (Sobel, levels) below which lightness and colour are only noise
_CHROMA = 1.6  # a step of colour counts for more than the same step of lightness
_ANGLES = 240  # in a whole turn
_RHO_PX = 1.5
_SPREAD = (0.5, 1.0, 0.5)  # the direction of an edge in a small picture is known to 3 degrees
_LEAST_VOTE = 0.4
_STEP_PX = 2.0
_OFFSETS_PX = (-1.6, 0.0, 1.6)
_PEAK = (7, 5)  # angles and rhos around a peak that are its own
_TURN = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
_COSINES, _SINES = np.cos(_TURN).astype(np.float32), np.sin(_TURN).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Edges:
    """Steps at each pixel, in planes that see different ones: their strength, 0 to 1, in `strengths`, and x and y of a
    step of that length in `across` and `down`; all of them (height, width, planes)."""

    across: Floats
    down: Floats
    strengths: Floats


@dataclass(frozen=True, slots=True)
class Lines:
    """Straight lines n * p = rho, p counted from the picture's middle. `told` is (planes, lines, samples + 1): the sum
    of signed steps across each line up to each sample; samples are `step_px` apart, the first at `start_px`."""

    normals: Floats
    rhos: Floats
    told: Floats
    start_px: float
    step_px: float


def median(values: NDArray[np.floating]) -> Floats:
    """Along the last axis, of an even number of values; several times as fast as NumPy's for small arrays."""
    ordered = np.sort(np.ascontiguousarray(values), axis=-1)
    half = ordered.shape[-1] // 2
    return np.asarray((ordered[..., half - 1] + ordered[..., half]) / 2, np.float32)


def edges_of(lab: MatLike) -> Edges:
    """Steps of lightness with and without what is thin and dark (text and ruled lines), and of the two colours."""
    lightness, green_red, blue_yellow = cv2.split(lab)
    closed = cv2.morphologyEx(lightness, cv2.MORPH_CLOSE, np.ones((_CLOSE_PX, _CLOSE_PX), np.uint8))
    colour = cv2.addWeighted(green_red, 0.5, blue_yellow, 0.5, 0)
    other = cv2.addWeighted(green_red, 0.5, cv2.bitwise_not(blue_yellow), 0.5, 0)
    calm = cv2.GaussianBlur(cv2.merge([closed, lightness, colour, other]), (3, 3), 0)
    across, down = cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1)
    steep = cv2.magnitude(across, down)
    usual = cv2.blur(steep, (_NEAR_PX, _NEAR_PX), borderType=cv2.BORDER_REFLECT)
    share = 1 / (steep + usual + np.array(_FLOOR, np.float32))
    one, other, whole = (np.asarray(part * share, np.float32) for part in (across, down, steep))
    return Edges(one, other, whole)


@dataclass(frozen=True, slots=True)
class _Voters:
    """Pixels on edges: place from the picture's middle, direction as a part of a whole turn, and weight."""

    x: Floats
    y: Floats
    bins: Indices
    weights: Floats


def strongest_lines(edges: Edges, count: int) -> Lines:
    """The `count` lines with most steps across them: each pixel votes for the lines through it along its own edge."""
    height, width = edges.strengths.shape[:2]
    reach = int(np.hypot(height, width) / 2 / _RHO_PX) + 2
    bins, rhos = _peaks(_votes(_voters(edges), reach), count)
    if len(bins) == 0:  # a bare picture; a line that nothing supports stands for all
        bins, rhos = np.zeros(1, np.intp), np.full(1, reach)
    return told_lines(
        edges, np.stack([_COSINES[bins], _SINES[bins]], axis=1), (rhos - reach).astype(np.float32) * _RHO_PX
    )


def _voters(edges: Edges) -> _Voters:
    """The crest of each edge in each plane."""
    height, width, planes = edges.strengths.shape
    beside = cv2.dilate(edges.strengths, np.ones((1, 3), np.uint8))
    above = cv2.dilate(edges.strengths, np.ones((3, 1), np.uint8))
    highest = np.where(np.abs(edges.across) >= np.abs(edges.down), beside, above)
    crest = edges.strengths >= np.maximum(highest, _LEAST_VOTE)
    crest[[0, -1]] = False
    crest[:, [0, -1]] = False
    at = np.flatnonzero(crest)
    turn = cv2.phase(edges.across.ravel()[at], edges.down.ravel()[at]).ravel() if len(at) else np.zeros(0, np.float32)
    bins = np.rint(turn * (_ANGLES / (2 * np.pi))).astype(np.intp)
    rows, columns = np.divmod((at // planes).astype(np.int32), width)
    x, y = columns - np.float32((width - 1) / 2), rows - np.float32((height - 1) / 2)
    return _Voters(x.astype(np.float32), y.astype(np.float32), bins, edges.strengths.ravel()[at])


def _votes(voters: _Voters, reach: int) -> Floats:
    """What each line got, (_ANGLES, 2 * reach + 1)."""
    places, weights = [], []
    for shift, share in enumerate(_SPREAD, -(len(_SPREAD) // 2)):
        bins = (voters.bins + shift) % _ANGLES
        rho = np.rint((_COSINES[bins] * voters.x + _SINES[bins] * voters.y) / _RHO_PX).astype(np.intp) + reach
        places.append(bins * (2 * reach + 1) + rho)
        weights.append(voters.weights * np.float32(share))
    cells = _ANGLES * (2 * reach + 1)
    votes = np.bincount(np.concatenate(places), np.concatenate(weights), cells)
    return votes.reshape(_ANGLES, -1).astype(np.float32)


def _peaks(votes: Floats, count: int) -> tuple[Indices, Indices]:
    """Angle and rho of the highest separate peaks; both directions of one line are one line."""
    half = _ANGLES // 2
    both = np.maximum(votes[:half], votes[half:, ::-1])
    around = np.concatenate([both[-4:, ::-1], both, both[:4, ::-1]])  # half a turn further, rho changes its sign
    around = cv2.GaussianBlur(around, (3, 3), 0)
    highest = cv2.dilate(around, np.ones(_PEAK, np.uint8))
    peaks = np.where(around >= highest, around, 0)[4:-4]
    places = np.flatnonzero(peaks)
    best = places[np.argsort(-peaks.ravel()[places], kind="stable")[:count]]
    return best // votes.shape[1], best % votes.shape[1]


def told_lines(edges: Edges, normals: Floats, rhos: Floats) -> Lines:
    """Lines by their normals and distances, with what the picture shows along them."""
    height, width, planes = edges.strengths.shape
    half = np.hypot(height, width) / 2
    along = np.arange(-half, half, _STEP_PX, dtype=np.float32)
    offsets = np.array(_OFFSETS_PX, np.float32)
    away = rhos[:, None, None] + offsets[None, :, None]
    x = normals[:, 0, None, None] * away - normals[:, 1, None, None] * along + (width - 1) / 2
    y = normals[:, 1, None, None] * away + normals[:, 0, None, None] * along + (height - 1) / 2
    flat_x, flat_y = x.reshape(len(rhos), -1), y.reshape(len(rhos), -1)
    across, down = (
        cv2.remap(part, flat_x, flat_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT)
        for part in (edges.across, edges.down)
    )
    steps = across * normals[:, :1, None] + down * normals[:, 1:, None]
    steps = steps.reshape(*x.shape, planes)
    told = (steps.max(axis=1) + steps.min(axis=1)).transpose(2, 0, 1)  # a thin line's two steps cancel
    sums = np.cumsum(told, axis=2, dtype=np.float32)
    return Lines(normals, rhos, np.pad(sums, ((0, 0), (0, 0), (1, 0))), float(along[0]), _STEP_PX)
