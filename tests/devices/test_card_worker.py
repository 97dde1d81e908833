"""Tests of devices.card_worker: the real process, and what its messages hold."""

import subprocess
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from commands.self_command import self_command
from devices.card_worker import answer, look_in
from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message
from kiosk.mrz import MrzRead
from tests.devices.card_pictures import Grey, grey_of, hard_frame

BACK = MrzRead("001058000123", "NGUYEN VAN MAU", date(1958, 1, 1), "Nam", None)


def frame_message(grey: Grey, *, card: bool = False) -> Message:
    return Message("frame", {"width_px": grey.shape[1], "height_px": grey.shape[0], "card": card}, grey.tobytes())


def test_the_real_process_reads_hard_frames_and_ends_with_its_input() -> None:
    frame, text = hard_frame()
    with subprocess.Popen(self_command("card-worker"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        for _twice in range(2):
            write_message(worker.stdin, frame_message(grey_of(frame)))
            message = read_message(worker.stdout)
            assert message is not None
            look, mrz = look_in(message)
            assert (look.text, mrz) == (text, None)
            assert look.place is not None
        worker.stdin.close()
        assert worker.wait(30) == 0


def test_the_back_is_read_where_a_card_without_a_code_is_seen() -> None:
    plain = np.full((200, 300), 200, np.uint8)
    seen: list[tuple[int, ...]] = []

    def read_mrz(grey: NDArray[np.uint8]) -> MrzRead | None:
        seen.append(grey.shape)
        return BACK

    assert look_in(answer(frame_message(plain, card=True), read_mrz))[1] == BACK
    assert look_in(answer(frame_message(plain), read_mrz))[1] is None
    assert seen == [(200, 300)]


@pytest.mark.parametrize("fields", [{}, {"width_px": 3, "height_px": 3}, {"width_px": "many", "height_px": 1}])
def test_what_is_no_frame_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(BrokenPipeMessage):
        answer(Message("frame", fields, b"four"))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": 3, "place": None, "module_px": 0.0, "mrz": None},
        {"text": None, "place": [[1, 2]], "module_px": 0.0, "mrz": None},
        {"text": None, "place": None, "module_px": "big", "mrz": None},
        {"text": None, "place": None, "module_px": 0.0, "mrz": {"number": "1"}},
    ],
)
def test_what_is_no_answer_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(BrokenPipeMessage):
        look_in(Message("read", fields))
