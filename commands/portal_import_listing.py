"""`kiosk portal import` as its operator meets it: a line a dossier, what is wrong, and the counts."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from commands.portal_import import (
    GOOD,
    Result,
    Row,
    Taken,
    import_exports,
    import_store,
    leave_receipts,
    store_copies,
)
from kiosk.errors import StoreCorrupt
from kiosk.ids import format_slip_code
from kiosk.texts import _
from portal.opening import Portal
from sync.usb_reading import SetFault

FAILED = 1
REFUSED = 2


def import_and_tell(portal: Portal, arguments: argparse.Namespace, key: X25519PrivateKey) -> int:
    """0: everything there is in the portal now; 1: something is not, or the receipts could not be left; 2: refused.

    Raises OSError.
    """
    folder: Path = arguments.folder
    stores = store_copies(folder)
    if stores and not arguments.unsigned:
        return _refuse(
            _(
                "Ở đây có thư mục dữ liệu của một máy; không có chữ ký nào trong đó. "
                "Nếu biết chắc thư mục từ máy nào đến, hãy thêm --unsigned."
            )
        )
    try:
        taken = [*import_exports(portal, folder, key), *(import_store(portal, store, key) for store in stores)]
    except StoreCorrupt as error:
        print(_("Không mở được dữ liệu của máy bằng khóa phục hồi này: {reason}").format(reason=error), file=sys.stderr)
        return FAILED
    if not taken:
        return _refuse(_("Không thấy hồ sơ nào được chép ở đây."))
    # First: what is in the portal now has to be known, whatever the stick allows.
    print(json.dumps(listing(taken), ensure_ascii=False, indent=2) if arguments.json else "\n".join(lines(taken)))
    left = not arguments.receipts or _leave_receipts(portal, taken)
    whole = all(export.fault is None and all(row.result in GOOD for row in export.rows) for export in taken)
    return 0 if whole and left else FAILED


def _leave_receipts(portal: Portal, taken: Sequence[Taken]) -> bool:
    try:
        leave_receipts(portal, taken)
    except OSError as error:
        words = _("Không ghi được biên nhận vào USB ({reason}). Hãy mở khóa ghi của USB rồi chạy lại lệnh này.")
        print(words.format(reason=error.strerror), file=sys.stderr)
        return False
    return True


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def listing(taken: Sequence[Taken]) -> dict[str, Any]:
    """As plain JSON, without personal data."""
    return {
        "exports": [
            {
                "folder": str(export.folder),
                "fault": export.fault.value if export.fault else None,
                "dossiers": [_entry(row) for row in export.rows],
            }
            for export in taken
        ]
    }


def lines(taken: Sequence[Taken]) -> list[str]:
    """For the person at the portal."""
    told = []
    for export in taken:
        told.append(str(export.folder))
        told += [f"  {format_slip_code(row.slip_code)}  {_words(row)}" for row in export.rows]
        if export.fault is not None:
            told.append("  " + _fault_words(export.fault))
    rows = [row for export in taken for row in export.rows]
    imported = sum(row.result is Result.IMPORTED for row in rows)
    held = sum(row.result is Result.HELD for row in rows)
    counts = _("{imported} hồ sơ mới nhận, {held} hồ sơ đã có từ trước, {left} hồ sơ chưa nhận được.")
    return [*told, counts.format(imported=imported, held=held, left=len(rows) - imported - held)]


def _entry(row: Row) -> dict[str, Any]:
    return {
        "client_ref": str(row.client_ref),
        "slip_code": row.slip_code,
        "result": row.result.value,
        "problem": row.problem,
        "national_code": row.national_code,
        "kiosk_revoked": row.kiosk_revoked,
    }


def _words(row: Row) -> str:
    words = _result_words(row)
    if row.national_code:
        words += f"  {row.national_code}"
    if row.kiosk_revoked:
        words += "  " + _("(máy gửi đã bị thu hồi quyền: xin kiểm tra kỹ)")
    return words


def _result_words(row: Row) -> str:
    match row.result:
        case Result.IMPORTED:
            return _("mới nhận")
        case Result.HELD:
            return _("đã có từ trước")
        case Result.UNFINISHED:
            return _("chưa chép xong; hãy chép lại tại máy")
        case Result.SIGNATURE:
            return _("chữ ký không phải của máy đã đăng ký; không nhận")
        case Result.DAMAGED:
            return _("bị hỏng hoặc bị sửa trên USB; hãy chép lại tại máy")
        case Result.OTHER_KEY:
            return _("cần khóa phục hồi khác")
        case Result.UNKNOWN_KIOSK:
            return _("không rõ máy nào đã lập; không nhận")
        case Result.WITHDRAWN:
            return _("công dân đã rút; không nhận")
        case Result.REFUSED:
            return _("không nhận được: {problem}").format(problem=row.problem.rpartition(":")[2])


def _fault_words(fault: SetFault) -> str:
    match fault:
        case SetFault.UNFINISHED:
            return _("Lần chép này chưa xong: USB có thể thiếu hồ sơ. Hãy cắm lại vào máy và chép tiếp.")
        case SetFault.SIGNATURE:
            return _("Tờ kê của lần chép không mang chữ ký của máy đã đăng ký; từng hồ sơ được kiểm tra riêng.")
        case SetFault.CHANGED:
            return _("USB đã bị sửa, thêm hoặc bớt sau khi chép; từng hồ sơ được kiểm tra riêng.")
