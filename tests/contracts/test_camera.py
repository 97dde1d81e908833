"""What every camera does: one suite on a folder of pictures, and on OpenCV with a video file in place of a device."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.folder_camera import FolderCamera
from devices.opencv_camera import OpenCvCamera
from kiosk.ports import Camera, DeviceProblem, DeviceReason, Frame, Ready, Unavailable
from tests.devices.pictures_made import BLACK, RED, encoded, plain, video


@dataclass
class Rig:
    """A camera that shows red, one that shows nothing but darkness, one that is not there, one that goes away."""

    red: Camera
    dark: Camera
    missing: Camera
    lost: Camera
    lose: Callable[[], None]


def no_wait(_seconds: float) -> None:
    """Time that passes at once."""


def folder_rig(tmp_path: Path) -> Rig:
    for name, colour in (("red", RED), ("dark", BLACK), ("lost", RED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.jpg").write_bytes(encoded(plain(colour)))
    (tmp_path / "missing").mkdir()
    cameras = (FolderCamera(tmp_path / name, wait=no_wait) for name in ("red", "dark", "missing", "lost"))
    red, dark, missing, lost = cameras
    return Rig(red, dark, missing, lost, (tmp_path / "lost" / "1.jpg").unlink)


def opencv_rig(tmp_path: Path) -> Rig:
    """A video's end is what OpenCV sees of a camera that is pulled out."""
    red = OpenCvCamera(str(video(tmp_path / "red.avi", [RED] * 200)))
    dark = OpenCvCamera(str(video(tmp_path / "dark.avi", [BLACK] * 100)))
    missing = OpenCvCamera(str(tmp_path / "missing.avi"))
    lost = OpenCvCamera(str(video(tmp_path / "lost.avi", [RED] * 3)))
    return Rig(red, dark, missing, lost, lambda: None)


@pytest.fixture(params=[folder_rig, opencv_rig], ids=["folder", "opencv"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    return made


def first_frame(camera: Camera) -> Frame:
    frames: list[Frame] = []

    def keep(frame: Frame) -> bool:
        frames.append(frame)
        return False

    camera.watch(keep)
    assert len(frames) == 1, "watching goes on after a No"
    return frames[0]


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.red.name
    assert isinstance(rig.red.status(), Ready)


def test_a_frame_is_whole_and_red_comes_first(rig: Rig) -> None:
    frame = first_frame(rig.red)
    assert (frame.width_px, frame.height_px) == (320, 240)
    assert len(frame.rgb) == 320 * 240 * 3
    assert frame.rgb[0] > 150
    assert max(frame.rgb[1], frame.rgb[2]) < 80


def test_it_gives_frames_until_it_is_told_to_stop(rig: Rig) -> None:
    seen: list[Frame] = []

    def three(frame: Frame) -> bool:
        seen.append(frame)
        return len(seen) < 3

    rig.red.watch(three)
    assert len(seen) == 3


def test_it_is_let_go_and_can_be_used_again(rig: Rig) -> None:
    assert first_frame(rig.red) == first_frame(rig.red)
    assert isinstance(rig.red.status(), Ready)


def test_what_the_watcher_raises_reaches_the_caller_and_lets_the_camera_go(rig: Rig) -> None:
    def fail(_frame: Frame) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rig.red.watch(fail)
    assert first_frame(rig.red)


def test_a_camera_that_is_not_there_is_unavailable_and_refuses(rig: Rig) -> None:
    status = rig.missing.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as caught:
        rig.missing.watch(lambda _frame: True)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED


def test_a_camera_that_goes_away_is_a_problem(rig: Rig) -> None:
    seen: list[Frame] = []

    def pull_the_cable(frame: Frame) -> bool:
        if not seen:
            rig.lose()
        seen.append(frame)
        return True

    with pytest.raises(DeviceProblem) as caught:
        rig.lost.watch(pull_the_cable)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED


def test_nothing_but_darkness_is_no_picture(rig: Rig) -> None:
    with pytest.raises(DeviceProblem) as caught:
        rig.dark.watch(lambda _frame: True)
    assert caught.value.reason is DeviceReason.NO_PICTURE
