"""Every fault of HTTP at every call of the kiosk: nothing is lost or doubled, no attempt is burnt that should not be,
and the queue drains within two steps once the fault is gone, without a restart."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import UNSENT, Held, QueueCondition, Refused, State, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE, ProblemType
from sync.enrolment import Enrolled, enrol
from sync.server_time import ServerTime
from sync.syncer import SyncReport
from sync.transport import JSON_MEDIA_TYPE, Transport
from tests.fakes import FakeClock
from tests.fakes_http import Cut, Drip, Flood, LoseAnswer, Raw, Reply, Say, Silence, html
from tests.fakes_portal import CODE, FakePortal, problem
from tests.faults.filed import CALLS, Filed, Make
from tests.sync.desk import QUICK

CLEAR, CAPTIVE, AUTH = QueueCondition.CLEAR, QueueCondition.CAPTIVE, QueueCondition.AUTH
UPDATE, OFFLINE = QueueCondition.UPDATE_NEEDED, QueueCondition.OFFLINE
BLANK = "about:blank"

# What holds the queue while the fault stays: the same at every call.
FAULTS: dict[str, tuple[Reply, QueueCondition]] = {
    "html-200": (html(200), CAPTIVE),
    "html-511": (html(511), CAPTIVE),
    "407": (Say(407), CAPTIVE),
    "redirect-302": (Say(302, headers={"Location": "http://127.0.0.1:9/login"}), CAPTIVE),
    "redirect-307": (Say(307, headers={"Location": "https://127.0.0.1:9/"}), CAPTIVE),
    "redirect-308": (Say(308, headers={"Location": "/elsewhere"}), CAPTIVE),
    "text-200": (Say(200, b"OK", "text/plain"), CAPTIVE),
    "revoked": (problem(ProblemType.REVOKED, 403), AUTH),
    "401-for-ever": (problem(ProblemType.UNAUTHENTICATED, 401), AUTH),
    "clock": (problem(ProblemType.CLOCK, 401), QueueCondition.CLOCK),
    "412": (problem(BLANK, 412), UPDATE),
    "415": (problem(ProblemType.UPDATE_NEEDED, 415), UPDATE),
    "426": (problem(BLANK, 426), UPDATE),
    "428": (problem(BLANK, 428), UPDATE),
    "403-text": (Say(403, b"blocked", "text/plain"), CLEAR),
    "426-empty": (Say(426), CLEAR),
    "404": (Say(404), CLEAR),
    "404-problem": (problem(ProblemType.NOT_FOUND, 404), CLEAR),
    "408": (Say(408), CLEAR),
    "409-processing": (problem(BLANK, 409, {"Retry-After": "3"}), CLEAR),
    "423-processing": (problem(BLANK, 423, {"Retry-After": "3"}), CLEAR),
    "425": (Say(425), CLEAR),
    "429-seconds": (problem(BLANK, 429, {"Retry-After": "7"}), CLEAR),
    "429-date": (Say(429, headers={"Retry-After": "Mon, 16 Nov 2026 01:00:09 GMT"}), CLEAR),
    "429-nonsense": (Say(429, headers={"Retry-After": "whenever"}), CLEAR),
    "503-ten-years": (Say(503, headers={"Retry-After": "315360000"}), CLEAR),
    "503-problem": (problem(ProblemType.TRY_LATER, 503, {"Retry-After": "30"}), CLEAR),
    "500": (Say(500), CLEAR),
    "500-flood": (Flood(500), CLEAR),
    "502-html": (html(502), CLEAR),
    "504": (Say(504), CLEAR),
    "507": (Say(507), CLEAR),
    "problem-cut-short": (Say(422, b'{"type": "urn:di', JSON_MEDIA_TYPE), CLEAR),
    "gzip": (Say(500, b"\x1f\x8b", JSON_MEDIA_TYPE, {"Content-Encoding": "gzip"}), CLEAR),
    "json-cut-short": (Say(200, b"{", JSON_MEDIA_TYPE), CLEAR),
    "cut": (Cut(), CLEAR),
    "answer-lost": (LoseAnswer(), CLEAR),
    "truncated": (Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nContent-Type: application/json\r\n\r\n{"), CLEAR),
}
NOBODY = ("cut", "answer-lost", "truncated")
# Where a call makes something else of a fault than the others do.
OTHERWISE = {
    ("look", "clock"): AUTH,  # the answer to HEAD has no body that could tell the type
    ("look", "revoked"): CLEAR,  # so the piece itself is sent, and the answer to that would tell
    ("commit", "truncated"): CAPTIVE,  # no receipt by its media type
    ("commit", "json-cut-short"): CAPTIVE,
    **{("token", fault): OFFLINE for fault in NOBODY},  # without a token no dossier can ask either
}
# What a call can do without: the dossiers arrive although the fault stays.
THROUGH = {
    *(("check-up", fault) for fault, (_, condition) in FAULTS.items() if condition is CLEAR),
    ("look", "revoked"),
    ("look", "403-text"),
    ("look", "404"),
    ("look", "404-problem"),
    ("look", "truncated"),
    ("look", "json-cut-short"),
    ("recall", "404-problem"),
    ("piece", "answer-lost"),
    ("commit", "answer-lost"),
}


# Much like another in the table: always at the commit, at the other calls in the proof.
ALIKE = {
    *("html-511", "407", "redirect-307", "redirect-308", "412", "426-empty", "428", "408", "423-processing", "425"),
    *("429-nonsense", "504", "problem-cut-short"),
}


def cases(calls: Iterable[str]) -> list[Any]:
    """Every fault at every one of the calls."""
    spared = {True: [pytest.mark.proof], False: []}
    return [
        pytest.param(fault, call, marks=spared[fault in ALIKE and call != "commit"], id=f"{fault}-{call}")
        for call in calls
        for fault in FAULTS
    ]


@pytest.mark.parametrize(("fault", "call"), cases(CALLS))
def test_a_fault_that_stays_loses_nothing_and_one_that_goes_lets_everything_through(
    filed: Filed, server: FakePortal, call: str, fault: str
) -> None:
    method, path, states = CALLS[call]
    reply, condition = FAULTS[fault]
    filed.come_to(states)
    server.always(method, path, reply)
    conditions = set()
    for _ in range(2):
        conditions.add(filed.desk.round().condition)
        filed.desk.clock.advance(3600)
    expected = OTHERWISE.get((call, fault), condition)
    assert conditions == {expected}
    assert filed.states <= ({State.RECEIPTED} if (call, fault) in THROUGH else UNSENT)
    if expected is not CLEAR:
        assert {entry.attempts for entry in filed.entries} == {0}, "what holds the queue is no dossier's fault"
    assert server.count(method, path) <= 16, "however long it lasts, nobody is stormed with requests"
    filed.assert_all_is_well()


# A line that drips, or is silent, costs real time: three calls always, the others in the proof.
@pytest.mark.parametrize("reply", [Drip(), Silence()], ids=["drip", "silence"])
@pytest.mark.parametrize(
    "call", ["token", "piece", "commit", *(pytest.param(each, marks=pytest.mark.proof) for each in CALLS)]
)
def test_a_server_that_says_too_little_too_late_is_left(
    make: Make, clock: FakeClock, call: str, reply: Drip | Silence
) -> None:
    server = FakePortal(clock.now)
    with server.running():
        filed = make(server, replace(QUICK, base_s=0.4))
        method, path, states = CALLS[call]
        filed.come_to(states)
        server.script(method, path, reply)
        filed.desk.round()
        assert server.count(method, path) >= 1
        filed.assert_all_is_well()


@pytest.mark.parametrize(
    "refusal",
    [
        problem(ProblemType.DIFFERENT_CONTENT, 409),
        problem(ProblemType.INVALID_MANIFEST, 422),
        problem(ProblemType.TOO_LARGE, 413),
        *(problem(BLANK, status) for status in (400, 403, 410, 413, 422)),
        Say(422, b'{"type": "urn:di', PROBLEM_MEDIA_TYPE),
    ],
)
@pytest.mark.parametrize("call", ["commit", pytest.param("piece", marks=pytest.mark.proof)])
def test_a_refusal_parks_the_dossier_with_the_reason_and_the_other_goes_on(
    filed: Filed, server: FakePortal, call: str, refusal: Reply
) -> None:
    method, path, _ = CALLS[call]
    server.script(method, path, refusal)
    report = filed.desk.round()
    assert (report.refused, report.accepted, report.condition) == (1, 1, CLEAR)
    [parked] = [entry for entry in filed.entries if entry.state is State.PARKED]
    assert parked.problem
    filed.desk.store.unpark(parked.client_ref, filed.desk.clock.now())
    filed.assert_all_is_well()


@pytest.mark.parametrize("status", [400, 403, 413, 422, 426])
@pytest.mark.parametrize(("media_type", "body"), [("text/plain", b"no"), (JSON_MEDIA_TYPE, b"{}"), ("", b"")])
def test_a_box_on_the_way_that_dislikes_one_dossier_delays_only_that_one(
    filed: Filed, server: FakePortal, status: int, media_type: str, body: bytes
) -> None:
    disliked = filed.promises[0].client_ref
    server.always("PUT", f"/v1/submissions/{disliked}", Say(status, body, media_type))
    report = filed.desk.round()
    assert (report.refused, report.postponed, report.accepted, report.condition) == (0, 1, 1, CLEAR)
    assert filed.desk.entry(disliked).state in UNSENT
    filed.assert_all_is_well()


@pytest.mark.parametrize(("fault", "call"), cases(["enrol"]))
def test_a_fault_at_enrolment_enrols_nobody_and_the_same_code_does_it_later(
    tmp_path: Path, server: FakePortal, clock: FakeClock, fault: str, call: str
) -> None:
    path = f"/v1/kiosks/{call}"
    keys, reply = DemoKeys(tmp_path / "keys"), FAULTS[fault][0]
    transport = Transport(server.url, ServerTime(clock), limits=QUICK)
    server.always("POST", path, reply)
    answer = enrol(transport, CODE, keys, "máy thử")
    assert isinstance(answer, Refused | TryLater | Held)
    assert server.count("POST", path) <= 2
    server.heal()
    assert isinstance(enrol(transport, CODE, keys, "máy thử"), Enrolled)
    transport.close()


@pytest.mark.parametrize("call", ["token", "check-up"])
def test_a_403_without_a_known_type_holds_the_queue_where_nothing_belongs_to_a_dossier(
    filed: Filed, server: FakePortal, call: str
) -> None:
    method, path, _ = CALLS[call]
    server.always(method, path, problem(BLANK, 403))
    for _ in range(2):
        assert filed.desk.round().condition is AUTH
        filed.desk.clock.advance(3600)
    assert {(entry.state, entry.attempts) for entry in filed.entries} == {(State.SEALED, 0)}
    filed.assert_all_is_well()


def test_bursts_of_errors_delay_and_every_dossier_arrives_once(filed: Filed, server: FakePortal) -> None:
    for method, path, _ in CALLS.values():
        server.script(method, path, Say(500), html(502), Say(504), Say(503, headers={"Retry-After": "1"}))
    reports: list[SyncReport] = []
    while filed.states & UNSENT:
        reports.append(filed.desk.round())
        filed.desk.clock.advance(3600)
        assert len(reports) < 30
    filed.assert_all_is_well()
