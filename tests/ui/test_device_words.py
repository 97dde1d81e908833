"""Tests of ui.device_words: every kind has a name, every state words and something to do."""

import pytest

from kiosk.counter_devices import DeviceKind
from kiosk.ports import Attention, DeviceReason, Ready
from ui.device_words import kind_words, reason_words, state_words


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind_words(kind) for kind in DeviceKind}) == len(DeviceKind)


@pytest.mark.parametrize("reason", [reason for reason in DeviceReason if reason is not DeviceReason.CANCELLED])
def test_every_fault_says_what_to_do(reason: DeviceReason) -> None:
    state, advice = reason_words(DeviceKind.SCANNER, reason)
    assert state[0].isupper()
    assert advice.endswith(".")


def test_what_is_well_asks_for_nothing() -> None:
    assert state_words(DeviceKind.CAMERA, Ready()) == ("Dùng được", "")
    assert state_words(DeviceKind.PRINTER, Attention(DeviceReason.PAPER_LOW))[1] == "Chuẩn bị giấy mới."


def test_no_stick_and_no_reader_are_no_faults() -> None:
    assert reason_words(DeviceKind.FILES, DeviceReason.NOT_CONNECTED)[0] == "Chưa cắm USB"
    assert "Không bắt buộc" in reason_words(DeviceKind.MRZ_READER, DeviceReason.NO_DRIVER)[1]
