"""Which of the dossiers that are due go out in a round, and in which order."""

from collections.abc import Sequence

from kiosk.manifest import PIECE_MAX_BYTES
from kiosk.outbox import OutboxEntry

SMALL_BYTES = PIECE_MAX_BYTES


def is_small(entry: OutboxEntry) -> bool:
    """Whether its papers are one piece at most: seconds, on a line where a dossier of scans takes an hour."""
    return entry.size_bytes <= SMALL_BYTES


def in_order(due: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """The due dossiers, fewest failures first so that none blocks the others; among equals the small ones first, then
    by number.

    A small one may overtake large ones of other services only. Where the law gives weight to who came first (the
    registration of a mortgage, a name), it compares filings of one kind, and those keep the order of sealing. Time
    limits run from what the portal's receipt says (Decree 61/2018/NĐ-CP Art. 17), which no large dossier gets later
    for the seconds that a small one takes.
    """
    waiting: set[tuple[int, str]] = set()  # services, by failures, that have a large one before
    places = []
    for entry in sorted(due, key=lambda each: (each.attempts, each.seq)):
        kind = (entry.attempts, entry.service_code)
        if not is_small(entry):
            waiting.add(kind)
        places.append((entry.attempts, kind in waiting, entry.seq, entry))
    return [place[-1] for place in sorted(places, key=lambda place: place[:-1])]
