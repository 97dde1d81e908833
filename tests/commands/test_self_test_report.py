"""Tests of the acceptance test's report in words."""

from dataclasses import fields

import pytest

from commands.self_test import Fault, Outcome, Record, plain
from commands.self_test_figures import figure_words
from commands.self_test_report import fault_words, reason_of_skip, report_text, step_lines
from devices.picture_measure import PictureFigures
from devices.target_measure import TargetFigures
from kiosk.device_checks import CameraFigures, CardFigures, HandScanFigures, ScanFigures
from kiosk.ports import DeviceReason


@pytest.mark.parametrize("fault", [*Fault, *DeviceReason])
def test_every_fault_has_words(fault: str) -> None:
    assert fault_words(fault) != fault
    assert " " in fault_words(fault)


@pytest.mark.parametrize(
    "kind", [CameraFigures, CardFigures, HandScanFigures, PictureFigures, ScanFigures, TargetFigures]
)
def test_every_figure_has_a_name(kind: type) -> None:
    assert [field.name for field in fields(kind) if figure_words(field.name) == field.name] == []


def test_a_persons_own_reason_stays_as_it_was_typed() -> None:
    assert reason_of_skip("no_stick") == "chưa cắm USB"
    assert reason_of_skip("máy đang sửa") == "máy đang sửa"


def test_figures_are_told_in_words() -> None:
    figures = {"frames": 12, "card": {"read": 3, "first_read_s": None}, "colours": ["red"], "seen_good": True}
    lines = step_lines("Máy ảnh", plain(Record(Outcome.PASSED, needed=True, figures=figures)))
    assert lines == [
        "Máy ảnh: đạt",
        "  Số hình đã xem: 12",
        "  Số hình đọc được mã thẻ: 3",
        "  Đọc được lần đầu sau (giây): –",
        "  Màu nhận đúng: red",
        "  Người kiểm tra thấy tốt: có",
    ]


def test_the_report_says_result_place_and_time() -> None:
    record = plain(Record(Outcome.FAILED, needed=True, faults=("jam",)))
    report = {"at": "2026-11-16T01:00:00+00:00", "attended": True, "passed": False, "steps": {"scanner": record}}
    text = report_text(report, "Bộ phận Một cửa xã Mẫu", {"scanner": "Máy quét"})
    assert "Kết quả: CHƯA ĐẠT" in text
    assert "16/11/2026" in text
    assert "Máy quét: CHƯA ĐẠT\n  ! Kẹt giấy. Gỡ giấy ra." in text
    assert "không có người đứng cạnh" not in text
