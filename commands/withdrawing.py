"""Withdraws a dossier by the code on its slip, at once or once the portal knows; and tells which ones are under way."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.ids import format_slip_code
from kiosk.outbox import State
from kiosk.store import Store
from kiosk.texts import _
from sync.withdrawals import withdrawal_problems


class Withdrawing(StrEnum):
    """What became of the wish. The values go over the local socket."""

    WITHDRAWN = "withdrawn"
    WANTED = "wanted"
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"


def withdraw(store: Store, slip_code: str, now: datetime) -> Withdrawing:
    """Withdraw the dossier of that slip code (canonical form). Asking again changes nothing. Raises StoreProblem."""
    entry = store.by_slip_code(slip_code)
    if entry is None:
        return Withdrawing.UNKNOWN
    if entry.state is State.SHREDDED:
        return Withdrawing.TOO_LATE
    after = store.withdraw(entry.client_ref, now)
    return Withdrawing.WITHDRAWN if after.state is State.WITHDRAWN else Withdrawing.WANTED


def withdrawals_of(store: Store) -> list[dict[str, Any]]:
    """The withdrawals that the portal has yet to take, as plain JSON; `problem` is why it refuses one."""
    problems = withdrawal_problems(store)
    return [
        {"slip_code": entry.slip_code, "problem": problems.get(client_ref, "")}
        for client_ref in store.withdrawals_due()
        if (entry := store.entry(client_ref)) is not None
    ]


def withdrawal_lines(shown: list[dict[str, Any]]) -> list[str]:
    """A line for each, for the staff."""
    waits = _("Hồ sơ {code}: đang chờ cổng ghi nhận việc rút.")
    refused = _("Hồ sơ {code}: cổng không cho rút ({problem}). Hãy gọi người quản lý cổng; hồ sơ vẫn được giữ.")
    return [
        (refused if each["problem"] else waits).format(
            code=format_slip_code(each["slip_code"]), problem=each["problem"].rpartition(":")[2]
        )
        for each in shown
    ]
