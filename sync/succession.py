"""What becomes of the dossiers that wait when a kiosk is enrolled again: it stands in the place of its former name.

Their manifests carry the former name and are never changed. A portal takes them from the new name only when the code
followed the old one, so an enrolment that would strand a single dossier is not taken up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kiosk.audit import AuditEvent
from sync.enrolment import Enrolled, Values, load_enrolment, save_enrolment
from sync.waiting import Sealed, Waiting, waiting

_LEFT_KEY = "portal.left_seq"


class Kept(Sealed, Protocol):
    """What succession needs of the store."""

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...

    def highest_seq(self) -> int: ...

    def shred(self, client_ref: UUID, now: datetime) -> None: ...

    def record_event(self, kind: AuditEvent, client_ref: UUID | None, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The enrolment is kept. `left` dossiers, which the former portal has in its backup, were shredded."""

    left: int = 0


def left_seq(store: Values) -> int:
    """The number up to which dossiers belong to names that today's portal does not answer for, 0 if there are none: it
    must not be asked about them, for that it does not know them is no loss."""
    return int(store.value(_LEFT_KEY) or b"0")


def succeed(store: Kept, enrolled: Enrolled, now: datetime) -> Succeeded | Waiting:
    """Take up the enrolment; or, Waiting, leave all as it is because the portal would not take those dossiers.

    Only the portal that the kiosk was enrolled with (the same root key) can follow its names: another one that claims
    to may file again what the first one holds. What the former portal has for good is not asked for again by anyone,
    so it is shredded now and not after the grace. At the same portal somebody has forgotten to let the code follow, and
    what is within its grace is stranded too.
    """
    before = load_enrolment(store)
    same_portal = before is None or before.enrolment.root_key["x"] == enrolled.enrolment.root_key["x"]
    answered_for = enrolled.names if same_portal else (enrolled.enrolment.kiosk_id,)
    stranded = waiting(store, answered_for, durable_too=before is not None and same_portal)
    if stranded.count:
        return stranded
    sealed_as = store.sealers.names()
    left = [ref for ref, name in sealed_as.items() if name not in answered_for]
    if left:
        store.record_event(AuditEvent.PORTAL_LEFT, None, now)
    for client_ref in left:
        store.shred(client_ref, now)
    if before is not None and before.enrolment.kiosk_id not in answered_for:
        store.set_value(_LEFT_KEY, str(store.highest_seq()).encode())
    save_enrolment(store, enrolled)
    store.record_event(AuditEvent.ENROLLED, None, now)
    return Succeeded(len(left))
