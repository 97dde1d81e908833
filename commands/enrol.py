"""`kiosk enrol URL CODE`: make this machine known to a portal and pin the portal's keys."""

import argparse
import platform
import sys

from commands.place import Place, add_place_options, place_of, problem_words
from commands.wall_clock import WallClock
from kiosk.dates import VIETNAM
from kiosk.errors import ConfigProblem, KioskError
from kiosk.outbox import Held, QueueCondition, Refused, TryLater
from kiosk.ports import Clock
from kiosk.problem_advice import condition_words
from kiosk.receipt import ProblemType
from kiosk.store import Store
from kiosk.texts import _
from sync.enrolment import Enrolled, enrol
from sync.server_time import ServerTime
from sync.succession import succeed
from sync.transport import Transport
from sync.waiting import Waiting, waiting

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
    clock = WallClock()
    kept = waiting(store)
    transport = Transport(arguments.url, ServerTime(clock), place.settings.portal_ca)
    try:
        result = enrol(
            transport,
            arguments.code,
            place.keys(),
            arguments.name,
            test_allowed=arguments.test,
            store=store,
        )
    finally:
        transport.close()
    if isinstance(result, Refused) and result.reason == ProblemType.ENROL_FOLLOWS:
        return _refuse(_followed_words(kept))
    if not isinstance(result, Enrolled):
        return _refuse(_("Chưa đăng ký được: {reason}.").format(reason=_reason(result, clock)))
    done = succeed(store, result, clock.now())
    if isinstance(done, Waiting):
        return _refuse(_followed_words(done))
    _tell(result, kept.count, done.left)
    return 0


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return FAILED


def _followed_words(stranded: Waiting) -> str:
    """Which code is needed so that the dossiers which wait arrive; none will do at a portal that never knew them."""
    words = _(
        "Chưa đăng ký lại: còn {count} hồ sơ chưa xong của mã máy {kiosk_ids}, mã đăng ký này không tiếp nối máy đó."
        " Hồ sơ và đăng ký cũ giữ nguyên. Nếu là cổng cũ, hãy xin mã tiếp nối: kiosk portal enrol-code"
        " --follows MÃ_MÁY. Nếu là cổng khác, hãy gửi hết hồ sơ về cổng cũ trước, hoặc chép ra USB để cổng cũ nhận."
    )
    return words.format(count=stranded.count, kiosk_ids=", ".join(stranded.kiosk_ids))


def _reason(result: Refused | TryLater | Held, clock: Clock) -> str:
    match result:
        case Held(QueueCondition.CLOCK | QueueCondition.CERTIFICATE as condition):
            # Which of the two is wrong only a person can say, by a look at this.
            now = f"{clock.now().astimezone(VIETNAM):%d/%m/%Y %H:%M}"
            return condition_words(condition) + " " + _("(đồng hồ của máy đang chỉ {time})").format(time=now)
        case Held(condition):
            return condition_words(condition)
        case Refused(ProblemType.ENROL_CODE):
            return _("mã đăng ký sai, đã dùng hoặc hết hạn; hãy xin mã mới")
        case Refused(reason) | TryLater(reason):
            return _("cổng trả lời không dùng được ({reason}); hãy thử lại sau").format(reason=reason)


def _tell(enrolled: Enrolled, waiting_count: int, left: int) -> None:
    enrolment = enrolled.enrolment
    print(_("Đã đăng ký với {url}").format(url=enrolled.portal_url))
    print(
        _("Nơi nhận: {office} – {agency} ({code})").format(
            office=enrolment.office_name, agency=enrolment.agency.name, code=enrolment.agency.code
        )
    )
    print(_("Mã máy: {kiosk_id}").format(kiosk_id=enrolment.kiosk_id))
    if waiting_count:
        words = _("Còn {count} hồ sơ chưa xong: máy gửi tiếp; mã phiếu, nội dung và ngày lưu không đổi.")
        print(words.format(count=waiting_count))
    if left:
        print(_("Đã xóa khỏi máy {count} hồ sơ mà cổng cũ đã sao lưu; biên nhận vẫn còn.").format(count=left))
    if enrolment.test:
        print(_("BẢN THỬ: hồ sơ gửi tới cổng này không có giá trị."))
