"""Decodes ESC/POS as a printer does: single commands out of a stream of bytes, and the paper that they print."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps


@dataclass(frozen=True)
class Command:
    """One whole command. `rows` is the picture of a raster command, ink as 1."""

    name: str
    content: bytes
    rows: Image.Image | None = None


_FIXED = {
    b"\x1b@": ("initialise", 2),
    b"\x1bd": ("feed", 3),
    b"\x1dV": ("cut", 3),
    b"\x10\x04": ("real-time status", 3),
    b"\x1dr": ("status", 3),
}


class Decoder:
    """Takes bytes as they come; a picture that looks like a command inside is not taken for one."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, content: bytes) -> Iterator[Command]:
        """The commands that are whole by now."""
        self._pending += content
        while (command := self._next()) is not None:
            self._pending = self._pending[len(command.content) :]
            yield command

    def _next(self) -> Command | None:
        start = self._pending[:2]
        if len(start) < 2:
            return None
        if start == b"\x1dv":
            return self._raster()
        if start not in _FIXED:
            raise ValueError(f"not a command that this printer knows: {self._pending[:8].hex(' ')}")
        name, length = _FIXED[start]
        return Command(name, self._pending[:length]) if len(self._pending) >= length else None

    def _raster(self) -> Command | None:
        """GS v 0: mode, width in bytes, height in dots (both little-endian), then the rows."""
        if len(self._pending) < 8:
            return None
        width, height = int.from_bytes(self._pending[4:6], "little"), int.from_bytes(self._pending[6:8], "little")
        end = 8 + width * height
        if len(self._pending) < end:
            return None
        rows = Image.frombytes("1", (width * 8, height), self._pending[8:end])
        return Command("raster", self._pending[:end], rows)


def printed_paper(commands: list[Command]) -> Image.Image:
    """The printed strip in greys, black on white, without the feeding at its end."""
    pieces = [command.rows for command in commands if command.rows is not None]
    strip = Image.new("1", (pieces[0].width, sum(piece.height for piece in pieces)))
    y = 0
    for piece in pieces:
        strip.paste(piece, (0, y))
        y += piece.height
    return ImageOps.invert(strip.convert("L"))


def decode(content: bytes) -> list[Command]:
    """All commands of a finished job; ValueError if it ends in the middle of one."""
    decoder = Decoder()
    commands = list(decoder.feed(content))
    if sum(len(command.content) for command in commands) != len(content):
        raise ValueError("the job ends in the middle of a command")
    return commands
