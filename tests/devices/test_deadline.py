"""Tests of devices.deadline."""

import threading

import pytest

from devices.deadline import all_within, within
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


def test_all_are_called_at_once_and_one_that_hangs_hides_no_other() -> None:
    release = threading.Event()
    together = threading.Barrier(2, timeout=5)

    def jam() -> int:
        raise DeviceProblem(DeviceReason.JAM)

    try:
        results = all_within(0.3, {"hangs": release.wait, "one": together.wait, "two": together.wait, "jams": jam})
    finally:
        release.set()
    assert {results["one"], results["two"]} == {0, 1}
    reasons = {name: each.reason for name, each in results.items() if isinstance(each, DeviceProblem)}
    assert reasons == {"hangs": DeviceReason.TIMEOUT, "jams": DeviceReason.JAM}


def test_a_fault_of_ours_is_not_taken_for_a_devices() -> None:
    def fail() -> int:
        raise LookupError("ours")

    with pytest.raises(LookupError):
        all_within(5, {"one": fail})
