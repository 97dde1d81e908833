"""One use of a camera by a screen: frames are looked at in the camera's lane, and small pictures come to the window."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from kiosk.capture import Corners
from kiosk.ports import Camera, Frame
from ui.tasks import Lane, Tasks

PREVIEW_WIDTH_PX = 960  # enough to aim; scaling in the camera's lane keeps the window free

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Seen(Generic[S]):
    """One camera picture, small, and what was said of it."""

    preview: QImage
    said: S


class CameraRun(Generic[S]):
    """Watches until `look` answers None or `stop` is called, which may be called any number of times."""

    def __init__(self, camera: Camera, tasks: Tasks, owner: QObject) -> None:
        self._camera = camera
        self._tasks = tasks
        self._owner = owner
        self._stopped = threading.Event()
        self._shown = threading.Event()
        self._shown.set()

    def start(
        self,
        look: Callable[[Frame], S | None],
        seen: Callable[[Seen[S]], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """`look` is called in the camera's lane for every frame; `seen` gets the next picture only after it was done
        with the last, so that pictures do not pile up before a window that is busy. `ended` is called in the lane,
        however the run ends: there the watch is closed."""

        def on_frame(frame: Frame) -> bool:
            if self._stopped.is_set():
                return False
            said = look(frame)
            if said is None:
                return False
            if self._shown.is_set():
                self._shown.clear()
                self._tasks.post(self._owner, show, Seen(preview(frame), said))
            return True

        def show(newest: Seen[S]) -> None:
            if not self._stopped.is_set():
                seen(newest)
            self._shown.set()

        def work() -> None:
            try:
                if not self._stopped.is_set():
                    self._camera.watch(on_frame)
            finally:
                ended()

        self._tasks.run(Lane.CAMERA, work, owner=self._owner, done=lambda _none: done(), failed=failed)

    def stop(self) -> None:
        """Release the camera at the next frame."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped.is_set()


def preview(frame: Frame) -> QImage:
    """A small copy of the frame that owns its pixels."""
    image = QImage(frame.rgb, frame.width_px, frame.height_px, 3 * frame.width_px, QImage.Format.Format_RGB888)
    size = QSize(PREVIEW_WIDTH_PX, round(PREVIEW_WIDTH_PX * frame.height_px / max(1, frame.width_px)))
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)


def in_preview(corners: Corners | None, frame: Frame) -> Corners | None:
    """The same points in the small picture of the frame."""
    if corners is None:
        return None
    factor = PREVIEW_WIDTH_PX / max(1, frame.width_px)
    return tuple((x * factor, y * factor) for x, y in corners)
