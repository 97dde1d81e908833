"""Each state that a citizen can meet has a sentence of its own: what happened, what is safe, what to do."""

import pytest

from kiosk.capture import FileProblem
from kiosk.errors import DiskFull, KioskError
from kiosk.filing import NotReady
from kiosk.ports import Attention, DeviceProblem, DeviceReason, Ready, Unavailable
from ui.sentences import (
    camera_sentence,
    file_sentence,
    health_lines,
    not_ready_sentence,
    page_printer_sentence,
    printer_sentence,
    problem_sentence,
    scanner_sentence,
    stick_sentence,
    strip_printer_sentence,
)

PRINTER_OUT = Unavailable(DeviceReason.PAPER_OUT)


@pytest.mark.parametrize("reason", DeviceReason)
def test_a_device_that_fails_leaves_a_way_on(reason: DeviceReason) -> None:
    assert "Tự gõ thông tin" in camera_sentence(reason)
    assert any(words in scanner_sentence(reason) for words in ("quét tiếp", "quét lại", "hỗ trợ", "vẫn còn"))
    assert "Hồ sơ vẫn an toàn" in printer_sentence(reason)
    for sentence in (page_printer_sentence, strip_printer_sentence):
        assert "bấm in lại" in sentence(DeviceProblem(reason))


@pytest.mark.parametrize("reason", FileProblem)
def test_each_reason_not_to_take_a_file_is_its_own_and_leaves_a_way_on(reason: FileProblem) -> None:
    others = {file_sentence(other) for other in FileProblem if other is not reason}
    assert file_sentence(reason) not in others
    assert "bản giấy" in file_sentence(reason) or "cắm lại USB" in file_sentence(reason)


def test_a_stick_that_is_not_there_or_fails_says_what_to_do() -> None:
    said = {stick_sentence(reason) for reason in DeviceReason}
    assert len(said) == 3
    assert "cắm USB" in stick_sentence(DeviceReason.NOT_CONNECTED)


@pytest.mark.parametrize("reason", NotReady)
def test_each_reason_not_to_serve_is_its_own(reason: NotReady) -> None:
    others = {not_ready_sentence(other)[1] for other in NotReady if other is not reason}
    assert not_ready_sentence(reason)[1] not in others


def test_an_error_never_speaks_for_itself() -> None:
    secret = "NGUYỄN VĂN MẪU"
    errors = (DiskFull(secret), DeviceProblem(DeviceReason.FAILED, secret), KioskError(secret), ValueError(secret))
    sentences = [problem_sentence(error) for error in errors]
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert secret not in sentence
        assert "vẫn còn" in sentence


def test_health_is_silent_when_all_is_well() -> None:
    assert health_lines(Ready(), Ready(), Ready()) == ()
    assert health_lines(Ready(), Ready(), Attention(DeviceReason.PAPER_LOW)) == ("Máy in sắp hết giấy.",)
    assert len(health_lines(PRINTER_OUT, PRINTER_OUT, PRINTER_OUT)) == 3
