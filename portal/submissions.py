"""What the portal knows of dossiers that it holds, as it tells their own kiosk."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from kiosk.manifest import EventRecord, WireInstant
from kiosk.receipt import NeutralStatus, ProblemType, ReconcileAnswer, SubmissionStatus
from portal.enrolment import Kiosk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import submission

RECEIVED_TEXT = "Cổng đã nhận hồ sơ, chờ cán bộ xem xét"


def status_of(portal: Portal, caller: Kiosk, client_ref: UUID) -> SubmissionStatus:
    """The dossier's receipt, state and events. Raises Refused (NOT_FOUND), also for another kiosk's dossier."""
    own = (submission.c.client_ref == str(client_ref)) & (submission.c.kiosk_id == caller.id)
    with portal.database.read() as connection:
        row = connection.execute(select(submission).where(own)).one_or_none()
    if row is None:
        raise Refused(ProblemType.NOT_FOUND, "the portal holds no such dossier of this kiosk")
    received = WireInstant(at=row.received_at, clock="portal_checked")
    return SubmissionStatus(
        receipt=row.receipt,
        status=NeutralStatus.RECEIVED,
        raw_status="received",
        status_text=RECEIVED_TEXT,
        durable=_is_durable(portal, row.received_at, portal.now()),
        national_code=row.national_code,
        events=(EventRecord(kind="received", at=received, actor="portal"),),
    )


def reconcile(portal: Portal, caller: Kiosk, client_refs: Collection[UUID]) -> ReconcileAnswer:
    """Of the caller's dossiers: which are held, which of those are durable, and which are unknown here."""
    asked = {str(client_ref): client_ref for client_ref in client_refs}
    own = submission.c.client_ref.in_(asked) & (submission.c.kiosk_id == caller.id)
    with portal.database.read() as connection:
        rows = connection.execute(select(submission.c.client_ref, submission.c.received_at).where(own)).all()
    now = portal.now()
    durable = {row.client_ref for row in rows if _is_durable(portal, row.received_at, now)}
    held = {row.client_ref for row in rows} - durable
    return ReconcileAnswer(
        held=tuple(asked[text] for text in asked if text in held),
        durable=tuple(asked[text] for text in asked if text in durable),
        unknown=tuple(asked[text] for text in asked if text not in held | durable),
    )


def _is_durable(portal: Portal, received_at: datetime, now: datetime) -> bool:
    """Old enough to be in a backup: the operator sets `durable_after_s` to the interval of the backups."""
    return received_at + timedelta(seconds=portal.durable_after_s) <= now
