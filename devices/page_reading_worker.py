"""The page reader's worker process: reads print with trueocr, so that its runtime can crash or hang without the kiosk.

Each `read` on standard input (the body is a page's picture) is answered by `read` on standard output, or by `problem`.
It ends with its input. Nothing is written to disk.
"""

import sys
from collections.abc import Callable
from typing import Any

from devices.worker_pipe import BrokenPipeMessage, Message, own_output, read_message, write_message

_QUARTER_DEG = 90
_GONE = 1


def main() -> int:
    """Serve pages until the input ends. The exit code: 1 when the kiosk is gone or speaks another version."""
    source, sink = sys.stdin.buffer, own_output()
    try:
        read = None
        while (question := read_message(source)) is not None:
            try:
                read = read or _reader()
                write_message(sink, read(question.body))
            except Exception as error:  # noqa: BLE001 -- whatever a page does to the reader is an answer
                write_message(sink, Message("problem", {"detail": type(error).__name__}))
    except (BrokenPipeMessage, OSError):
        return _GONE
    return 0


def _reader() -> Callable[[bytes], Message]:
    """Loads the models: about a second."""
    import trueocr  # noqa: PLC0415 -- an optional extra

    model = trueocr.load_model(threads=1)  # the other core is the window's

    def read(picture: bytes) -> Message:
        return _answer(model.predict(picture, save=False).data)

    return read


def _answer(read: dict[str, Any]) -> Message:
    lines = [(str(line["text"]), float(line["confidence"])) for line in read["lines"]]
    letters = sum(len(text) for text, _sure in lines)
    certainty = sum(len(text) * sure for text, sure in lines) / letters if letters else 0.0
    # Columns of upright print are told as -90: not Vietnamese, and no reason to turn a page.
    turns = max(0, int(read["rotation_clockwise_degrees"])) // _QUARTER_DEG % 4
    return Message("read", {"lines": [text for text, _sure in lines], "certainty": certainty, "quarter_turns": turns})
