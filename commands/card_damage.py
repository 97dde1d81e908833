"""Pictures that must not be read wrongly, from a seed: without a code, with another's code, with a damaged one."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from commands.card_scenes import made_up_text
from kiosk.ports import Frame

Grey = NDArray[np.float32]
Signs = NDArray[np.int8]

SIZE_PX = (960, 540)  # a quarter of a camera's frame: as many modules in it, and four times as many frames in a day
_QUIET_MODULES = 4
_FORMAT_MODULES = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (0, 1, 2, 3, 4, 5, 7)]
_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY0123456789"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A picture and the texts that may be read in it."""

    kind: str
    frame: Frame
    texts: tuple[str, ...]


def damaged_picture(seed: int) -> Damaged:
    """One of the kinds in turn, blurred, dark and noisy as it comes."""
    source = random.Random(seed)  # noqa: S311 -- pictures, no secrets
    cv2.setRNGSeed(source.randrange(2**31))
    kind = KINDS[seed % len(KINDS)]
    picture = _desk(source)
    texts: tuple[str, ...] = ()
    if kind == KINDS[0]:
        _write(picture, source)
    else:
        signs, texts = _CODES[kind](source)
        _lay(picture, signs, source)
    return Damaged(kind, _photographed(picture, source), texts)


def _card_code(source: random.Random, more: int = 0) -> tuple[Signs, str]:
    """A card's code, `more` versions larger than it need be."""
    text = made_up_text(source, source.random() < 0.5)
    level = source.choice("LLMQ")
    version = int(segno.make_qr(text, error=level, boost_error=False).version) + more
    return _signs(segno.make_qr(text, version=version, error=level, boost_error=False)), text


def _signs(code: segno.QRCode) -> Signs:
    return np.array([[1 if module else -1 for module in row] for row in code.matrix], np.int8)


