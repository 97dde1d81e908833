"""Reads the code of an identity card in one picture, whatever it takes: zxing-cpp first, then the equaliser."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.code_place import sight_of
from devices.code_reader import codes_in
from devices.frames import rgb_pixels
from devices.hard_code import HardLook, read_hard_code
from kiosk.card import CardRead, parse_card
from kiosk.ports import Frame

# A frame whose code is read takes 60 to 200 ms; after this time it is not going to be.
_LOOK_S = 0.6
_MARGIN = 0.3  # of the place's side: what looks like a code may be a part of one


class CardReader:
    """Everything for one frame, blocking. `monotonic_s` is a clock that never goes back."""

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._monotonic_s = monotonic_s

    def read(self, frame: Frame) -> str | None:
        """The text of a card's code; else that of another code that is easy to read; else None."""
        grey = cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY)
        texts = [code.text for code in codes_in(grey)]
        if texts:
            return next((text for text in texts if is_card(text)), texts[0])
        return hard_card(grey, self._monotonic_s).text


def is_card(text: str) -> bool:
    """Whether the text is that of an identity card."""
    return isinstance(parse_card(text), CardRead)


def hard_card(grey: MatLike, monotonic_s: Callable[[], float]) -> HardLook:
    """What the equaliser finds. It decides modules by guessing well, so only a text that is a card's is a reading:
    mended blocks and a card's form together have not let a wrong text through (`kiosk bench card`)."""
    end_s = monotonic_s() + _LOOK_S
    look = HardLook()
    for left, top, region in _regions(grey):
        look = read_hard_code(region, lambda: monotonic_s() < end_s)
        if look.place is not None:
            look = replace(look, place=tuple((x + left, y + top) for x, y in look.place))
        if look.text is not None:
            return look if is_card(look.text) else replace(look, text=None)
        if look.sure:
            break
    return look


def _regions(grey: MatLike) -> Iterator[tuple[int, int, MatLike]]:
    """First where a code seems to lie, which is quick, then the whole picture; with the left and top pixel of each."""
    place = sight_of(grey).code
    if place is not None:
        xs, ys = zip(*place, strict=True)
        margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
        left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
        yield left, top, np.ascontiguousarray(grey[top : int(max(ys) + margin), left : int(max(xs) + margin)])
    yield 0, 0, grey
