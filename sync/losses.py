"""What a portal lost after this kiosk had destroyed its own copy: the receipts that are left are the only proof."""

import json
from typing import Protocol

from kiosk.outbox import OutboxEntry

STORE_KEY = "sync.lost"
_KEPT = 1000  # more would be a portal that lost everything, which its operator knows by then


class Values(Protocol):
    """The store's small values."""

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...


class Entries(Values, Protocol):
    """The store's small values, and its dossiers."""

    def by_slip_code(self, slip_code: str) -> OutboxEntry | None: ...


def lost_slip_codes(store: Values) -> tuple[str, ...]:
    """The slip codes of such dossiers, in the order in which they were missed."""
    kept = store.value(STORE_KEY)
    return tuple(json.loads(kept)) if kept else ()


def note_losses(store: Values, missed: set[str], known: set[str]) -> tuple[str, ...]:
    """Remember slip codes that the portal misses, forget those that it knows (again). Answers those that are new."""
    before = lost_slip_codes(store)
    new = tuple(sorted(missed - set(before)))
    after = tuple(code for code in (*before, *new) if code not in known)[:_KEPT]
    if after != before:
        store.set_value(STORE_KEY, json.dumps(after).encode())
    return new


def forget_ended(store: Entries, up_to_seq: int) -> None:
    """Forget slip codes whose dossier is not remembered here any more, or has a number up to that: today's portal does
    not answer for those, so nothing could ever end their alarm."""
    entries = {code: store.by_slip_code(code) for code in lost_slip_codes(store)}
    note_losses(store, set(), {code for code, entry in entries.items() if entry is None or entry.seq <= up_to_seq})
