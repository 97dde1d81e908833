"""`kiosk queue import-receipts FOLDER`: receipts that the portal left on a stick, for a kiosk without a line."""

from datetime import datetime
from pathlib import Path
from typing import Any

from commands.local_socket import TAKE_RECEIPTS, ask
from commands.place import Place
from commands.stick_receipts import receipts_taken
from commands.wall_clock import WallClock
from kiosk.texts import _

FAILED = 1


def import_receipts(place: Place, folder: Path) -> int:
    """0: every receipt there was believed; 1: one was not, or the stick cannot be read. Raises KioskError."""
    target = folder.resolve()
    told = ask(place.settings.data_folder, TAKE_RECEIPTS, of=str(target)) or _in_store(place, target, WallClock().now())
    if told["gone"]:
        print(_("Không đọc được USB ở đó."))
        return FAILED
    print(_("{count} hồ sơ nay đã có biên nhận của cổng.").format(count=told["new"]))
    if told["wrong"]:
        print(_("{count} biên nhận không đúng nên không dùng; hồ sơ vẫn được giữ.").format(count=told["wrong"]))
    return FAILED if told["wrong"] else 0


def _in_store(place: Place, target: Path, now: datetime) -> dict[str, Any]:
    if not place.has_store():  # looking must not make one
        return {"new": 0, "wrong": 0, "gone": not target.is_dir()}
    with place.open_store() as store:
        return receipts_taken(store, target, now)
