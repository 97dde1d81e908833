"""Tests of commands/slow_line.py: it carries what it is given, as fast as it says, and breaks where it is told."""

import time

import pytest
import requests

from commands.slow_line import LineSpeed, SlowLine
from tests.fakes_http import FakeServer, Say

BODY = bytes(range(256)) * 400


class Breaks(SlowLine):
    """Breaks after 50 kB."""

    carried_bytes = 0

    def carried(self, block: bytes, upstream: bool) -> bytes | None:
        self.carried_bytes += len(block)
        return None if upstream and self.carried_bytes > 50_000 else block


def test_what_goes_in_comes_out_after_the_time_that_it_takes() -> None:
    server = FakeServer()
    server.always("PUT", "/", Say(200, BODY))
    begun_s = time.monotonic()
    with server.running(), SlowLine(server.url, LineSpeed(1_000_000, 0.02)) as line:
        answer = requests.put(line.url + "/x", data=BODY, timeout=10)
    assert answer.content == BODY
    assert time.monotonic() - begun_s > 0.2 + 4 * 0.02  # both ways of 100 kB, and the way there and back twice


def test_a_line_that_breaks_is_seen_as_broken() -> None:
    server = FakeServer()
    with server.running(), Breaks(server.url, LineSpeed()) as line, pytest.raises(requests.ConnectionError):
        requests.put(line.url + "/x", data=BODY, timeout=10)
