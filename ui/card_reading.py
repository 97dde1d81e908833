"""Reads a card's code from the live camera in its own lane, never in the window's thread, and stops at once."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from kiosk.card import CardRead, parse_card
from kiosk.ports import Camera, CodeReader, Frame
from ui.tasks import Lane, Tasks

PREVIEW_WIDTH_PX = 960  # enough to aim a card; scaling in the camera's lane keeps the window free


@dataclass(frozen=True, slots=True)
class Seen:
    """One camera picture, small, and whether a code was in it that is no card's."""

    preview: QImage
    other_code: bool


class CardReading:
    """One try at reading a card. `stop` may be called any number of times, from the window's thread."""

    def __init__(self, camera: Camera, codes: CodeReader, tasks: Tasks, owner: QObject) -> None:
        self._camera = camera
        self._codes = codes
        self._tasks = tasks
        self._owner = owner
        self._stopped = threading.Event()
        self._shown = threading.Event()
        self._shown.set()
        self._other_code = False
        self._card: CardRead | None = None

    def start(
        self,
        seen: Callable[[Seen], None],
        done: Callable[[CardRead | None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Watch until a card is read (`done` gets it) or `stop` is called (`done` gets None).

        Every frame is looked at for a code; `seen` gets the next picture only after it was done with the last, so
        that pictures do not pile up before a window that is busy.
        """

        def on_frame(frame: Frame) -> bool:
            if self._stopped.is_set():
                return False
            text = self._codes.read(frame)
            read = parse_card(text) if text else None
            if isinstance(read, CardRead):
                self._card = read
                return False
            self._other_code |= read is not None
            if self._shown.is_set():
                self._shown.clear()
                self._tasks.post(self._owner, show, Seen(preview(frame), self._other_code))
                self._other_code = False
            return True

        def show(newest: Seen) -> None:
            seen(newest)
            self._shown.set()

        def work() -> CardRead | None:
            self._camera.watch(on_frame)
            return self._card

        self._tasks.run(Lane.CAMERA, work, owner=self._owner, done=done, failed=failed)

    def stop(self) -> None:
        """Release the camera at the next frame."""
        self._stopped.set()


def preview(frame: Frame) -> QImage:
    """A small copy of the frame that owns its pixels."""
    image = QImage(frame.rgb, frame.width_px, frame.height_px, 3 * frame.width_px, QImage.Format.Format_RGB888)
    size = QSize(PREVIEW_WIDTH_PX, round(PREVIEW_WIDTH_PX * frame.height_px / max(1, frame.width_px)))
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)
