"""`kiosk queue withdraw SLIP_CODE`: the citizen wants a dossier back."""

import sys

from commands.local_socket import WITHDRAW_DOSSIER, ask
from commands.place import Place
from commands.wall_clock import WallClock
from commands.withdrawing import Withdrawing, withdraw
from kiosk.ids import format_slip_code, parse_slip_code
from kiosk.texts import _

FAILED = 1
_YES = frozenset({"có", "co", "c", "yes", "y"})


def withdraw_by_code(place: Place, typed: str, *, sure: bool) -> int:
    """0: it is withdrawn, or will be once the portal knows; 1: it is not. Raises KioskError."""
    code = parse_slip_code(typed)
    if code is None:
        print(_("Mã phiếu {code} không đúng; hãy xem lại từng chữ.").format(code=typed), file=sys.stderr)
        return FAILED
    shown = format_slip_code(code)
    if not sure and not _is_sure(shown):
        print(_("Chưa rút. Để rút mà không hỏi lại, hãy thêm --yes."), file=sys.stderr)
        return FAILED
    answer = ask(place.settings.data_folder, WITHDRAW_DOSSIER, slip_code=code)
    result = Withdrawing(answer["result"]) if answer is not None else _in_store(place, code)
    print(withdraw_words(result).format(code=shown))
    return 0 if result in {Withdrawing.WITHDRAWN, Withdrawing.WANTED} else FAILED


def withdraw_words(result: Withdrawing) -> str:
    """What became of the wish, for the staff; with a place for the code."""
    match result:
        case Withdrawing.WITHDRAWN:
            return _("Hồ sơ {code} đã được rút. Giấy tờ của hồ sơ này trên máy đã bị xóa.")
        case Withdrawing.WANTED:
            return _(
                "Đã ghi nhận việc rút hồ sơ {code}. Máy không gửi hồ sơ này nữa và báo cho cổng;"
                " khi cổng xác nhận, giấy tờ trên máy sẽ bị xóa. Xem: kiosk queue list"
            )
        case Withdrawing.TOO_LATE:
            return _("Hồ sơ {code} đã ở cổng và không còn trên máy. Xin rút hồ sơ tại cơ quan tiếp nhận.")
        case Withdrawing.UNKNOWN:
            return _("Máy này không có hồ sơ nào mang mã phiếu {code}.")


def _is_sure(code: str) -> bool:
    """Asked of a person; nobody at the terminal is no."""
    if not sys.stdin.isatty():
        return False
    question = _("Rút hồ sơ {code}? Giấy tờ trên máy sẽ bị xóa, không lấy lại được. Gõ “có” để rút: ")
    return input(question.format(code=code)).strip().lower() in _YES


def _in_store(place: Place, code: str) -> Withdrawing:
    if not place.has_store():
        return Withdrawing.UNKNOWN
    with place.open_store() as store:
        return withdraw(store, code, WallClock().now())
