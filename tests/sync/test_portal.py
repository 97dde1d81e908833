"""Tests of sync/portal.py: without an enrolment everything waits."""

from uuid import UUID

from kiosk.outbox import Held, QueueCondition
from sync.portal import NoPortal, Parcel, PortalPort


def test_without_a_portal_every_call_is_held() -> None:
    portal: PortalPort = NoPortal()
    parcel = Parcel(UUID(int=1), b"", lambda _: b"")
    held = Held(QueueCondition.NOT_ENROLLED)
    assert portal.reserve(parcel) == portal.upload(parcel) == portal.commit(parcel) == held
    assert portal.recall(parcel) == portal.check_up([]) == held
    portal.abort()
    portal.close()
