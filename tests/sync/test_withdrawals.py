"""Withdrawals go to the portal in a round, before dossiers; the portal's signed proof ends them, and nothing else."""

import json
from collections.abc import Callable
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.errors import DiskFull
from kiosk.manifest import sha256_hex
from kiosk.outbox import QueueCondition, State
from kiosk.receipt import WITHDRAWAL_MEDIA_TYPE, ProblemType, WithdrawalProof, WithdrawalRequest
from sync.withdrawals import withdrawal_problems
from tests.fakes_http import Say
from tests.fakes_portal import KIOSK_ID, FakePortal, problem, sign
from tests.sync.desk import Desk

PROOF = "vnd.diem-truy-cap.withdrawal-proof+json"


def path(client_ref: UUID) -> str:
    return f"/v1/submissions/{client_ref}/withdrawal"


def ask(desk: Desk, number: int = 1) -> WithdrawalRequest:
    """A dossier of which some may have left is wanted back; what the kiosk must sign for it."""
    ref = desk.file(number, b"a paper")
    desk.store.begin(ref, State.SENDING, desk.clock.now())
    desk.store.withdraw(ref, desk.clock.now())
    wish = desk.store.withdrawal(ref)
    assert wish is not None
    return WithdrawalRequest(
        client_ref=ref, kiosk_id=KIOSK_ID, manifest_sha256=wish.manifest_sha256, asked_at=wish.asked_at
    )


def test_a_dossier_that_may_have_left_is_withdrawn_when_the_portal_has_signed(desk: Desk, server: FakePortal) -> None:
    request = ask(desk)
    assert desk.entry(request.client_ref).state is State.SENDING
    assert desk.round().condition is QueueCondition.CLEAR
    assert desk.entry(request.client_ref).state is State.WITHDRAWN
    assert desk.store.withdrawals_due() == ()
    wish = desk.store.withdrawal(request.client_ref)
    assert wish is not None
    assert wish.proof == server.withdrawn[request.client_ref]
    assert desk.store.exports.dossier(request.client_ref) is None, "keys and papers are gone"  # type: ignore[union-attr]


def test_one_that_was_filed_is_withdrawn_and_keeps_its_receipt(desk: Desk) -> None:
    ref = desk.file(1)
    desk.round()
    desk.store.withdraw(ref, desk.clock.now())
    desk.round()
    assert desk.entry(ref).state is State.WITHDRAWN
    assert desk.store.receipt(ref) is not None


def test_it_goes_out_before_dossiers_and_none_is_kept_back(desk: Desk, server: FakePortal) -> None:
    first, second = ask(desk, 1), ask(desk, 2)
    other = desk.file(3)
    server.always("PUT", path(first.client_ref), Say(500))
    desk.round()
    assert desk.entry(first.client_ref).state is State.SENDING
    assert desk.entry(second.client_ref).state is State.WITHDRAWN
    assert desk.entry(other).state is State.RECEIPTED


def test_a_failed_try_waits_longer_and_longer(desk: Desk, server: FakePortal) -> None:
    request = ask(desk)
    server.always("PUT", path(request.client_ref), Say(503))
    for _ in range(200):
        desk.round()
        desk.clock.advance(5)
    assert 3 <= server.count("PUT", path(request.client_ref)) <= 40
    server.heal()
    desk.clock.advance(900)
    desk.round()
    assert desk.entry(request.client_ref).state is State.WITHDRAWN


def test_a_refusal_is_kept_for_the_staff_and_asked_again_next_day(desk: Desk, server: FakePortal) -> None:
    request = ask(desk)
    server.script("PUT", path(request.client_ref), problem(ProblemType.DIFFERENT_CONTENT, 409))
    for _ in range(3):
        assert desk.round().condition is QueueCondition.CLEAR
        desk.clock.advance(60)
    assert withdrawal_problems(desk.store) == {request.client_ref: ProblemType.DIFFERENT_CONTENT}
    assert desk.entry(request.client_ref).state is State.SENDING
    desk.clock.advance(8 * 3600)
    desk.round()
    assert desk.entry(request.client_ref).state is State.WITHDRAWN
    assert withdrawal_problems(desk.store) == {}


def test_a_portals_own_reason_is_final_and_shown(desk: Desk, server: FakePortal) -> None:
    """The office has decided by now: nobody is asked every few minutes for ever."""
    request = ask(desk)
    server.always("PUT", path(request.client_ref), problem("urn:other:already-decided", 409))
    for _ in range(10):
        assert desk.round().condition is QueueCondition.CLEAR
        desk.clock.advance(600)
    assert server.count("PUT", path(request.client_ref)) == 1
    assert withdrawal_problems(desk.store) == {request.client_ref: "urn:other:already-decided"}


