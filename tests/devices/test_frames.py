"""Tests of devices.frames."""

import numpy as np
import pytest

from devices.frames import DarkWatch, frame_from_bgr, is_dark, rgb_pixels
from devices.pictures import to_frame
from kiosk.ports import DeviceProblem, DeviceReason
from tests.devices.pictures_made import BLACK, RED, plain


def test_opencvs_colours_are_put_in_order() -> None:
    frame = frame_from_bgr(np.full((2, 3, 3), (1, 2, 3), np.uint8))
    assert (frame.width_px, frame.height_px) == (3, 2)
    assert frame.rgb == bytes((3, 2, 1)) * 6
    assert rgb_pixels(frame).shape == (2, 3, 3)


@pytest.mark.parametrize(("level", "dark"), [(0, True), (6, True), (25, False), (200, False)])
def test_darkness_is_seen(level: int, dark: bool) -> None:
    assert is_dark(to_frame(plain((level, level, level)))) is dark


def test_some_dark_frames_are_a_camera_that_wakes() -> None:
    watch = DarkWatch(limit=3)
    for _round in range(5):
        for colour in (BLACK, BLACK, BLACK, RED):
            watch.check(to_frame(plain(colour)))


def test_many_dark_frames_are_no_picture() -> None:
    watch = DarkWatch(limit=3)
    for _frame in range(3):
        watch.check(to_frame(plain(BLACK)))
    with pytest.raises(DeviceProblem) as caught:
        watch.check(to_frame(plain(BLACK)))
    assert caught.value.reason is DeviceReason.NO_PICTURE
