"""Finds the three machine-readable lines in a camera's picture and turns them upright, large and evenly lit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.frames import rgb_pixels
from kiosk.ports import Frame

Grey = NDArray[np.uint8]
_Vector = NDArray[np.float64]

_SEARCH_WIDTH_PX = 960  # the search works on a picture of this width; letters are about 15 pixels wide in it
_LETTER_PX = 13  # nothing that is wider than this is a stroke of a letter
_GAP_PX = 21  # nor is a gap between two letters of a line wider
_CALM_PX = 1.0  # blur against the camera's noise, which looks like print in the dark
_BLACK = 12.0  # added to the light of the paper, so that noise in deep shadow is no print
_INK = 0.14  # how much darker than the paper around it print is at least; the waves behind it are 0.1 darker
_SHORTEST = 0.22  # of the picture's width: below it letters are too small to read
_SLENDER = 11.0  # a line is 76 mm long and 2.5 mm high: 30; blurred and tilted it is less
_SPACING = (0.045, 0.105)  # between two lines, of their length: ICAO Doc 9303-5 allows some range
_UPRIGHT_DEG = 20.0
_LINE_PX = 960  # length of a line in the picture for the reader of print: 32 pixels a letter
_MARGIN_PX = 40
_HALF_LETTER_PX = 24  # half of a letter is 16 high
_LETTERS = 30
_FILLERS = (18, 29)  # the places of the second line that every card leaves empty
_LOOSE_PX = 5  # how far a sign may be from its place
_LIKE = 0.71  # correlation from which a sign is a filler: they have 0.7 to 1, and K, which comes nearest, up to 0.69
_HALF_LINE_PX = 44.0  # from the middle of a line to the edge: less than to the edge of the card


@dataclass(frozen=True, slots=True)
class _Bar:
    """A line of print as a bar: its ends in the picture, left one first."""

    left: _Vector
    right: _Vector

    @property
    def length_px(self) -> float:
        return float(np.linalg.norm(self.right - self.left))

    @property
    def middle(self) -> _Vector:
        return (self.left + self.right) / 2

    @property
    def along(self) -> _Vector:
        return (self.right - self.left) / self.length_px


def mrz_band(frame: Frame) -> Grey | None:
    """The three lines as a grey picture, 960 pixels of letters wide and some 250 high; None if there are none such."""
    grey = cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY)
    scale = _SEARCH_WIDTH_PX / frame.width_px
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = _three_lines(_bars(small))
    return None if found is None else _upright(grey, [_Bar(bar.left / scale, bar.right / scale) for bar in found])


def preparations(band: Grey) -> Iterator[Grey]:
    """The band in three ways, each three quarters as large: print and paper far apart; sharpened, for a picture out of
    focus; evenly lit and nothing more. Fillers are painted over, for readers of print stumble over long runs of one
    sign: in the second line every card has them in the same places, and these show what to look for in the third."""
    paper = cv2.GaussianBlur(cv2.dilate(band, np.ones((15, 15), np.uint8)), (0, 0), 20)
    even = np.clip(band.astype(np.float32) * 235 / np.maximum(paper, 1), 0, 255).astype(np.uint8)
    calm = cv2.GaussianBlur(even, (0, 0), 0.8)
    middle = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    yield _finished(np.clip((calm.astype(np.float32) - middle + 60) * 3, 0, 255).astype(np.uint8))
    yield _finished(cv2.addWeighted(even, 2.6, cv2.GaussianBlur(even, (0, 0), 3.0), -1.6, 0))
    yield _finished(even)


def _finished(picture: Any) -> Grey:
    """Without the fillers of the second line, and without the signs of the third that look like them."""
    fillers = [_cell(picture, 0, place) for place in range(*_FILLERS)]
    filler = np.median(np.stack(fillers), axis=0).astype(np.uint8)
    paper = np.median(picture)
    painted = picture.copy()
    for place in range(*_FILLERS):
        _cell(painted, 0, place)[:] = paper
    for place in range(_LETTERS):
        if _likeness(_cell(picture, 1, place, _LOOSE_PX), filler) > _LIKE:
            _cell(painted, 1, place)[:] = paper
    smaller: Grey = cv2.resize(painted, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return smaller


def _cell(picture: Any, row: int, place: int, around_px: int = 0) -> Any:
    """The place of one sign in the second (0) or third (1) line, with some pixels around it; a view, not a copy."""
    wide_px = _LINE_PX // _LETTERS
    middle = picture.shape[0] // 2 + row * (picture.shape[0] // 2 - round(_HALF_LINE_PX))
    left = _MARGIN_PX + place * wide_px
    high_px = _HALF_LETTER_PX + around_px
    return picture[middle - high_px : middle + high_px, left - around_px : left + wide_px + around_px]


def _likeness(place: Any, sign: Any) -> float:
    """The best correlation of a sign with what is in its place, -1 to 1."""
    return float(cv2.matchTemplate(place, sign, cv2.TM_CCOEFF_NORMED).max())


def _bars(small: Any) -> list[_Bar]:
    calm = cv2.GaussianBlur(small, (0, 0), _CALM_PX).astype(np.float32)
    paper = cv2.morphologyEx(calm, cv2.MORPH_CLOSE, np.ones((_LETTER_PX, _LETTER_PX), np.uint8))
    ink = (paper - calm) / (paper + _BLACK)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, _GAP_PX), np.uint8))
    mask = cv2.morphologyEx((joined > _INK).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 9), np.uint8))
    contours, _hierarchy = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    shortest = _SHORTEST * small.shape[1]
    return [bar for contour in contours if len(contour) > 3 and (bar := _bar(contour, shortest)) is not None]


def _bar(contour: Any, shortest_px: float) -> _Bar | None:
    corners = cv2.boxPoints(cv2.minAreaRect(contour)).astype(np.float64)
    if np.linalg.norm(corners[1] - corners[0]) > np.linalg.norm(corners[2] - corners[1]):
        corners = np.roll(corners, -1, axis=0)  # now the first two and the last two are the short sides
    one, other = (corners[0] + corners[1]) / 2, (corners[2] + corners[3]) / 2
    bar = _Bar(one, other) if one[0] < other[0] else _Bar(other, one)
    high_px = float(np.linalg.norm(corners[1] - corners[0]))
    if bar.length_px < max(shortest_px, _SLENDER * high_px):
        return None
    return bar if abs(np.degrees(np.arctan2(bar.along[1], bar.along[0]))) < _UPRIGHT_DEG else None


def _three_lines(bars: list[_Bar]) -> tuple[_Bar, _Bar, _Bar] | None:
    """The lowest three that lie below each other like lines of one text: in a document nothing is below them."""
    ordered = sorted(bars, key=lambda bar: -float(bar.middle[1]))
    for third, second, first in combinations(ordered, 3):
        if _is_text(first, second, third):
            return first, second, third
    return None


def _is_text(first: _Bar, second: _Bar, third: _Bar) -> bool:
    """Three lines of one length, one direction and one spacing, that begin and end together."""
    length_px = second.length_px
    if not all(0.85 < bar.length_px / length_px < 1.18 and bar.along @ second.along > 0.998 for bar in (first, third)):
        return False
    across = np.array([-second.along[1], second.along[0]])
    above, below = (
        (lower.middle - upper.middle) @ across / length_px for upper, lower in ((first, second), (second, third))
    )
    if not (_SPACING[0] < above < _SPACING[1] and 0.8 < below / above < 1.25):
        return False
    return all(abs((bar.left - second.left) @ second.along) < 0.1 * length_px for bar in (first, third))


def _upright(grey: Any, lines: list[_Bar]) -> Grey:
    """The lines on a straight picture: the ends of the first and the last tell how the card is turned."""
    first, _second, third = lines
    step = float(np.linalg.norm(third.middle - first.middle)) / first.length_px * _LINE_PX / 2
    left, right = _MARGIN_PX, _MARGIN_PX + _LINE_PX
    top, foot = _HALF_LINE_PX, _HALF_LINE_PX + 2 * step
    there = np.array([(left, top), (right, top), (right, foot), (left, foot)], np.float32)
    here = np.array([first.left, first.right, third.right, third.left], np.float32)
    size = (_LINE_PX + 2 * _MARGIN_PX, round(2 * (_HALF_LINE_PX + step)))
    view = cv2.getPerspectiveTransform(here, there)
    return cv2.warpPerspective(grey, view, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(
        np.uint8
    )
