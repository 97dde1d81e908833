"""`kiosk devices`: how each device is, asked of the devices; the acceptance test on site; flipping simulated ones."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from commands.acceptance_target import acceptance_target
from commands.demo import demo_settings
from commands.device_states import asked_of, device_states
from commands.local_socket import LIST_DEVICES, SHOW_STANDING, ask
from commands.office_devices import office_devices
from commands.place import Place, add_place_options, place_of, problem_words
from commands.self_test import self_test
from commands.self_test_person import person_here
from commands.self_test_report import report_text
from commands.self_test_steps import steps_of
from commands.simulate import WORDS, simulate
from commands.standing import standing_of, standing_words
from commands.wall_clock import WallClock
from kiosk.config import Settings
from kiosk.counter_devices import DeviceKind
from kiosk.errors import ConfigProblem, KioskError
from kiosk.ports import Attention, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _
from ui.device_words import kind_words, state_words

FAILED = 1
WRONG_SETTINGS = 2

_ANSWER_TIMEOUT_S = 90.0  # the kiosk may be answering somebody else first


def run(argv: list[str]) -> int:
    """0: every device can be used (and passed its test); 1: one cannot, or is not known; 2: wrong settings or words."""
    arguments = _parser().parse_args(argv)
    try:
        if arguments.print_target:
            return _print_target(arguments.print_target)
        place = place_of(arguments)
        settings = demo_settings(place.demo_folder, real_devices=False) if place.demo_folder else place.settings
        if arguments.simulate:
            print(simulate(settings, arguments.simulate))
            return 0
        if arguments.self_test:
            return _self_test(place, settings, arguments.report)
        code = _print_states(_states(settings), as_json=arguments.json)
        if not arguments.json and (standing := _standing(place)):
            print(standing)
        return code
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _parser() -> argparse.ArgumentParser:
    states = "; ".join(f"{device}: {', '.join(words)}" for device, words in WORDS.items())
    parser = argparse.ArgumentParser(prog="kiosk devices", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--self-test", action="store_true", help="use each device once and write a report")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the self-test's report (JSON; its text beside it)")
    parser.add_argument("--print-target", type=Path, metavar="FILE.pdf", help="the target and card of the self-test")
    parser.add_argument("--simulate", metavar="DEVICE=STATE[:PAGES]", help=f"flip a simulated device ({states})")
    add_place_options(parser)
    return parser


def _print_target(file: Path) -> int:
    pdf = acceptance_target()
    try:
        file.write_bytes(pdf)
    except OSError as error:
        print(_("Không ghi được tệp: {error}").format(error=error), file=sys.stderr)
        return FAILED
    print(_("Đã ghi tờ chuẩn và thẻ mẫu vào {file}. In đúng cỡ thật (100 %), một mặt.").format(file=file))
    return 0


def _states(settings: Settings) -> list[dict[str, Any]]:
    """From the running kiosk, which may have a device open; else from the devices themselves. Raises NoAnswer."""
    answer = ask(settings.data_folder, LIST_DEVICES, _ANSWER_TIMEOUT_S)
    if answer is None:
        answer = device_states(asked_of(office_devices(settings)))
    states: list[dict[str, Any]] = answer["devices"]
    return states


def _print_states(states: list[dict[str, Any]], *, as_json: bool) -> int:
    for state in states:
        print(json.dumps(state, ensure_ascii=False) if as_json else _line(state), flush=True)
    return FAILED if any(state["status"] == "unavailable" and state["needed"] for state in states) else 0


def _standing(place: Place) -> str:
    """What the portal calls this kiosk; "" where the store cannot be asked, which is no fault of a device."""
    try:
        answer = ask(place.settings.data_folder, SHOW_STANDING)
        if answer is None and place.has_store():
            with place.open_store() as store:
                answer = standing_of(store)
    except KioskError:
        return ""
    return standing_words(answer or {})


def _line(state: dict[str, Any]) -> str:
    """For the staff of the office: what it is, how it is, and what to do."""
    kind = DeviceKind(state["device"])
    words = ". ".join(filter(None, state_words(kind, _status(state))))
    detail = f" ({state['detail']})" if state["reason"] and state["detail"] else ""
    return f"{kind_words(kind)}: {state['name']}: {words}{detail}"


def _status(state: dict[str, Any]) -> DeviceStatus:
    if state["reason"] is None:
        return Ready(state["detail"])
    kind = Attention if state["status"] == "attention" else Unavailable
    return kind(DeviceReason(state["reason"]), state["detail"])


def _self_test(place: Place, settings: Settings, file: Path | None) -> int:
    clock = WallClock()
    steps = steps_of(office_devices(settings), Place(settings, place.demo_folder), clock)
    report = self_test(steps, person_here(), clock)
    path = file or Path(f"device-report-{clock.now():%Y%m%d-%H%M%S}.json")
    words = report_text(report, settings.office.name, {step.key: step.title for step in steps})
    try:
        path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        path.with_suffix(".txt").write_text(words, encoding="utf-8")
    except OSError as error:
        print(_("Không ghi được tệp: {error}").format(error=error), file=sys.stderr)
        return FAILED
    print(words)
    print(_("Đã ghi báo cáo vào {file} và {text}").format(file=path, text=path.with_suffix(".txt")))
    return 0 if report["passed"] else FAILED
