"""How many made-up cards are read from a webcam's frames, how fast, and whether ever wrongly; others beside it.

The frames come from seeds that nothing was tuned on (commands.card_scenes), so hard that zxing-cpp alone reads three of
four; a harder set, of which it reads half, is told beside without a target. `wrong_texts` with 10,000 pictures takes an
hour: tests/commands/test_card_damage.py, among the proofs.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2

from commands.bench_figure import Figure, figure_of, percentile
from commands.card_damage import damaged_picture
from commands.card_frames import frame_of
from commands.card_scenes import Scene, scene_of
from devices.card_reader import CardReader
from devices.code_reader import ZxingCodeReader
from devices.frames import rgb_pixels
from kiosk.ports import Frame

SCENES = 80
OPENCV_SCENES = 16  # it takes up to seconds a frame
FIRST_SEED = 9_500_000
HARDNESS = 0.6
HARD_SCENES = 20
HARDEST = 1.0
BURST = 5
DAMAGED = 70

MISSED_FRAMES = 3.0  # of 100
MISSED_BURSTS = 0.5
MEDIAN_MS = 15.0
P95_MS = 250.0

Read = Callable[[Frame], str | None]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one reader made of all scenes' first frames: right or not, and the time of each in ms."""

    right: tuple[bool, ...]
    wrong: int
    ms: tuple[float, ...]

    @property
    def missed(self) -> float:
        """Of 100."""
        return 100 * self.right.count(False) / len(self.right)


def measure() -> list[Figure]:
    """Every figure of the card's camera. Processor time is counted: the machine may have other things to do."""
    scenes = [scene_of(FIRST_SEED + number, HARDNESS) for number in range(SCENES)]
    frames = [frame_of(scene) for scene in scenes]
    reader = CardReader(time.process_time)
    ours, zxing = (tally(read, scenes, frames) for read in (reader.read, ZxingCodeReader().read))
    opencv = tally(opencv_reader(), scenes[:OPENCV_SCENES], frames[:OPENCV_SCENES])
    bursts = [right or _later_read(reader.read, scene) for right, scene in zip(ours.right, scenes, strict=True)]
    hard = [scene_of(FIRST_SEED - 1 - number, HARDEST) for number in range(HARD_SCENES)]
    hard_frames = [frame_of(scene) for scene in hard]
    hard_ours, hard_zxing = (tally(read, hard, hard_frames) for read in (reader.read, ZxingCodeReader().read))
    wrong = wrong_texts(reader.read, FIRST_SEED, DAMAGED) + ours.wrong + hard_ours.wrong
    share = 100 * bursts.count(False) / len(bursts)
    times = figure_of("card: a 1080p frame", "ms", ours.ms)
    return [
        _missed("card: single frames missed", ours.missed, MISSED_FRAMES),
        _missed(f"card: bursts of {BURST} frames missed", share, MISSED_BURSTS),
        _missed("card: single frames missed, zxing-cpp alone", zxing.missed, None),
        _missed("card: single frames missed, OpenCV", opencv.missed, None),
        _missed("card: hard frames missed", hard_ours.missed, None),
        _missed("card: hard frames missed, zxing-cpp alone", hard_zxing.missed, None),
        times.judged_by(statistics.median(ours.ms), "median", MEDIAN_MS),
        times.judged_by(percentile(ours.ms, 0.95), "95th percentile", P95_MS),
        figure_of("card: a 1080p frame, zxing-cpp alone", "ms", zxing.ms),
        figure_of("card: a 1080p frame, OpenCV", "ms", opencv.ms),
        _count(f"card: wrong texts in {SCENES + HARD_SCENES + DAMAGED} frames", wrong, 0.0),
        _count("card: wrong texts, OpenCV", opencv.wrong, None),
    ]


def tally(read: Read, scenes: Sequence[Scene], frames: Sequence[Frame]) -> Tally:
    """One reader's answers to the first frame of each scene."""
    right, ms, wrong = [], [], 0
    for scene, frame in zip(scenes, frames, strict=True):
        start_s = time.process_time()
        text = read(frame)
        ms.append(1000 * (time.process_time() - start_s))
        right.append(text == scene.text)
        wrong += text is not None and text != scene.text
    return Tally(tuple(right), wrong, tuple(ms))


def opencv_reader() -> Read:
    """OpenCV's own detector as it comes."""
    detector = cv2.QRCodeDetector()

    def read(frame: Frame) -> str | None:
        try:
            text, _corners, _code = detector.detectAndDecode(cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY))
        except (cv2.error, UnicodeDecodeError):  # it stumbles over some codes that it finds and cannot read
            return None
        return text.strip() or None

    return read


def wrong_texts(read: Read, first_seed: int, count: int) -> int:
    """How many of `count` pictures without a code or with a damaged one are read as what they do not say."""
    wrong = 0
    for seed in range(first_seed, first_seed + count):
        picture = damaged_picture(seed)
        text = read(picture.frame)
        wrong += text is not None and text not in picture.texts
    return wrong


def _later_read(read: Read, scene: Scene) -> bool:
    """Whether any of the burst's further frames is read."""
    return any(read(frame_of(scene, moment)) == scene.text for moment in range(1, BURST))


def _missed(name: str, missed: float, target: float | None) -> Figure:
    return Figure(name, "%", missed, missed, missed, missed, "share", target)


def _count(name: str, count: float, target: float | None) -> Figure:
    return Figure(name, "", count, count, count, count, "count", target)
