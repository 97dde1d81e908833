"""Tests of sync/transport.py: one exchange with servers that are honest, broken, slow, or someone else."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.errors import ConfigProblem
from kiosk.manifest import PIECE_MAX_BYTES
from kiosk.outbox import Held, QueueCondition, TryLater
from portal.limits import BODY_TIMEOUT_S
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, ExchangeLimits, Transport, checked_url, is_loopback
from tests.fakes import FakeClock
from tests.fakes_http import Cut, Drip, FakeServer, Raw, Reply, Say, Silence, html
from tests.sync.desk import QUICK

GET = Call("GET", "/x", (JSON_MEDIA_TYPE,))
GOOD = Say(200, b"{}", JSON_MEDIA_TYPE)


@pytest.fixture
def web(clock: FakeClock) -> Iterator[FakeServer]:
    server = FakeServer(clock.now)
    with server.running():
        yield server


@pytest.fixture
def connect(web: FakeServer, clock: FakeClock) -> Iterator[Callable[..., Transport]]:
    made = []

    def connect(limits: ExchangeLimits = QUICK) -> Transport:
        made.append(Transport(web.url, ServerTime(clock), limits=limits))
        return made[-1]

    yield connect
    for transport in made:
        transport.close()


Connect = Callable[..., Transport]


def test_an_answer_comes_whole_with_what_matters_of_its_headers(web: FakeServer, connect: Connect) -> None:
    web.script("GET", "/x", Say(200, b'{"a":1}', "Application/JSON; charset=utf-8", {"Retry-After": "7"}))
    answer = connect().send(GET, "secret")
    assert answer == Answer(200, "application/json", b'{"a":1}', "Mon, 16 Nov 2026 01:00:00 GMT", "7")
    assert web.headers_seen[0]["Authorization"] == "Bearer secret"
    assert web.headers_seen[0]["Accept-Encoding"] == "identity"


def test_a_body_goes_out_with_its_length_and_media_type(web: FakeServer, connect: Connect) -> None:
    web.script("PUT", "/x", GOOD)
    connect().send(Call("PUT", "/x", (JSON_MEDIA_TYPE,), b"abc", "application/octet-stream"))
    seen = web.headers_seen[0]
    assert (seen["Content-Length"], seen["Content-Type"]) == ("3", "application/octet-stream")
    assert "Transfer-Encoding" not in seen


@pytest.mark.parametrize(
    "reply",
    [
        html(200),
        html(511),
        html(407),
        Say(200, b"ok", "text/plain"),
        Say(200),
        Say(204),
        Say(302, headers={"Location": "http://127.0.0.1:1/login"}),
        Say(307, headers={"Location": "/elsewhere"}),
        Say(308, headers={"Location": "https://example.invalid/"}),
        Say(304),
    ],
    ids=lambda reply: f"{reply.status}-{reply.media_type[:10]}",
)
def test_an_answer_from_someone_else_holds_the_queue_and_no_redirect_is_followed(
    web: FakeServer, connect: Connect, reply: Reply
) -> None:
    web.always("GET", "/", reply)
    result = connect().send(GET)
    assert isinstance(result, Held)
    assert result.condition is QueueCondition.CAPTIVE
    assert web.seen == [("GET", "/x")]


@pytest.mark.parametrize(
    "reply",
    [
        Raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}"),
        Raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
        Raw(b"SSH-2.0-OpenSSH\r\n"),
        Raw(b"HTTP/1.1 200 OK\r\n" + b"X-Many: y\r\n" * 200 + b"\r\n"),
        Raw(b""),
        Cut(),
    ],
    ids=["short-body", "short-chunks", "no-http", "too-many-headers", "nothing", "reset"],
)
def test_an_answer_that_breaks_off_is_no_answer(web: FakeServer, connect: Connect, reply: Reply) -> None:
    web.always("GET", "/", reply)
    assert connect().send(GET) == TryLater("connection_lost")


def test_headers_that_break_off_are_not_an_answer(web: FakeServer, connect: Connect) -> None:
    web.always("GET", "/", Raw(b"HTTP/1.1 200 OK\r\nContent-Ty"))
    assert not isinstance(connect().send(GET), Answer)


def test_answers_have_a_size_limit(web: FakeServer, connect: Connect) -> None:
    limits = ExchangeLimits(answer_max_bytes=1000)
    web.script("GET", "/x", Say(200, b"x" * 1000, JSON_MEDIA_TYPE), Say(200, b"x" * 1001, JSON_MEDIA_TYPE))
    assert isinstance(connect(limits).send(GET), Answer)
    assert connect(limits).send(GET) == TryLater("answer_too_large")


def test_a_gzip_bomb_is_not_opened(web: FakeServer, connect: Connect) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    web.script("GET", "/x", Say(200, bomb, JSON_MEDIA_TYPE, {"Content-Encoding": "gzip"}))
    assert connect().send(GET) == TryLater("answer_encoded")


@pytest.mark.parametrize(
    "drip",
    [
        Drip(),
        Drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"),
        Drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"),
        Drip(b"HTTP/1.1 100 Continue\r\n"),
    ],
    ids=["headers", "body", "endless-body", "interim"],
)
def test_a_server_that_drips_meets_the_deadline(web: FakeServer, connect: Connect, drip: Drip) -> None:
    web.always("GET", "/", drip)
    assert connect(ExchangeLimits(base_s=0.2)).send(GET) == TryLater("deadline")


def test_a_server_that_never_answers_is_left(web: FakeServer, connect: Connect) -> None:
    web.always("GET", "/", Silence())
    assert connect(ExchangeLimits(base_s=0.1)).send(GET) == TryLater("deadline")
    assert connect(ExchangeLimits(stall_s=0.1)).send(GET) == TryLater("stalled")


@pytest.mark.parametrize("kept_alive", [pytest.param(False, marks=pytest.mark.proof), True])
def test_a_slow_line_may_take_longer_for_a_piece_than_for_connecting(
    web: FakeServer, connect: Connect, kept_alive: bool
) -> None:
    transport = connect(ExchangeLimits(connect_s=0.1))
    web.script("GET", "/x", GOOD)
    if kept_alive:
        transport.send(GET)
    web.pause_s = 0.02
    web.script("PUT", "/x", GOOD)
    body = bytes(8 * 1024 * 1024)  # more than the buffers of both ends hold, so sending really takes 2.6 s
    assert isinstance(transport.send(Call("PUT", "/x", (JSON_MEDIA_TYPE,), body, "application/octet-stream")), Answer)
    assert len(web.seen) == 1 + kept_alive


def test_the_deadline_grows_with_what_is_sent() -> None:
    assert ExchangeLimits().patience(0).deadline_s == 30
    assert ExchangeLimits().patience(1024 * 1024).deadline_s == pytest.approx(30 + 262.1, abs=0.1)


def test_the_kiosk_gives_a_piece_up_before_the_portal_does_and_no_sooner() -> None:
    deadline_s = ExchangeLimits().patience(PIECE_MAX_BYTES).deadline_s
    assert PIECE_MAX_BYTES / 4_000 < deadline_s < BODY_TIMEOUT_S


def test_after_an_abort_nothing_gets_through(web: FakeServer, connect: Connect) -> None:
    transport = connect()
    transport.abort()
    assert transport.send(GET) == Held(QueueCondition.OFFLINE, "stopped")
    assert web.seen == []


def test_a_kept_alive_connection_that_died_is_replaced_without_a_word(web: FakeServer, connect: Connect) -> None:
    transport = connect()
    web.script("GET", "/x", GOOD, Cut(), GOOD)
    assert isinstance(transport.send(GET), Answer)
    assert isinstance(transport.send(GET), Answer)
    assert len(web.seen) == 3


def test_a_new_connection_that_breaks_is_not_tried_twice(web: FakeServer, connect: Connect) -> None:
    web.always("GET", "/", Cut())
    connect().send(GET)
    assert len(web.seen) == 1


def test_a_portal_that_is_not_there_is_offline(clock: FakeClock) -> None:
    server = FakeServer()
    with server.running():
        closed = server.url
    for url in (closed, "http://localhost:1"):
        result = Transport(url, ServerTime(clock), limits=QUICK).send(GET)
        assert isinstance(result, Held)
        assert result.condition is QueueCondition.OFFLINE


def test_only_the_portals_own_answers_teach_the_time(web: FakeServer, clock: FakeClock) -> None:
    time = ServerTime(clock)
    transport = Transport(web.url, time, limits=QUICK)
    clock.advance(-3600)
    web.now = lambda: clock.now().replace(year=2031)
    web.script("GET", "/x", html(200), html(503), Say(500, b"{}", JSON_MEDIA_TYPE), GOOD)
    for _ in range(3):
        transport.send(GET)
        assert time.offset_s is None
    transport.send(GET)
    assert time.offset_s is not None
    transport.close()


def test_no_cookie_is_kept(web: FakeServer, connect: Connect) -> None:
    transport = connect()
    web.always("GET", "/", Say(200, b"{}", JSON_MEDIA_TYPE, {"Set-Cookie": "a=b; Path=/"}))
    transport.send(GET)
    transport.send(GET)
    assert "Cookie" not in web.headers_seen[1]


def test_the_environment_has_no_say(web: FakeServer, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.script("GET", "/x", GOOD)
    assert isinstance(connect().send(GET), Answer)


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.2", "https://[::1]:8443"])
def test_loopback_needs_no_authority(url: str) -> None:
    assert is_loopback(url)
    assert checked_url(url + "/", None) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://portal.example",
        "http://127.0.0.1.portal.example",
        "https://portal.example",
        "ftp://localhost",
        "localhost:8000",
        "https://",
        "https://user:word@localhost",
        "https://localhost/?a=b",
        "https://localhost:99999",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_cannot_be_trusted_is_refused(url: str) -> None:
    with pytest.raises(ConfigProblem):
        checked_url(url, None)


def test_a_portal_on_the_network_needs_the_file_of_its_authority(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match="no file"):
        checked_url("https://portal.example", tmp_path / "ca.pem")
    (tmp_path / "ca.pem").write_text("x")
    assert checked_url("https://portal.example/base/", tmp_path / "ca.pem") == "https://portal.example/base"
    with pytest.raises(ConfigProblem, match="https"):
        checked_url("http://portal.example", tmp_path / "ca.pem")
