"""Tests of sync/selection.py: nobody is blocked, small ones go first, and filings of one kind keep their order."""

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kiosk.outbox import OutboxEntry, State
from sync.selection import SMALL_BYTES, in_order, is_small

AT = datetime(2026, 11, 16, tzinfo=UTC)


def entry(seq: int, service: str = "a", size: int = 1, attempts: int = 0) -> OutboxEntry:
    return OutboxEntry(UUID(int=seq), seq, f"{seq:010}", service, State.SEALED, attempts, AT, size_bytes=size)


def numbers(*entries: OutboxEntry) -> list[int]:
    return [each.seq for each in in_order(entries)]


LARGE = SMALL_BYTES + 1


def test_a_small_dossier_does_not_wait_behind_scans_of_another_service() -> None:
    assert numbers(entry(1, "land", LARGE), entry(2, "land", LARGE), entry(3, "extract")) == [3, 1, 2]


def test_filings_of_one_service_keep_their_order_whatever_their_size() -> None:
    assert numbers(entry(1, "land", LARGE), entry(2, "land"), entry(3, "extract")) == [3, 1, 2]
    assert numbers(entry(1, "land"), entry(2, "land", LARGE), entry(3, "land")) == [1, 2, 3]


def test_failures_outweigh_size() -> None:
    assert numbers(entry(1, "a", 1, attempts=3), entry(2, "b", LARGE), entry(3, "c", 1, attempts=1)) == [2, 3, 1]


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 10**6),
        st.sampled_from("abc"),
        st.sampled_from([0, SMALL_BYTES, LARGE]),
        st.integers(0, 3),
    ),
    unique_by=lambda each: each.seq,
)


@given(ENTRIES)
def test_every_due_dossier_is_there_once_and_none_overtakes_what_it_must_not(entries: list[OutboxEntry]) -> None:
    ordered = in_order(entries)
    assert sorted(each.seq for each in ordered) == sorted(each.seq for each in entries)
    assert [each.attempts for each in ordered] == sorted(each.attempts for each in ordered)
    for before, after in pairwise(ordered):
        if before.attempts == after.attempts and before.seq > after.seq:
            assert is_small(before)
    for kind in {(each.attempts, each.service_code) for each in entries}:
        of_kind = [each.seq for each in ordered if (each.attempts, each.service_code) == kind]
        assert of_kind == sorted(of_kind)
