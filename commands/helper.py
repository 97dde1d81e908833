"""`kiosk helper add|list|revoke|badge`: who has a helper's badge, told to the running kiosk, or to the store itself."""

import argparse
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands.badge_making import (
    add_helper_options,
    add_pin_option,
    badge_pdf,
    badge_pin,
    keep_badge,
    new_helper,
    refusal_words,
    show_pin,
)
from commands.composition import helper_limits
from commands.helper_answers import ADD_HELPER, LIST_HELPERS, RENEW_BADGE, REVOKE_HELPER, badge_of, helper_answers
from commands.local_socket import ask
from commands.place import Place, add_place_options, place_of, problem_words
from commands.wall_clock import WallClock
from devices.registry import make_page_printer
from kiosk.badges import MadeBadge, Origin
from kiosk.dates import format_day, format_moment, vietnam_day
from kiosk.errors import ConfigProblem, KioskError
from kiosk.ports import DeviceProblem, DeviceReason
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2
ANSWER_TIMEOUT_S = 30.0


def run(argv: list[str]) -> int:
    """0: done; 1: not, with a sentence that says why; 2: wrong settings."""
    arguments = _parser().parse_args(argv)
    try:
        place = place_of(arguments)
        if getattr(arguments, "print", False) and place.settings.page_printer.driver == "none":
            print(_("Máy này chưa có máy in trang. Dùng: --out TỆP.pdf"), file=sys.stderr)
            return FAILED
        match arguments.action:
            case "add":
                return _add(place, arguments)
            case "badge":
                return _renew(place, arguments)
            case "revoke":
                return _revoke(place, arguments.code)
            case _:
                return _list(place)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk helper", description="the helpers of this counter and their badges")
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="make a badge for somebody (the PIN is asked twice; a script pipes one line)")
    add_helper_options(add)
    badge = actions.add_parser("badge", help="make another badge with a PIN: the one before is worth nothing then")
    revoke = actions.add_parser("revoke", help="take a badge away, at once and for good")
    shown = actions.add_parser("list", help="who has a badge, until when, and who is on duty")
    for action in (badge, revoke):
        action.add_argument("code", metavar="CODE", help="as it stands on the badge, such as NVM-0231K")
    for action in (add, badge):
        add_pin_option(action)
        way = action.add_mutually_exclusive_group()
        way.add_argument("--out", type=Path, metavar="FILE.pdf", help="where the badge goes; default: CODE.pdf here")
        way.add_argument("--print", action="store_true", help="print it on the page printer of the settings instead")
    for action in (add, badge, revoke, shown):
        add_place_options(action)
    return parser


def _add(place: Place, arguments: argparse.Namespace) -> int:
    pin = badge_pin(arguments)
    if pin is None:
        return FAILED
    new = new_helper(arguments, WallClock().now())
    words = {"who": new.name, "unit": new.unit, "phones": "\n".join(new.phones), "until": new.valid_until.isoformat()}
    answer = _answer(place, ADD_HELPER, **words, again="1" if new.again else "", pin=pin)
    return _hand_over(place, arguments, answer, pin)


def _renew(place: Place, arguments: argparse.Namespace) -> int:
    pin = badge_pin(arguments)
    if pin is None:
        return FAILED
    return _hand_over(place, arguments, _answer(place, RENEW_BADGE, code=arguments.code, pin=pin), pin)


def _hand_over(place: Place, arguments: argparse.Namespace, answer: dict[str, Any], pin: str) -> int:
    """The badge to a file or to the printer: nothing else has its secret."""
    made = badge_of(answer)
    if not isinstance(made, MadeBadge):
        print(refusal_words(made), file=sys.stderr)
        return FAILED
    show_pin(arguments, pin)
    demo = place.demo_folder is not None
    try:
        if arguments.print:
            _print(place, made, demo=demo)
        else:
            keep_badge(made, arguments.out, demo=demo)
    except (DeviceProblem, OSError):
        words = _("Thẻ {code} đã có nhưng chưa in được. Hãy xem máy in hoặc thư mục, rồi: kiosk helper badge {code}")
        print(words.format(code=made.helper.code), file=sys.stderr)
        return FAILED
    return 0


def _print(place: Place, made: MadeBadge, *, demo: bool) -> None:
    printer = make_page_printer(place.settings.page_printer)
    if printer is None:
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, "the settings name no page printer")
    printer.print_pdf(badge_pdf(made, demo=demo), _("Thẻ người hỗ trợ"))
    print(_("Đã in thẻ {code}.").format(code=made.helper.code))


def _revoke(place: Place, code: str) -> int:
    if not _answer(place, REVOKE_HELPER, code=code)["revoked"]:
        print(_("Không có thẻ {code} còn dùng được. Xem: kiosk helper list").format(code=code), file=sys.stderr)
        return FAILED
    print(_("Đã thu hồi thẻ {code}.").format(code=code))
    return 0


def _list(place: Place) -> int:
    answer = _answer(place, LIST_HELPERS)
    for helper in answer["helpers"]:
        print("  ".join(_cells(helper)))
    if not answer["helpers"]:
        print(_("Chưa ai có thẻ hỗ trợ. Cấp thẻ: kiosk helper add TÊN --unit ĐƠN_VỊ"))
    if roster := answer["roster"]:
        confirmed = format_moment(datetime.fromisoformat(roster["confirmed_at"]))
        words = _("Danh sách của cổng tiếp nhận: bản {version}, cổng xác nhận lúc {moment}")
        print(words.format(version=roster["version"], moment=confirmed))
    return 0


def _cells(helper: dict[str, Any]) -> list[str]:
    last_day = format_day(vietnam_day(datetime.fromisoformat(helper["valid_until"]) - timedelta(seconds=1)))
    cells = [helper["code"], helper["name"], helper["unit"], last_day, _state(helper)]
    if helper["origin"] == Origin.ROSTER:
        cells.append(_("do cổng cấp"))
    if helper["on_duty_until"]:
        until = format_moment(datetime.fromisoformat(helper["on_duty_until"]))
        cells.append(_("đang trực đến {moment}").format(moment=until))
    return cells


def _state(helper: dict[str, Any]) -> str:
    if helper["revoked"]:
        return _("đã thu hồi")
    return _("hết hạn") if helper["expired"] else _("đang dùng")


def _answer(place: Place, question: str, **words: str) -> dict[str, Any]:
    """The running kiosk's answer, else that of the store. Raises NoAnswer and what opening the store raises."""
    answer = ask(place.settings.data_folder, question, ANSWER_TIMEOUT_S, **words)
    if answer is None:
        with place.open_store() as store:
            store.helper_desk.limits = helper_limits(place.settings)
            answer = helper_answers(store, WallClock())[question](**words)
    return answer
