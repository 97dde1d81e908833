"""What is kept for ever about the kiosk's work: a chain of events without personal data, each holding to the last.

An event's hash covers its own content and the hash before it, so that none can be changed, removed or slipped in
without all later hashes changing; each dossier's manifest carries the head of its day to the portal, as a witness.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import apsw

from kiosk.errors import StoreCorrupt
from kiosk.manifest import sha256_hex
from kiosk.outbox import State
from kiosk.store_schema import microseconds
from kiosk.told_keys import ToldKey

GENESIS = "0" * 64  # what the first event follows


class AuditEvent(ToldKey):
    """The kinds of events. A kind's text is stored for ever: it is never changed, and never used for another thing."""

    STORE_CREATED = "store_created", "An empty store was made in a folder that had none."
    KIOSK_STARTED = "kiosk_started", "The program began to serve."
    KIOSK_STOPPED = "kiosk_stopped", "The program ended in order; without this it was killed or lost power."
    ENROLLED = "enrolled", "A portal took this kiosk in and its keys were pinned."
    REJOINED = "rejoined", "The portal knew a newer disk of this kiosk: this one, or the portal's, came from a backup."
    PORTAL_LEFT = "portal_left", "Enrolled with a portal that answers for none of the dossiers that are still here."
    VISIT_STARTED = "visit_started", "A citizen began a visit."
    VISIT_ENDED = "visit_ended", "A visit ended; what it had not filed was forgotten."
    HELP_CALLED = "help_called", "Somebody at the kiosk called for help."
    DRAFT_STOPPED = "draft_stopped", "A citizen saved an unfinished visit on purpose and was given a code."
    DRAFT_OPENED_BY_CODE = "draft_opened_by_code", "An unfinished visit was gone on with, by its code."
    DRAFT_OPENED_BY_STAFF = "draft_opened_by_staff", "An unfinished visit was gone on with; staff attested to the card."
    DRAFT_EXPIRED = (
        "draft_expired",
        "The time of an unfinished visit was over, or its room was needed: it was destroyed.",
    )
    DRAFT_DISCARDED = "draft_discarded", "A citizen left for good: the unfinished visit was destroyed."
    SLIP_PRINTED = "slip_printed", "The slip of a dossier left the printer."
    SLIP_FAILED = "slip_failed", "The slip of a dossier could not be printed; it can be printed again."
    DOSSIER_SEALED = "dossier_sealed", "A citizen filed: the dossier is encrypted on disk and unchangeable."
    DOSSIER_SENDING = "dossier_sending", "From here on, parts of the dossier may have left the kiosk."
    DOSSIER_COMMITTING = "dossier_committing", "From here on, the portal may hold the whole dossier."
    DOSSIER_RECEIPTED = "dossier_receipted", "The portal's signed receipt was verified and is kept."
    DOSSIER_PARKED = "dossier_parked", "The portal refused the dossier as it is; it is kept until staff decide."
    DOSSIER_CRASH_LOOP = (
        "dossier_crash_loop",
        "Sending the dossier ended the program again and again; it is kept until staff decide.",
    )
    DOSSIER_UNPARKED = "dossier_unparked", "A parked dossier was put back into the queue."
    DOSSIER_DURABLE = "dossier_durable", "The portal says that the dossier is in its backup."
    DOSSIER_EXPORTED = "dossier_exported", "From here on, a copy that only the province can open may be on a stick."
    DOSSIER_SHREDDED = "dossier_shredded", "The dossier's keys and papers were destroyed on this kiosk."
    TOMBSTONE_ENDED = (
        "tombstone_ended",
        "What was kept of a dossier long gone, codes, digests and receipt, was removed.",
    )
    DOSSIER_REQUEUED = (
        "dossier_requeued",
        "The portal lost a dossier that it had given a receipt for; it is sent again.",
    )
    WITHDRAWAL_ASKED = "withdrawal_asked", "A dossier that may have left is wanted back; the portal must be told."
    DOSSIER_WITHDRAWN = "dossier_withdrawn", "A dossier was withdrawn: its keys and papers on this kiosk are destroyed."
    WRAPPING_KEY_RENEWED = (
        "wrapping_key_renewed",
        "A new key wraps the dossiers' keys; older copies of the store hold only wraps under one that is gone.",
    )
    WRAPPING_KEY_LOST = (
        "wrapping_key_lost",
        "This copy of the store is older than the kiosk's key: what it holds opens with the recovery key alone.",
    )
    SEQ_ADVANCED = "seq_advanced", "The numbers of dossiers go on from a later one that the portal has seen."
    STAFF_ADDED = "staff_added", "Somebody of the staff was given a PIN, or another one."
    STAFF_REMOVED = "staff_removed", "Somebody's PIN was taken away."
    STAFF_SIGNED_IN = "staff_signed_in", "A right PIN was typed."
    STAFF_REFUSED = "staff_refused", "A wrong PIN was typed."
    STAFF_LOCKED = "staff_locked", "Too many wrong PINs in a row: none was looked at for a while."
    STAFF_VIEWED = "staff_viewed", "Staff were shown the name and phone of a dossier's people; the store keeps who."
    STAFF_WITHDREW = "staff_withdrew", "Staff withdrew a dossier for its citizen; the store keeps who."
    STAFF_EXPORTED = "staff_exported", "Staff began to copy the queue to a stick; the store keeps who."
    HELPER_ADDED = "helper_added", "Somebody was given a helper's badge here, or another one."
    HELPER_REVOKED = "helper_revoked", "A helper's badge was taken away; a shift under way ended with it."
    HELPER_CHECKED_IN = "helper_checked_in", "A helper began a shift with badge and PIN."
    HELPER_CHECKED_OUT = "helper_checked_out", "A helper ended a shift."
    HELPER_REFUSED = "helper_refused", "A helper's badge came with a wrong PIN, or is not good any more."
    HELPER_LOCKED = "helper_locked", "Too many wrong PINs in a row with one badge: none was looked at for a while."
    ROSTER_TAKEN = "roster_taken", "The portal's signed list of helpers took the place of the one before."
    HELP_AGREED = "help_agreed", "A citizen agreed to a helper, for one dossier."
    HELP_PAUSED = "help_paused", "A citizen paused the help."
    HELP_RESUMED = "help_resumed", "A citizen wanted the help again."
    HELP_ENDED = "help_ended", "A helper had no more part in a dossier: changed, sent away, or the shift was over."
    HANDOVER_CONFIRMED = "handover_confirmed", "After a helper, a citizen confirmed the dossier alone."
    HANDOVER_DOUBTED = "handover_doubted", "After a helper, a citizen said that something in the dossier is wrong."
    HANDOVER_CANCELLED = "handover_cancelled", "What was confirmed after a helper was taken back before filing."


