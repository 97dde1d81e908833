"""Lines that break or change what they carry, wherever in a dossier that happens; hosts that are not there."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import jwt
import pytest

from commands.slow_line import LineSpeed, SlowLine
from kiosk.outbox import QueueCondition, State
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Call, ExchangeLimits, Transport
from tests.fakes import FakeClock
from tests.fakes_http import Caller, Reply, Say
from tests.fakes_portal import FakePortal
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import held_by_fake
from tests.memory_store import MemoryStore
from tests.sample_dossiers import random_paper, sample_dossier
from tests.sync.desk import QUICK, Desk

GET = Call("GET", "/x", (JSON_MEDIA_TYPE,))
SIZE = 200_000
KIB = 1024


class Breaks(SlowLine):
    """Breaks the first connection that has carried so many bytes to the portal; then it is sound."""

    def __init__(self, target: str, after_bytes: int) -> None:
        super().__init__(target, LineSpeed())
        self.left = after_bytes
        self.broken = 0

    def carried(self, block: bytes, upstream: bool) -> bytes | None:
        if not upstream or self.broken:
            return block
        self.left -= len(block)
        if self.left > 0:
            return block
        self.broken += 1
        return None


class Flips(SlowLine):
    """Changes one bit of every so many bytes, one way, as often as it is told; then it is sound."""

    def __init__(self, target: str, *, upstream: bool, every: int, times: int) -> None:
        super().__init__(target, LineSpeed())
        self._upstream, self._every, self.times = upstream, every, times
        self._seen = 0

    def carried(self, block: bytes, upstream: bool) -> bytes | None:
        before, self._seen = self._seen, self._seen + len(block) * (upstream is self._upstream)
        if upstream is not self._upstream or not self.times or before // self._every == self._seen // self._every:
            return block
        self.times -= 1
        place = self._every - before % self._every - 1
        return block[:place] + bytes([block[place] ^ 0x04]) + block[place + 1 :]


class ToleratesNonsense(FakePortal):
    """A portal that meets a request of which bits were changed with a 500 where it has no better word."""

    def answer(self, call: Caller) -> Reply:
        try:
            return super().answer(call)
        except (ValueError, KeyError, jwt.PyJWTError):
            return Say(500)


Make = Callable[[SlowLine], Desk]


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FakePortal]:
    portal = ToleratesNonsense(clock.now)
    with portal.running():
        yield portal


@pytest.fixture
def over(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Make]:
    with ExitStack() as stack:

        def make(line: SlowLine) -> Desk:
            stack.enter_context(line)
            desk = Desk(tmp_path, server, clock, store=MemoryStore(clock), url=line.url)
            stack.callback(desk.close)
            return desk

        yield make


def goes_out(desk: Desk, folder: Path, log: pytest.LogCaptureFixture) -> None:
    """A dossier of 200 kB and one of a few bytes arrive, whatever the line does at first."""
    papers = {1: random_paper(1, SIZE), 2: b"small"}
    for number, paper in papers.items():
        desk.file(number, paper)
    promises = [promise(sample_dossier(*item)) for item in papers.items()]
    rounds = 0
    while {desk.entry(each.client_ref).state for each in promises} != {State.RECEIPTED}:
        desk.round()
        desk.clock.advance(3600)
        rounds += 1
        assert rounds < 60
    case = Case(promises, [folder], [line for line in log.messages if "alarm" not in line])
    assert_invariants(desk.store, held_by_fake(desk.server), case, lambda: None)


def cuts(step: int) -> list[int]:
    return [edge + near for edge in range(step, SIZE + 8 * KIB, step) for near in (-1, 0, 1)]


# Every boundary of 64 KiB in the proof; in the normal run the first and the last.
@pytest.mark.parametrize(
    "after_bytes",
    [
        1,
        *cuts(64 * KIB)[:3],
        *(pytest.param(each, marks=pytest.mark.proof) for each in cuts(64 * KIB)[3:]),
        *(pytest.param(each, marks=pytest.mark.proof) for each in cuts(16 * KIB)),
    ],
)
def test_a_line_cut_at_any_place_costs_a_delay(
    over: Make, server: FakePortal, tmp_path: Path, caplog: pytest.LogCaptureFixture, after_bytes: int
) -> None:
    line = Breaks(server.url, after_bytes)
    goes_out(over(line), tmp_path, caplog)
    assert line.broken == 1


@pytest.mark.parametrize(
    ("upstream", "every"),
    [
        (True, 997),
        (False, 997),
        *(pytest.param(True, every, marks=pytest.mark.proof) for every in (101, 499, 1499, 4001, 20011)),
        *(pytest.param(False, every, marks=pytest.mark.proof) for every in (101, 293, 499)),
    ],
)
def test_a_line_that_changes_bits_changes_no_dossier(
    over: Make, server: FakePortal, tmp_path: Path, caplog: pytest.LogCaptureFixture, upstream: bool, every: int
) -> None:
    line = Flips(server.url, upstream=upstream, every=every, times=40)
    goes_out(over(line), tmp_path, caplog)
    assert line.times < 40, "and it did change some"


def test_a_manifest_that_was_changed_on_its_way_is_not_filed(server: FakePortal, over: Make) -> None:
    class Renames(SlowLine):
        """Changes a letter of a name, once."""

        done = False

        def carried(self, block: bytes, upstream: bool) -> bytes | None:
            changed = block.replace("VĂN".encode(), "VÂN".encode()) if upstream and not self.done else block
            self.done = self.done or changed != block
            return changed

    line = Renames(server.url, LineSpeed())
    desk = over(line)
    ref = desk.file(1)
    assert (desk.round().postponed, line.done) == (1, True)
    assert server.manifests == {}
    desk.clock.advance(3600)
    assert desk.round().accepted == 1
    assert server.manifests[ref] == desk.store.manifest(ref)


def test_a_name_that_nobody_knows_is_offline(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    held = Transport("http://localhost:9", ServerTime(clock), limits=QUICK).send(GET)
    assert getattr(held, "condition", None) is QueueCondition.OFFLINE


def test_a_host_that_takes_no_connection_and_says_nothing_is_offline(clock: FakeClock) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as hole:
        address = hole.getsockname()
        with ExitStack() as stack:
            for _ in range(4):  # its queue is full: further calls are not even refused
                caller = stack.enter_context(socket.socket())
                caller.settimeout(0)
                caller.connect_ex(address)
            url = f"http://127.0.0.1:{address[1]}"
            transport = Transport(url, ServerTime(clock), limits=ExchangeLimits(connect_s=0.2))
            held = transport.send(GET)
            assert getattr(held, "condition", None) is QueueCondition.OFFLINE
            assert transport.took_s < 5
