"""A folder of pictures (or one picture) as a camera: for the demo, for training and for tests."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from devices.frames import DarkWatch
from devices.pictures import pictures_in, read_picture, to_frame
from devices.simulation import Manner, SimulatedState, read_state
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Frame, Ready, Unavailable
from kiosk.texts import _

_FRAME_TIME_S = 0.1
_SLOW_FRAME_TIME_S = 0.5


class FolderCamera:
    """Shows the pictures in the order of their names, each for `picture_s` at ten frames a second, again and again.

    The folder is read anew in every round, so that a person can put pictures in and take them out while it runs; an
    empty folder is a camera that is not plugged in. `wait` lets the time of a frame pass; tests give one that returns.
    """

    def __init__(
        self,
        source: Path,
        picture_s: float = 1.0,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._source = source
        self._frames_each = max(1, round(picture_s / _FRAME_TIME_S))
        self._wait = wait or threading.Event().wait

    @property
    def name(self) -> str:
        """Says honestly that it is no camera."""
        return _("Thư mục ảnh ({name})").format(name=self._source.name)

    def status(self) -> DeviceStatus:
        """Unavailable without a picture, else what state.json says."""
        if not self._pictures():
            return Unavailable(DeviceReason.NOT_CONNECTED, f"no picture in {self._source}")
        status = self._state().status()
        return Ready(str(self._source)) if isinstance(status, Ready) else status

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """Give frames until `on_frame` answers False. Raises DeviceProblem when the folder is or becomes empty."""
        dark = DarkWatch()
        while True:
            shown = False
            for frame, manner in self._round():
                shown = True
                dark.check(frame)
                if not on_frame(frame):
                    return
                self._wait(_SLOW_FRAME_TIME_S if manner is Manner.SLOW else _FRAME_TIME_S)
            if not shown:
                raise DeviceProblem(DeviceReason.NO_PICTURE, f"no picture in {self._source} can be read")

    def _round(self) -> Iterator[tuple[Frame, Manner | None]]:
        """Every readable picture once. The state is asked before each frame, as a cable can be pulled at any time."""
        pictures = self._pictures()
        if not pictures:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no picture in {self._source}")
        for path in pictures:
            if (picture := read_picture(path)) is None:
                continue
            frame, left = to_frame(picture), self._frames_each
            while left > 0:
                state = self._state()
                yield _as_told(frame, state), state.manner
                left -= state.manner is not Manner.FROZEN

    def _state(self) -> SimulatedState:
        return read_state(self._source) if self._source.is_dir() else SimulatedState()

    def _pictures(self) -> list[Path]:
        if self._source.is_file():
            return [self._source]
        return pictures_in(self._source)


def _as_told(frame: Frame, state: SimulatedState) -> Frame:
    """The frame, or a black one where there is no picture: a covered lens is no fault that a camera could tell. Raises
    DeviceProblem for every other fault."""
    status = state.status()
    if not isinstance(status, Unavailable):
        return frame
    if status.reason is DeviceReason.NO_PICTURE:
        return Frame(bytes(len(frame.rgb)), frame.width_px, frame.height_px)
    raise DeviceProblem(status.reason, status.detail)
