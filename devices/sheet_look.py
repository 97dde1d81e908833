"""A thumbnail of a sheet laid flat: how light it is, how much of it glares, and whether two show the same sheet."""

from dataclasses import dataclass

import cv2
import numpy as np

from devices.frames import Pixels
from devices.page_lines import Floats

_SIDE_PX = 96
_SATURATED = 250
_OVEREXPOSED = 240.0  # where the whole sheet is nearly white, white places are no glare
_NEARLY_BARE = 1.2  # deviation, in levels: what is printed can hardly be told from noise
# Correlations of prints, measured on 35 sheets of commands/specimen_papers.py in photos of 1080 lines. In the next
# frame of a camera 0.96 or more, 0.88 or less where the corners are 14 pixels off. The same sheet laid anew: 0.87 or
# more, 0.3 in one of 20 where a hard shadow falls on one of the two. Another sheet: 0.13 in the middle, 0.74 in one
# of 100, 0.95 at most, for forms with the same head and little else.
_UNMOVED = 0.95
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class SheetLook:
    """`print` is what is darker or lighter than its surroundings (96, 96), `level` the median lightness 0 to 255, and
    `glaring` the share of the sheet that is saturated while most of it is not."""

    print: Floats
    level: float
    glaring: float


def look_at(rgb: Pixels, quad: Floats) -> SheetLook:
    """The sheet with these corners, about 0.5 ms."""
    flat = np.array([(0, 0), (_SIDE_PX, 0), (_SIDE_PX, _SIDE_PX), (0, _SIDE_PX)], np.float32)
    # Every pixel of the thumbnail is a mean: the sheet is drawn twice as large first.
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), 2 * flat)
    seen = cv2.warpPerspective(rgb, turn, (2 * _SIDE_PX, 2 * _SIDE_PX), flags=cv2.INTER_LINEAR)
    small = cv2.resize(seen, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    level = float(np.median(grey))
    saturated = float((cv2.erode(small.min(axis=2), np.ones((3, 3), np.uint8)) >= _SATURATED).mean())
    calm = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 1.5)
    printed = np.asarray(calm - cv2.GaussianBlur(calm, (0, 0), 8), np.float32)
    return SheetLook(printed[4:-4, 4:-4], level, saturated if level < _OVEREXPOSED else 0.0)


def is_unmoved(one: SheetLook, other: SheetLook) -> bool:
    """Whether both show the same print in the same place. Of bare sheets that cannot be told."""
    if min(one.print.std(), other.print.std()) < _NEARLY_BARE:
        return False
    return float(np.corrcoef(one.print.ravel(), other.print.ravel())[0, 1]) > _UNMOVED


def is_same_sheet(one: SheetLook, other: SheetLook) -> bool:
    """Whether both show the same print, turned by any number of quarter turns. Bare sheets are all the same."""
    if min(one.print.std(), other.print.std()) < _NEARLY_BARE:
        return bool(max(one.print.std(), other.print.std()) < 2 * _NEARLY_BARE)
    turns = (np.rot90(other.print, turn) for turn in range(4))
    return max(float(np.corrcoef(one.print.ravel(), turned.ravel())[0, 1]) for turned in turns) > _SAME
