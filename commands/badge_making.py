"""What `kiosk helper` and `kiosk portal helper` have in common: what is asked for a badge, refused, and printed."""

import argparse
import getpass
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

from commands.self_command import self_command
from devices.badge_pdf import BadgePdf
from kiosk.badge_card import badge_card
from kiosk.badges import (
    NAME_MAX_LENGTH,
    PHONES_AT_MOST,
    PIN_MAX_DIGITS,
    PIN_MIN_DIGITS,
    UNIT_MAX_LENGTH,
    MadeBadge,
    NewBadgeRefusal,
    NewHelper,
    random_pin,
)
from kiosk.dates import VIETNAM, format_day, parse_iso, parse_typed
from kiosk.durable_file import write_durably
from kiosk.resources import resource_path
from kiosk.texts import _

GOOD_FOR = timedelta(days=90)  # a campaign; a badge that is forgotten in a drawer ends by itself


def add_helper_options(parser: argparse.ArgumentParser) -> None:
    """Who is to have a badge."""
    parser.add_argument("name", metavar="NAME", help="as citizens read it")
    parser.add_argument("--unit", required=True, help="whom the helper belongs to, such as the youth union of the ward")
    parser.add_argument(
        "--phone", action="append", default=[], help="the helper's own number: never taken as a citizen's; repeatable"
    )
    parser.add_argument("--until", type=_day, metavar="DD/MM/YYYY", help="the badge's last day; default: in 90 days")
    parser.add_argument("--again", action="store_true", help="another person than the one of the same name and unit")


def new_helper(arguments: argparse.Namespace, now: datetime) -> NewHelper:
    """Who these options name."""
    last_day = arguments.until or (now + GOOD_FOR).astimezone(VIETNAM)
    midnight = datetime.combine(last_day, time.min, VIETNAM) + timedelta(days=1)
    return NewHelper(arguments.name, arguments.unit, tuple(arguments.phone), midnight, arguments.again)


def typed_pin() -> str | None:
    """What is typed without echo, None when it is typed twice and not alike; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    pin = getpass.getpass(_("Mã PIN: "))
    return pin if getpass.getpass(_("Gõ lại mã PIN: ")) == pin else None


def add_pin_option(parser: argparse.ArgumentParser) -> None:
    """How the badge gets its PIN."""
    parser.add_argument(
        "--random-pin", action="store_true", help="show a random PIN once, where the helper cannot come to type one"
    )


def badge_pin(arguments: argparse.Namespace) -> str | None:
    """The PIN of a badge, which its holder types; None, with a sentence, when it was typed twice and not alike."""
    if arguments.random_pin:
        return random_pin()
    if sys.stdin.isatty():
        words = _("Mời người hỗ trợ tự gõ mã PIN của mình ({least} đến {most} chữ số).")
        print(words.format(least=PIN_MIN_DIGITS, most=PIN_MAX_DIGITS), file=sys.stderr)
    pin = typed_pin()
    if pin is None:
        print(_("Hai lần gõ mã PIN không giống nhau."), file=sys.stderr)
    return pin


def show_pin(arguments: argparse.Namespace, pin: str) -> None:
    """The PIN of a badge that was made, where nobody knows it yet."""
    if arguments.random_pin:
        print(_("Mã PIN: {pin} (chỉ hiện một lần này; đưa riêng cho người hỗ trợ)").format(pin=pin))


def badge_pdf(made: MadeBadge, *, demo: bool) -> bytes:
    """The badge as PDF. Raises DeviceProblem."""
    writer = BadgePdf(self_command("typst-worker"), resource_path("declarations"), resource_path("fonts"))
    return writer.render(badge_card(made, demo=demo))


def keep_badge(made: MadeBadge, out: Path | None, *, demo: bool) -> None:
    """Write the badge to a file that only its owner reads, and say where. Raises DeviceProblem, OSError."""
    path = out or Path(f"{made.helper.code}.pdf")
    write_durably(path, badge_pdf(made, demo=demo))
    words = _("Thẻ {code} dùng đến hết ngày {day}: {path}")
    print(words.format(code=made.helper.code, day=format_day(made.last_day), path=path))
    print(_("In xong hãy xóa tệp này: ai có tệp là có thẻ."), file=sys.stderr)


def refusal_words(refusal: NewBadgeRefusal) -> str:
    """Why there is no badge."""
    match refusal:
        case NewBadgeRefusal.NAME:
            return _("Tên cần có từ 1 đến {count} chữ.").format(count=NAME_MAX_LENGTH)
        case NewBadgeRefusal.UNIT:
            return _("Tên đơn vị cần có từ 1 đến {count} chữ.").format(count=UNIT_MAX_LENGTH)
        case NewBadgeRefusal.PHONE:
            return _("Số điện thoại chưa đúng, hoặc nhiều hơn {count} số.").format(count=PHONES_AT_MOST)
        case NewBadgeRefusal.PIN_LENGTH:
            return _("Mã PIN cần có từ {least} đến {most} chữ số.").format(least=PIN_MIN_DIGITS, most=PIN_MAX_DIGITS)
        case NewBadgeRefusal.PIN_EASY:
            return _("Mã PIN này dễ đoán. Hãy chọn mã khác, không dùng năm sinh.")
        case NewBadgeRefusal.TWICE:
            return _("Người này đã có thẻ. Nếu là người khác trùng tên và đơn vị, hãy thêm --again.")
        case NewBadgeRefusal.UNTIL:
            return _("Ngày hết hạn đã qua. Hãy chọn --until khác.")
        case NewBadgeRefusal.OVER:
            return _("Thẻ này đã hết hạn. Hãy cấp thẻ mới bằng lệnh add.")
        case NewBadgeRefusal.UNKNOWN:
            return _("Không có thẻ nào mang mã này mà nơi đây cấp lại được.")


def _day(text: str) -> datetime:
    parts = text.split("/")
    found = parse_typed(parts[0], parts[1], parts[2]) if len(parts) == 3 else parse_iso(text)
    if found is None or found.earliest != found.latest:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 31/12/2026")
    return datetime.combine(found.earliest, time.min)
