"""`kiosk devices`: which devices are there and how they are, asked of the devices themselves."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands.app_folder import default_data_folder
from commands.device_states import device_states
from commands.local_socket import LIST_DEVICES, ask
from commands.place import problem_words
from commands.self_command import self_command
from commands.self_test import Bench, self_test
from commands.wall_clock import WallClock
from devices.code_reader import ZxingCodeReader
from devices.pages import PicturePages
from devices.registry import make_camera, make_page_printer, make_printer, make_scanner
from kiosk.config import Settings, load_settings
from kiosk.errors import ConfigProblem, KioskError
from kiosk.ports import Camera, DeviceReason, PagePrinter, Scanner
from kiosk.resources import resource_path
from kiosk.slip import ReceiptPrinter
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2

_ANSWER_TIMEOUT_S = 90.0  # a scanner on the network takes its time


@dataclass(frozen=True, slots=True)
class Devices:
    """The office's devices."""

    camera: Camera
    scanner: Scanner
    printer: ReceiptPrinter
    page_printer: PagePrinter | None


def run(argv: list[str]) -> int:
    """0: every device can be used (and passed its test); 1: one cannot, or is not known; 2: wrong settings."""
    parser = argparse.ArgumentParser(prog="kiosk devices", description="the state of camera, scanner and printer")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--self-test", action="store_true", help="use each device once and write a report")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the self-test's report")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    arguments = parser.parse_args(argv)
    try:
        settings = load_settings(arguments.config, default_data_folder())
        devices = _devices(settings)
        if arguments.self_test:
            return _self_test(devices, arguments.report)
        return _print_states(_states(settings, devices), as_json=arguments.json)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _devices(settings: Settings) -> Devices:
    return Devices(
        make_camera(settings.camera),
        make_scanner(settings.scanner, self_command("sane-worker")),
        make_printer(settings.printer, resource_path("fonts")),
        make_page_printer(settings.page_printer),
    )


def _states(settings: Settings, devices: Devices) -> list[dict[str, Any]]:
    """From the running kiosk, which may have a device open; else from the devices themselves. Raises NoAnswer."""
    answer = ask(settings.data_folder, LIST_DEVICES, _ANSWER_TIMEOUT_S)
    if answer is None:
        answer = device_states(devices.camera, devices.scanner, devices.printer, devices.page_printer)
    states: list[dict[str, Any]] = answer["devices"]
    return states


def _print_states(states: list[dict[str, Any]], *, as_json: bool) -> int:
    labels = {
        "camera": _("Máy ảnh"),
        "scanner": _("Máy quét"),
        "printer": _("Máy in"),
        "page_printer": _("Máy in A4"),
    }
    for state in states:
        if as_json:
            print(json.dumps(state, ensure_ascii=False), flush=True)
        else:
            print(f"{labels[state['device']]}: {state['name']}: {_sentence(state)}", flush=True)
    return FAILED if any(state["status"] == "unavailable" for state in states) else 0


def _sentence(state: dict[str, Any]) -> str:
    """For the staff of the office: what it is, and what to do."""
    if state["reason"] is None:
        return _("dùng được")
    sentences = {
        DeviceReason.NOT_CONNECTED: _("không thấy thiết bị; kiểm tra dây, nguồn điện và cấu hình"),
        DeviceReason.NO_DRIVER: _("thiếu trình điều khiển; xem chi tiết"),
        DeviceReason.BUSY: _("đang bận; một chương trình khác đang dùng"),
        DeviceReason.JAM: _("kẹt giấy; gỡ giấy ra"),
        DeviceReason.COVER_OPEN: _("nắp đang mở; đậy nắp lại"),
        DeviceReason.PAPER_OUT: _("hết giấy; thêm giấy"),
        DeviceReason.PAPER_LOW: _("sắp hết giấy; chuẩn bị giấy mới"),
        DeviceReason.INK_OUT: _("hết mực; thay mực"),
        DeviceReason.INK_LOW: _("sắp hết mực; chuẩn bị mực mới"),
        DeviceReason.FEEDER_EMPTY: _("khay nạp chưa có giấy"),
        DeviceReason.NO_PICTURE: _("không có hình; xem ống kính có bị che không"),
        DeviceReason.TIMEOUT: _("không trả lời; tắt rồi bật lại thiết bị"),
    }
    text = sentences.get(state["reason"], _("hỏng; xem chi tiết"))
    return f"{text} ({state['detail']})" if state["detail"] else text


def _self_test(devices: Devices, file: Path | None) -> int:
    clock = WallClock()
    bench = Bench(devices.camera, ZxingCodeReader(), devices.scanner, PicturePages(), devices.printer, clock, _ask)
    report = self_test(bench)
    path = file or Path(f"device-report-{clock.now():%Y%m%d-%H%M%S}.json")
    text = json.dumps(report, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    print(text)
    print(_("Đã ghi báo cáo vào {file}").format(file=path))
    return 0 if report["passed"] else FAILED


def _ask(sentence: str) -> None:
    """Ask the person at the keyboard; without one the test goes on by itself."""
    if sys.stdin.isatty():
        input(sentence + " ")
