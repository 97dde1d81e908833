"""`kiosk portal helper add|list|revoke|badge`: the helpers of the agencies, whom kiosks know from the next roster."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from commands.badge_making import (
    add_helper_options,
    add_pin_option,
    badge_pin,
    keep_badge,
    new_helper,
    refusal_words,
    show_pin,
)
from commands.portal_options import settings_of
from kiosk.badges import MadeBadge, NewBadgeRefusal
from kiosk.dates import format_day, vietnam_day
from kiosk.ports import DeviceProblem
from kiosk.texts import _
from portal import badges
from portal.badges import ListedHelper
from portal.instants import utc_now
from portal.opening import Portal, open_portal

DONE = 0
FAILED = 1
REFUSED = 2


def add_helper_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", places: argparse.ArgumentParser
) -> None:
    """Add the commands to those of `kiosk portal`."""
    actions = commands.add_parser("helper", help="the helpers' badges").add_subparsers(required=True)

    def action(name: str, words: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, parents=[places], help=words)
        parser.set_defaults(act=act)
        return parser

    add = action("add", "make a badge for a helper of an agency (the PIN is asked twice, or comes from a pipe)", _add)
    add_helper_options(add)
    add.add_argument("--agency", required=True, metavar="CODE", help="the agency whose kiosks know the badge")
    badge = action("badge", "make another badge with a PIN: the one before is worth nothing then", _renew)
    revoke = action("revoke", "take a badge away for good", _revoke)
    for parser in (badge, revoke):
        parser.add_argument("code", metavar="CODE", help="as it stands on the badge")
    for parser in (add, badge):
        add_pin_option(parser)
        parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="where the badge goes; default: CODE.pdf here")
    shown = action("list", "who has a badge, and until when", _list)
    shown.add_argument("--agency", default="", metavar="CODE", help="of that agency alone")


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Portal]:
    portal = open_portal(settings_of(arguments), utc_now)
    try:
        yield portal
    finally:
        portal.database.close()


def _add(arguments: argparse.Namespace) -> int:
    pin = badge_pin(arguments)
    if pin is None:
        return REFUSED
    with _opened(arguments) as portal:
        made = badges.add(portal, arguments.agency, new_helper(arguments, portal.now()), pin)
        if made is NewBadgeRefusal.UNKNOWN:
            words = _("Cơ quan {code} chưa có máy nào và chưa có mã đăng ký. Xem: kiosk portal kiosks")
            print(words.format(code=arguments.agency), file=sys.stderr)
            return REFUSED
        return _hand_over(made, arguments, pin, demo=portal.test)


def _renew(arguments: argparse.Namespace) -> int:
    pin = badge_pin(arguments)
    if pin is None:
        return REFUSED
    with _opened(arguments) as portal:
        return _hand_over(badges.renew(portal, arguments.code, pin), arguments, pin, demo=portal.test)


def _hand_over(made: MadeBadge | NewBadgeRefusal, arguments: argparse.Namespace, pin: str, *, demo: bool) -> int:
    if isinstance(made, NewBadgeRefusal):
        print(refusal_words(made), file=sys.stderr)
        return REFUSED
    show_pin(arguments, pin)
    try:
        keep_badge(made, arguments.out, demo=demo)
    except (DeviceProblem, OSError) as error:
        words = _("Thẻ {code} đã có nhưng chưa ghi được ra tệp ({reason}). Làm lại: kiosk portal helper badge {code}")
        print(words.format(code=made.helper.code, reason=error), file=sys.stderr)
        return FAILED
    print(_("Các máy của cơ quan biết thẻ này trong vòng một giờ, khi có mạng."), file=sys.stderr)
    return DONE


def _revoke(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal:
        if not badges.revoke(portal, arguments.code):
            words = _("Không có thẻ {code} còn dùng được. Xem: kiosk portal helper list")
            print(words.format(code=arguments.code), file=sys.stderr)
            return REFUSED
    words = _("Đã thu hồi thẻ {code}. Các máy của cơ quan biết trong vòng một giờ, khi có mạng.")
    print(words.format(code=arguments.code))
    return DONE


def _list(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal:
        now, helpers = portal.now(), badges.listed(portal, arguments.agency)
    for each in helpers:
        last_day = format_day(vietnam_day(each.valid_until - timedelta(seconds=1)))
        state = _("hết hạn") if each.valid_until <= now else _("đang dùng")
        print("  ".join(_cells(each, last_day, _("đã thu hồi") if each.revoked else state)))
    if not helpers:
        print(_("Chưa ai có thẻ hỗ trợ."))
    return DONE


def _cells(each: ListedHelper, last_day: str, state: str) -> tuple[str, ...]:
    return (each.helper.code, each.agency_code, each.helper.name, each.helper.unit, last_day, state)
