"""When the staff are told of the queue, whatever the clock did in the meantime."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.outbox import OutboxEntry, State
from kiosk.queue_alarm import Alarm, AlarmRules, Tally, Troubles, alarm_words, queue_health, tally_of

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
RULES = AlarmRules()
HOUR = timedelta(hours=1)


def entry(number: int, waited: timedelta, state: State = State.SEALED) -> OutboxEntry:
    return OutboxEntry(UUID(int=number), number, f"ABCDE{number:05}", "2.000635", state, 0, NOW - waited)


def alarms(*entries: OutboxEntry, troubles: Troubles | None = None) -> tuple[Alarm, ...]:
    return queue_health(tally_of(entries), NOW, RULES, troubles).alarms


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        (24 * HOUR, ()),
        (24 * HOUR + timedelta(seconds=1), (Alarm.WAITING_LONG,)),
        (72 * HOUR, (Alarm.WAITING_LONG,)),
        (72 * HOUR + timedelta(seconds=1), (Alarm.EXPORT_OFFERED,)),
    ],
)
def test_a_day_rings_and_three_days_offer_the_stick(waited: timedelta, expected: tuple[Alarm, ...]) -> None:
    assert alarms(entry(1, waited)) == expected
    assert queue_health(tally_of([entry(1, waited)]), NOW, RULES).offers_export is (expected == (Alarm.EXPORT_OFFERED,))


def test_an_empty_queue_and_what_was_filed_ring_nothing() -> None:
    assert alarms() == ()
    assert alarms(entry(1, 99 * HOUR, State.RECEIPTED), entry(2, 99 * HOUR, State.SHREDDED)) == ()


def test_a_refused_dossier_rings_at_once() -> None:
    assert alarms(entry(1, timedelta(), State.PARKED)) == (Alarm.PARKED,)


def test_one_that_is_being_withdrawn_is_nobodys_wait() -> None:
    for state in (State.COMMITTING, State.PARKED):
        wanted_back = replace(entry(1, 99 * HOUR, state), withdrawal_asked_at=NOW)
        assert alarms(wanted_back) == ()
        assert tally_of([wanted_back]) == Tally(withdrawing=1)
    assert tally_of([replace(entry(1, HOUR, State.WITHDRAWN), withdrawal_asked_at=NOW)]) == Tally()


def test_a_clock_that_was_ahead_when_the_oldest_was_sealed_hides_no_wait() -> None:
    assert alarms(entry(1, -400 * 24 * HOUR)) == ()
    assert alarms(entry(1, -400 * 24 * HOUR), entry(2, 30 * HOUR)) == (Alarm.WAITING_LONG,)
    assert queue_health(tally_of([entry(1, -HOUR)]), NOW, RULES).waited == timedelta()


def test_the_limits_are_an_offices_own() -> None:
    rules = AlarmRules(alarm_after=HOUR, export_after=2 * HOUR)
    tally = tally_of([entry(1, 90 * timedelta(minutes=1))])
    assert queue_health(tally, NOW, rules).alarms == (Alarm.WAITING_LONG,)


def test_the_most_urgent_stands_first() -> None:
    heard = frozenset({Alarm.PORTAL_FULL, Alarm.NO_COMMITS, Alarm.WRONG_RECEIPT})
    told = Troubles(store_set_aside=True, clone_refused=True, portal_lost=1, heard=heard)
    rung = alarms(entry(1, 99 * HOUR), entry(2, HOUR, State.PARKED), troubles=told)
    assert rung == tuple(alarm for alarm in Alarm if alarm is not Alarm.WAITING_LONG)


def test_every_alarm_says_what_is_the_matter_in_numbers() -> None:
    tally = Tally(unsent=4, parked=2, lost=3, first_sealed_at=NOW - 75 * HOUR)
    health = queue_health(tally, NOW, RULES, Troubles(portal_lost=2))
    words = {alarm: alarm_words(alarm, health) for alarm in Alarm}
    assert words[Alarm.PARKED] == "2 hồ sơ bị cổng trả lại, cần cán bộ xem."
    assert words[Alarm.EXPORT_OFFERED].startswith("4 hồ sơ chưa gửi được, hồ sơ cũ nhất đã chờ 3 ngày.")
    assert "75 giờ" in words[Alarm.WAITING_LONG]
    assert "5 hồ sơ" in words[Alarm.PORTAL_LOST]
    assert len(set(words.values())) == len(Alarm)
