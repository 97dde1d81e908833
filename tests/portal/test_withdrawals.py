"""Tests of portal/withdrawals.py beyond the contract: who withdraws what, two at a time, and what people see."""

from concurrent.futures import ThreadPoolExecutor

from kiosk.receipt import ProblemType
from portal.enrolment import new_code
from portal.inbox import inbox_page, stored_dossier
from portal.opening import Portal
from portal.withdrawals import withdrawn_at
from tests.portal.desk import OFFICE, Desk, enrol, problem


def test_two_at_the_same_time_give_one_answer(desk: Desk) -> None:
    dossier = desk.dossier()
    desk.call("GET", "/v1/roster")
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: desk.withdraw(dossier), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.content for answer in answers}) == 1


def test_another_kiosk_cannot_withdraw_it_nor_see_the_proof(portal: Portal, desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    other = enrol(desk.url, code)
    problem(other.withdraw(dossier), 409, ProblemType.DIFFERENT_CONTENT)
    assert desk.withdraw(dossier).status_code == 201
    answer = other.call("GET", f"/v1/submissions/{dossier.client_ref}/withdrawal")
    problem(answer, 404, ProblemType.NOT_FOUND)
    other.http.close()


def test_two_disks_in_one_kiosks_place_withdraw_it_alike(portal: Portal, desk: Desk) -> None:
    """A kiosk's disk was copied, and both were enrolled again: either holds the dossier, which never came."""
    dossier = desk.dossier()
    codes = []
    with portal.database.write() as connection:
        codes = [new_code(connection, OFFICE, portal.now(), follows=desk.enrolment.kiosk_id) for _ in range(2)]
    one, two = (enrol(desk.url, code) for code in codes)
    first = one.withdraw(dossier)
    assert first.status_code == 201
    again = two.withdraw(dossier)
    assert (again.status_code, again.content) == (200, first.content)
    assert two.call("GET", f"/v1/submissions/{dossier.client_ref}/withdrawal").content == first.content
    changed = two.withdraw(dossier, two.withdrawal(dossier, manifest_sha256="0" * 64))
    problem(changed, 409, ProblemType.DIFFERENT_CONTENT)
    one.http.close()
    two.http.close()


def test_people_see_that_it_was_withdrawn(portal: Portal, desk: Desk) -> None:
    kept, gone = desk.dossier(), desk.dossier()
    for dossier in (kept, gone):
        desk.file(dossier)
    desk.withdraw(gone)
    shown = {row.client_ref: row.withdrawn for row in inbox_page(portal, 1).rows}
    assert shown == {str(kept.client_ref): False, str(gone.client_ref): True}
    found = stored_dossier(portal, gone.client_ref)
    assert found is not None
    with portal.database.read() as connection:
        assert found.withdrawn_at == withdrawn_at(connection, gone.client_ref)
    assert found.withdrawn_at is not None
