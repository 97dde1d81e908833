"""Tests of portal/token_chain.py: whatever is lost or late, one disk is never taken for two, and two always are."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.receipt import ProblemType
from portal import tokens
from portal.enrolment import find_kiosk, revoke
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.problems import Refused
from portal.settings import Settings
from portal.token_chain import RETURNS_BORNE, UNUSED_LINK_LIFE, Forked, mark_cloned, next_link
from portal.tokens import caller_of, exchange
from tests.portal.chain_world import Chain, Disk
from tests.portal.desk import TIMEOUT_S, Desk, problem

FAULTS = ["", "", "", "lost", "late", "answer lost"]
BACKUPS = ["back up", "put back", "portal backed up", "portal put back"]
Step = tuple[str, str, str, int]
STEPS = st.tuples(
    st.sampled_from([*["ask"] * 6, "late", "late", "wait", *BACKUPS]),
    st.sampled_from(FAULTS),
    st.sampled_from(FAULTS),
    st.integers(0, 99),
)


@pytest.fixture
def chain() -> Iterator[Chain]:
    made = Chain()
    yield made
    made.engine.dispose()


def behind(chain: Chain, after: str, rejoin: str = "") -> str:
    """What the refusal of one that is behind wants to hear."""
    with pytest.raises(Refused) as refused:
        chain.ask(after, rejoin)
    assert refused.value.problem.type == ProblemType.KIOSK_BEHIND
    return refused.value.problem.rejoin


def test_a_link_leads_to_the_next(chain: Chain) -> None:
    links = [""]
    for _ in range(5):
        links.append(chain.ask(links[-1]))
    assert len(set(links)) == 6
    assert chain.links() == 1, "nothing piles up"


def test_a_lost_answer_is_asked_for_again_as_often_as_need_be(chain: Chain) -> None:
    first = chain.ask("")
    assert len({chain.ask(first) for _ in range(40)}) == 40
    last = chain.ask(first)
    assert chain.ask(last)


def test_links_that_nobody_took_are_forgotten_in_time(chain: Chain) -> None:
    for _ in range(10):
        chain.ask("")
        chain.now += UNUSED_LINK_LIFE / 2
    assert chain.links() <= 4


def test_an_older_link_is_refused_until_the_kiosk_says_that_it_knows(chain: Chain) -> None:
    old = chain.ask("")
    new = chain.ask(chain.ask(old))
    mark = behind(chain, old)
    assert behind(chain, old, "something else") == mark
    assert behind(chain, "never given") == mark
    assert chain.ask(new), "nothing has changed for the one that goes on"
    assert behind(chain, old, mark) != mark, "what was said of an earlier state does not count"


def test_the_chain_that_was_left_behind_may_come_back_once(chain: Chain) -> None:
    """A person puts back the wrong backup, and then the right one."""
    old = chain.ask("")
    new = chain.ask(chain.ask(old))
    old = chain.ask(old, behind(chain, old))
    assert RETURNS_BORNE == 1
    new = chain.ask(new, behind(chain, new))
    with pytest.raises(Forked):
        chain.ask(old, behind(chain, old))
    assert chain.ask(new), "nothing is changed before it is written down"


def test_the_link_shown_last_is_left_behind_too(chain: Chain) -> None:
    """The one that went on has lost its last answer: what it shows is the link before."""
    old = chain.ask("")
    shown = chain.ask(old)
    chain.ask(shown)
    old = chain.ask(old, behind(chain, old))
    chain.ask(shown, behind(chain, shown))
    with pytest.raises(Forked):
        chain.ask(old, behind(chain, old))


def test_once_a_link_was_shown_those_beside_it_end(chain: Chain) -> None:
    """Two disks were given one each; the second to show its own is behind."""
    one, other = chain.ask(""), chain.ask("")
    assert chain.ask(one)
    behind(chain, other)


def honest(steps: Sequence[Step]) -> None:
    """One disk lives through it all. A backup that is put back was made by this disk or one that it comes from."""
    chain = Chain()
    disk = Disk(chain)
    backups, portal_backups = [""], [chain.saved()]
    try:
        for action, fault, rejoin_fault, number in steps:
            match action:
                case "ask":
                    disk.token(fault, rejoin_fault)
                case "late":
                    disk.late_arrives(number)
                case "wait":
                    chain.now += timedelta(minutes=number)
                case "back up":
                    backups.append(disk.link)
                case "put back":
                    del backups[number % len(backups) + 1 :]
                    disk.link = backups[-1]
                case "portal backed up":
                    portal_backups.append(chain.saved())
                case "portal put back":
                    chain.put_back(portal_backups[number % len(portal_backups)])
        assert disk.token(), "an honest kiosk gets its token as soon as the line lets it"
    finally:
        chain.engine.dispose()


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=5, max_size=40))
def test_one_disk_is_never_taken_for_two(steps: list[Step]) -> None:
    honest(steps)


@pytest.mark.proof
@settings(max_examples=4000, deadline=None)
@given(st.lists(STEPS, min_size=5, max_size=120))
def test_one_disk_is_never_taken_for_two_at_length(steps: list[Step]) -> None:
    honest(steps)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5), st.lists(st.tuples(st.booleans(), st.sampled_from(FAULTS)), max_size=30))
def test_two_disks_that_both_ask_are_always_found(before: int, turns: list[tuple[bool, str]]) -> None:
    chain = Chain()
    one = Disk(chain)
    for _ in range(before):
        one.token()
    two = Disk(chain, one.link)

    def both_ask() -> None:
        for mine, fault in [*turns, *((True, ""), (False, "")) * 4]:
            (one if mine else two).token(fault)

    try:
        with pytest.raises(Forked):
            both_ask()
    finally:
        chain.engine.dispose()


def test_two_processes_of_a_portal_keep_one_chain(portal: Portal, settings: Settings, desk: Desk) -> None:
    """Sixteen requests at once, through two of them: each gets a link, and one of those goes on."""
    other = open_portal(settings, utc_now)

    def ask(number: int) -> str:
        with (portal, other)[number % 2].database.write() as connection:
            return next_link(connection, desk.enrolment.kiosk_id, "", "", utc_now())

    with ThreadPoolExecutor(8) as threads:
        links = list(threads.map(ask, range(16)))
    with other.database.write() as connection:
        assert next_link(connection, desk.enrolment.kiosk_id, links[7], "", utc_now())
    with portal.database.write() as connection, pytest.raises(Refused):
        next_link(connection, desk.enrolment.kiosk_id, links[8], "", utc_now())
    other.database.close()


@pytest.mark.engine("postgresql")
def test_two_requests_at_once_do_not_wait_for_each_other_for_ever(
    portal: Portal, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has stored its assertion, which refers to the kiosk, before either locks the kiosk. On SQLite the two cannot
    be at work at the same time at all."""
    both = Barrier(2)

    def next_link_together(*arguments: Any) -> str:
        both.wait(TIMEOUT_S)
        return next_link(*arguments)

    def ask(_: int) -> str:
        with portal.database.write() as connection:
            return exchange(connection, desk.assertion(), portal.token_audience, utc_now()).access_token

    monkeypatch.setattr(tokens, "next_link", next_link_together)
    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(ask, range(2)))) == 2


