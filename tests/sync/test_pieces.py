"""Tests of sync/pieces.py: every piece arrives, none twice, two at a time, whatever breaks on the way."""

from threading import Barrier

import pytest

from kiosk.errors import StoreCorrupt
from kiosk.manifest import sha256_hex
from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.receipt import ProblemType
from sync.line import Line
from sync.pieces import PieceSender
from sync.tokens import TokenSource
from tests.fakes_http import Say, html
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk

CONTENTS = {sha256_hex(content): content for content in (b"one", b"two", b"three", b"four", b"five")}
DAMAGED = problem(ProblemType.DIGEST_MISMATCH, 422)


@pytest.fixture
def sender(desk: Desk) -> PieceSender:
    tokens = TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)
    return PieceSender([Line(transport, tokens) for transport in desk.transports])


def test_every_piece_arrives(server: FakePortal, sender: PieceSender) -> None:
    assert sender.bring(CONTENTS, CONTENTS.__getitem__) is None
    assert server.pieces == CONTENTS


def test_a_piece_that_is_there_is_not_sent_again(server: FakePortal, sender: PieceSender) -> None:
    known, *others = CONTENTS
    server.pieces[known] = CONTENTS[known]
    assert sender.bring(CONTENTS, CONTENTS.__getitem__) is None
    assert server.count("PUT", f"/v1/blobs/{known}") == 0
    assert server.count("PUT", "/v1/blobs/") == len(others)


def test_two_are_in_flight(sender: PieceSender) -> None:
    meeting = Barrier(2)  # each of the first two waits for the other; alone it would break

    def piece(digest: str) -> bytes:
        meeting.wait(5)
        return CONTENTS[digest]

    assert sender.bring(list(CONTENTS)[:4], piece) is None


def test_nothing_to_bring_asks_nothing(server: FakePortal, sender: PieceSender) -> None:
    assert sender.bring([], CONTENTS.__getitem__) is None
    assert server.seen == []


def test_a_piece_damaged_on_the_way_is_sent_again(server: FakePortal, sender: PieceSender) -> None:
    digest = next(iter(CONTENTS))
    server.script("PUT", "/v1/blobs/", DAMAGED, DAMAGED)
    assert sender.bring([digest], CONTENTS.__getitem__) is None
    assert server.count("PUT", "/v1/blobs/") == 3


def test_a_piece_that_always_arrives_damaged_is_left_for_later(server: FakePortal, sender: PieceSender) -> None:
    server.always("PUT", "/v1/blobs/", DAMAGED)
    assert sender.bring([next(iter(CONTENTS))], CONTENTS.__getitem__) == TryLater(ProblemType.DIGEST_MISMATCH)
    assert server.count("PUT", "/v1/blobs/") == 3


def test_what_holds_the_queue_outweighs_what_befell_one_piece(server: FakePortal, sender: PieceSender) -> None:
    meeting = Barrier(2)
    first, second = list(CONTENTS)[:2]
    server.always("PUT", f"/v1/blobs/{first}", Say(500))
    server.always("PUT", f"/v1/blobs/{second}", html())

    def piece(digest: str) -> bytes:
        meeting.wait(5)
        return CONTENTS[digest]

    result = sender.bring([first, second], piece)
    assert isinstance(result, Held)
    assert result.condition is QueueCondition.CAPTIVE


def test_after_a_setback_no_further_piece_is_begun(server: FakePortal, sender: PieceSender) -> None:
    server.always("HEAD", "/v1/blobs/", Say(503))
    assert sender.bring(CONTENTS, CONTENTS.__getitem__) == TryLater("http-503")
    assert server.count("HEAD", "/v1/blobs/") <= 2


def test_a_piece_that_cannot_be_read_is_the_callers_matter(sender: PieceSender) -> None:
    def piece(digest: str) -> bytes:
        raise StoreCorrupt(digest)

    with pytest.raises(StoreCorrupt):
        sender.bring(CONTENTS, piece)
