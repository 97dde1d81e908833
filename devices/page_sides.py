"""Finds the sides of a sheet exactly, in the full picture, from a guess that is a few hundredths off."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.frames import Pixels
from devices.page_lines import Floats, median

_POINTS = 32  # profiles across each side
_ENDS = 0.05  # of a side at each corner: corners are rounded, folded, or held
_SAMPLES = 23  # in a profile
_ROUNDS = 3  # of the robust fit
_STRAIGHTER = 0.7  # a bulge has to take away that much of what a straight side leaves


def exact_corners(rgb: Pixels, quad: Floats, reaches_px: tuple[float, ...]) -> Floats:
    """(4, 2) corners where the sides cross. Each side is looked for within each of the reaches in turn, from wide to
    narrow; a side that bulges, as paper does that does not lie flat, is replaced by the line between its ends."""
    for reach_px in reaches_px:
        quad = _pass(rgb, quad, reach_px)
    return quad


def _pass(rgb: Pixels, quad: Floats, reach_px: float) -> Floats:
    starts, ends = quad, np.roll(quad, -1, axis=0)
    along = ends - starts
    lengths = np.linalg.norm(along, axis=1, keepdims=True)
    if lengths.min() < 4 * reach_px:
        return quad
    inward = np.stack([-along[:, 1], along[:, 0]], axis=1) / lengths
    inward *= np.sign(((quad.mean(axis=0) - starts) * inward).sum(axis=1, keepdims=True))
    shares = np.linspace(_ENDS, 1 - _ENDS, _POINTS, dtype=np.float32)
    offsets = np.linspace(-reach_px, reach_px, _SAMPLES, dtype=np.float32)
    points = starts[:, None] + along[:, None] * shares[:, None]
    places = (points[:, :, None] + inward[:, None, None] * offsets[:, None]).astype(np.float32).reshape(4, -1, 2)
    seen = cv2.remap(rgb, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    found, sure = _steps(np.asarray(seen, np.float32).reshape(4, _POINTS, _SAMPLES, 3), offsets)
    at_start, at_end = _fit(shares * 2 - 1, found, sure, reach_px)
    lines_from = starts + inward * at_start[:, None]
    lines_to = ends + inward * at_end[:, None]
    return _crossings(lines_from, lines_to, quad, 3 * reach_px)


def _steps(seen: Floats, offsets: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Where each profile goes from what lies outside to what lies inside, (4, points), and how sure that is."""
    fifth = _SAMPLES // 5
    inside = seen[:, :, -fifth:].mean(axis=2)
    outside = seen[:, :, :fifth].mean(axis=2)
    difference = median((inside - outside).swapaxes(1, 2))
    length = np.linalg.norm(difference, axis=1, keepdims=True)
    grey = np.full(3, 1 / np.sqrt(3))
    direction = (difference + 2 * grey) / (length + 2)  # hardly any difference: paper is rather the lighter side
    levels = (seen.reshape(4, -1, 3) @ direction[:, :, None]).reshape(seen.shape[:3])
    smooth = cv2.blur(np.ascontiguousarray(levels.reshape(-1, _SAMPLES)), (3, 1)).reshape(levels.shape)
    around = np.concatenate([smooth[:, :1], smooth, smooth[:, -1:]], axis=1)
    smooth = (around[:, :-2] + 2 * smooth + around[:, 2:]) / 4
    rise = np.zeros_like(smooth)
    rise[..., 2:-2] = smooth[..., 4:] - smooth[..., :-4]
    rise *= 1 - 0.5 * (offsets / offsets[-1]) ** 2  # the guess is rather right than wrong
    best = np.clip(rise.argmax(axis=2), 1, _SAMPLES - 2)
    before, here, after = (np.take_along_axis(rise, best[..., None] + shift, 2)[..., 0] for shift in (-1, 0, 1))
    bend = np.minimum(before - 2 * here + after, -1e-3)
    shift = np.clip((before - after) / (2 * bend), -1, 1)
    step = offsets[1] - offsets[0]
    usual = np.abs(rise).mean(axis=2) + 1.0
    return offsets[best] + shift * step, np.clip(here / usual / 4, 0, 1) * (here > 0)


def _fit(
    shares: NDArray[np.floating], found: NDArray[np.floating], sure: NDArray[np.floating], reach_px: float
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Robust straight and bulging fits to each side's points; where the better one begins and ends."""
    line, left = _robust(np.stack([np.ones_like(shares), shares]), found, sure, reach_px)
    bulging, left_bulging = _robust(np.stack([np.ones_like(shares), shares, shares**2]), found, sure, reach_px)
    chosen = np.where((left_bulging < _STRAIGHTER * left)[:, None], bulging, np.pad(line, ((0, 0), (0, 1))))
    return chosen @ np.array([1.0, -1.0, 1.0]), chosen @ np.array([1.0, 1.0, 1.0])


def _robust(
    basis: NDArray[np.floating], found: NDArray[np.floating], sure: NDArray[np.floating], reach_px: float
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Weighted least squares of each row of `found`, points far from the fit losing their weight (Tukey). Returns the
    factors (4, terms) and the median distance of the points."""
    terms = len(basis)
    ridge = np.eye(terms) * 1e-3
    weights = sure + 1e-3
    factors: NDArray[np.floating] = np.zeros((len(found), terms))
    far = np.zeros_like(found)
    for turn in range(_ROUNDS):
        heavy = weights[:, None] * basis
        factors = np.linalg.solve(heavy @ basis.T + ridge, (heavy @ found[..., None]))[..., 0]
        far = np.abs(found - factors @ basis)
        middle = median(far)[:, None]
        limit = np.maximum(4 * middle, reach_px * max(0.08, 0.8 * 0.5**turn))
        weights = (sure + 1e-3) * np.maximum(0, 1 - (far / limit) ** 2) ** 2
    return factors, median(far) + 1e-6


def _crossings(starts: Floats, ends: Floats, guess: Floats, most_px: float) -> Floats:
    """Where each side crosses the one before it; the guess where that would be far off."""
    along = ends - starts
    before, from_before = np.roll(along, 1, axis=0), np.roll(starts, 1, axis=0)
    cross = along[:, 0] * before[:, 1] - along[:, 1] * before[:, 0]
    gap = from_before - starts
    share = (gap[:, 0] * before[:, 1] - gap[:, 1] * before[:, 0]) / np.where(np.abs(cross) < 1e-6, 1e-6, cross)
    corners = starts + along * share[:, None]
    near = np.linalg.norm(corners - guess, axis=1) < most_px
    return np.asarray(np.where(near[:, None], corners, guess), np.float32)
