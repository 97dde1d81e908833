"""Reads a card from the live camera in its own lane, never in the window's thread, and stops at once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.capture import CardHint, CardLook, CardWatch, Corners
from kiosk.card import CardRead, parse_card
from kiosk.mrz import as_card
from kiosk.ports import Camera, Clock, Frame
from ui.camera_run import CameraRun, Seen, in_preview
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class CardSeen:
    """What would help to read the card, and where its code lies in the small picture."""

    hint: CardHint
    place: Corners | None


class CardReading:
    """One try at reading a card. `stop` may be called any number of times, from the window's thread."""

    def __init__(
        self, camera: Camera, make_watch: Callable[[], CardWatch], clock: Clock, tasks: Tasks, owner: QObject
    ) -> None:
        self._run: CameraRun[CardSeen] = CameraRun(camera, tasks, owner)
        self._make_watch = make_watch
        self._watch: CardWatch | None = None
        self._clock = clock
        self._card: CardRead | None = None

    def start(
        self,
        seen: Callable[[Seen[CardSeen]], None],
        done: Callable[[CardRead | None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Watch until a card is read (`done` gets it) or `stop` is called (`done` gets None)."""
        self._run.start(self._look, seen, lambda: done(self._card), failed, self._close)

    def stop(self) -> None:
        """Release the camera at the next frame."""
        self._run.stop()

    def _look(self, frame: Frame) -> CardSeen | None:
        if self._watch is None:
            self._watch = self._make_watch()
        look = self._watch.look(frame, self._clock.monotonic_s())
        self._card = _card(look)
        return None if self._card is not None else CardSeen(look.hint, in_preview(look.place, frame))

    def _close(self) -> None:
        if self._watch is not None:
            self._watch.close()


def _card(look: CardLook) -> CardRead | None:
    """The code says all that the lines of the back say, and the accents of the name too: it comes first."""
    if look.text is not None and isinstance(card := parse_card(look.text), CardRead):
        return card
    return as_card(look.mrz) if look.mrz is not None else None
