"""Whatever the wall clock does, a draft is neither killed early nor kept for ever."""

from datetime import timedelta

from kiosk.draft_age import SETTLE_S, Ages, Kept
from tests.fakes import FakeClock

DAY_S = 86_400.0


def ages_of(clock: FakeClock) -> Ages:
    return Ages(clock.now(), clock.monotonic_s())


def away(clock: FakeClock, seconds: float) -> None:
    """The program does not run for so long: the other clock begins again."""
    clock.instant += timedelta(seconds=seconds)
    clock.elapsed_s = 5.0


def age_s(ages: Ages, kept: Kept, clock: FakeClock) -> float:
    return ages.age_s(kept, clock.now(), clock.monotonic_s())


def test_while_the_program_runs_only_its_own_clock_counts(clock: FakeClock) -> None:
    ages, kept = ages_of(clock), Kept(0.0, clock.now(), away=False)
    clock.advance(3600)
    for jump_days in (-4000, 9000):
        clock.instant += timedelta(days=jump_days)
        assert age_s(ages, kept, clock) == 3600
        kept = ages.counted(kept, clock.now(), clock.monotonic_s())
        ages.count_from(clock.monotonic_s())
        assert kept.aged_s == 3600


def test_the_time_away_counts(clock: FakeClock) -> None:
    kept = Kept(100.0, clock.now(), away=True)
    away(clock, DAY_S)
    ages = ages_of(clock)
    assert age_s(ages, kept, clock) == DAY_S + 100
    clock.advance(60)
    assert age_s(ages, kept, clock) == DAY_S + 160


def test_a_clock_that_is_wrong_at_the_start_and_mended_ages_nothing(clock: FakeClock) -> None:
    kept = Kept(0.0, clock.now(), away=True)
    away(clock, 60)
    clock.instant += timedelta(days=9000)
    ages = ages_of(clock)
    clock.advance(30)
    not_written = ages.counted(kept, clock.now(), clock.monotonic_s())
    assert (not_written.aged_s, not_written.away) == (30.0, True)  # doubted for now
    ages.count_from(clock.monotonic_s())
    clock.instant -= timedelta(days=9000)
    clock.advance(SETTLE_S)
    written = ages.counted(not_written, clock.now(), clock.monotonic_s())
    assert (written.aged_s, written.away) == (60 + 30 + SETTLE_S, False)


def test_a_clock_that_jumps_after_the_start_makes_no_absence_longer(clock: FakeClock) -> None:
    kept = Kept(0.0, clock.now(), away=True)
    away(clock, 60)
    ages = ages_of(clock)
    clock.instant += timedelta(days=9000)
    clock.advance(SETTLE_S)
    assert age_s(ages, kept, clock) == 60 + SETTLE_S


def test_a_clock_set_back_over_a_restart_adds_nothing_and_running_time_ends_the_draft(clock: FakeClock) -> None:
    kept = Kept(0.0, clock.now(), away=True)
    away(clock, -400 * DAY_S)
    ages = ages_of(clock)
    assert age_s(ages, kept, clock) == 0
    clock.advance(DAY_S)
    assert ages.counted(kept, clock.now(), clock.monotonic_s()).aged_s == DAY_S
