"""Reads a QR code too blurred, dark, glaring or worn for common readers: an equaliser is learned on each code."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.clean_code import clean_text
from devices.code_equaliser import equalised, locally_even, samples_of
from devices.code_grid import Grid, Patch, guessed_grids, patch_around, refined
from devices.finder_patterns import Triple, find_hidden, find_marks, find_triples
from devices.soft_code import Format, Mended, likely_formats, mended
from kiosk.capture import Corners

Floats = NDArray[np.float32]
Signs = NDArray[np.int8]

_MOST_TRIPLES = 5
_MOST_GUESSES = 2  # versions of a triple that are looked at closely
_LEAST_FIT = 0.35  # below it what lies there is no code
_SURE_FIT = 0.8
_LEAST_FORMAT = 0.45  # how clear the format must be where the fit leaves doubts
_NARROW_ROUNDS, _ROUNDS = 1, 7  # nine of ten codes are read in the first
_REFINED_AFTER = 4  # the round after which all decided modules help to lay the grid


@dataclass(frozen=True, slots=True)
class HardLook:
    """What was found: the text if there is any, the code's corners and the size of its modules in pixels if one is
    seen at all. `sure` says that what is seen is a code, read or not."""

    text: str | None = None
    place: Corners | None = None
    module_px: float = 0.0
    sure: bool = False


def read_hard_code(grey: MatLike, in_time: Callable[[], bool]) -> HardLook:
    """The first code of the picture that can be read. `in_time` is asked now and then; without time the search ends."""
    marks = find_marks(grey)
    seen, seen_fit = HardLook(), _LEAST_FIT
    for triple in find_triples([*marks, *find_hidden(grey, marks)])[:_MOST_TRIPLES]:
        patch, grids = _grids(grey, triple)
        for grid in grids:
            if grid.fit > seen_fit:
                seen, seen_fit = _look(patch, grid), grid.fit
            if (text := read_grid(patch, grid)) is not None:
                return _look(patch, grid, text)
        if seen.sure or not in_time():
            break
    return seen


def read_grid(patch: Patch, grid: Grid) -> str | None:
    """The text of the code under the grid, or None: round by round, what was decided teaches the next decisions."""
    samples = samples_of(patch, grid)
    known = grid.layout.known
    sure, signs = known, known.astype(np.float32)
    trust = np.abs(signs) * samples.seen
    for turn in range(_ROUNDS):
        windows = samples.narrow if turn < _NARROW_ROUNDS else samples.wide
        soft = equalised(windows, signs, trust)
        if turn:
            soft = locally_even(soft, signs, trust)
        soft = np.where(known != 0, known, soft * samples.seen).astype(np.float32)
        if turn:
            formats = likely_formats(grid.layout, soft, 0.0 if grid.fit > _SURE_FIT else _LEAST_FORMAT)
            if not formats:
                break  # no code
            result = _decoded(grid, soft, formats)
            if result.whole:
                return clean_text(result.signs)
            sure, soft = result.signs, result.likely
        before, signs = signs, np.where(sure != 0, sure, np.sign(soft))
        if turn > _REFINED_AFTER and np.array_equal(before, signs):
            break  # it has nothing more to learn
        trust = np.where(sure != 0, 1, np.clip(1.6 * np.abs(soft) - 0.4, 0, 1)).astype(np.float32) * samples.seen
        if turn == _REFINED_AFTER:
            grid = refined(patch, grid, np.where(trust > 0.3, signs, 0).astype(np.int8), 0.4)
            samples = samples_of(patch, grid)
    return None


def _decoded(grid: Grid, soft: Floats, formats: list[Format]) -> Mended:
    """By the first format with which any block can be mended, else by the likeliest."""
    results = []
    for form in formats:
        results.append(mended(grid.layout, soft, form))
        if results[-1].blocks:
            return results[-1]
    return results[0]


def _grids(grey: MatLike, triple: Triple) -> tuple[Patch, list[Grid]]:
    patch = patch_around(grey, triple)
    guesses = guessed_grids(patch, triple)[:_MOST_GUESSES]
    grids = sorted((refined(patch, grid, grid.layout.known) for grid in guesses), key=lambda grid: -grid.fit)
    return patch, [grid for grid in grids if grid.fit > max(_LEAST_FIT, 0.8 * grids[0].fit)]


def _look(patch: Patch, grid: Grid, text: str | None = None) -> HardLook:
    size = grid.layout.size
    corners = grid.spots(np.array([(0, 0), (size, 0), (size, size), (0, size)], np.float64))
    corners = (corners + 0.5) / patch.scale + np.array(patch.origin, np.float32)
    side_px = float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).mean())
    return HardLook(text, tuple((float(x), float(y)) for x, y in corners), side_px / size, grid.fit > _SURE_FIT)
