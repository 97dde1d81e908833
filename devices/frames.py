"""What every camera does with its frames: pixels to frames, and noticing that nothing but darkness comes."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from kiosk.ports import DeviceProblem, DeviceReason, Frame

Pixels = NDArray[np.uint8]

# A covered lens gives noise around 2 of 255, a dim office at night over 20.
_DARK_MEAN = 10.0


def frame_from_bgr(picture: MatLike) -> Frame:
    """A frame from OpenCV's own order of colours, eight bits each."""
    rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    height, width = rgb.shape[:2]
    return Frame(rgb.tobytes(), width, height)


def rgb_pixels(frame: Frame) -> Pixels:
    """The frame's pixels as (height, width, 3), without a copy; not to be written to."""
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height_px, frame.width_px, 3)


def is_dark(frame: Frame) -> bool:
    """Whether the frame shows nothing: a covered lens, a closed shutter, a camera that gives empty pictures."""
    return float(rgb_pixels(frame)[::8, ::8].mean()) < _DARK_MEAN


class DarkWatch:
    """Counts dark frames in a row. Cameras give a few while they wake; more than `limit` mean there is no picture."""

    def __init__(self, limit: int = 60) -> None:
        self._limit = limit
        self._in_a_row = 0

    def check(self, frame: Frame) -> None:
        """Raises DeviceProblem(NO_PICTURE) when too many dark frames came one after another."""
        self._in_a_row = self._in_a_row + 1 if is_dark(frame) else 0
        if self._in_a_row > self._limit:
            raise DeviceProblem(DeviceReason.NO_PICTURE, f"{self._in_a_row} dark frames in a row")