def _flipped(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """Each module turned over with the same chance, the corner marks excepted."""
    signs, text = _card_code(source, source.choice((0, 0, 1)))
    share, size = source.uniform(0.05, 0.4), len(signs)
    for row in range(size):
        for column in range(size):
            marked = (row < 8 or row >= size - 8) and (column < 8 or column >= size - 8) and min(row, column) < 8
            if not marked and source.random() < share:
                signs[row, column] *= -1
    return signs, (text,)


def _covered(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """Parts painted over, or other parts of the code laid over them."""
    signs, text = _card_code(source)
    size, copied = len(signs), source.random() < 0.5
    for _part in range(source.randrange(1, 6)):
        height, width = (source.randrange(3, size // 2) for _side in range(2))
        row, column, from_row, from_column = (source.randrange(size - side) for side in (height, width) * 2)
        other = signs[from_row : from_row + height, from_column : from_column + width].copy()
        signs[row : row + height, column : column + width] = other if copied else source.choice((-1, 0, 1))
    return signs, (text,)


def _overlapped(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """Two cards' codes of one size, one over a part of the other."""
    signs, text = _card_code(source)
    for _try in range(200):
        other, other_text = _card_code(source)
        if other.shape == signs.shape:
            break
    else:
        return signs, (text,)
    edge = source.randrange(len(signs) // 4, len(signs))
    signs[:, edge:] = other[:, edge:]
    return (signs.T.copy() if source.random() < 0.5 else signs), (text, other_text)


def _other_format(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """Some bits of the format information turned over: another mask or level is meant then."""
    signs, text = _card_code(source)
    size = len(signs)
    for row, column in source.sample(_FORMAT_MODULES, source.randrange(2, 9)):
        signs[row, column] *= -1
        # The second copy lies at the ends of the same row and column.
        if row == 8:
            signs[8, size - 1 - column] *= -1
        else:
            signs[size - 1 - row, 8] *= -1
    return signs, (text,)


def _other_code(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """A code that is no card's: an address of the web, or words."""
    words = "".join(source.choice(_LETTERS) for _letter in range(source.randrange(10, 160)))
    text = f"https://example.invalid/{words}" if source.random() < 0.5 else words
    return _signs(segno.make_qr(text, error=source.choice("LM"), boost_error=False)), (text,)


def _nonsense(source: random.Random) -> tuple[Signs, tuple[str, ...]]:
    """A code's known modules around random ones."""
    signs, _text = _card_code(source)
    signs[9:-9, 9:-9] = [[source.choice((-1, 1)) for _column in signs[9:-9]] for _row in signs[9:-9]]
    return signs, ()


_CODES: dict[str, Callable[[random.Random], tuple[Signs, tuple[str, ...]]]] = {
    "modules flipped": _flipped,
    "parts covered": _covered,
    "two codes in one": _overlapped,
    "wrong format": _other_format,
    "another code": _other_code,
    "nonsense": _nonsense,
}
KINDS = ("no code", *_CODES)


def _desk(source: random.Random) -> Grey:
    width, height = SIZE_PX
    grain = np.zeros((height, width), np.float32)
    cv2.randn(grain, np.zeros(1), np.full(1, source.uniform(2, 30)))
    return np.asarray(source.uniform(60, 220) + cv2.GaussianBlur(grain, (0, 0), source.uniform(0.5, 4)), np.float32)


def _write(picture: Grey, source: random.Random) -> None:
    """Lines of print, bars, or cells as small as modules: what a desk has instead of a code."""
    width, height = SIZE_PX
    kind = source.randrange(3)
    left, top = source.randrange(20, 300), source.randrange(20, 200)
    if kind == 0:
        for y in range(top, height - 20, source.randrange(12, 30)):
            for x in range(left, width - 40, source.randrange(9, 30)):
                cv2.rectangle(picture, (x, y), (x + source.randrange(2, 9), y + source.randrange(3, 10)), 40, -1)
    elif kind == 1:
        x = left
        while x < left + 300:
            cv2.rectangle(picture, (x, top), (x + source.randrange(1, 7), top + 120), source.choice((30, 230)), -1)
            x += source.randrange(3, 12)
    else:
        cell, count = source.randrange(3, 8), source.randrange(25, 60)
        cells = [[source.choice((40, 220)) for _column in range(count)] for _row in range(count)]
        grid = np.array(cells, np.float32).repeat(cell, axis=0).repeat(cell, axis=1)[: height - top, : width - left]
        picture[top : top + grid.shape[0], left : left + grid.shape[1]] = grid


def _lay(picture: Grey, signs: Signs, source: random.Random) -> None:
    """The code with its border, turned and tilted, modules of 3 to 6 px."""
    fine = 6
    light = np.pad(128 - 100.0 * signs, _QUIET_MODULES, constant_values=228).astype(np.float32)
    code = cv2.GaussianBlur(light.repeat(fine, axis=0).repeat(fine, axis=1), (0, 0), 1.5)
    side = float(code.shape[0])
    reach = min(source.uniform(3, 6) * len(light) / 2, 190)
    turn = source.gauss(0, 0.3) + source.randrange(4) * math.pi / 2
    spots = []
    for n in range(4):
        angle = turn + (2 * n - 3) * math.pi / 4
        far = reach * math.sqrt(2) * source.uniform(0.94, 1.06)
        spots.append((SIZE_PX[0] / 2 + far * math.cos(angle), SIZE_PX[1] / 2 + far * math.sin(angle)))
    flat = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    way = cv2.getPerspectiveTransform(flat, np.array(spots, np.float32))
    laid = cv2.warpPerspective(code, way, SIZE_PX)
    mask = cv2.warpPerspective(np.ones_like(code), way, SIZE_PX)
    picture *= 1 - mask
    picture += laid * mask


def _photographed(picture: Grey, source: random.Random) -> Frame:
    blurred = cv2.GaussianBlur(picture, (0, 0), source.uniform(0.4, 2.2)) * source.uniform(0.4, 1.05)
    noise = np.zeros_like(blurred)
    cv2.randn(noise, np.zeros(1), np.full(1, source.uniform(1, 6)))
    grey = np.clip(blurred + noise, 0, 255).astype(np.uint8)
    return Frame(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB).tobytes(), *SIZE_PX)
