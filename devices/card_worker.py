"""The card's worker process: reads hard codes, and the lines of the back, while the window and its camera go on.

It reads `frame` messages from standard input (the body is the grey picture) and answers each with one `read` on
standard output. It ends with its input. What libraries print goes to standard error.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.card_reader import hard_card
from devices.hard_code import HardLook
from devices.worker_pipe import BrokenPipeMessage, Message, own_output, read_message, write_message
from kiosk.mrz import MrzRead

MrzReader = Callable[[NDArray[np.uint8]], MrzRead | None]
"""Reads the lines of the back in a grey picture; None until it is sure, which may take several pictures."""


def main(read_mrz: MrzReader | None = None) -> NoReturn:
    """Serve until the input ends, then end the process at once: nothing is left to tidy."""
    cv2.setNumThreads(1)  # the other processor is the window's
    source, sink = sys.stdin.buffer, own_output()
    code = 0
    try:
        while (request := read_message(source)) is not None:
            write_message(sink, answer(request, read_mrz))
    except (BrokenPipeMessage, OSError):
        code = 1  # the kiosk is gone or speaks another version: nobody is left to tell
    os._exit(code)


def answer(request: Message, read_mrz: MrzReader | None = None) -> Message:
    """What one frame says. Raises BrokenPipeMessage for what is no frame."""
    try:
        width, height = int(request.fields["width_px"]), int(request.fields["height_px"])
        grey = np.frombuffer(request.body, np.uint8).reshape(height, width)
    except (KeyError, ValueError, TypeError) as error:
        raise BrokenPipeMessage(f"not a frame: {error}") from error
    look = hard_card(grey, time.monotonic)
    mrz = read_mrz(grey) if read_mrz and look.place is None and request.fields.get("card") else None
    return Message("read", {"text": look.text, "place": look.place, "module_px": look.module_px, "mrz": _plain(mrz)})


def look_in(message: Message) -> tuple[HardLook, MrzRead | None]:
    """The worker's answer as values. Raises BrokenPipeMessage for anything else."""
    fields = message.fields
    try:
        text, place = fields["text"], fields["place"]
        corners = None if place is None else tuple((float(x), float(y)) for x, y in place)
        if not isinstance(text, str | None) or (corners is not None and len(corners) != 4):
            raise ValueError("wrong kinds")
        return HardLook(text, corners, float(fields["module_px"])), _mrz(fields["mrz"])
    except (KeyError, ValueError, TypeError) as error:
        raise BrokenPipeMessage(f"not an answer: {error}") from error


def _plain(mrz: MrzRead | None) -> dict[str, Any] | None:
    if mrz is None:
        return None
    return {
        "number": mrz.number,
        "plain_name": mrz.plain_name,
        "birth_date": mrz.birth_date.isoformat(),
        "sex": mrz.sex,
        "expires_on": mrz.expires_on and mrz.expires_on.isoformat(),
    }


def _mrz(fields: dict[str, Any] | None) -> MrzRead | None:
    if fields is None:
        return None
    expires_on = fields["expires_on"]
    return MrzRead(
        number=str(fields["number"]),
        plain_name=str(fields["plain_name"]),
        birth_date=date.fromisoformat(fields["birth_date"]),
        sex=str(fields["sex"]),
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
    )
