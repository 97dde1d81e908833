"""Tests of sync/kiosk_portal.py: the three phases of our contract, the recall, the check-up."""

from uuid import UUID, uuid4

import pytest

from kiosk.manifest import MEDIA_TYPE, Manifest
from kiosk.outbox import Accepted, Held, QueueCondition, TryLater
from kiosk.receipt import RECEIPT_MEDIA_TYPE, ProblemType
from sync.portal import CheckUp, Parcel
from tests.fakes_http import Reply, Say, html
from tests.fakes_portal import JSON, FakePortal, problem
from tests.sync.desk import Desk


@pytest.fixture
def parcel(desk: Desk) -> Parcel:
    ref = desk.file(1, b"first paper", b"second paper")
    return Parcel(ref, desk.store.manifest(ref), lambda sha256: desk.store.piece(ref, sha256))


def test_the_three_phases_bring_a_dossier_to_the_portal(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    assert desk.portal.reserve(parcel) is None
    assert server.seen == []
    assert desk.portal.upload(parcel) is None
    assert len(server.pieces) == 2
    outcome = desk.portal.commit(parcel)
    assert isinstance(outcome, Accepted)
    assert outcome.jws == server.receipts[parcel.client_ref]
    assert server.manifests[parcel.client_ref] == parcel.manifest
    assert server.headers_seen[-2]["Content-Type"] == MEDIA_TYPE, "before the keys were asked for"


def test_every_phase_may_be_repeated(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    outcomes = []
    for _ in range(2):
        assert desk.portal.upload(parcel) is None
        outcomes.append(desk.portal.commit(parcel))
    assert outcomes[0] == outcomes[1]
    assert server.count("PUT", "/v1/blobs/") == 2


def test_pieces_that_the_portal_lost_are_sent_again_with_the_commit(
    desk: Desk, server: FakePortal, parcel: Parcel
) -> None:
    desk.portal.upload(parcel)
    lost = next(iter(server.pieces))
    del server.pieces[lost]
    assert isinstance(desk.portal.commit(parcel), Accepted)
    assert server.count("PUT", f"/v1/blobs/{lost}") == 2
    assert server.count("PUT", "/v1/submissions/") == 2


@pytest.mark.parametrize("named", ["piece", "document"])
def test_what_does_not_fit_is_sent_again_unasked(desk: Desk, server: FakePortal, parcel: Parcel, named: str) -> None:
    desk.portal.upload(parcel)
    document = Manifest.model_validate_json(parcel.manifest).documents[1]
    digest = document.pieces[0].sha256 if named == "piece" else document.sha256
    server.script("PUT", "/v1/submissions/", problem(ProblemType.DIGEST_MISMATCH, 422, sha256=digest))
    assert isinstance(desk.portal.commit(parcel), Accepted)
    assert server.count("PUT", f"/v1/blobs/{document.pieces[0].sha256}") == 2


@pytest.mark.parametrize("kind", [ProblemType.MISSING_PIECES, ProblemType.DIGEST_MISMATCH])
def test_a_portal_that_always_wants_more_is_left_for_later(
    desk: Desk, server: FakePortal, parcel: Parcel, kind: ProblemType
) -> None:
    piece = Manifest.model_validate_json(parcel.manifest).pieces()[0].sha256
    server.always("PUT", "/v1/submissions/", problem(kind, 422, missing=(piece,), sha256=piece))
    assert desk.portal.commit(parcel) == TryLater(kind)
    assert server.count("PUT", "/v1/submissions/") == 3


def test_pieces_that_are_not_of_the_dossier_are_not_sent(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    server.always("PUT", "/v1/submissions/", problem(ProblemType.MISSING_PIECES, 422, missing=("0" * 64,)))
    assert desk.portal.commit(parcel) == TryLater(ProblemType.MISSING_PIECES)
    assert server.count("PUT", "/v1/blobs/") == 0


def test_a_setback_while_sending_again_ends_the_commit(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    server.always("PUT", "/v1/blobs/", html())
    result = desk.portal.commit(parcel)
    assert isinstance(result, Held)
    assert result.condition is QueueCondition.CAPTIVE


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Say(201, b"{}", RECEIPT_MEDIA_TYPE), TryLater("unknown:receipt_form")),
        (Say(200, b'{"receipt": "a.b.c"}', RECEIPT_MEDIA_TYPE), TryLater("unknown:receipt_form")),
        (Say(202, b"{}", RECEIPT_MEDIA_TYPE), TryLater("http-202")),
        (Say(201, b"{}", JSON), Held(QueueCondition.CAPTIVE, f"http-201 {JSON}")),
        (Say(204), Held(QueueCondition.CAPTIVE, "http-204 ")),
        (problem("about:blank", 409, {"Retry-After": "5"}), TryLater("about:blank", 5.0)),
    ],
    ids=["no-receipt", "no-jws", "accepted-maybe", "json", "nothing", "processing"],
)
def test_a_commit_without_a_receipt_is_no_success(
    desk: Desk, server: FakePortal, parcel: Parcel, reply: Reply, expected: TryLater | Held
) -> None:
    server.script("PUT", "/v1/submissions/", reply)
    assert desk.portal.commit(parcel) == expected


def test_the_receipt_of_another_dossier_is_not_taken(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    server.change_receipt = lambda receipt: receipt.model_copy(update={"client_ref": uuid4()})
    desk.portal.upload(parcel)
    assert desk.portal.commit(parcel) == TryLater("unknown:receipt_client_ref")
    assert desk.portal.recall(parcel) == TryLater("unknown:receipt_client_ref")


def test_a_receipt_is_recalled(desk: Desk, parcel: Parcel) -> None:
    assert desk.portal.recall(parcel) is None
    desk.portal.upload(parcel)
    committed = desk.portal.commit(parcel)
    assert desk.portal.recall(parcel) == committed


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Say(404), TryLater("http-404")),
        (Say(500), TryLater("http-500")),
        (Say(200, b"{}", JSON), TryLater("unknown:receipt_form")),
        (html(200), Held(QueueCondition.CAPTIVE, "http-200 text/html")),
        (problem(ProblemType.REVOKED, 403), Held(QueueCondition.AUTH, ProblemType.REVOKED)),
    ],
)
def test_a_recall_that_tells_nothing_is_not_a_no(
    desk: Desk, server: FakePortal, parcel: Parcel, reply: Reply, expected: TryLater | Held
) -> None:
    server.script("GET", "/v1/submissions/", reply)
    assert desk.portal.recall(parcel) == expected


