"""`kiosk enrol URL CODE`: make this machine known to a portal and pin the portal's keys."""

import argparse
import platform
import sys

from commands.place import Place, add_place_options, place_of, problem_words
from commands.queue_listing import condition_words
from commands.wall_clock import WallClock
from kiosk.audit import AuditEvent
from kiosk.errors import ConfigProblem, KioskError
from kiosk.outbox import UNSENT, Held, Refused, State, TryLater
from kiosk.receipt import ProblemType
from kiosk.store import Store
from kiosk.texts import _
from sync.enrolment import Enrolled, enrol, save_enrolment
from sync.server_time import ServerTime
from sync.transport import Transport

FAILED = 1
WRONG_SETTINGS = 2


def run(argv: list[str]) -> int:
    """0: enrolled; 1: not; 2: wrong settings or address."""
    parser = argparse.ArgumentParser(prog="kiosk enrol", description="make this machine known to a portal")
    parser.add_argument("url", metavar="URL", help="the portal's address, https://…")
    parser.add_argument("code", metavar="CODE", help="the one-time code that the portal's operator gave")
    parser.add_argument("--name", default=platform.node(), help="what the portal's operator calls this machine")
    parser.add_argument("--test", action="store_true", help="allow a test portal: what is sent to it is not filed")
    add_place_options(parser)
    arguments = parser.parse_args(argv)
    try:
        place = place_of(arguments)
        with place.open_store() as store:
            return _enrol(arguments, place, store)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _enrol(arguments: argparse.Namespace, place: Place, store: Store) -> int:
    waiting = sum(entry.state in UNSENT | {State.PARKED} for entry in store.entries())
    if waiting:
        # They carry the kiosk's name of now, under which a portal that knows it by another would refuse them.
        print(_("Còn {count} hồ sơ chưa gửi xong nên chưa đăng ký lại được.").format(count=waiting), file=sys.stderr)
        return FAILED
    clock = WallClock()
    transport = Transport(arguments.url, ServerTime(clock), place.settings.portal_ca)
    try:
        result = enrol(transport, arguments.code, place.keys(), arguments.name, test_allowed=arguments.test)
    finally:
        transport.close()
    if not isinstance(result, Enrolled):
        print(_("Chưa đăng ký được: {reason}.").format(reason=_reason(result)), file=sys.stderr)
        return FAILED
    save_enrolment(store, result)
    store.record_event(AuditEvent.ENROLLED, None, clock.now())
    _tell(result)
    return 0


def _reason(result: Refused | TryLater | Held) -> str:
    match result:
        case Held(condition):
            return condition_words(condition)
        case Refused(ProblemType.ENROL_CODE):
            return _("mã đăng ký sai, đã dùng hoặc hết hạn; hãy xin mã mới")
        case Refused(reason) | TryLater(reason):
            return _("cổng trả lời không dùng được ({reason}); hãy thử lại sau").format(reason=reason)


def _tell(enrolled: Enrolled) -> None:
    enrolment = enrolled.enrolment
    print(_("Đã đăng ký với {url}").format(url=enrolled.portal_url))
    print(
        _("Nơi nhận: {office} – {agency} ({code})").format(
            office=enrolment.office_name, agency=enrolment.agency.name, code=enrolment.agency.code
        )
    )
    print(_("Mã máy: {kiosk_id}").format(kiosk_id=enrolment.kiosk_id))
    if enrolment.test:
        print(_("BẢN THỬ: hồ sơ gửi tới cổng này không có giá trị."))
