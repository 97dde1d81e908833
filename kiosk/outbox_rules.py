"""How a dossier's entry in the outbox may change: pure rules, which hold for every store.

All raise StoreProblem for a change that cannot be this dossier's: that is a fault of ours, and nothing has happened.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.errors import StoreProblem
from kiosk.outbox import UNSENT, Accepted, Held, OutboxEntry, Outcome, Refused, State, TryLater

# No dossier waits longer than this for its next try. So a next try later than that means that the clock was set back.
LONGEST_WAIT = timedelta(hours=1)

# Tries that were begun and never ended, each so soon after the one before: it is the dossier that ends the program.
CRASHES_OF_A_LOOP = 3
CRASHES_WITHIN = timedelta(minutes=10)  # from try to try: a large dossier may end the program late on a slow line
CRASH_LOOP = "crash_loop"  # the problem of a dossier that was set apart for that

_BACKED_BY_RECEIPT = frozenset({State.RECEIPTED, State.DURABLE, State.SHREDDED})


def begun(entry: OutboxEntry, state: State) -> OutboxEntry:
    """SENDING or COMMITTING, written down before the first byte of it may leave."""
    if state not in (State.SENDING, State.COMMITTING):
        raise StoreProblem(f"nothing begins with {state}")
    _must_be(entry, UNSENT)
    _must_be_wanted(entry)
    return replace(entry, state=state)


def tried(entry: OutboxEntry, outcome: Outcome, now: datetime, next_try_at: datetime | None) -> OutboxEntry:
    """What a try came to. A receipt may come at any time, even twice; it never moves a dossier back, and nothing moves
    one that was withdrawn while the try was under way."""
    if entry.state is State.WITHDRAWN:
        return entry
    if next_try_at is not None:
        next_try_at = min(next_try_at, now + LONGEST_WAIT)
    match outcome:
        case Accepted(receipt):
            _must_be(entry, UNSENT | {State.PARKED} | _BACKED_BY_RECEIPT)
            state = entry.state if entry.state in _BACKED_BY_RECEIPT else State.RECEIPTED
            national_code = receipt.national_code or entry.national_code
            return replace(entry, state=state, problem="", next_try_at=None, national_code=national_code)
        case Refused(reason):
            _must_be(entry, UNSENT)
            return replace(entry, state=State.PARKED, problem=reason, next_try_at=None)
        case TryLater(reason):
            _must_be(entry, UNSENT)
            return replace(entry, attempts=entry.attempts + 1, problem=reason, next_try_at=next_try_at)
        case Held():
            _must_be(entry, UNSENT)
            return replace(entry, next_try_at=next_try_at)


def crashed(entry: OutboxEntry) -> OutboxEntry:
    """Parked without a word from the portal: sending it ended the program again and again."""
    _must_be(entry, UNSENT)
    return replace(entry, state=State.PARKED, problem=CRASH_LOOP, next_try_at=None)


def unparked(entry: OutboxEntry, parked_from: State) -> OutboxEntry:
    """Back in the queue, in the state it was parked from: whether bytes of it have left is not forgotten."""
    _must_be(entry, {State.PARKED})
    _must_be_wanted(entry)
    return replace(entry, state=parked_from, attempts=0, problem="", next_try_at=None)


def durable(entry: OutboxEntry) -> OutboxEntry:
    """The portal says that it is in its backup. Once durable or shredded, that is no news."""
    _must_be(entry, _BACKED_BY_RECEIPT)
    return replace(entry, state=State.DURABLE) if entry.state is State.RECEIPTED else entry


def shredded(entry: OutboxEntry) -> OutboxEntry:
    """A tombstone: only from durable."""
    _must_be(entry, {State.DURABLE, State.SHREDDED})
    _must_be_wanted(entry)
    return replace(entry, state=State.SHREDDED)


def requeued(entry: OutboxEntry) -> OutboxEntry:
    """The portal has lost what it gave a receipt for: it goes out again, as long as its papers are here."""
    _must_be(entry, {State.RECEIPTED, State.DURABLE})
    return replace(entry, state=State.SEALED, attempts=0, problem="", next_try_at=None)


def withdrawal_asked(entry: OutboxEntry, now: datetime, *, has_left: bool) -> OutboxEntry:
    """Its citizen wants it back: withdrawn at once while nothing of it has left, else once the portal knows.

    Asking again is no news. What was shredded is the portal's alone, and is asked for there.
    """
    if entry.state is State.WITHDRAWN or entry.withdrawal_asked_at is not None:
        return entry
    _must_be(entry, UNSENT | {State.PARKED, State.RECEIPTED, State.DURABLE})
    asked = replace(entry, withdrawal_asked_at=now)
    return asked if has_left else _withdrawn(asked)


def withdrawal_confirmed(entry: OutboxEntry) -> OutboxEntry:
    """The portal knows of the withdrawal. Once withdrawn, that is no news."""
    if entry.state is State.WITHDRAWN:
        return entry
    if entry.withdrawal_asked_at is None:
        raise StoreProblem(f"nobody asked to withdraw dossier {entry.client_ref}")
    return _withdrawn(entry)


def _withdrawn(entry: OutboxEntry) -> OutboxEntry:
    return replace(entry, state=State.WITHDRAWN, problem="", next_try_at=None)


def _must_be_wanted(entry: OutboxEntry) -> None:
    if entry.withdrawal_asked_at is not None:
        raise StoreProblem(f"dossier {entry.client_ref} is to be withdrawn: that cannot happen to it")


def _must_be(entry: OutboxEntry, states: frozenset[State] | set[State]) -> None:
    if entry.state not in states:
        raise StoreProblem(f"dossier {entry.client_ref} is {entry.state}: that cannot happen to it")
