"""Tests of devices.opencv_camera beside the contract: numbered pictures, two watchers, drivers that hang or break."""

import threading
from pathlib import Path
from typing import Any

import cv2
import pytest

from devices.opencv_camera import OpenCvCamera
from kiosk.ports import DeviceProblem, DeviceReason, Frame, Ready, Unavailable
from tests.devices.pictures_made import RED, encoded, plain, video


def test_numbered_pictures_are_a_camera(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"page_{number:02d}.png").write_bytes(encoded(plain(RED), "PNG"))
    assert isinstance(OpenCvCamera(str(tmp_path / "page_%02d.png")).status(), Ready)


def test_a_device_that_does_not_exist_is_not_connected() -> None:
    for source in ("97", "/dev/video97"):
        status = OpenCvCamera(source).status()
        assert isinstance(status, Unavailable)
        assert status.reason is DeviceReason.NOT_CONNECTED


def test_a_file_that_is_no_video_is_not_connected(tmp_path: Path) -> None:
    (tmp_path / "notes.avi").write_text("no video")
    status = OpenCvCamera(str(tmp_path / "notes.avi")).status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED


def test_while_it_is_watched_it_is_ready_and_has_no_second_watcher(tmp_path: Path) -> None:
    camera = OpenCvCamera(str(video(tmp_path / "red.avi", [RED] * 50)))
    seen: list[object] = []

    def look(_frame: Frame) -> bool:
        seen.append(camera.status())
        with pytest.raises(DeviceProblem) as caught:
            camera.watch(lambda _other: False)
        seen.append(caught.value.reason)
        return False

    camera.watch(look)
    assert seen == [Ready("in use by this program"), DeviceReason.BUSY]


class _Driver:
    """In the place of cv2.VideoCapture: a driver that goes wrong in `read`."""

    def __init__(self, read: Any) -> None:
        self.read = read
        self.released = threading.Event()

    def __call__(self, *_source: Any) -> "_Driver":
        return self

    def isOpened(self) -> bool:
        return True

    def release(self) -> None:
        self.released.set()


def use(driver: _Driver, monkeypatch: pytest.MonkeyPatch, path: Path) -> OpenCvCamera:
    path.touch()
    monkeypatch.setattr(cv2, "VideoCapture", driver)
    return OpenCvCamera(str(path), timeout_s=0.1)


def test_a_read_that_hangs_is_a_timeout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    let_go = threading.Event()

    def hang() -> tuple[bool, None]:
        let_go.wait()
        return False, None

    driver = _Driver(hang)
    try:
        with pytest.raises(DeviceProblem) as caught:
            use(driver, monkeypatch, tmp_path / "hangs.avi").watch(lambda _frame: True)
    finally:
        let_go.set()
    assert caught.value.reason is DeviceReason.TIMEOUT
    assert driver.released.wait(5), "the camera is released when the driver comes back"


def test_a_read_that_breaks_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail() -> tuple[bool, None]:
        raise cv2.error("broken")

    driver = _Driver(fail)
    with pytest.raises(DeviceProblem) as caught:
        use(driver, monkeypatch, tmp_path / "breaks.avi").watch(lambda _frame: True)
    assert caught.value.reason is DeviceReason.FAILED
    assert driver.released.is_set()
