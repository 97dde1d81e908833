"""Tests of sync/watchdog.py: an exchange is ended from another thread, whatever it waits for."""

from threading import Thread

from kiosk.outbox import Held, QueueCondition, TryLater
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, ExchangeLimits, Transport
from tests.fakes import FakeClock
from tests.fakes_http import FakeServer, Say, Silence

GET = Call("GET", "/x", (JSON_MEDIA_TYPE,))


def test_an_abort_ends_the_exchange_under_way(clock: FakeClock) -> None:
    server = FakeServer(clock.now)
    silence = Silence()
    server.always("GET", "/", silence)
    with server.running():
        transport = Transport(server.url, ServerTime(clock))
        results: list[Answer | Held | TryLater] = []
        thread = Thread(target=lambda: results.append(transport.send(GET)))
        thread.start()
        assert silence.reached.wait(5)
        transport.abort()
        thread.join(5)
        assert results == [Held(QueueCondition.OFFLINE, "stopped")]


def test_the_deadline_holds_for_a_kept_alive_connection_too(clock: FakeClock) -> None:
    server = FakeServer(clock.now)
    server.script("GET", "/x", Say(200, b"{}", JSON_MEDIA_TYPE))
    server.always("GET", "/", Silence())
    with server.running():
        transport = Transport(server.url, ServerTime(clock), limits=ExchangeLimits(base_s=0.2))
        assert isinstance(transport.send(GET), Answer)
        assert transport.send(GET) == TryLater("deadline")
        assert len(server.seen) == 2


def test_after_a_missed_deadline_the_next_exchange_is_a_fresh_one(clock: FakeClock) -> None:
    server = FakeServer(clock.now)
    server.script("GET", "/x", Silence(), Say(200, b"{}", JSON_MEDIA_TYPE))
    with server.running():
        transport = Transport(server.url, ServerTime(clock), limits=ExchangeLimits(base_s=0.2))
        assert transport.send(GET) == TryLater("deadline")
        assert isinstance(transport.send(GET), Answer)
        transport.close()