def test_what_was_cloned_may_not_call_and_is_told_so(portal: Portal, desk: Desk) -> None:
    name, now = desk.enrolment.kiosk_id, portal.now()
    with portal.database.write() as connection:
        token = exchange(connection, desk.assertion(), portal.token_audience, now).access_token
        mark_cloned(connection, name, now)
        mark_cloned(connection, name, now + timedelta(hours=1))
        assert revoke(connection, name, now)
        found = find_kiosk(connection, name)
    assert found is not None
    assert found.cloned
    for act in (
        lambda connection: caller_of(connection, token, now),
        lambda connection: exchange(connection, desk.assertion(), portal.token_audience, now),
    ):
        with portal.database.write() as connection, pytest.raises(Refused) as refused:
            act(connection)
        assert refused.value.problem.type == ProblemType.CLONED


def test_only_digests_of_links_are_stored(portal: Portal, desk: Desk) -> None:
    link = desk.exchange(desk.assertion()).json()["link"]
    desk.exchange(desk.assertion(after=link))
    with portal.database.read() as connection:
        rows = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("kiosk", "token_link")]
    assert all(rows)
    assert link not in repr(rows)


def test_the_calls_of_a_kiosk_that_is_behind(desk: Desk) -> None:
    """Over HTTP, as a kiosk meets it."""
    assert desk.exchange(desk.assertion()).status_code == 200
    old = desk.link
    for _ in range(2):
        assert desk.exchange(desk.assertion()).status_code == 200
    refused = problem(desk.exchange(desk.assertion(after=old)), 409, ProblemType.KIOSK_BEHIND)
    assert desk.exchange(desk.assertion()).status_code == 200, "a refusal changes nothing"
    late = desk.assertion(after=old, rejoin=refused.rejoin)
    again = problem(desk.exchange(late), 409, ProblemType.KIOSK_BEHIND)
    assert desk.exchange(desk.assertion(after=old, rejoin=again.rejoin)).status_code == 200
