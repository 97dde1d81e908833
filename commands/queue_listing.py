"""The outbox as the command line shows it: codes, states and times, and never a word about a person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kiosk.dates import VIETNAM
from kiosk.ids import format_slip_code
from kiosk.outbox import UNSENT, OutboxEntry, QueueCondition, State
from kiosk.problem_advice import advice_for, condition_words, state_words
from kiosk.queue_alarm import QueueHealth, alarm_words
from kiosk.texts import _

_PROBLEM_PREFIX = "urn:diem-truy-cap:problem:"


def listing(
    entries: Iterable[OutboxEntry],
    condition: QueueCondition | None,
    set_aside: Sequence[str] = (),
    health: QueueHealth | None = None,
    *,
    shredded: int = 0,
) -> dict[str, Any]:
    """The outbox as plain JSON, oldest first; instants are ISO 8601 in UTC.

    What was shredded is only counted. `condition` is null when no kiosk runs: then nobody is sending. `set_aside` are
    the folders of damaged stores that nobody has taken care of, `shredded` so many more that are not among the entries.
    """
    known, health = list(entries), health or QueueHealth()
    return {
        "condition": condition.value if condition else None,
        "alarms": [{"alarm": alarm.value, "words": alarm_words(alarm, health)} for alarm in health.alarms],
        "shredded": shredded + sum(entry.state is State.SHREDDED for entry in known),
        "set_aside": list(set_aside),
        "entries": [_row(entry) for entry in known if entry.state is not State.SHREDDED],
    }


def lines(shown: dict[str, Any]) -> list[str]:
    """The alarms and a table of what `listing` made, one line a dossier, what staff may do, and a line that sums it
    up."""
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
    alarms = [_("Cảnh báo: {words}").format(words=alarm["words"]) for alarm in shown["alarms"]]
    drawn = ["  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table]
    return [*alarms, *drawn, *_advice(shown), *_set_aside(shown), _summary(shown)]


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
        state_words(State(row["state"])),
        _time(row["sealed_at"]),
        str(row["attempts"]),
        _time(row["next_try_at"]),
        _short(row["problem"]) or "–",
        row["national_code"] or "–",
    )


def _short(problem: str) -> str:
    return problem.removeprefix(_PROBLEM_PREFIX)


def _time(text: str | None) -> str:
    return f"{datetime.fromisoformat(text).astimezone(VIETNAM):%d/%m/%Y %H:%M}" if text else "–"


def _advice(shown: dict[str, Any]) -> list[str]:
    """What each kind of problem in the list means and what to do about it, once; and how to send again."""
    found = sorted({(row["problem"], row["state"] == State.PARKED) for row in shown["entries"] if row["problem"]})
    advice = [advice_for(problem, parked=parked) for problem, parked in found]
    said = [f"{_short(key)}: {each.problem}. {each.todo}" for (key, _parked), each in zip(found, advice, strict=True)]
    if any(row["state"] == State.PARKED for row in shown["entries"]):
        said.append(_("Gửi lại hồ sơ cần cán bộ xem: kiosk queue retry MÃ_PHIẾU"))
    return said


def _set_aside(shown: dict[str, Any]) -> list[str]:
    words = _("Có kho hỏng đã chuyển sang một bên, cần cán bộ xử lý: {name}")
    return [words.format(name=name) for name in shown["set_aside"]]


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
