"""Tests of sync/alarms.py: what a person should hear of, when it begins and when it ends."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kiosk.outbox import Accepted, Held, QueueCondition, State, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE, ProblemType, Receipt
from portal.problems import no_room
from sync.alarms import Alarms, SyncAlarm
from sync.answers import setback
from sync.transport import Answer

COMMITTING = State.COMMITTING
RECEIPT = Receipt(
    client_ref=UUID(int=1),
    kiosk_id="k",
    manifest_sha256="0" * 64,
    documents=(),
    remote_id="1",
    national_code=None,
    received_at=datetime(2026, 11, 16, tzinfo=UTC),
)


@pytest.mark.parametrize("reason", ["http-404", ProblemType.NOT_FOUND.value])
def test_a_portal_without_a_place_for_commits_is_an_alarm_after_an_hour(
    reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    alarms = Alarms()
    for now_s in (0.0, 1800.0, 3599.0):
        alarms.hear(TryLater(reason), COMMITTING, now_s)
    assert list(alarms.on) == []
    alarms.hear(Held(QueueCondition.OFFLINE), COMMITTING, 3600.0)
    for now_s in (3601.0, 3700.0):
        alarms.hear(TryLater(reason), COMMITTING, now_s)
    assert list(alarms.on) == [SyncAlarm.NO_COMMITS]
    assert caplog.text.count("alarm: ") == 1
    alarms.hear(Accepted(RECEIPT, "x"), State.RECEIPTED, 3800.0)
    alarms.hear(TryLater(reason), COMMITTING, 3900.0)
    assert list(alarms.on) == []


def test_a_missing_piece_is_no_missing_commit() -> None:
    alarms = Alarms()
    for now_s in (0.0, 9999.0):
        alarms.hear(TryLater("http-404"), State.SENDING, now_s)
    assert list(alarms.on) == []


@pytest.mark.parametrize(
    ("reason", "alarm"),
    [
        ("unknown:receipt_signature", SyncAlarm.WRONG_RECEIPT),
        ("unknown:receipt_client_ref", SyncAlarm.WRONG_RECEIPT),
        ("unknown:key", SyncAlarm.WRONG_RECEIPT),
        ("http-507", SyncAlarm.PORTAL_FULL),
    ],
)
def test_some_answers_are_an_alarm_at_once(reason: str, alarm: SyncAlarm) -> None:
    alarms = Alarms()
    alarms.hear(TryLater(reason), COMMITTING, 0.0)
    assert list(alarms.on) == [alarm]
    alarms.hear(Accepted(RECEIPT, "x"), State.RECEIPTED, 1.0)
    assert list(alarms.on) == []


def test_a_receipt_does_not_undo_a_loss() -> None:
    alarms = Alarms()
    alarms.raise_(SyncAlarm.PORTAL_LOST)
    alarms.hear(Accepted(RECEIPT, "x"), State.RECEIPTED, 1.0)
    assert list(alarms.on) == [SyncAlarm.PORTAL_LOST]
    alarms.end(SyncAlarm.PORTAL_LOST)
    assert list(alarms.on) == []


def test_every_alarm_says_what_it_means() -> None:
    assert all(alarm.meaning for alarm in SyncAlarm)


def test_a_full_portals_own_answer_is_an_alarm() -> None:
    """As portal/ gives it."""
    refused = no_room("the disk of the papers is nearly full")
    body = refused.problem.model_dump_json().encode()
    outcome = setback(Answer(refused.status_code, PROBLEM_MEDIA_TYPE, body, retry_after="300"))
    assert outcome == TryLater("http-507", 300.0)
    alarms = Alarms()
    alarms.hear(outcome, State.SENDING, 0.0)
    assert list(alarms.on) == [SyncAlarm.PORTAL_FULL]
