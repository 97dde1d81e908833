"""Photographs one sheet after another from the live camera: by itself when a sheet lies still, or by a press."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.capture import Corners, PaperHint, PaperWatch
from kiosk.ports import Camera, Clock, Frame
from ui.camera_run import CameraRun, Seen, in_preview
from ui.page_making import Shot
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """What would help to photograph the sheet, and where it lies in the small picture."""

    hint: PaperHint
    place: Corners | None


class PaperShooting:
    """One use of the camera for papers. `press` and `stop` are called from the window's thread."""

    def __init__(
        self, camera: Camera, make_watch: Callable[[], PaperWatch], clock: Clock, tasks: Tasks, owner: QObject
    ) -> None:
        self._run: CameraRun[PaperSeen] = CameraRun(camera, tasks, owner)
        self._make_watch = make_watch
        self._watch: PaperWatch | None = None
        self._clock = clock
        self._tasks = tasks
        self._owner = owner
        self._pressed = threading.Event()
        self._shot: Callable[[Shot], None] = _nothing

    def start(
        self,
        seen: Callable[[Seen[PaperSeen]], None],
        shot: Callable[[Shot], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Watch until `stop` is called; `shot` gets each sheet that was photographed."""
        self._shot = shot
        self._run.start(self._look, seen, lambda: None, failed)

    def press(self) -> None:
        """Take the next picture whatever it looks like."""
        self._pressed.set()

    def stop(self) -> None:
        """Release the camera at the next frame."""
        self._run.stop()

    def _look(self, frame: Frame) -> PaperSeen:
        if self._watch is None:
            self._watch = self._make_watch()
        look = self._watch.look(frame, self._clock.monotonic_s())
        pressed = self._pressed.is_set()
        if look.shoot or pressed:
            self._pressed.clear()
            self._watch.taken()
            self._tasks.post(self._owner, self._shot, Shot(frame, look.corners))
        return PaperSeen(look.hint, in_preview(look.corners, frame))


def _nothing(_shot: Shot) -> None:
    """Before it was started."""
