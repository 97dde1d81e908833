"""`kiosk queue export FOLDER`: everything unsent to a stick, by the running kiosk, or from the store when none runs."""

import sys
from pathlib import Path
from threading import Event
from typing import Any

from commands.local_socket import ask
from commands.place import Place
from commands.stick_export import EXPORT_QUEUE, EXPORT_STATE, EXPORT_STOP, EXPORTED, NOTHING, signer_of, told
from commands.wall_clock import WallClock
from kiosk.texts import _
from sync.usb_export import ExportProblem, NothingToExport, Outcome, Watch, export_to
from sync.usb_store_copy import copy_store

FAILED = 1
_ASK_EVERY_S = 0.3


def export(place: Place, folder: Path, *, lost_keys: bool) -> int:
    """0: all of it is on the stick, or nothing waits; 1: it is not. Raises KioskError."""
    target = folder.resolve()  # the running kiosk works in another folder
    if _is_own_disk(target, place.settings.data_folder):
        print(_("Chú ý: thư mục này nằm trên chính ổ đĩa của máy, không phải USB."), file=sys.stderr)
    if lost_keys:
        outcome = told(copy_store(place.settings.data_folder, target, WallClock().now()))
    else:
        outcome = _by_running_kiosk(place, target) or _from_store(place, target)
    print("\n".join(export_words(outcome)))
    return 0 if outcome["result"] in {EXPORTED, NOTHING} and not outcome.get("damaged") else FAILED


def export_words(outcome: dict[str, Any]) -> list[str]:
    """What became of an export, for the staff; `outcome` as `commands.stick_export.told` makes it."""
    match outcome["result"]:
        case "exported":
            return _exported_words(outcome)
        case "nothing":
            return [_("Không có hồ sơ nào chờ gửi, nên không chép gì.")]
        case problem:
            return [_problem_words(ExportProblem(problem)).format(count=outcome["count"])]


def _exported_words(outcome: dict[str, Any]) -> list[str]:
    size = f"{outcome['size_bytes'] / 1_000_000:.1f}".replace(".", ",")
    words = [
        _("Đã chép {count} hồ sơ ({size} MB) vào {folder}.").format(
            count=outcome["count"], size=size, folder=outcome["folder"]
        ),
        _("Hãy rút USB an toàn và mang đến nơi quản lý cổng. Hồ sơ vẫn còn ở máy và vẫn tự gửi khi có mạng."),
    ]
    if outcome["resumed"]:
        words.insert(0, _("Lần chép trước còn dở đã được chép tiếp."))
    if outcome["damaged"]:
        words.append(
            _("{count} hồ sơ không đọc được từ ổ đĩa của máy nên không có trên USB: xin báo người quản lý.").format(
                count=outcome["damaged"]
            )
        )
    return words


def _problem_words(problem: ExportProblem) -> str:
    match problem:
        case ExportProblem.STICK_FULL:
            return _("USB không đủ chỗ; {count} hồ sơ đã chép trọn. Hãy dùng USB lớn hơn, hoặc xóa bớt rồi chép lại.")
        case ExportProblem.READ_ONLY:
            return _("USB chỉ cho đọc nên không chép được. Hãy gạt khóa ghi, hoặc gắn lại USB để ghi.")
        case ExportProblem.STICK_GONE:
            return _("Không thấy USB, hoặc USB bị rút giữa chừng; {count} hồ sơ đã chép trọn. Hãy cắm và chép tiếp.")
        case ExportProblem.BUSY:
            return _("Đang có một lần chép khác, hoặc phần mềm đang chạy. Hãy đợi xong rồi thử lại.")
        case ExportProblem.STOPPED:
            return _("Đã dừng; {count} hồ sơ đã chép trọn. Chạy lại lệnh này để chép tiếp.")
        case ExportProblem.STORE:
            return _("Kho hồ sơ của máy có lỗi nên chưa chép hết; {count} hồ sơ đã chép trọn.")


def _by_running_kiosk(place: Place, target: Path) -> dict[str, Any] | None:
    """The outcome of the running kiosk's export; None when no kiosk runs. Raises NoAnswer."""
    data_folder = place.settings.data_folder
    begun = ask(data_folder, EXPORT_QUEUE, to=str(target))
    if begun is None:
        return None
    if not begun["started"]:
        return {"result": ExportProblem.BUSY.value, "count": 0}
    pause = Event()
    try:
        while (state := ask(data_folder, EXPORT_STATE)) is not None:
            _show(state["done"], state["of"])
            if state["outcome"] is not None:
                return dict(state["outcome"])
            pause.wait(_ASK_EVERY_S)
    except KeyboardInterrupt:
        ask(data_folder, EXPORT_STOP)
        raise
    return {"result": ExportProblem.STOPPED.value, "count": 0}  # the kiosk ended meanwhile


def _from_store(place: Place, target: Path) -> dict[str, Any]:
    if not place.has_store():  # looking must not make one
        return told(NothingToExport())
    clock = WallClock()
    with place.open_store() as store:
        signer = signer_of(store, place.keys())
        outcome: Outcome = NothingToExport()
        if signer is not None:
            outcome = export_to(target, store.exports, signer, clock.now(), Watch(_show))
        return told(outcome)


def _show(done: int, of: int) -> None:
    if sys.stderr.isatty() and of:
        print(f"\r{done}/{of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _is_own_disk(target: Path, data_folder: Path) -> bool:
    try:
        return target.stat().st_dev == data_folder.stat().st_dev
    except OSError:
        return False
