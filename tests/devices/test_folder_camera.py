"""Tests of devices.folder_camera beside the contract: rounds, pace, broken files, the state file."""

from pathlib import Path

import pytest

from devices.folder_camera import FolderCamera
from devices.simulation import write_state
from kiosk.ports import DeviceProblem, DeviceReason, Frame, Unavailable
from tests.devices.pictures_made import BLUE, RED, encoded, plain


def colours_of(camera: FolderCamera, count: int) -> str:
    """The colours of the first frames: R or B each."""
    seen = ""

    def look(frame: Frame) -> bool:
        nonlocal seen
        seen += "R" if frame.rgb[0] > frame.rgb[2] else "B"
        return len(seen) < count

    camera.watch(look)
    return seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "1.jpg").write_bytes(encoded(plain(RED)))
    (tmp_path / "2.png").write_bytes(encoded(plain(BLUE), "PNG"))
    return tmp_path


def test_pictures_come_in_order_some_frames_each_again_and_again(folder: Path) -> None:
    waits: list[float] = []
    camera = FolderCamera(folder, picture_s=0.2, wait=waits.append)
    assert colours_of(camera, 7) == "RRBBRRB"
    assert waits == [0.1] * 6


def test_one_picture_is_a_camera_too(folder: Path) -> None:
    assert colours_of(FolderCamera(folder / "2.png", picture_s=0.1, wait=lambda _s: None), 3) == "BBB"


def test_it_says_that_it_is_a_folder(folder: Path) -> None:
    assert FolderCamera(folder).name == f"Thư mục ảnh ({folder.name})"


def test_a_broken_picture_is_passed_over(folder: Path) -> None:
    (folder / "1.jpg").write_bytes(b"broken")
    assert colours_of(FolderCamera(folder, picture_s=0.1, wait=lambda _s: None), 2) == "BB"


def test_only_broken_pictures_are_no_picture(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(DeviceProblem) as caught:
        FolderCamera(folder, wait=lambda _s: None).watch(lambda _frame: True)
    assert caught.value.reason is DeviceReason.NO_PICTURE


def test_a_picture_put_in_while_it_runs_is_shown_in_the_next_round(folder: Path) -> None:
    camera = FolderCamera(folder / "live", picture_s=0.1, wait=lambda _s: None)
    (folder / "live").mkdir()
    (folder / "live" / "1.jpg").write_bytes(encoded(plain(RED)))
    seen = ""

    def look(frame: Frame) -> bool:
        nonlocal seen
        seen += "R" if frame.rgb[0] > frame.rgb[2] else "B"
        (folder / "live" / "2.jpg").write_bytes(encoded(plain(BLUE)))
        return len(seen) < 3

    camera.watch(look)
    assert seen == "RRB"


def test_the_state_file_pulls_the_cable_in_the_middle(folder: Path) -> None:
    def pull(_frame: Frame) -> bool:
        (folder / "state.json").write_text('{"status": "busy"}')
        return True

    camera = FolderCamera(folder, wait=lambda _s: None)
    with pytest.raises(DeviceProblem) as caught:
        camera.watch(pull)
    assert caught.value.reason is DeviceReason.BUSY
    assert isinstance(camera.status(), Unavailable)


def flipped_while_watched(folder: Path, *words: str, frames: int) -> tuple[str, list[float]]:
    """One letter a frame (R, B, or "." for black) while the state is flipped, a word after each third frame."""
    seen, waits, left = "", list[float](), list(words)

    def look(frame: Frame) -> bool:
        nonlocal seen
        red, blue = frame.rgb[0], frame.rgb[2]
        seen += "." if red == blue == 0 else "R" if red > blue else "B"
        if left and len(seen) % 3 == 0:
            write_state(folder, left.pop(0))
        return len(seen) < frames

    FolderCamera(folder, picture_s=0.1, wait=waits.append).watch(look)
    return seen, waits


def test_the_stream_goes_dark_and_comes_back_when_it_is_flipped(folder: Path) -> None:
    assert flipped_while_watched(folder, "no_picture", "ready", frames=9)[0] == "RBR...RBR"


def test_a_stream_that_stays_dark_is_no_picture(folder: Path) -> None:
    with pytest.raises(DeviceProblem) as caught:
        flipped_while_watched(folder, "no_picture", frames=100)
    assert caught.value.reason is DeviceReason.NO_PICTURE
    assert "dark frames in a row" in caught.value.detail


def test_a_frozen_stream_shows_one_picture_until_it_is_flipped_back(folder: Path) -> None:
    assert flipped_while_watched(folder, "frozen", "frozen", "ready", frames=12)[0] == "RBRBBBBBBBRB"


def test_a_slow_stream_gives_two_pictures_a_second(folder: Path) -> None:
    waits = flipped_while_watched(folder, "slow", "ready", frames=9)[1]
    assert waits == [0.1] * 3 + [0.5] * 3 + [0.1] * 2


def test_a_cable_is_pulled_while_it_is_watched(folder: Path) -> None:
    with pytest.raises(DeviceProblem) as caught:
        flipped_while_watched(folder, "not_connected", frames=9)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
