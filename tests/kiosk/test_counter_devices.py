"""Tests of kiosk.counter_devices."""

from devices.absent import AbsentDevice
from kiosk.counter_devices import CounterDevices, DeviceKind, named_devices


def test_only_what_is_there_is_named_in_the_order_in_which_people_read_it() -> None:
    absent = AbsentDevice()
    few = named_devices(CounterDevices(absent, absent, absent))
    assert list(few) == [DeviceKind.CAMERA, DeviceKind.SCANNER, DeviceKind.PRINTER]
    more = named_devices(CounterDevices(absent, absent, absent, paper_camera=absent))
    assert list(more) == [DeviceKind.CAMERA, DeviceKind.PAPER_CAMERA, DeviceKind.SCANNER, DeviceKind.PRINTER]


def test_what_comes_and_goes_is_not_needed() -> None:
    assert [kind for kind in DeviceKind if not kind.needed] == ["files", "mrz_reader", "print_reader"]
