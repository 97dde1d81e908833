"""Tests of devices.worker_pipe."""

import io

import pytest

from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message


def written(*messages: Message) -> bytes:
    stream = io.BytesIO()
    for message in messages:
        write_message(stream, message)
    return stream.getvalue()


def test_messages_come_out_as_they_went_in() -> None:
    first = Message("page", {"width_px": 3, "detail": "hỏng"}, b"\x00\xff" * 1000)
    stream = io.BytesIO(written(first, Message("done")))
    assert [read_message(stream), read_message(stream), read_message(stream)] == [first, Message("done"), None]


@pytest.mark.parametrize("length", [1, 7, 8, 12, 60])
def test_half_a_message_is_broken(length: int) -> None:
    whole = written(Message("page", {"width_px": 3}, b"x" * 100))
    with pytest.raises(BrokenPipeMessage):
        read_message(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    "content",
    [
        b"Traceback (most recent call last)",
        b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
        b"\x00\x00\x00\x02\x00\x00\x00\x00{}",
    ],
)
def test_what_is_no_message_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenPipeMessage):
        read_message(io.BytesIO(content))
