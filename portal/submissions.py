"""What the portal knows of dossiers that it holds, as it tells their own kiosk."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from kiosk.manifest import EventRecord, WireInstant
from kiosk.receipt import NeutralStatus, ProblemType, ReconcileAnswer, SubmissionStatus
from portal.enrolment import Kiosk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import submission
from portal.withdrawals import withdrawn_at

RECEIVED_TEXT = "Cổng đã nhận hồ sơ, chờ cán bộ xem xét"
WITHDRAWN_TEXT = "Hồ sơ đã được rút theo yêu cầu của người nộp"


def status_of(portal: Portal, caller: Kiosk, client_ref: UUID) -> SubmissionStatus:
    """The dossier's receipt, state and events. Raises Refused (NOT_FOUND), also for another kiosk's dossier."""
    own = (submission.c.client_ref == str(client_ref)) & submission.c.kiosk_id.in_(caller.names)
    with portal.database.read() as connection:
        row = connection.execute(select(submission).where(own)).one_or_none()
        withdrawn = withdrawn_at(connection, client_ref)
    if row is None and withdrawn is not None:
        raise Refused(ProblemType.WITHDRAWN, "this dossier was withdrawn before it came")
    if row is None:
        raise Refused(ProblemType.NOT_FOUND, "the portal holds no such dossier of this kiosk")
    events = [EventRecord(kind="received", at=_instant(row.received_at), actor="portal")]
    if withdrawn is not None:
        events.append(EventRecord(kind="withdrawn", at=_instant(withdrawn), actor="citizen"))
    return SubmissionStatus(
        receipt=row.receipt,
        status=NeutralStatus.WITHDRAWN if withdrawn else NeutralStatus.RECEIVED,
        raw_status="withdrawn" if withdrawn else "received",
        status_text=WITHDRAWN_TEXT if withdrawn else RECEIVED_TEXT,
        durable=_is_durable(portal, row.received_at, portal.now()),
        national_code=row.national_code,
        events=tuple(events),
    )


def reconcile(portal: Portal, caller: Kiosk, client_refs: Collection[UUID]) -> ReconcileAnswer:
    """Of the dossiers of the caller and of whom it follows: which are held, which of those are durable, and which are
    unknown here; and the highest sequence number among all of theirs."""
    asked = {str(client_ref): client_ref for client_ref in client_refs}
    own = submission.c.kiosk_id.in_(caller.names)
    which = own & submission.c.client_ref.in_(asked)
    with portal.database.read() as connection:
        rows = connection.execute(select(submission.c.client_ref, submission.c.received_at).where(which)).all()
        highest_seq = connection.scalar(select(func.max(submission.c.seq)).where(own))
    now = portal.now()
    durable = {row.client_ref for row in rows if _is_durable(portal, row.received_at, now)}
    held = {row.client_ref for row in rows} - durable
    return ReconcileAnswer(
        held=tuple(asked[text] for text in asked if text in held),
        durable=tuple(asked[text] for text in asked if text in durable),
        unknown=tuple(asked[text] for text in asked if text not in held | durable),
        highest_seq=highest_seq,
    )


def _instant(at: datetime) -> WireInstant:
    return WireInstant(at=at, clock="portal_checked")


def _is_durable(portal: Portal, received_at: datetime, now: datetime) -> bool:
    """Old enough to be in a backup: the operator sets `durable_after_s` to the interval of the backups."""
    return received_at + timedelta(seconds=portal.durable_after_s) <= now
