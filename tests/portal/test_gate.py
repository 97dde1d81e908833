"""Tests of portal/gate.py: what would be too many at once is asked to come again, and the answer arrives."""

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

from kiosk.receipt import ProblemType
from portal.app import make_app
from portal.opening import Portal
from portal.settings import Capacity
from tests.portal.desk import TIMEOUT_S, problem
from tests.portal.serving import serving


def test_one_too_many_is_refused_and_room_comes_back(portal: Portal) -> None:
    app = make_app(dataclasses.replace(portal, capacity=Capacity(in_flight=2)))
    inside, leave = threading.Semaphore(0), threading.Event()

    @app.get("/v1/long")
    def long() -> None:
        inside.release()
        leave.wait(TIMEOUT_S)

    with serving(app) as url, ThreadPoolExecutor(2) as threads:
        begun = [threads.submit(requests.get, f"{url}/v1/long", timeout=TIMEOUT_S) for _ in range(2)]
        for _ in begun:
            assert inside.acquire(timeout=TIMEOUT_S)
        refused = requests.put(f"{url}/v1/blobs/{'0' * 64}", data=bytes(1_000_000), timeout=TIMEOUT_S)
        leave.set()
        assert [each.result(TIMEOUT_S).status_code for each in begun] == [200, 200]
        assert requests.get(f"{url}/v1/keys", timeout=TIMEOUT_S).status_code == 200
    problem(refused, 503, ProblemType.TRY_LATER)
    assert int(refused.headers["Retry-After"]) > 0


def test_those_who_are_refused_together_are_told_different_times(portal: Portal) -> None:
    """Else they would all come back in the same second."""
    app = make_app(dataclasses.replace(portal, capacity=Capacity(in_flight=0)))
    with serving(app) as url:
        waits = {requests.get(f"{url}/v1/keys", timeout=TIMEOUT_S).headers["Retry-After"] for _ in range(20)}
    assert len(waits) > 5
