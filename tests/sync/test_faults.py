"""Every fault at every call of a filing: nothing is lost or doubled, and the queue drains when the fault is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.outbox import UNSENT, QueueCondition, State
from kiosk.receipt import ProblemType
from sync.transport import JSON_MEDIA_TYPE
from tests.fakes import FakeClock
from tests.fakes_http import Cut, LoseAnswer, Raw, Reply, Say, html
from tests.fakes_portal import FakePortal, problem
from tests.memory_store import MemoryStore
from tests.sync.desk import Desk

CLEAR, CAPTIVE, AUTH = QueueCondition.CLEAR, QueueCondition.CAPTIVE, QueueCondition.AUTH
UPDATE = QueueCondition.UPDATE_NEEDED

CALLS = {
    "token": ("POST", "/v1/token"),
    "check-up": ("POST", "/v1/submissions/reconcile"),
    "look": ("HEAD", "/v1/blobs/"),
    "piece": ("PUT", "/v1/blobs/"),
    "commit": ("PUT", "/v1/submissions/"),
    "keys": ("GET", "/v1/keys"),
}
# What holds the queue when the fault stays: the same at every call.
FAULTS: dict[str, tuple[Reply, QueueCondition]] = {
    "html-200": (html(200), CAPTIVE),
    "html-511": (html(511), CAPTIVE),
    "redirect-302": (Say(302, headers={"Location": "http://127.0.0.1:9/login"}), CAPTIVE),
    "redirect-308": (Say(308, headers={"Location": "/elsewhere"}), CAPTIVE),
    "text-200": (Say(200, b"OK", "text/plain"), CAPTIVE),
    "revoked": (problem(ProblemType.REVOKED, 403), AUTH),
    "401-for-ever": (problem(ProblemType.UNAUTHENTICATED, 401), AUTH),
    "clock": (problem(ProblemType.CLOCK, 401), QueueCondition.CLOCK),
    "426": (problem("about:blank", 426), UPDATE),
    "old-protocol": (problem(ProblemType.UPDATE_NEEDED, 415), UPDATE),
    "403-text": (Say(403, b"blocked", "text/plain"), CLEAR),
    "426-empty": (Say(426), CLEAR),
    "404": (Say(404), CLEAR),
    "408": (Say(408), CLEAR),
    "423": (Say(423), CLEAR),
    "429-seconds": (Say(429, headers={"Retry-After": "7"}), CLEAR),
    "429-date": (Say(429, headers={"Retry-After": "Mon, 16 Nov 2026 01:00:09 GMT"}), CLEAR),
    "429-nonsense": (Say(429, headers={"Retry-After": "whenever"}), CLEAR),
    "429-ten-years": (Say(429, headers={"Retry-After": "315360000"}), CLEAR),
    "500": (Say(500), CLEAR),
    "502-html": (html(502), CLEAR),
    "503-problem": (problem(ProblemType.TRY_LATER, 503, {"Retry-After": "30"}), CLEAR),
    "507": (Say(507), CLEAR),
    "cut": (Cut(), CLEAR),
    "answer-lost": (LoseAnswer(), CLEAR),
    "truncated": (Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nContent-Type: application/json\r\n\r\n{"), CLEAR),
    "gzip": (Say(500, b"\x1f\x8b", "application/json", {"Content-Encoding": "gzip"}), CLEAR),
}


# Where a call makes something else of a fault than the others do.
OTHERWISE = {
    ("look", "clock"): AUTH,  # the answer to HEAD has no body that could tell the type
    ("commit", "truncated"): CAPTIVE,  # no receipt by its media type
}
# What a call can do without: the dossiers arrive although the fault stays.
THROUGH = {
    *(("check-up", fault) for fault, (_, condition) in FAULTS.items() if condition is CLEAR),
    ("look", "404"),
    ("look", "truncated"),
    ("piece", "answer-lost"),
    ("commit", "answer-lost"),
}


@pytest.fixture
def light(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Desk]:
    """A desk whose store is in memory: there are many cases."""
    kiosk = Desk(tmp_path, server, clock, store=MemoryStore(clock))
    yield kiosk
    kiosk.close()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_loses_nothing_and_one_that_goes_lets_everything_through(
    light: Desk, server: FakePortal, call: str, fault: str
) -> None:
    refs = [light.file(number, f"paper {number}".encode()) for number in (1, 2)]
    reply, condition = FAULTS[fault]
    server.always(*CALLS[call], reply)
    conditions = set()
    for _ in range(3):
        conditions.add(light.round().condition)
        light.clock.advance(3600)
    assert conditions == {OTHERWISE.get((call, fault), condition)}
    states = {light.entry(ref).state for ref in refs}
    assert states <= ({State.RECEIPTED} if (call, fault) in THROUGH else UNSENT)
    if condition is not CLEAR:
        assert [light.entry(ref).attempts for ref in refs] == [0, 0]
    assert server.count(*CALLS[call]) <= 24, "however long it lasts, nobody is stormed with requests"
    server.heal()
    light.round()
    light.clock.advance(3600)
    light.round()
    assert [light.entry(ref).state for ref in refs] == [State.RECEIPTED] * 2
    assert {ref: light.store.manifest(ref) for ref in refs} == server.manifests


@pytest.mark.parametrize(
    "refusal",
    [
        problem(ProblemType.DIFFERENT_CONTENT, 409),
        problem(ProblemType.INVALID_MANIFEST, 422),
        problem(ProblemType.TOO_LARGE, 413),
        problem("about:blank", 413),
        problem("about:blank", 400),
        problem("about:blank", 422),
        problem("about:blank", 410),
    ],
)
def test_a_refusal_of_the_commit_parks_the_dossier_with_the_reason(
    desk: Desk, server: FakePortal, refusal: Reply
) -> None:
    ref, other = desk.file(1, b"a"), desk.file(2, b"b")
    server.always("PUT", f"/v1/submissions/{ref}", refusal)
    report = desk.round()
    assert (report.refused, report.accepted, report.condition) == (1, 1, CLEAR)
    assert desk.entry(ref).state is State.PARKED
    assert desk.entry(ref).problem
    assert desk.entry(other).state is State.RECEIPTED
    server.heal()
    desk.store.unpark(ref, desk.clock.now())
    assert desk.round().accepted == 1


@pytest.mark.parametrize("status", [400, 403, 413, 422, 426])
@pytest.mark.parametrize(("media_type", "body"), [("text/plain", b"no"), (JSON_MEDIA_TYPE, b"{}"), ("", b"")])
def test_a_box_on_the_way_that_dislikes_one_dossier_delays_only_that_one(
    light: Desk, server: FakePortal, status: int, media_type: str, body: bytes
) -> None:
    ref, other = light.file(1, b"a"), light.file(2, b"b")
    server.always("PUT", f"/v1/submissions/{ref}", Say(status, body, media_type))
    report = light.round()
    assert (report.refused, report.postponed, report.accepted, report.condition) == (0, 1, 1, CLEAR)
    assert light.entry(ref).state in UNSENT
    assert light.entry(other).state is State.RECEIPTED
    server.heal()
    light.clock.advance(3600)
    assert light.round().accepted == 1
