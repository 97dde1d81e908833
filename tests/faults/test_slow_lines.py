"""Lines so slow that people give them up: what moves arrives, what stands still is ended, and two wait for one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.slow_line import LineSpeed, SlowLine
from kiosk.manifest import sha256_hex
from kiosk.outbox import TryLater
from sync.line import Line
from sync.pieces import PIECE_MEDIA_TYPE, PieceSender
from sync.server_time import ServerTime
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, ExchangeLimits, Transport
from tests.fakes import FakeClock
from tests.fakes_http import FakeServer, Say
from tests.fakes_portal import FakePortal
from tests.memory_store import MemoryStore
from tests.sample_dossiers import random_paper
from tests.sync.desk import Desk

KB = 1000


def put(content: bytes) -> Call:
    return Call("PUT", f"/v1/blobs/{sha256_hex(content)}", ("", JSON_MEDIA_TYPE), content, PIECE_MEDIA_TYPE)


@pytest.fixture
def web(clock: FakeClock) -> Iterator[FakeServer]:
    server = FakeServer(clock.now)
    server.always("PUT", "/", Say(201))
    with server.running():
        yield server


def test_a_line_that_stands_still_is_left_long_before_the_deadline(web: FakeServer, clock: FakeClock) -> None:
    limits = ExchangeLimits(stall_s=0.2, stall_bytes_per_s=500 * KB)
    with SlowLine(web.url, LineSpeed(50 * KB)) as line:
        transport = Transport(line.url, ServerTime(clock), limits=limits)
        assert transport.send(put(random_paper(1, 1000 * KB))) == TryLater("stalled")
        assert transport.took_s < 5
        transport.close()


def test_a_line_that_is_slow_but_moves_brings_the_piece(web: FakeServer, clock: FakeClock) -> None:
    # What the system's buffers take at once must not pass for movement that then stops.
    limits = ExchangeLimits(connect_s=0.1, stall_s=0.25, stall_bytes_per_s=100 * KB)
    with SlowLine(web.url, LineSpeed(1000 * KB)) as line:
        transport = Transport(line.url, ServerTime(clock), limits=limits)
        assert isinstance(transport.send(put(random_paper(1, 1000 * KB))), Answer)
        assert transport.took_s > 3 * limits.stall_s
        transport.close()


@pytest.fixture
def sender_over(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[[FakePortal, str, ExchangeLimits], PieceSender]]:
    desks = []

    def make(server: FakePortal, url: str, limits: ExchangeLimits) -> PieceSender:
        desk = Desk(tmp_path, server, clock, store=MemoryStore(clock))
        desks.append(desk)
        desk.transports[:] = [Transport(url, desk.server_time, limits=limits) for _ in desk.transports]
        tokens = TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)
        # 300 kB that share 600 kB/s need a second, alone half of one: 3.5 s and 1.75 s for a whole piece.
        return PieceSender([Line(transport, tokens) for transport in desk.transports], slow_s=2.4, quick_s=1.0)

    yield make
    for desk in desks:
        desk.close()


def test_two_that_are_too_many_for_a_line_go_one_after_the_other_from_then_on(
    sender_over: Callable[[FakePortal, str, ExchangeLimits], PieceSender], clock: FakeClock
) -> None:
    server = FakePortal(clock.now)
    papers = [random_paper(number, 300 * KB) for number in (1, 2)]
    contents = {sha256_hex(paper): paper for paper in papers}
    with server.running(), SlowLine(server.url, LineSpeed(600 * KB)) as line:
        sender = sender_over(server, line.url, ExchangeLimits(base_s=0.4, slowest_bytes_per_s=800 * KB))
        assert sender.bring(contents, contents.__getitem__) == TryLater("deadline")
        assert sender.bring(contents, contents.__getitem__) is None
    assert server.pieces == contents
