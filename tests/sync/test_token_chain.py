"""Tests of sync/token_chain.py and its place in sync/tokens.py: the link is kept before the token is used."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.audit import AuditEvent
from kiosk.errors import DiskFull
from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.receipt import ProblemType
from sync.token_chain import TokenChain
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE
from tests.fakes import FakeClock
from tests.fakes_http import LoseAnswer, Say
from tests.fakes_portal import FakePortal, problem
from tests.memory_store import MemoryStore
from tests.sync.desk import Desk


class FullDisk(MemoryStore):
    """A store that can keep nothing more."""

    def set_value(self, key: str, value: bytes) -> None:
        raise DiskFull("full")


def source(desk: Desk, store: MemoryStore) -> TokenSource:
    chain = TokenChain(store, desk.enrolled.enrolment.kiosk_id, desk.clock)
    return TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock, chain)


def granted(link: str) -> Say:
    body = f'{{"access_token": "t-{link}", "token_type": "Bearer", "expires_in": 600, "link": "{link}"}}'
    return Say(200, body.encode(), JSON_MEDIA_TYPE)


def behind(mark: str) -> Say:
    return problem(ProblemType.KIOSK_BEHIND, 409, rejoin=mark)


def shown(server: FakePortal) -> list[tuple[str | None, str | None]]:
    """What each assertion that was answered by the portal itself said of the chain."""
    return [(claims.get("after"), claims.get("rejoin")) for claims in server.claims]


def test_a_link_is_of_one_name_only(clock: FakeClock) -> None:
    store = MemoryStore(clock)
    chain = TokenChain(store, "kiosk-1", clock)
    assert chain.kept() == ""
    chain.keep("first")
    assert TokenChain(store, "kiosk-1", clock).kept() == "first"
    assert TokenChain(store, "kiosk-2", clock).kept() == ""


def test_the_link_of_the_last_token_is_shown_for_the_next(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    store = MemoryStore(clock)
    server.script("POST", "/v1/token", granted("one"))
    assert source(desk, store).bearer(desk.transports[0]) == "t-one"
    assert source(desk, store).bearer(desk.transports[0]) == "token-1"
    assert source(desk, store).bearer(desk.transports[0]) == "token-2"
    assert shown(server) == [("one", None)] * 2, "a portal that gives no link leaves the last one"


def test_a_token_whose_link_cannot_be_kept_is_not_used(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    server.script("POST", "/v1/token", granted("one"))
    assert source(desk, FullDisk(clock)).bearer(desk.transports[0]) == TryLater("link_not_kept:disk_full")


def test_a_lost_answer_leaves_the_link_before_it(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    store = MemoryStore(clock)
    server.script("POST", "/v1/token", granted("one"), LoseAnswer(), LoseAnswer())
    source(desk, store).bearer(desk.transports[0])
    assert source(desk, store).bearer(desk.transports[0]) == TryLater("connection_lost")
    source(desk, store).bearer(desk.transports[0])
    assert shown(server) == [("one", None)] * 3, "the transport asked once more on a new connection"


def test_a_kiosk_that_is_behind_writes_it_down_and_joins_again(
    desk: Desk, server: FakePortal, clock: FakeClock
) -> None:
    store = MemoryStore(clock)
    before = store.verify_audit()
    server.script("POST", "/v1/token", granted("old"), behind("7.abc"))
    source(desk, store).bearer(desk.transports[0])
    assert source(desk, store).bearer(desk.transports[0]) == "token-1"
    assert shown(server) == [("old", "7.abc")]
    assert store.verify_audit() == before + 1
    assert store._events[-1].kind == AuditEvent.REJOINED


def test_it_asks_once_and_no_more(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    server.always("POST", "/v1/token", behind("7.abc"))
    result = source(desk, MemoryStore(clock)).bearer(desk.transports[0])
    assert result == Held(QueueCondition.AUTH, ProblemType.KIOSK_BEHIND)
    assert server.count("POST", "/v1/token") == 2


def test_a_source_without_a_chain_shows_nothing_and_never_joins_again(desk: Desk, server: FakePortal) -> None:
    server.script("POST", "/v1/token", granted("one"), behind("7.abc"))
    bare = TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)
    assert bare.bearer(desk.transports[0]) == "t-one"
    bare.forget("t-one")
    assert bare.bearer(desk.transports[0]) == Held(QueueCondition.AUTH, ProblemType.KIOSK_BEHIND)


def test_a_cloned_kiosk_is_told_apart(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    server.script("POST", "/v1/token", problem(ProblemType.CLONED, 403))
    result = source(desk, MemoryStore(clock)).bearer(desk.transports[0])
    assert result == Held(QueueCondition.CLONED, ProblemType.CLONED)


def test_a_wrong_clock_is_mended_before_it_joins_again(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    right = clock.instant
    server.now = lambda: right
    clock.instant -= timedelta(days=3000)
    server.script("POST", "/v1/token", problem(ProblemType.CLOCK, 401), behind("7.abc"))
    assert source(desk, MemoryStore(clock)).bearer(desk.transports[0]) == "token-1"
    assert shown(server) == [(None, "7.abc")]


def test_threads_that_want_a_token_at_once_get_one(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    tokens = source(desk, MemoryStore(clock))
    with ThreadPoolExecutor(2) as threads:
        got = list(threads.map(tokens.bearer, desk.transports))
    assert got == ["token-1"] * len(desk.transports)
    assert server.tokens_given == 1


@pytest.mark.parametrize("kept", [b"[]", b"{", b'["kiosk-1"]', b"\xff"])
def test_a_link_that_cannot_be_read_is_none(clock: FakeClock, kept: bytes) -> None:
    store = MemoryStore(clock)
    store.set_value("token.link", kept)
    assert TokenChain(store, "kiosk-1", clock).kept() == ""