def test_a_check_up_tells_what_is_durable_and_what_is_lost(desk: Desk, server: FakePortal, parcel: Parcel) -> None:
    desk.portal.upload(parcel)
    desk.portal.commit(parcel)
    strange = UUID(int=99)
    ref = parcel.client_ref
    assert desk.portal.check_up([ref, strange]) == CheckUp(frozenset(), frozenset({strange}))
    server.durable.add(ref)
    assert desk.portal.check_up([ref]) == CheckUp(frozenset({ref}), frozenset())


def test_a_check_up_asks_for_a_thousand_at_a_time(desk: Desk, server: FakePortal) -> None:
    refs = [UUID(int=number) for number in range(2001)]
    assert desk.portal.check_up(refs) == CheckUp(frozenset(), frozenset(refs))
    assert server.count("POST", "/v1/submissions/reconcile") == 3


def test_a_check_up_believes_nothing_that_was_not_asked(desk: Desk, server: FakePortal) -> None:
    ref, other = UUID(int=1), UUID(int=2)
    body = f'{{"held": [], "durable": ["{ref}", "{other}"], "unknown": []}}'.encode()
    server.script("POST", "/v1/submissions/reconcile", Say(200, body, JSON))
    assert desk.portal.check_up([ref]) == CheckUp(frozenset({ref}), frozenset())


@pytest.mark.parametrize("reply", [Say(200, b"{}", JSON), Say(400, b"{}", JSON), Say(503)])
def test_a_check_up_without_an_answer_tells_nothing(desk: Desk, server: FakePortal, reply: Reply) -> None:
    server.script("POST", "/v1/submissions/reconcile", reply)
    assert isinstance(desk.portal.check_up([]), TryLater)


def test_an_abort_holds_for_every_call(desk: Desk, parcel: Parcel) -> None:
    desk.portal.abort()
    stopped = Held(QueueCondition.OFFLINE, "stopped")
    assert desk.portal.upload(parcel) == stopped
    assert desk.portal.commit(parcel) == stopped
    assert desk.portal.check_up([]) == stopped
