"""Every problem that sending can end in has plain words for the staff, and says what to do."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.errors import StoreCorrupt
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.outbox_rules import CRASH_LOOP
from kiosk.problem_advice import advice_for, condition_words, entry_advice, is_in_table, state_words
from kiosk.receipt import ProblemType

SYNC = Path(__file__).parent.parent.parent / "sync"
AT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
ENTRY = OutboxEntry(UUID(int=1), 1, "ABCDE00001", "2.000635", State.SEALED, 0, AT)


def reasons_in_code() -> Iterator[str]:
    """The first argument of each Refused(…) and TryLater(…) in sync/ that is written out, up to its first variable."""
    for path in SYNC.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Refused", "TryLater"} and node.args:
                yield from beginning(node.args[0])


def beginning(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*beginning(body), *beginning(other))


WATCHDOG = {"deadline", "stalled"}  # sync.watchdog.Watchdog.ended_by
REASONS = sorted(
    {*reasons_in_code(), *WATCHDOG, *ProblemType, StoreCorrupt.key, CRASH_LOOP, "http-404", "fault:OSError"}
)


def test_the_code_was_searched() -> None:
    assert {"connection_lost", "unknown:receipt_", "fault:"} <= set(reasons_in_code())


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_and_something_to_do(reason: str) -> None:
    assert is_in_table(reason)
    for parked in (True, False):
        advice = advice_for(reason, parked=parked)
        assert reason.removeprefix("http-") in advice.problem or reason not in advice.problem
        assert not advice.problem.endswith(".")
        assert advice.todo.endswith(".")


def test_a_portals_own_reason_is_told_as_it_is() -> None:
    assert not is_in_table("urn:other:sealed-paper-missing")
    assert advice_for("urn:other:sealed-paper-missing", parked=True).problem == (
        "Cổng nêu lý do riêng: urn:other:sealed-paper-missing"
    )


def test_who_acts_next_depends_on_whether_the_kiosk_tries_again() -> None:
    assert advice_for("http-422", parked=True).todo.startswith("Gọi người quản lý cổng")
    assert advice_for("http-503", parked=False).todo == "Máy tự thử lại, không cần làm gì."


def test_an_entry_has_advice_only_where_something_stands_in_its_way() -> None:
    assert entry_advice(ENTRY) is None
    refused = replace(ENTRY, state=State.PARKED, problem=ProblemType.TOO_LARGE)
    assert entry_advice(refused) == advice_for(ProblemType.TOO_LARGE, parked=True)
    wanted_back = entry_advice(replace(ENTRY, withdrawal_asked_at=AT))
    assert wanted_back is not None
    assert wanted_back.problem == "Đang rút; cổng chưa xác nhận"
    assert entry_advice(replace(ENTRY, state=State.WITHDRAWN, withdrawal_asked_at=AT)) is None


def test_a_withdrawal_without_proof_keeps_the_papers_and_says_so() -> None:
    unproven = advice_for(ProblemType.WITHDRAWN, parked=True)
    assert unproven.todo.startswith("Giấy tờ vẫn được giữ ở máy.")
    assert advice_for("withdrawn", parked=False).todo == "Máy tự xóa giấy tờ, không cần làm gì."


def test_every_condition_and_every_state_has_words_of_its_own() -> None:
    assert len({condition_words(condition) for condition in QueueCondition}) == len(QueueCondition)
    assert len({state_words(state) for state in State}) == len(State)