OF_STATE = {
    State.SENDING: AuditEvent.DOSSIER_SENDING,
    State.COMMITTING: AuditEvent.DOSSIER_COMMITTING,
    State.RECEIPTED: AuditEvent.DOSSIER_RECEIPTED,
    State.PARKED: AuditEvent.DOSSIER_PARKED,
    State.DURABLE: AuditEvent.DOSSIER_DURABLE,
    State.SHREDDED: AuditEvent.DOSSIER_SHREDDED,
    State.WITHDRAWN: AuditEvent.DOSSIER_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Link:
    """One event of the chain. `at_us` is the kiosk's own clock in microseconds since 1970 UTC, right or wrong;
    of DOSSIER_DURABLE it is the portal's, because days are counted from it."""

    seq: int
    at_us: int
    kind: str
    client_ref: UUID | None
    prev_hash: str

    def digest(self) -> str:
        """The SHA-256 of the event's canonical bytes: a JSON list without spaces, fields in the order above."""
        ref = str(self.client_ref) if self.client_ref else None
        canonical = json.dumps([self.seq, self.at_us, self.kind, ref, self.prev_hash], separators=(",", ":"))
        return sha256_hex(canonical.encode())


def append(connection: apsw.Connection, kind: AuditEvent, client_ref: UUID | None, at: datetime) -> None:
    """Add an event, inside the caller's transaction: a change of state and its event are there together or not."""
    seq, prev_hash = _last(connection)
    link = Link(seq + 1, microseconds(at), kind.value, client_ref, prev_hash)
    ref = client_ref.bytes if client_ref else None
    connection.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
        (link.seq, link.at_us, link.kind, ref, prev_hash, link.digest()),
    )


def head(connection: apsw.Connection) -> str:
    """The hash of the last event, GENESIS before the first."""
    return _last(connection)[1]


def verify(connection: apsw.Connection) -> int:
    """The number of events. Raises StoreCorrupt unless the chain is whole and holds the head of every manifest."""
    count, last_hash = 0, GENESIS
    for seq, at_us, kind, ref, prev_hash, kept_hash in connection.execute("SELECT * FROM event ORDER BY seq"):
        count += 1
        link = Link(seq, at_us, kind, UUID(bytes=ref) if ref else None, prev_hash)
        if seq != count or prev_hash != last_hash or kept_hash != link.digest():
            raise StoreCorrupt(f"the audit chain is broken at event {count}")
        last_hash = kept_hash
    lost = connection.execute("SELECT min(seq) FROM dossier WHERE audit_head NOT IN (SELECT hash FROM event)").get
    if lost is not None:
        raise StoreCorrupt(f"the audit chain has lost the event that dossier {lost} followed")
    return count


def _last(connection: apsw.Connection) -> tuple[int, str]:
    row: tuple[int, str] | None = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, GENESIS)
