"""Whether the live picture stays live: pictures a second for card and paper, and the longest gap of the window."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
from cv2.typing import MatLike
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from commands.bench_figure import Figure, figure_of, percentile
from commands.bench_loop import TARGET_MS, TIMEOUT_S, GapWatch
from commands.bench_machine import scratch
from commands.bench_rig import Rig
from devices.frames import frame_from_bgr
from kiosk.ports import DeviceStatus, Frame, Ready
from kiosk.resources import resource_path
from kiosk.visit import Step
from ui.card_preview import CardPreview
from ui.paper_preview import PaperPreview

CAMERA_HZ = 30
SECONDS = 6.0
LEAST_HZ = 25.0
FRAMES = 12


class SteadyStream:
    """A camera that gives pictures at its own pace, as a webcam does; what comes too late for a picture misses it."""

    name = "bench"

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames

    def status(self) -> DeviceStatus:
        """Always ready."""
        return Ready()

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """One picture after another until `on_frame` answers False."""
        begun_s = time.monotonic()
        number = 0
        while on_frame(self.frames[number % len(self.frames)]):
            number = max(number + 1, int((time.monotonic() - begun_s) * CAMERA_HZ))
            time.sleep(max(0.0, begun_s + number / CAMERA_HZ - time.monotonic()))


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at_s: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes no event away."""
        if event.type() is QEvent.Type.Paint:
            self.at_s.append(time.monotonic())
        return False


def measure() -> list[Figure]:
    """Both pages with pictures that keep what looks at them busy: a card that cannot be read, and papers."""
    good = _picture("cards", "card-1.jpg")
    stream = SteadyStream([_to_frame(good)])
    with scratch() as folder, Rig(folder, camera=stream) as rig:
        rig.play()
        rig.hands.go_on()
        watch = GapWatch()
        card = _page(rig, watch, stream, _grainy(cv2.GaussianBlur(good, (0, 0), 5)), Step.CARD)
        rig.leave()
        stream.frames = [_to_frame(good)]
        return card + _page(rig, watch, stream, _grainy(_picture("photos", "paper-1.jpg")), Step.CAPTURE)


def _page(rig: Rig, watch: GapWatch, stream: SteadyStream, frames: list[Frame], step: Step) -> list[Figure]:
    """Play to the page, and watch it for a while."""
    if step is Step.CARD:
        stream.frames = frames
    rig.play(until=step)
    kind: type[QWidget] = CardPreview
    if step is Step.CAPTURE:
        stream.frames, kind = frames, PaperPreview
        rig.hands.tap("shoot")
    [view] = rig.window.findChildren(kind)
    painted = Painted(view)
    rig.hands.wait_for("the first pictures", lambda: len(painted.at_s) > CAMERA_HZ)
    watch.start()
    first, end_s = len(painted.at_s), time.monotonic() + SECONDS
    rig.hands.wait_for("the end", lambda: time.monotonic() > end_s, SECONDS + TIMEOUT_S)
    gaps, times = watch.gaps_ms, painted.at_s[first:]
    return _figures(step.value, gaps, [1000 * (late - early) for early, late in pairwise(times)])


def _figures(page: str, gaps_ms: list[float], between_ms: list[float]) -> list[Figure]:
    pace, still = figure_of(f"live picture: {page}, a picture", "ms", between_ms), figure_of("", "ms", gaps_ms)
    mean_ms = sum(between_ms) / len(between_ms)
    return [
        pace.judged_by(mean_ms, f"mean, {1000 / mean_ms:.1f} a second", 1000 / LEAST_HZ),
        Figure(
            f"event loop: live picture, {page}",
            "ms",
            still.least,
            percentile(gaps_ms, 0.5),
            still.most,
            still.most,
            "longest gap",
            TARGET_MS,
        ),
    ]


def _picture(kind: str, name: str) -> MatLike:
    picture = cv2.imread(str(resource_path("demo", kind, name)))
    if picture is None:
        raise FileNotFoundError(name)
    return picture


def _to_frame(picture: MatLike) -> Frame:
    return frame_from_bgr(picture)


def _grainy(picture: MatLike) -> list[Frame]:
    """Pictures of one scene as a sensor gives them: the same but for the noise."""
    cv2.setRNGSeed(1)
    frames = []
    for _picture_number in range(FRAMES):
        noise = np.zeros(picture.shape, np.int16)
        cv2.randn(noise, np.zeros(3), np.full(3, 4.0))
        frames.append(_to_frame(np.clip(picture.astype(np.int16) + noise, 0, 255).astype(np.uint8)))
    return frames
