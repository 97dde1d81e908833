"""Reads a helper's badge from the live camera in its own lane, as a card is read, and stops at once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.capture import CardWatch, Corners
from kiosk.ports import Camera, Clock, Frame
from ui.camera_run import CameraRun, Seen, in_preview
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class BadgeSeen:
    """Where a code lies in the small picture, and whether it is that of somebody's identity card."""

    place: Corners | None
    identity_card: bool


class BadgeReading:
    """One try at reading a badge. `stop` may be called any number of times, from the window's thread."""

    def __init__(
        self, camera: Camera, make_watch: Callable[[], CardWatch], clock: Clock, tasks: Tasks, owner: QObject
    ) -> None:
        self._run: CameraRun[BadgeSeen] = CameraRun(camera, tasks, owner)
        self._make_watch = make_watch
        self._watch: CardWatch | None = None
        self._clock = clock
        self._text = ""

    def start(
        self, seen: Callable[[Seen[BadgeSeen]], None], done: Callable[[str], None], failed: Callable[[Exception], None]
    ) -> None:
        """Watch until a code is read that is no identity card's (`done` gets its text) or `stop` is called ("")."""
        self._run.start(self._look, seen, lambda: done(self._text), failed, self._close)

    def stop(self) -> None:
        """Release the camera at the next frame."""
        self._run.stop()

    def _look(self, frame: Frame) -> BadgeSeen | None:
        if self._watch is None:
            self._watch = self._make_watch()
        look = self._watch.look(frame, self._clock.monotonic_s())
        if look.other:
            self._text = look.other
            return None
        return BadgeSeen(in_preview(look.place, frame), look.text is not None or look.mrz is not None)

    def _close(self) -> None:
        if self._watch is not None:
            self._watch.close()
