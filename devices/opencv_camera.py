"""A camera through OpenCV: opened for each use, read in a thread of its own because a driver's read can hang."""

import contextlib
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import cv2

from devices.frames import DarkWatch, frame_from_bgr
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Frame, Ready, Unavailable
from kiosk.texts import _


class OpenCvCamera:
    """A webcam or document camera.

    `source` is a number ("0"), a device file, or a video file or numbered pictures that OpenCV opens ("page_%02d.png").
    A frame that does not come within `timeout_s` means that the camera is lost.
    """

    def __init__(self, source: str = "0", timeout_s: float = 5.0, dark_frames: int = 60) -> None:
        self._source = source
        self._timeout_s = timeout_s
        self._dark_frames = dark_frames
        self._in_use = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Máy ảnh {source}").format(source=self._source)

    def status(self) -> DeviceStatus:
        """Opens the camera and takes one frame, so it takes about a second; while it is watched, it is ready."""
        if not self._in_use.acquire(blocking=False):
            return Ready("in use by this program")
        try:
            self._watch(lambda _frame: False)
            return Ready(self._source)
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        finally:
            self._in_use.release()

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """Give the newest frame to `on_frame` until it answers False. Raises DeviceProblem when the camera is lost."""
        if not self._in_use.acquire(blocking=False):
            raise DeviceProblem(DeviceReason.BUSY, "the camera is already being watched")
        try:
            self._watch(on_frame)
        finally:
            self._in_use.release()

    def _watch(self, on_frame: Callable[[Frame], bool]) -> None:
        feed = _Feed(self._source, DarkWatch(self._dark_frames))
        try:
            while on_frame(feed.next(self._timeout_s)):
                pass
        finally:
            feed.close(self._timeout_s)


class _Feed:
    """One use of the device. Only its own thread touches the capture; the newest frame waits in a queue of one."""

    def __init__(self, source: str, dark: DarkWatch) -> None:
        self._source = source
        self._dark = dark
        self._newest: queue.Queue[Frame | DeviceProblem] = queue.Queue(maxsize=1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def next(self, timeout_s: float) -> Frame:
        """The newest frame that was not given yet."""
        try:
            item = self._newest.get(timeout=timeout_s)
        except queue.Empty:
            raise DeviceProblem(DeviceReason.TIMEOUT, f"no frame in {timeout_s} s") from None
        if isinstance(item, DeviceProblem):
            raise item
        return item

    def close(self, timeout_s: float) -> None:
        """Let the camera go. A read that hangs keeps its (daemon) thread and nothing else."""
        self._stop.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._read_frames()
        except DeviceProblem as problem:
            self._offer(problem)
        except cv2.error as error:
            self._offer(DeviceProblem(DeviceReason.FAILED, str(error)))

    def _read_frames(self) -> None:
        capture = _open(self._source)
        try:
            while not self._stop.is_set():
                got, picture = capture.read()
                if not got or picture is None or picture.size == 0:
                    raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"{self._source} gives no more frames")
                frame = frame_from_bgr(picture)
                self._dark.check(frame)
                self._offer(frame)
        finally:
            capture.release()

    def _offer(self, item: Frame | DeviceProblem) -> None:
        """Replace what nobody took: a viewer wants now, not what was. This thread is the only one that puts."""
        with contextlib.suppress(queue.Empty):
            self._newest.get_nowait()
        self._newest.put_nowait(item)


def _open(source: str) -> cv2.VideoCapture:
    live = source.isdecimal() or source.startswith("/dev/")
    linux = sys.platform == "linux"
    if live and linux:
        device = Path(f"/dev/video{source}" if source.isdecimal() else source)
        if not device.exists():
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no {device}")
    elif not live and "%" not in source and not Path(source).is_file():
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no {source}")
    capture = cv2.VideoCapture(
        int(source) if source.isdecimal() else source, cv2.CAP_V4L2 if live and linux else cv2.CAP_ANY
    )
    if not capture.isOpened():
        capture.release()
        reason = DeviceReason.BUSY if live and linux else DeviceReason.NOT_CONNECTED
        raise DeviceProblem(reason, f"{source} cannot be opened")
    if live:
        # Over USB 2 a full-HD picture comes at full speed only as Motion JPEG; a camera without it keeps its own.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, 1920)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, 1080)
    return capture
