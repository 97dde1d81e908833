"""The lock after wrong PINs: how many are free, how long the next wait is, and what a clock that jumps does to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.staff import Locked, WrongPin

FREE_TRIES = 5
LOCK_FIRST = timedelta(minutes=5)
LOCK_MAX = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row, and since when none is looked at."""

    failures: int = 0
    locked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What is to be kept before a PIN is looked at. `locked`: it is not looked at."""

    tries: Tries
    locked: Locked | None = None


def count(tries: Tries, now: datetime, waited: timedelta | None) -> Count:
    """Count one more try as a wrong one. `waited` is how long the lock has lasted, where a clock that nobody can set
    knows that."""
    if tries.locked_at is not None:
        # After a restart there is only the wall clock. One that was set back would hold the lock until it is as late
        # again: the lock begins anew instead.
        locked_at = min(tries.locked_at, now) if waited is None else now - waited
        until = locked_at + lock_length(tries.failures)
        if now < until:
            return Count(Tries(tries.failures, locked_at), Locked(until))
    failures = tries.failures + 1
    return Count(Tries(failures, None if failures % FREE_TRIES else now))


def refused(failures: int, now: datetime) -> WrongPin | Locked:
    """The answer to the last of so many wrong PINs."""
    if failures % FREE_TRIES:
        return WrongPin(FREE_TRIES - failures % FREE_TRIES)
    return Locked(now + lock_length(failures))


def lock_length(failures: int) -> timedelta:
    """Five wrong ones in a row lock for five minutes, the next five for twice as long, up to an hour."""
    return min(LOCK_MAX, LOCK_FIRST * 2.0 ** min(failures // FREE_TRIES - 1, 16))
