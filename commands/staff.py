"""`kiosk staff add|list|remove`: who of the staff has a PIN, told to the running kiosk, or to the store itself."""

import argparse
import sys
from datetime import datetime
from typing import Any

from commands.badge_making import typed_pin
from commands.local_socket import ask
from commands.place import Place, add_place_options, place_of, problem_words
from commands.staff_answers import ADD_STAFF, LIST_STAFF, REMOVE_STAFF, staff_answers
from commands.wall_clock import WallClock
from kiosk.dates import format_moment
from kiosk.errors import ConfigProblem, KioskError
from kiosk.staff import NAME_MAX_LENGTH, PIN_MAX_DIGITS, PIN_MIN_DIGITS, StaffRefusal, canonical_name
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2
ANSWER_TIMEOUT_S = 30.0


def run(argv: list[str]) -> int:
    """0: done; 1: not, with a sentence that says why; 2: wrong settings."""
    parser = argparse.ArgumentParser(prog="kiosk staff", description="the PINs of the staff at this counter")
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="give somebody a PIN, or another one (asked twice; a script pipes one line)")
    remove = actions.add_parser("remove", help="take somebody's PIN away")
    shown = actions.add_parser("list", help="who has a PIN, and since when")
    for action in (add, remove):
        action.add_argument("name", metavar="NAME", help="as it stands in the log of who looked at what")
    for action in (add, remove, shown):
        add_place_options(action)
    arguments = parser.parse_args(argv)
    try:
        place = place_of(arguments)
        match arguments.action:
            case "add":
                return _add(place, arguments.name)
            case "remove":
                return _remove(place, arguments.name)
            case _:
                return _list(place)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _add(place: Place, name: str) -> int:
    pin = typed_pin()
    if pin is None:
        print(_("Hai lần gõ mã PIN không giống nhau."), file=sys.stderr)
        return FAILED
    refusal = _answer(place, ADD_STAFF, member=name, pin=pin)["refusal"]
    if refusal is not None:
        print(_refusal_words(StaffRefusal(refusal)), file=sys.stderr)
        return FAILED
    print(_("{name} đã có mã PIN.").format(name=canonical_name(name)))
    return 0


def _remove(place: Place, name: str) -> int:
    if not _answer(place, REMOVE_STAFF, member=name)["removed"]:
        print(_("Không có ai tên {name} có mã PIN. Xem: kiosk staff list").format(name=name), file=sys.stderr)
        return FAILED
    print(_("Đã thu mã PIN của {name}.").format(name=canonical_name(name)))
    return 0


def _list(place: Place) -> int:
    members = _answer(place, LIST_STAFF)["members"]
    for member in members:
        since = format_moment(datetime.fromisoformat(member["added_at"]))
        print(_("{name}: có mã PIN từ {since}").format(name=member["name"], since=since))
    if not members:
        print(_("Chưa ai có mã PIN. Đặt mã: kiosk staff add TÊN"))
    return 0


def _answer(place: Place, question: str, **words: str) -> dict[str, Any]:
    """The running kiosk's answer, else that of the store. Raises NoAnswer and what opening the store raises."""
    answer = ask(place.settings.data_folder, question, ANSWER_TIMEOUT_S, **words)
    if answer is None:
        with place.open_store() as store:
            answer = staff_answers(store, WallClock())[question](**words)
    return answer


def _refusal_words(refusal: StaffRefusal) -> str:
    match refusal:
        case StaffRefusal.NAME:
            return _("Tên cần có từ 1 đến {count} chữ.").format(count=NAME_MAX_LENGTH)
        case StaffRefusal.LENGTH:
            return _("Mã PIN cần có từ {least} đến {most} chữ số.").format(least=PIN_MIN_DIGITS, most=PIN_MAX_DIGITS)
        case StaffRefusal.EASY:
            return _("Mã PIN này không dùng được vì dễ đoán hoặc đã có người dùng. Hãy chọn mã khác.")
