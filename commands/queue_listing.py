"""The outbox as the command line shows it: codes, states and times, and never a word about a person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kiosk.dates import VIETNAM
from kiosk.ids import format_slip_code
from kiosk.outbox import UNSENT, OutboxEntry, QueueCondition, State
from kiosk.texts import _

_PROBLEM_PREFIX = "urn:diem-truy-cap:problem:"


def listing(entries: Iterable[OutboxEntry], condition: QueueCondition | None) -> dict[str, Any]:
    """The outbox as plain JSON, oldest first; instants are ISO 8601 in UTC.

    What was shredded is only counted. `condition` is null when no kiosk runs: then nobody is sending.
    """
    known = list(entries)
    return {
        "condition": condition.value if condition else None,
        "shredded": sum(entry.state is State.SHREDDED for entry in known),
        "entries": [_row(entry) for entry in known if entry.state is not State.SHREDDED],
    }


def lines(shown: dict[str, Any]) -> list[str]:
    """A table of what `listing` made, one line a dossier, what staff may do, and a line that sums it up."""
    headings = (
        _("Mã phiếu"),
        _("Trạng thái"),
        _("Lưu lúc"),
        _("Lần thử"),
        _("Thử lại lúc"),
        _("Vướng mắc"),
        _("Mã hồ sơ"),
    )
    rows = [_cells(row) for row in shown["entries"]]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    table = [headings, *rows] if rows else []
    return [*("  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table), *_advice(shown), _summary(shown)]


def condition_words(condition: QueueCondition) -> str:
    """What holds the queue, for the staff, and what may be done."""
    match condition:
        case QueueCondition.CLEAR:
            return _("đường truyền tốt")
        case QueueCondition.OFFLINE:
            return _("chưa kết nối được với cổng; máy tự thử lại")
        case QueueCondition.CAPTIVE:
            return _("mạng đang hiện trang đăng nhập thay cho cổng; hãy đăng nhập mạng")
        case QueueCondition.AUTH:
            return _("cổng không nhận máy này; hãy hỏi người quản lý cổng")
        case QueueCondition.CLOCK:
            return _("đồng hồ của máy sai; hãy chỉnh lại giờ")
        case QueueCondition.CERTIFICATE:
            return _("chứng thư của cổng không đúng hoặc hết hạn; hãy hỏi người quản lý cổng")
        case QueueCondition.UPDATE_NEEDED:
            return _("cổng cần phiên bản mới của phần mềm; hãy cập nhật")
        case QueueCondition.NOT_ENROLLED:
            return _("máy chưa đăng ký với cổng; hãy chạy: kiosk enrol URL MÃ")


def _row(entry: OutboxEntry) -> dict[str, Any]:
    return {
        "client_ref": str(entry.client_ref),
        "slip_code": entry.slip_code,
        "service_code": entry.service_code,
        "state": entry.state.value,
        "sealed_at": entry.sealed_at.isoformat(),
        "attempts": entry.attempts,
        "next_try_at": entry.next_try_at.isoformat() if entry.next_try_at else None,
        "problem": entry.problem,
        "national_code": entry.national_code,
        "size_bytes": entry.size_bytes,
    }


def _cells(row: dict[str, Any]) -> Sequence[str]:
    return (
        format_slip_code(row["slip_code"]),
        _state_words(State(row["state"])),
        _time(row["sealed_at"]),
        str(row["attempts"]),
        _time(row["next_try_at"]),
        row["problem"].removeprefix(_PROBLEM_PREFIX) or "–",
        row["national_code"] or "–",
    )


def _time(text: str | None) -> str:
    return f"{datetime.fromisoformat(text).astimezone(VIETNAM):%d/%m/%Y %H:%M}" if text else "–"


def _state_words(state: State) -> str:
    match state:
        case State.SEALED:
            return _("chờ gửi")
        case State.SENDING:
            return _("đang gửi")
        case State.COMMITTING:
            return _("chờ biên nhận")
        case State.RECEIPTED:
            return _("đã nộp")
        case State.DURABLE:
            return _("đã nộp, cổng đã sao lưu")
        case State.PARKED:
            return _("cần cán bộ xem")
        case State.WITHDRAWN:
            return _("đã rút")
        case State.SHREDDED:
            return _("đã xóa khỏi máy")


def _advice(shown: dict[str, Any]) -> list[str]:
    """What to do about dossiers that the portal refused: the machine does not try them again by itself."""
    if all(row["state"] != State.PARKED for row in shown["entries"]):
        return []
    words = _(
        "Hồ sơ cần cán bộ xem: gọi người quản lý cổng, đọc mã phiếu và vướng mắc; khi đã xử lý xong, gửi lại bằng lệnh:"
        " kiosk queue retry MÃ_PHIẾU"
    )
    return [words]


def _summary(shown: dict[str, Any]) -> str:
    states = Counter(State(row["state"]) for row in shown["entries"])
    counts = _("{waiting} hồ sơ chưa gửi xong, {parked} cần cán bộ xem, {filed} đã nộp.").format(
        waiting=sum(states[state] for state in UNSENT),
        parked=states[State.PARKED],
        filed=states[State.RECEIPTED] + states[State.DURABLE] + shown["shredded"],
    )
    if shown["condition"] is None:
        return counts + " " + _("Phần mềm đang không chạy.")
    return counts + " " + _("Gửi hồ sơ: {state}.").format(state=condition_words(QueueCondition(shown["condition"])))
