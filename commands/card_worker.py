"""The hidden command `kiosk card-worker`: reads hard frames of the card's camera beside the kiosk."""

import time

import cv2
import numpy as np
from numpy.typing import NDArray

from devices import card_worker
from devices.frames import frame_from_bgr
from devices.mrz_reader import MrzReader, MrzWatch
from kiosk.mrz import MrzRead
from kiosk.ports import Ready

_TRY_S = 1.0  # three tries stay below the silence after which the watch ends this process


def run(argv: list[str]) -> int:
    """Serve on standard input and output; the process ends with its input. Where tesseract is installed, the lines on
    the card's back are read too."""
    reader = MrzReader(timeout_s=_TRY_S)
    card_worker.main(_lines_of(MrzWatch(reader)) if isinstance(reader.status(), Ready) else None)


def _lines_of(watch: MrzWatch) -> card_worker.MrzReader:
    def read(grey: NDArray[np.uint8]) -> MrzRead | None:
        return watch.look(frame_from_bgr(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)), time.monotonic())

    return read
