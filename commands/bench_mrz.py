"""How many backs of cards are read from one camera picture, how long that takes, and that nothing is read wrongly."""

import random
import time
from dataclasses import dataclass, replace

import cv2

from commands.bench_figure import Figure, figure_of
from commands.mrz_backs import LEVELS, OCR_B, Level, damaged, draw_frame, made_up, mrz_lines
from devices.mrz_reader import MrzReader
from kiosk.mrz import MrzRead
from kiosk.ports import Ready

FRAMES = 10
SEED = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """Frames of one kind: how many were read, how many of these wrongly, and the seconds that each took."""

    frames: int
    read: int
    wrong: int
    named: int
    seconds: tuple[float, ...]


def measure() -> list[Figure]:
    """One figure a level, and one for damaged pictures; none where tesseract or the font is missing."""
    reader = MrzReader()
    if not (OCR_B.exists() and isinstance(reader.status(), Ready)):
        return []
    cv2.setNumThreads(1)
    figures = []
    for level in LEVELS:
        for harm in (False, True):
            dice = random.Random(f"{SEED} {level.name} {harm}")  # noqa: S311  made pictures
            told = tally(reader, level, FRAMES, dice, harm=harm)
            name = f"mrz: {level.name}{', damaged' if harm else ''}"
            figure = figure_of(name, "ms", [1000 * second for second in told.seconds]).judged_by(told.wrong, "wrong", 0)
            figures.append(figure.with_details(frames=told.frames, read=told.read, wrong=told.wrong, named=told.named))
    return figures


def tally(reader: MrzReader, level: Level, frames: int, dice: random.Random, *, harm: bool) -> Tally:
    """Read so many pictures, each of another card. The name is counted apart: no check digit is over it."""
    read = wrong = named = 0
    seconds = []
    for _frame in range(frames):
        card = made_up(dice)
        frame = draw_frame(mrz_lines(card), level, dice)
        if harm:
            frame = damaged(frame, dice)
        start_s = time.perf_counter()
        seen = reader.read(frame)
        seconds.append(time.perf_counter() - start_s)
        if seen is not None:
            read += 1
            wrong += _bare(seen) != _bare(card)
            named += seen.plain_name == card.plain_name
    return Tally(frames, read, wrong, named, tuple(seconds))


def _bare(card: MrzRead) -> MrzRead:
    return replace(card, plain_name="")
