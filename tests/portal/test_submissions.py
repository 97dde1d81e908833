"""Tests of portal/submissions.py: what a kiosk may ask, and when a dossier counts as durable."""

import dataclasses
import uuid
from datetime import timedelta

from kiosk.receipt import ProblemType, ReconcileAnswer, SubmissionStatus
from portal.enrolment import Kiosk, find_kiosk, new_code
from portal.opening import Portal
from portal.submissions import reconcile, status_of
from tests.fakes import FakeClock
from tests.portal.desk import OFFICE, Desk, enrol, problem


def caller(portal: Portal, desk: Desk) -> Kiosk:
    with portal.database.read() as connection:
        kiosk = find_kiosk(connection, desk.enrolment.kiosk_id)
    assert kiosk is not None
    return kiosk


def test_a_dossier_is_durable_when_the_backup_is_due(portal: Portal, desk: Desk, clock: FakeClock) -> None:
    dossier = desk.dossier()
    received_at = desk.receipt(desk.file(dossier)).received_at
    kiosk, ref = caller(portal, desk), dossier.client_ref
    clock.instant = received_at + timedelta(seconds=99)
    later = dataclasses.replace(portal, durable_after_s=100.0, now=clock.now)
    assert not status_of(later, kiosk, ref).durable
    assert reconcile(later, kiosk, [ref]) == ReconcileAnswer(held=(ref,), durable=(), unknown=(), highest_seq=1)
    clock.advance(1)
    assert status_of(later, kiosk, ref).durable
    assert reconcile(later, kiosk, [ref]) == ReconcileAnswer(held=(), durable=(ref,), unknown=(), highest_seq=1)


def test_a_kiosk_learns_nothing_of_anothers_dossier(portal: Portal, url: str, desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    other = enrol(url, code)
    assert other.call("GET", f"/v1/submissions/{dossier.client_ref}").status_code == 404
    assert reconcile(portal, caller(portal, other), [dossier.client_ref]).unknown == (dossier.client_ref,)
    assert other.commit(dossier).status_code == 409  # neither its receipt
    other.http.close()


def test_a_successor_is_answered_as_the_kiosk_before_it(portal: Portal, url: str, desk: Desk) -> None:
    dossier, unsent = desk.dossier(), desk.dossier(seq=2)
    first = desk.file(dossier)
    with portal.database.write() as connection:
        codes = [new_code(connection, OFFICE, portal.now(), desk.enrolment.kiosk_id) for _ in range(2)]
    for code in codes:  # two machines, where one was copied
        successor = enrol(url, code)
        again = successor.commit(dossier)
        assert (again.status_code, again.content) == (200, first.content)
        assert successor.call("GET", f"/v1/submissions/{dossier.client_ref}").status_code == 200
        assert successor.receipt(successor.file(unsent)).kiosk_id == desk.enrolment.kiosk_id
        told = reconcile(portal, caller(portal, successor), [dossier.client_ref, unsent.client_ref])
        assert (set(told.durable), told.highest_seq) == ({dossier.client_ref, unsent.client_ref}, 2)
        successor.http.close()
    problem(desk.commit(dossier), 403, ProblemType.REVOKED)


def test_the_status_tells_that_it_was_received(desk: Desk) -> None:
    dossier = desk.dossier()
    received_at = desk.receipt(desk.file(dossier)).received_at
    answer = desk.call("GET", f"/v1/submissions/{dossier.client_ref}")
    status = SubmissionStatus.model_validate_json(answer.content)
    assert (status.status, status.durable) == ("received", True)
    assert [(event.kind, event.actor, event.at.at) for event in status.events] == [("received", "portal", received_at)]


def test_a_thousand_dossiers_are_reconciled_at_once_and_no_more(desk: Desk) -> None:
    def asked(count: int) -> int:
        refs = ", ".join(f'"{uuid.UUID(int=number)}"' for number in range(count))
        body = f'{{"client_refs": [{refs}]}}'.encode()
        return desk.call("POST", "/v1/submissions/reconcile", body, "application/json").status_code

    assert (asked(0), asked(1000), asked(1001)) == (200, 200, 422)
