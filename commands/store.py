"""`kiosk store check|set-aside`: says whether what is kept is whole, and moves a damaged store aside for a person."""

import argparse
import sys

from commands.place import Place, add_place_options, place_of, problem_words
from commands.wall_clock import WallClock
from kiosk.errors import ConfigProblem, KioskError, StoreCorrupt, WrongKey
from kiosk.store import Store
from kiosk.store_set_aside import set_aside, set_aside_folders
from kiosk.store_upkeep import StoreCheck
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2
_YES = frozenset({"c", "co", "có", "y", "yes"})


def run(argv: list[str]) -> int:
    """0: whole, or set aside; 1: damaged, not moved, or not to be opened now; 2: wrong settings."""
    parser = argparse.ArgumentParser(prog="kiosk store", description="the kiosk's store, while no kiosk runs")
    actions = parser.add_subparsers(dest="action", required=True)
    checked = actions.add_parser("check", help="read and open everything that is kept, and say whether it is whole")
    moved = actions.add_parser("set-aside", help="move a damaged store into a folder of its own and begin a new one")
    moved.add_argument("--yes", action="store_true", help="do not ask")
    for action in (checked, moved):
        add_place_options(action)
    arguments = parser.parse_args(argv)
    try:
        place = place_of(arguments)
        if arguments.action == "check":
            return _check(place)
        return _set_aside(place, asked=not arguments.yes)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED


def _check(place: Place) -> int:
    if not place.had_store():  # looking must not make one
        print(_("Máy này chưa có kho hồ sơ."))
        return 0
    _tell_set_aside(place)
    with place.open_store() as store:
        found = store.upkeep.check()
        _tell(store, found)
    return 0 if found.whole else FAILED


def _tell(store: Store, found: StoreCheck) -> None:
    counts = _("{dossiers} hồ sơ còn giấy tờ, {contents} phần, {megabytes:.1f} MB; nhật ký {events} mục.")
    events = "?" if found.events is None else found.events
    megabytes = found.content_bytes / 1_000_000
    print(counts.format(dossiers=found.dossiers, contents=found.contents, megabytes=megabytes, events=events))
    for client_ref in found.damaged:
        entry = store.entry(client_ref)
        code = entry.slip_code if entry else str(client_ref)
        print(_("Hồ sơ {code}: có phần không đọc được.").format(code=code))
    if found.events is None:
        print(_("Nhật ký bị đứt: có mục đã bị sửa hoặc mất."))
    if not found.pages_whole:
        print(_("Tệp kho hồ sơ có trang bị hỏng."))
    print(_("Kho hồ sơ còn nguyên vẹn.") if found.whole else _("Kho hồ sơ bị hỏng. Hãy sao chép cả thư mục trước đã."))


def _tell_set_aside(place: Place) -> None:
    for folder in set_aside_folders(place.settings.data_folder):
        print(_("Có kho hỏng đã chuyển sang một bên, cần cán bộ xử lý: {name}").format(name=folder.name))


def _set_aside(place: Place, *, asked: bool) -> int:
    """Only what cannot be used is moved: a store that opens and is whole stays where it is."""
    if not place.had_store():
        print(_("Máy này chưa có kho hồ sơ."), file=sys.stderr)
        return FAILED
    wrong_key = False
    try:
        with place.open_store() as store:
            if store.upkeep.check().whole:
                print(_("Kho hồ sơ còn nguyên vẹn nên không chuyển đi."), file=sys.stderr)
                return FAILED
    except WrongKey:
        wrong_key = True
    except StoreCorrupt:
        pass
    if asked and not _agreed(wrong_key=wrong_key):
        print(_("Chưa chuyển gì."), file=sys.stderr)
        return FAILED
    moved = set_aside(place.settings.data_folder, WallClock().now())
    print(_("Đã chuyển kho hỏng vào: {folder}").format(folder=moved))
    print(_("Không xóa thư mục này khi chưa có người quản lý cổng xem: trong đó có thể còn hồ sơ chưa gửi."))
    print(_("Máy sẽ mở kho mới, trống, và phải đăng ký lại với cổng: kiosk enrol URL MÃ"))
    return 0


def _agreed(*, wrong_key: bool) -> bool:
    print(_("Kho hồ sơ sẽ được chuyển sang một bên, không xóa. Máy mở kho mới, trống, và phải đăng ký lại với cổng."))
    if wrong_key:
        print(_("Khóa không đúng với kho; tệp có thể vẫn tốt. Nếu còn khóa cũ, hãy trả lại khóa thay vì chuyển kho."))
    try:
        return input(_("Chuyển đi? (c = có) ")).strip().lower() in _YES
    except EOFError:  # nobody is there to be asked
        return False
