"""Messages between the kiosk and a driver's worker process: a length, a JSON header of that length, then a body."""

import json
import os
import struct
import sys
from dataclasses import dataclass, field
from typing import IO, Any

_LENGTH = struct.Struct(">II")  # header bytes, body bytes
_MAX_HEADER = 64 * 1024
_MAX_BODY = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """`kind` names it, `fields` are plain JSON values, `body` is a picture or nothing."""

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""


class BrokenPipeMessage(Exception):
    """The other end sent something that is no message, or died in the middle of one."""


def write_message(stream: IO[bytes], message: Message) -> None:
    """Write one message and flush it. Raises OSError when the other end is gone."""
    header = json.dumps({"kind": message.kind, **message.fields}).encode("utf-8")
    stream.write(_LENGTH.pack(len(header), len(message.body)) + header + message.body)
    stream.flush()


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message, or None at the end of the stream. Raises BrokenPipeMessage for half or a wrong one."""
    prefix = stream.read(_LENGTH.size)
    if not prefix:
        return None
    if len(prefix) < _LENGTH.size:
        raise BrokenPipeMessage("the length is cut off")
    header_size, body_size = _LENGTH.unpack(prefix)
    if header_size > _MAX_HEADER or body_size > _MAX_BODY:
        raise BrokenPipeMessage("not a message of ours")
    header, body = stream.read(header_size), stream.read(body_size)
    if len(header) < header_size or len(body) < body_size:
        raise BrokenPipeMessage("the message is cut off")
    try:
        fields = json.loads(header)
        return Message(fields.pop("kind"), fields, body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenPipeMessage(f"wrong header: {error}") from error


def own_output() -> IO[bytes]:
    """A worker's standard output for our messages alone; what libraries print there goes to standard error from now
    on."""
    sys.stdout.flush()
    ours = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return ours
