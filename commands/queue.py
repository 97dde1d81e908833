"""`kiosk queue ...`: the outbox, asked of the running kiosk, or of the store itself when none runs."""

import argparse
import json
import sys
from pathlib import Path
from random import SystemRandom
from typing import Any

from commands.local_socket import LIST_QUEUE, RETRY_DOSSIER, SEND_QUEUE, ask
from commands.place import Place, add_place_options, place_of, problem_words
from commands.queue_export import export
from commands.queue_listing import lines, listing
from commands.queue_of_store import listing_of
from commands.queue_receipts import import_receipts
from commands.queue_retry import Retry, retry
from commands.queue_withdraw import withdraw_by_code
from commands.standing import standing_words
from commands.wall_clock import WallClock
from commands.withdrawing import withdrawal_lines
from kiosk.errors import ConfigProblem, KioskError
from kiosk.ids import format_slip_code, parse_slip_code
from kiosk.outbox import UNSENT, QueueCondition
from kiosk.problem_advice import condition_words
from kiosk.store import Store
from kiosk.store_set_aside import set_aside_folders
from kiosk.texts import _
from sync.enrolment import load_enrolment, open_portal
from sync.server_time import ServerTime
from sync.syncer import Syncer, SyncReport

FAILED = 1
WRONG_SETTINGS = 2


def run(argv: list[str]) -> int:
    """0: shown, or done; 1: something is left, or it could not be done; 2: wrong settings."""
    parser = argparse.ArgumentParser(prog="kiosk queue", description="the outbox, without personal data")
    actions = parser.add_subparsers(dest="action", required=True)
    shown = actions.add_parser("list", help="what waits, what was filed, what needs the staff")
    shown.add_argument("--json", action="store_true", help="one JSON object")
    sent = actions.add_parser("send", help="send everything now, whatever its waiting time")
    again = actions.add_parser("retry", help="let a dossier that the portal refused be sent again")
    again.add_argument("slip_code", metavar="SLIP_CODE", help="the code on the slip and in the list")
    back = actions.add_parser("withdraw", help="give a dossier back: its papers on this machine are destroyed")
    back.add_argument("slip_code", metavar="SLIP_CODE", help="the code on the slip and in the list")
    back.add_argument("--yes", action="store_true", help="do not ask again")
    stick = actions.add_parser("export", help="copy everything unsent to a stick, for the province alone to open")
    stick.add_argument("folder", type=Path, metavar="FOLDER", help="where the stick is mounted")
    stick.add_argument("--lost-keys", action="store_true", help="the kiosk's keys are gone: copy its store as it lies")
    receipts = actions.add_parser("import-receipts", help="take the receipts that the portal left on a stick")
    receipts.add_argument("folder", type=Path, metavar="FOLDER", help="where the stick is mounted")
    for action in (shown, sent, again, back, stick, receipts):
        add_place_options(action)
    arguments = parser.parse_args(argv)
    try:
        place = place_of(arguments)
        match arguments.action:
            case "list":
                return _list(place, as_json=arguments.json)
            case "send":
                return _send(place)
            case "withdraw":
                return withdraw_by_code(place, arguments.slip_code, sure=arguments.yes)
            case "import-receipts":
                return import_receipts(place, arguments.folder)
            case "export":
                return export(place, arguments.folder, lost_keys=arguments.lost_keys)
            case _:
                return _retry(place, arguments.slip_code)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _list(place: Place, *, as_json: bool) -> int:
    shown = ask(place.settings.data_folder, LIST_QUEUE) or _listing_of_store(place)
    if as_json:
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print("\n".join((*lines(shown), *withdrawal_lines(shown["withdrawals"]), standing_words(shown["kiosk"]))))
    return 0


def _listing_of_store(place: Place) -> dict[str, Any]:
    if not place.has_store():  # looking must not make one
        set_aside = [folder.name for folder in set_aside_folders(place.settings.data_folder)]
        return {**listing((), None, set_aside), "kiosk": {}, "withdrawals": []}
    with place.open_store() as store:
        return listing_of(store, None, place.settings, WallClock().now())


def _send(place: Place) -> int:
    if ask(place.settings.data_folder, SEND_QUEUE) is not None:
        print(_("Máy đang chạy và gửi ngay bây giờ. Xem kết quả: kiosk queue list"))
        return 0
    if not place.has_store():
        print("\n".join(lines(listing((), None))))
        return 0
    with place.open_store() as store:
        report = _rounds(place, store)
        left = sum(count for state, count in store.counts().items() if state in UNSENT)
    print(_("Đã nộp {sent} hồ sơ, còn {left} hồ sơ chưa gửi xong.").format(sent=report.accepted, left=left))
    if report.refused:
        print(_("{count} hồ sơ bị cổng trả lại, cần cán bộ xem: kiosk queue list").format(count=report.refused))
    if report.condition is not QueueCondition.CLEAR:
        print(_("Chưa gửi tiếp được: {reason}.").format(reason=condition_words(report.condition)), file=sys.stderr)
    return FAILED if left or report.refused else 0


def _retry(place: Place, typed: str) -> int:
    code = parse_slip_code(typed)
    if code is None:
        print(_("Mã phiếu {code} không đúng; hãy xem lại từng chữ.").format(code=typed), file=sys.stderr)
        return FAILED
    answer = ask(place.settings.data_folder, RETRY_DOSSIER, slip_code=code)
    result = Retry(answer["result"]) if answer is not None else _retry_in_store(place, code)
    print(_retry_words(result, running=answer is not None).format(code=format_slip_code(code)))
    return 0 if result is Retry.BACK else FAILED


def _retry_in_store(place: Place, code: str) -> Retry:
    if not place.has_store():
        return Retry.UNKNOWN
    with place.open_store() as store:
        return retry(store, code, WallClock().now())


def _retry_words(result: Retry, *, running: bool) -> str:
    match result:
        case Retry.BACK if running:
            return _("Hồ sơ {code} đã trở lại hàng chờ; máy gửi lại ngay bây giờ. Xem kết quả: kiosk queue list")
        case Retry.BACK:
            return _("Hồ sơ {code} đã trở lại hàng chờ. Gửi ngay: kiosk queue send")
        case Retry.NOT_PARKED:
            return _("Hồ sơ {code} không bị cổng trả lại nên không cần gửi lại. Xem: kiosk queue list")
        case Retry.UNKNOWN:
            return _("Máy này không có hồ sơ nào mang mã phiếu {code}.")


def _rounds(place: Place, store: Store) -> SyncReport:
    """Send until nothing more is due; the report's numbers are those of all rounds."""
    clock = WallClock()
    keys = place.keys()
    ca_file = place.settings.portal_ca
    server_time = ServerTime(clock)
    portal = open_portal(load_enrolment(store), keys, clock, server_time, ca_file, store)
    syncer = Syncer(store, portal, clock, SystemRandom(), portal_clock=server_time)
    accepted = refused = 0
    try:
        store.wake_all(clock.now())
        while True:
            report = syncer.run_once(clock.now())
            accepted += report.accepted
            refused += report.refused
            if not report.more:
                return SyncReport(report.condition, report.detail, accepted=accepted, refused=refused)
    finally:
        syncer.close()
