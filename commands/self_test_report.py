"""The acceptance test's report in words: what a step's record says, and the page that is kept beside the JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commands.self_test import Fault, Outcome
from commands.self_test_figures import figure_words
from kiosk.counter_devices import DeviceKind
from kiosk.dates import format_moment
from kiosk.ports import DeviceReason
from kiosk.texts import _
from ui.device_words import reason_words


def report_text(report: Mapping[str, Any], office: str, titles: Mapping[str, str]) -> str:
    """The report for a person: the result, then each step with its figures. `titles` are those of the steps."""
    passed = _("ĐẠT") if report["passed"] else _("CHƯA ĐẠT")
    head = [
        _("BÁO CÁO KIỂM TRA MÁY"),
        office,
        _("Ngày giờ: {moment}").format(moment=format_moment(datetime.fromisoformat(report["at"]))),
        _("Kết quả: {result}").format(result=passed),
    ]
    if not report["attended"]:
        head.append(_("Máy tự kiểm tra, không có người đứng cạnh."))
    steps = [line for key, step in report["steps"].items() for line in ("", *step_lines(titles[key], step))]
    return "\n".join([*head, *steps, "", _("Người kiểm tra: ……………………………………"), ""])


def step_lines(title: str, step: Mapping[str, Any]) -> list[str]:
    """One step: its outcome, what is wrong, its figures."""
    outcome = {
        Outcome.PASSED: _("đạt"),
        Outcome.FAILED: _("CHƯA ĐẠT"),
        Outcome.SKIPPED: _("bỏ qua"),
    }[Outcome(step["outcome"])]
    lines = [f"{title}: {outcome}"]
    if step["reason"]:
        lines.append("  " + _("Lý do: {reason}").format(reason=reason_of_skip(step["reason"])))
    lines += [f"  ! {fault_words(fault)}" for fault in step["faults"]]
    return lines + [f"  {line}" for line in _figure_lines(step["figures"])]


def _figure_lines(figures: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            lines += _figure_lines(value)
        else:
            lines.append(f"{figure_words(name)}: {_value_words(value)}")
    return lines


def _value_words(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return _("có") if value else _("không")
        case list() | tuple():
            return ", ".join(map(str, value)) or "–"
    return str(value)


def reason_of_skip(reason: str) -> str:
    """Why a step was skipped: the program's own reasons in words, a person's as they were typed."""
    words = {
        "unattended": _("không có người đứng cạnh máy"),
        "no_stick": _("chưa cắm USB"),
        "no_target": _("không có tờ chuẩn trong hình"),
        "not_enrolled": _("máy chưa đăng ký với cổng"),
        "kiosk_does_not_answer": _("phần mềm đang chạy nhưng không trả lời"),
    }
    return words.get(reason, reason)


def fault_words(fault: str) -> str:
    """What is wrong, and what to try."""
    if fault in set(DeviceReason):
        state, advice = reason_words(DeviceKind.SCANNER, DeviceReason(fault))
        return f"{state}. {advice}".strip()
    return {
        Fault.CODE_NOT_READ: _("Không đọc được mã trên thẻ mẫu. Lau ống kính, đưa thẻ gần hơn, thêm ánh sáng."),
        Fault.DARK: _("Hình quá tối. Thêm ánh sáng."),
        Fault.NO_TARGET: _("Không thấy đủ bốn dấu góc của tờ chuẩn. Đặt tờ chuẩn nằm trọn trong khung."),
        Fault.UNSTEADY: _("Hình tờ giấy bị rung. Gắn chắc máy ảnh."),
        Fault.COARSE: _("Hình tờ giấy chưa đủ nét. Hạ máy ảnh xuống hoặc dùng máy ảnh nét hơn."),
        Fault.WRONG_DPI: _("Kích thước quét sai quá 1 %. Kiểm tra tờ chuẩn in đúng cỡ thật, rồi máy quét."),
        Fault.COLOURS: _("Có màu bị nhận sai. Kiểm tra mực của tờ chuẩn, rồi cấu hình màu của máy quét."),
        Fault.ONE_SIDE: _("Khay nạp chưa quét đủ hai mặt."),
        Fault.BAD_PRINT: _("Bản in chưa tốt."),
        Fault.LITTLE_SPACE: _("Ổ đĩa sắp đầy."),
        Fault.PORTAL_SILENT: _("Không kết nối được với cổng."),
        Fault.CLOCK_WRONG: _("Đồng hồ của máy lệch quá 1 phút so với cổng."),
    }[Fault(fault)]
