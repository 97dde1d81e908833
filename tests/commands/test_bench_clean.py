"""Tests of commands.bench_clean: a thread that is kept waiting shows as a gap."""

from commands.bench_clean import longest_gap_ms
from commands.bench_clock import fair_s


def hold_ms(milliseconds: float) -> object:
    """Keeps Python's lock: one call into C that does not let it go."""
    end_s = fair_s() + milliseconds / 1000
    while fair_s() < end_s:
        sum(range(3_000_000))
    return None


def test_work_that_keeps_pythons_lock_is_a_gap() -> None:
    assert longest_gap_ms(lambda: hold_ms(200)) > 15
