"""Tells dark modules from light ones in a blurred code: learns from its known modules how the blur mixes neighbours."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from devices.code_grid import Grid, Patch, sampled

Floats = NDArray[np.float32]
Signs = NDArray[np.int8]

_MARGIN = 2  # modules around the code that are looked at too
_NARROW, _WIDE = 2, 4  # half modules to each side: 5 x 5 and 9 x 9 samples
_EVEN_MODULES = 2.5
_EVEN_DOUBT = 0.1
_LEAST_CONTRAST = 0.5
_RIDGE = 0.001  # of the mean square of the samples, which is about 1


@dataclass(frozen=True, slots=True)
class Samples:
    """Half a module apart: `narrow` (n, n, 26) and `wide` (n, n, 82) around each module, the last a constant 1;
    `seen` (n, n) is 0 where glare or a cover leaves no contrast, else up to 1."""

    narrow: Floats
    wide: Floats
    seen: Floats


def samples_of(patch: Patch, grid: Grid) -> Samples:
    """The patch as the grid cuts it."""
    size = grid.layout.size
    halves = np.arange(2 * (size + 2 * _MARGIN) + 1) / 2 - _MARGIN
    columns, rows = np.meshgrid(halves, halves)
    spots = grid.spots(np.stack([columns.ravel(), rows.ravel()], axis=1))
    values = sampled(patch, spots.reshape(len(halves), len(halves), 2), cv2.INTER_CUBIC)
    contrast = np.sqrt(np.maximum(cv2.blur(values * values, (9, 9)), 0))[2 * _MARGIN + 1 :: 2, 2 * _MARGIN + 1 :: 2][
        :size, :size
    ]
    usual = float(np.median(contrast)) + 1e-6
    seen = np.clip((contrast / usual - 0.25) / 0.35, 0, 1).astype(np.float32)
    return Samples(_windows(values, size, _NARROW), _windows(values, size, _WIDE), seen)


def equalised(windows: Floats, signs: Signs | Floats, trust: Floats) -> Floats:
    """(n, n) softened signs of all modules: the linear mix of samples that is best for `signs` where `trust` is over 0.

    Ridge regression: the mix is kept small where the examples do not tell.
    """
    size, width = len(windows), windows.shape[2]
    rows = windows.reshape(-1, width)
    weights = trust.ravel()
    used = np.nonzero(weights)[0]
    examples, weighted = rows[used], rows[used] * weights[used, None]
    square = weighted.T @ examples
    square[np.diag_indices(width)] += _RIDGE * float(weights.sum()) + 1e-3
    mix = np.linalg.solve(square.astype(np.float64), (weighted.T @ signs.ravel()[used]).astype(np.float64))
    softened: Floats = (rows @ mix.astype(np.float32)).reshape(size, size)
    return softened


def locally_even(soft: Floats, signs: Signs | Floats, trust: Floats) -> Floats:
    """The softened signs with faded and glaring parts brought back to 1 for dark and -1 for light, as `signs` tell."""
    middles = []
    for sign in (1, -1):
        weight = np.where(signs == sign, trust, 0).astype(np.float32)
        share = cv2.GaussianBlur(weight, (0, 0), _EVEN_MODULES) + _EVEN_DOUBT
        middles.append((cv2.GaussianBlur(weight * soft, (0, 0), _EVEN_MODULES) + sign * _EVEN_DOUBT) / share)
    dark, light = middles
    evened: Floats = (2 * soft - dark - light) / np.maximum(dark - light, _LEAST_CONTRAST)
    return evened


def _windows(values: Floats, size: int, reach: int) -> Floats:
    side = 2 * reach + 1
    views = sliding_window_view(values, (side, side))
    first = 2 * _MARGIN + 1 - reach
    windows = views[first : first + 2 * size : 2, first : first + 2 * size : 2].reshape(size, size, side * side)
    return np.concatenate([windows, np.ones((size, size, 1), np.float32)], axis=2)
