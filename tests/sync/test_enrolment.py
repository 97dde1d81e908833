"""Tests of sync/enrolment.py: who may enrol where, what is kept, and the way back to the portal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import ConfigProblem
from kiosk.keys import DemoKeys
from kiosk.outbox import Held, QueueCondition, Refused, TryLater
from kiosk.receipt import ProblemType
from sync.enrolment import (
    STORE_KEY,
    Enrolled,
    PortalNotAllowed,
    device_key_of,
    enrol,
    load_enrolment,
    open_portal,
    save_enrolment,
)
from sync.kiosk_portal import KioskPortal
from sync.portal import CheckUp, NoPortal
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Transport
from tests.fakes import FakeClock
from tests.fakes_http import LoseAnswer, Reply, Say, html
from tests.fakes_portal import CODE, FakePortal, jwk_of
from tests.memory_store import MemoryStore


class RealKeys(DemoKeys):
    """Keys that claim to be worth something."""

    demo = False


@pytest.fixture
def keys(tmp_path: Path) -> DemoKeys:
    return DemoKeys(tmp_path)


@pytest.fixture
def transport(server: FakePortal, clock: FakeClock) -> Iterator[Transport]:
    made = Transport(server.url, ServerTime(clock))
    yield made
    made.close()


def test_a_code_and_the_kiosks_key_give_an_enrolment(server: FakePortal, transport: Transport, keys: DemoKeys) -> None:
    enrolled = enrol(transport, CODE, keys, "máy 1")
    assert isinstance(enrolled, Enrolled)
    assert (enrolled.portal_url, enrolled.enrolment) == (server.url, server.enrolment())
    assert server.device_jwk == jwk_of(device_key_of(enrolled, keys)) != jwk_of(keys.device_key())


def test_each_enrolment_has_a_key_of_its_own(server: FakePortal, transport: Transport, keys: DemoKeys) -> None:
    seen = set()
    for _ in range(2):
        assert isinstance(enrol(transport, CODE, keys, "máy 1"), Enrolled)
        seen.add(server.device_jwk["x"])
    assert len(seen) == 2


def test_an_enrolment_from_before_there_were_salts_goes_on(server: FakePortal, keys: DemoKeys) -> None:
    text = f'{{"portal_url": "{server.url}", "enrolment": {server.enrolment().model_dump_json()}}}'
    assert jwk_of(device_key_of(Enrolled.model_validate_json(text), keys)) == jwk_of(keys.device_key())


def test_a_code_whose_answer_was_lost_goes_with_the_same_key_however_it_is_typed(
    server: FakePortal, transport: Transport, keys: DemoKeys, clock: FakeClock
) -> None:
    store = MemoryStore(clock)
    server.script("POST", "/v1/kiosks/enrol", LoseAnswer())
    assert enrol(transport, CODE, keys, "máy 1", store=store) == TryLater("connection_lost")
    lost = server.device_jwk
    assert isinstance(enrol(transport, CODE.lower().replace("-", " "), keys, "máy 1", store=store), Refused)
    enrolled = enrol(transport, CODE, keys, "máy 1", store=store)
    assert isinstance(enrolled, Enrolled)
    assert server.device_jwk == lost == jwk_of(device_key_of(enrolled, keys))


def test_a_lost_answer_is_asked_for_again(server: FakePortal, transport: Transport, keys: DemoKeys) -> None:
    server.script("POST", "/v1/kiosks/enrol", LoseAnswer())
    assert enrol(transport, CODE, keys, "máy 1") == TryLater("connection_lost")
    assert isinstance(enrol(transport, CODE, keys, "máy 1"), Enrolled)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (html(), Held(QueueCondition.CAPTIVE, "http-200 text/html")),
        (Say(503, headers={"Retry-After": "9"}), TryLater("http-503", 9.0)),
        (Say(201, b"{}", JSON_MEDIA_TYPE), TryLater("unknown:enrolment")),
    ],
)
def test_no_enrolment_has_a_reason(
    server: FakePortal, transport: Transport, keys: DemoKeys, reply: Reply, expected: Held | TryLater
) -> None:
    server.script("POST", "/v1/kiosks/enrol", reply)
    assert enrol(transport, CODE, keys, "máy 1") == expected


def test_a_wrong_code_is_refused(transport: Transport, keys: DemoKeys) -> None:
    assert enrol(transport, "WRONG", keys, "máy 1") == Refused(ProblemType.ENROL_CODE)


@pytest.mark.parametrize("change", [{"root_key": {"kty": "OKP"}}, {"recovery_public_key": "AAAA"}])
def test_an_enrolment_with_keys_that_cannot_work_is_not_taken(
    server: FakePortal, transport: Transport, keys: DemoKeys, change: dict[str, object]
) -> None:
    body = server.enrolment().model_copy(update=change).model_dump_json().encode()
    server.script("POST", "/v1/kiosks/enrol", Say(201, body, JSON_MEDIA_TYPE))
    assert enrol(transport, CODE, keys, "máy 1") == TryLater("unknown:enrolment")


def test_demo_keys_say_nothing_to_a_portal_on_the_network(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> None:
    (tmp_path / "ca.pem").write_text("x")
    far = Transport("https://portal.example", ServerTime(clock), tmp_path / "ca.pem")
    with pytest.raises(PortalNotAllowed, match="this machine"):
        enrol(far, CODE, keys, "máy 1", test_allowed=True)


def test_demo_keys_are_not_for_a_real_portal(server: FakePortal, transport: Transport, keys: DemoKeys) -> None:
    server.test = False
    with pytest.raises(PortalNotAllowed, match="test portal"):
        enrol(transport, CODE, keys, "máy 1")


def test_real_keys_are_enrolled_with_a_test_portal_only_by_a_persons_word(
    server: FakePortal, transport: Transport, tmp_path: Path
) -> None:
    real = RealKeys(tmp_path)
    with pytest.raises(PortalNotAllowed, match="test portal"):
        enrol(transport, CODE, real, "máy 1")
    assert isinstance(enrol(transport, CODE, real, "máy 1", test_allowed=True), Enrolled)
    server.test = False
    assert isinstance(enrol(transport, CODE, real, "máy 1"), Enrolled)


def test_an_enrolment_is_kept_and_the_next_takes_its_place(server: FakePortal, clock: FakeClock) -> None:
    store = MemoryStore(clock)
    assert load_enrolment(store) is None
    for url in ("http://127.0.0.1:1", server.url):
        enrolled = Enrolled(portal_url=url, enrolment=server.enrolment())
        save_enrolment(store, enrolled)
        assert load_enrolment(store) == enrolled


def test_an_enrolment_that_cannot_be_read_is_none(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    store = MemoryStore(clock)
    store.set_value(STORE_KEY, b'{"portal_url": 1}')
    assert load_enrolment(store) is None
    assert "enrol again" in caplog.text


def test_the_portal_of_an_enrolment_can_be_used(
    server: FakePortal, transport: Transport, keys: DemoKeys, clock: FakeClock
) -> None:
    enrolled = enrol(transport, CODE, keys, "máy 1")
    assert isinstance(enrolled, Enrolled)
    time = ServerTime(clock)
    portal = open_portal(enrolled, keys, clock, time, None)
    assert isinstance(portal, KioskPortal)
    assert portal.check_up([]) == CheckUp(frozenset(), frozenset())
    assert time.offset_s == 0
    portal.close()


def test_the_way_to_a_portal_is_checked_at_every_start(
    server: FakePortal, keys: DemoKeys, clock: FakeClock, tmp_path: Path
) -> None:
    time = ServerTime(clock)
    assert isinstance(open_portal(None, keys, clock, time, None), NoPortal)
    far = Enrolled(portal_url="https://portal.example", enrolment=server.enrolment())
    with pytest.raises(PortalNotAllowed):
        open_portal(far, keys, clock, time, None)
    with pytest.raises(ConfigProblem):
        open_portal(far, RealKeys(tmp_path), clock, time, None)
    server.test = False
    with pytest.raises(PortalNotAllowed):
        open_portal(Enrolled(portal_url=server.url, enrolment=server.enrolment()), keys, clock, time, None)
