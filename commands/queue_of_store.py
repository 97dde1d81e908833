"""The listing of a whole store, read a page at a time, so that a citizen who files meanwhile does not wait."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from commands.queue_health import health_of, troubles_of
from commands.queue_listing import listing
from commands.standing import standing_of
from commands.withdrawing import withdrawals_of
from kiosk.config import Settings
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.queue_alarm import tally_of
from kiosk.store import Store
from sync.alarms import SyncAlarm

_PAGE = 500
_LISTED = tuple(state for state in State if state is not State.SHREDDED)


def listing_of(
    store: Store,
    condition: QueueCondition | None,
    settings: Settings,
    now: datetime,
    heard: Collection[SyncAlarm] = (),
) -> dict[str, Any]:
    """See `listing`; tombstones, of which there may be a hundred thousand, are only counted. `heard` is what the
    running loop says; `kiosk` is who this kiosk is to its portal. Raises StoreProblem."""
    entries = list(entries_listed(store))
    health = health_of(tally_of(entries), settings, now, troubles_of(store, settings, condition, heard))
    shown = listing(entries, condition, store.set_aside, health, shredded=store.counts()[State.SHREDDED])
    return {**shown, "kiosk": standing_of(store), "withdrawals": withdrawals_of(store)}


def entries_listed(store: Store) -> Iterator[OutboxEntry]:
    """Every dossier but those that were shredded, in the order of sealing. Raises StoreProblem."""
    after_seq = 0
    while page := store.page(after_seq, _PAGE, _LISTED):
        yield from page
        after_seq = page[-1].seq
