"""Reads the machine-readable lines of a card's back from camera pictures, with tesseract as a program where it is."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from devices.mrz_band import Grey, mrz_band, preparations
from kiosk.card import soft_warnings
from kiosk.mrz import LINE_LENGTH, MrzRead, as_card, parse_mrz
from kiosk.ports import DeviceReason, DeviceStatus, Frame, Ready, Unavailable

_PROGRAM = "tesseract"
_TIMEOUT_S = 5.0  # one picture takes 0.2 s of a processor
_ASK_TIMEOUT_S = 10.0  # the first start after switching on reads from the disk
# One block of text (psm 6) in the signs of ICAO Doc 9303-3, §4.3, without the words of any language.
_OPTIONS = (
    *("--psm", "6", "--dpi", "300", "-l", "eng"),
    *("-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789< "),  # with the space: fillers are blank
    *("-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"),
)
_AGREE_WITHIN_S = 5.0

# A run of fillers is what a reader of print counts worst, and takes for these letters; and it may read one sign as two
# that look alike ("O0"). Only this is set right, and only where every card has it: the check digits, and the nine
# digits that are there twice, say whether it was right.
_FILLERS = "[<KCLSXERH]"
_FIRST = re.compile(rf".{{1,3}}VNM(?P<digits>[0-9A-Z]{{22,25}}?){_FILLERS}{{1,4}}(?P<last>[0-9A-Z])")
_SECOND = re.compile(rf"(?P<head>[0-9A-Z]{{15,19}}?)VNM{_FILLERS}{{0,28}}(?P<last>[0-9A-Z])")
_NAME = re.compile(r"[A-Z0-9]+(?:<<?[A-Z0-9]+)*?(?=<<<|<*$)")  # of fillers that were not painted over
_TWICE = re.compile("O0|0O|I1|1I|Z2|2Z|S5|5S|B8|8B")
_DIGITS, _HEAD = 22, 15  # signs between VNM and the fillers of the first line, and before VNM in the second


class MrzReader:
    """One look at one picture. Nothing is written to disk: the picture goes through a pipe, and so does the text. Each
    of up to three tries may take `timeout_s`."""

    name = "tesseract"

    def __init__(self, program: str = _PROGRAM, timeout_s: float = _TIMEOUT_S) -> None:
        self._program = program
        self._timeout_s = timeout_s

    def status(self) -> DeviceStatus:
        """Whether tesseract and its alphabet are there. Without them cards are read by their code and typed."""
        path = shutil.which(self._program)
        if path is None:
            return Unavailable(DeviceReason.NO_DRIVER, "no tesseract: apt-get install tesseract-ocr")
        try:
            languages = self._run([path, "--list-langs"], b"", _ASK_TIMEOUT_S).split()
        except (OSError, subprocess.SubprocessError) as error:
            return Unavailable(DeviceReason.FAILED, f"{path}: {error}")
        if "eng" not in languages:
            return Unavailable(DeviceReason.NO_DRIVER, "no alphabet for tesseract: apt-get install tesseract-ocr-eng")
        return Ready(path)

    def read(self, frame: Frame) -> MrzRead | None:
        """What the lines in this picture say, all five check digits right; None if there are none or they cannot be
        read. About 10 ms without lines, else 0.2 s of a processor for each of up to three tries.

        Sex has no check digit, and mod 10 misses one error in ten: so sex and year of birth must also be those that the
        number's own digits tell. A card whose number tells others is right all the same: its code is read, or it is
        typed.
        """
        band = mrz_band(frame)
        if band is None:
            return None
        for picture in preparations(band):
            read = self._read(picture)
            if read is not None:
                return read
        return None

    def _read(self, picture: Grey) -> MrzRead | None:
        height, width = picture.shape
        content = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(picture).tobytes()
        try:
            text = self._run([self._program, "stdin", "stdout", *_OPTIONS], content, self._timeout_s)
        except (OSError, subprocess.SubprocessError):
            return None
        reads = {read for lines in candidates(text) if isinstance(read := parse_mrz(lines), MrzRead)}
        if len(reads) != 1:
            return None
        only = reads.pop()
        return None if soft_warnings(as_card(only)) else only

    @staticmethod
    def _run(command: list[str], content: bytes, timeout_s: float) -> str:
        done = subprocess.run(  # noqa: S603  a program of the system by its name; the picture goes through stdin
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
        return done.stdout.decode("utf-8", "replace")


class MrzWatch:
    """Reads from a stream of pictures; believes what two of them say within five seconds."""

    def __init__(self, reader: MrzReader) -> None:
        self._reader = reader
        self._last: tuple[MrzRead, float] | None = None

    def look(self, frame: Frame, at_s: float) -> MrzRead | None:
        """What this picture and one shortly before it both say. Blocks as `MrzReader.read` does: not for the window's
        own thread. `at_s` is a clock that never goes back. The name has no check digit: it is empty unless both have
        the same."""
        read = self._reader.read(frame)
        if read is None:
            return None
        last, self._last = self._last, (read, at_s)
        if last is None or at_s - last[1] > _AGREE_WITHIN_S or not _agree(read, last[0]):
            return None
        return read if read.plain_name == last[0].plain_name else replace(read, plain_name="")


def candidates(text: str) -> Iterator[str]:
    """What was read as three lines of 30 signs, in every way in which signs that were read twice can be one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for at, line in enumerate(lines[:-1]):
        first, second = _FIRST.fullmatch("".join(line.split())), _SECOND.fullmatch("".join(lines[at + 1].split()))
        if first is None or second is None:
            continue
        name = _NAME.match("<".join(lines[at + 2].split())) if at + 2 < len(lines) else None
        third = (name[0] if name else "").ljust(LINE_LENGTH, "<")[:LINE_LENGTH]
        for digits, head in product(_once(first["digits"], _DIGITS), _once(second["head"], _HEAD)):
            yield f"IDVNM{digits}<<{first['last']}\n{head}VNM{'<' * 11}{second['last']}\n{third}"


def _once(signs: str, length: int) -> set[str]:
    """The signs with pairs of look-alikes made one until so many are left; each way to do that. The digit stays."""
    if len(signs) <= length:
        return {signs} if len(signs) == length else set()
    ways: set[str] = set()
    for pair in _TWICE.finditer(signs):
        digit = min(pair[0])
        ways |= _once(signs[: pair.start()] + digit + signs[pair.end() :], length)
    return ways


def _agree(one: MrzRead, other: MrzRead) -> bool:
    """Whether what the check digits are over, and the sex, is the same."""
    return replace(one, plain_name="") == replace(other, plain_name="")