def test_a_409_without_a_reason_is_work_under_way(desk: Desk, server: FakePortal) -> None:
    request = ask(desk)
    server.script("PUT", path(request.client_ref), problem("about:blank", 409))
    desk.round()
    assert withdrawal_problems(desk.store) == {}
    desk.clock.advance(900)
    desk.round()
    assert desk.entry(request.client_ref).state is State.WITHDRAWN


def test_a_held_queue_is_told_by_it_too(desk: Desk, server: FakePortal) -> None:
    request = ask(desk)
    server.script("PUT", path(request.client_ref), Say(511))
    assert desk.round().condition is QueueCondition.CAPTIVE


def proof_for(request: WithdrawalRequest, **changes: object) -> bytes:
    members = request.model_dump(exclude={"asked_at"}) | {"withdrawn_at": request.asked_at}
    return WithdrawalProof.model_validate(members | changes).model_dump_json().encode()


def other_digest(request: WithdrawalRequest, server: FakePortal) -> str:
    return sign(proof_for(request, manifest_sha256="0" * 64), server.signing, server.kid, PROOF)


def other_typ(request: WithdrawalRequest, server: FakePortal) -> str:
    return sign(proof_for(request), server.signing, server.kid, "vnd.diem-truy-cap.receipt+json")


def other_key(request: WithdrawalRequest, server: FakePortal) -> str:
    return sign(proof_for(request), Ed25519PrivateKey.generate(), server.kid, PROOF)


def no_signature(request: WithdrawalRequest, server: FakePortal) -> str:
    return jwt.PyJWS().encode(proof_for(request), "", algorithm="none", headers={"kid": server.kid, "typ": PROOF})


@pytest.mark.parametrize("made", [other_digest, other_typ, other_key, no_signature])
def test_what_proves_nothing_destroys_nothing(
    desk: Desk, server: FakePortal, made: Callable[[WithdrawalRequest, FakePortal], str]
) -> None:
    request = ask(desk)
    body = json.dumps({"withdrawal": "", "proof": made(request, server)}).encode()
    server.script("PUT", path(request.client_ref), Say(200, body, WITHDRAWAL_MEDIA_TYPE))
    desk.round()
    assert desk.entry(request.client_ref).state is State.SENDING
    assert desk.store.manifest(request.client_ref)


def test_a_fault_of_ours_on_one_keeps_no_other_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ask(desk, 1), ask(desk, 2)
    confirmed = desk.store.withdrawal_confirmed

    def full(client_ref: object, *rest: object) -> None:
        if client_ref == first.client_ref:
            raise DiskFull("no room")
        confirmed(client_ref, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.store, "withdrawal_confirmed", full)
    desk.round()
    assert [desk.entry(each.client_ref).state for each in (first, second)] == [State.SENDING, State.WITHDRAWN]


# What the portal knows to be withdrawn, and this disk does not (it was put back from a backup)


def forgotten(desk: Desk, server: FakePortal) -> WithdrawalRequest:
    ref = desk.file(1)
    digest = sha256_hex(desk.store.manifest(ref))
    request = WithdrawalRequest(client_ref=ref, kiosk_id=KIOSK_ID, manifest_sha256=digest, asked_at=desk.clock.now())
    server.withdraw(request)
    return request


def test_a_late_commit_of_a_withdrawn_dossier_ends_as_withdrawn(desk: Desk, server: FakePortal) -> None:
    request = forgotten(desk, server)
    report = desk.round()
    assert (report.accepted, report.refused) == (0, 0)
    assert desk.entry(request.client_ref).state is State.WITHDRAWN


def test_a_recall_of_a_withdrawn_dossier_ends_the_same(desk: Desk, server: FakePortal) -> None:
    request = forgotten(desk, server)
    desk.store.begin(request.client_ref, State.COMMITTING, desk.clock.now())
    desk.round()
    assert desk.entry(request.client_ref).state is State.WITHDRAWN


def test_a_portal_that_says_so_and_cannot_prove_it_parks_the_dossier(desk: Desk, server: FakePortal) -> None:
    ref = desk.file(1)
    server.script("PUT", f"/v1/submissions/{ref}", problem(ProblemType.WITHDRAWN, 410))
    desk.round()
    assert (desk.entry(ref).state, desk.entry(ref).problem) == (State.PARKED, ProblemType.WITHDRAWN)
    assert desk.store.manifest(ref)
