"""Which PINs are too easy to keep strangers out."""

import pytest

from kiosk.staff import is_easy


@pytest.mark.parametrize(
    "pin",
    ["000000", "123456", "654321", "012345", "890123", "246802", "121212", "111222", "123123", "12121212", "27182718"],
)
def test_pins_that_people_try_first_are_easy(pin: str) -> None:
    assert is_easy(pin)


@pytest.mark.parametrize("pin", ["271829", "100387", "909817", "31415926"])
def test_other_pins_are_not(pin: str) -> None:
    assert not is_easy(pin)
