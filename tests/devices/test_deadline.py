"""Tests of devices.deadline."""

import threading

import pytest

from devices.deadline import within
from kiosk.ports import DeviceProblem, DeviceReason


def test_it_gives_what_the_work_gives() -> None:
    assert within(5, lambda: 7, "counting") == 7


def test_it_raises_what_the_work_raises() -> None:
    def fail() -> None:
        raise DeviceProblem(DeviceReason.JAM)

    with pytest.raises(DeviceProblem, match="jam"):
        within(5, fail, "failing")


def test_work_that_hangs_is_a_timeout() -> None:
    release = threading.Event()
    try:
        with pytest.raises(DeviceProblem) as caught:
            within(0.05, release.wait, "hanging")
    finally:
        release.set()
    assert caught.value.reason is DeviceReason.TIMEOUT
    assert "hanging" in caught.value.detail
