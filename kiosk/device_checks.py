"""Uses one device once and measures it: the same for the page of devices and for the acceptance test on site.

No figure holds anything of what was read, shown or scanned.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event

from kiosk.capture import CodeScanner
from kiosk.card import CardRead, parse_card
from kiosk.ports import (
    Camera,
    Clock,
    CodeReader,
    DeviceProblem,
    DeviceReason,
    Frame,
    Lamp,
    PageImage,
    Scanner,
    ScanOptions,
)


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """`first_frame_s` from opening to the first picture, `frames_per_s` from then on; 0 where no second one came."""

    frames: int = 0
    width_px: int = 0
    height_px: int = 0
    first_frame_s: float = 0.0
    frames_per_s: float = 0.0


def check_camera(
    camera: Camera, clock: Clock, wanted_s: float, look: Callable[[Frame], None], stopped: Callable[[], bool]
) -> CameraFigures:
    """Watch for so many seconds, or until `stopped`; `look` gets each frame. Blocks; raises DeviceProblem."""
    start_s = clock.monotonic_s()
    first_s = start_s
    figures = CameraFigures()

    def on_frame(frame: Frame) -> bool:
        nonlocal figures, first_s
        now_s = clock.monotonic_s()
        if figures.frames == 0:
            first_s = now_s
        since_s = now_s - first_s
        figures = CameraFigures(
            figures.frames + 1,
            frame.width_px,
            frame.height_px,
            round(first_s - start_s, 2),
            round(figures.frames / since_s, 1) if since_s > 0 else 0.0,
        )
        look(frame)
        return not stopped() and now_s - start_s < wanted_s

    camera.watch(on_frame)
    return figures


@dataclass(frozen=True, slots=True)
class CardFigures:
    """In how many of the frames a card's code was read, how long one look at a frame took (the middle one, and the
    slowest), and after how long the first was read; None: never."""

    frames: int = 0
    read: int = 0
    other_codes: int = 0
    look_ms: float = 0.0
    slowest_ms: float = 0.0
    first_read_s: float | None = None


class CardCheck:
    """Looks for a card's code in each frame that it is given."""

    def __init__(self, codes: CodeReader, clock: Clock) -> None:
        self._codes = codes
        self._clock = clock
        self._start_s = clock.monotonic_s()
        self._figures = CardFigures()
        self._looks_ms: list[float] = []

    def look(self, frame: Frame) -> None:
        """One more frame. What was read is dropped at once."""
        before_s = self._clock.monotonic_s()
        text = self._codes.read(frame)
        after_s = self._clock.monotonic_s()
        is_card = text is not None and isinstance(parse_card(text), CardRead)
        self._looks_ms.append((after_s - before_s) * 1000)
        old = self._figures
        first = old.first_read_s if old.first_read_s is not None or not is_card else round(after_s - self._start_s, 2)
        self._figures = CardFigures(
            old.frames + 1, old.read + is_card, old.other_codes + (text is not None and not is_card), first_read_s=first
        )

    @property
    def figures(self) -> CardFigures:
        """Of all frames so far."""
        if not self._looks_ms:
            return self._figures
        looks = sorted(self._looks_ms)
        return replace(self._figures, look_ms=round(looks[len(looks) // 2], 1), slowest_ms=round(looks[-1], 1))


@dataclass(frozen=True, slots=True)
class ScanFigures:
    """`page_s` is the mean time of a page; the size is that of the first one."""

    pages: int
    width_px: int
    height_px: int
    dpi: int
    page_s: float


def check_scanner(
    scanner: Scanner,
    clock: Clock,
    options: ScanOptions,
    on_page: Callable[[PageImage], None],
    cancelled: Callable[[], bool],
) -> ScanFigures:
    """Scan what lies there. Blocks; raises DeviceProblem, also when no page came."""
    pages: list[PageImage] = []

    def keep_size(page: PageImage) -> None:
        pages.append(replace(page, content=b""))
        on_page(page)

    start_s = clock.monotonic_s()
    scanner.scan(options, keep_size, cancelled)
    if not pages:
        raise DeviceProblem(DeviceReason.FEEDER_EMPTY, "no page came")
    first, page_s = pages[0], (clock.monotonic_s() - start_s) / len(pages)
    return ScanFigures(len(pages), first.width_px, first.height_px, first.dpi, round(page_s, 2))


@dataclass(frozen=True, slots=True)
class HandScanFigures:
    """Of one text that the hand-held reader sent: its length, whether it is a card's, and after how long it came."""

    letters: int
    is_card: bool
    seconds: float


def check_code_scanner(
    reader: CodeScanner, clock: Clock, wanted_s: float, stopped: Callable[[], bool]
) -> HandScanFigures:
    """Wait for one text. Blocks; raises DeviceProblem, TIMEOUT when none came in so many seconds, CANCELLED."""
    start_s = clock.monotonic_s()
    came: list[HandScanFigures] = []

    def on_text(text: str) -> None:
        seconds = round(clock.monotonic_s() - start_s, 2)
        came.append(HandScanFigures(len(text), isinstance(parse_card(text), CardRead), seconds))

    reader.watch(on_text, lambda: bool(came) or stopped() or clock.monotonic_s() - start_s > wanted_s)
    if came:
        return came[0]
    if stopped():
        raise DeviceProblem(DeviceReason.CANCELLED)
    raise DeviceProblem(DeviceReason.TIMEOUT, f"no code within {wanted_s:g} s")


def check_lamp(lamp: Lamp, wanted_s: float, stopped: Callable[[], bool]) -> None:
    """Light the lamp for so many seconds, or until `stopped` says so. Blocks; raises DeviceProblem."""
    pause = Event()
    lamp.switch(on=True)
    try:
        for _tenth in range(round(wanted_s * 10)):
            if stopped():
                return
            pause.wait(0.1)
    finally:
        lamp.switch(on=False)
