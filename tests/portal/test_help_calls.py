"""Tests of portal/help_calls.py and portal/call_pages.py: the office sees who calls, and who calls hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import requests

from kiosk.receipt import HelpCallBeat
from portal.accounts import SESSION_IDLE_S, SESSION_MAX_S, Accounts, LoggedIn
from portal.enrolment import Kiosk, find_kiosk, new_code
from portal.help_calls import KEPT_DAYS, LASTS_S, SILENT_S, hear, open_calls, see
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.problems import Refused
from portal.schema import kiosk
from portal.settings import Settings
from tests.portal.desk import OFFICE, Desk, enrol
from tests.portal.test_pages import PASSWORD, Browser

CALL = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
BEAT = HelpCallBeat(page="Chụp hoặc quét giấy tờ", called_at=utc_now())
PATH, JSON = f"/v1/calls/{CALL}", "application/json"
OVER = BEAT.model_copy(update={"over": True})


class Hands:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = utc_now()

    def __call__(self) -> datetime:
        return self.at

    def turn(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def caller(portal: Portal, desk: Desk) -> Kiosk:
    with portal.database.read() as connection:
        found = find_kiosk(connection, desk.enrolment.kiosk_id)
    assert found is not None
    return found


def test_a_call_is_open_until_it_is_over(portal: Portal, caller: Kiosk) -> None:
    assert not hear(portal, caller, CALL, BEAT).seen
    assert [(call.page, call.silent, call.seen_by) for call in open_calls(portal)] == [(BEAT.page, False, "")]
    assert not hear(portal, caller, CALL, OVER).seen
    assert open_calls(portal) == ()


def test_who_comes_first_is_told_to_the_kiosk(portal: Portal, caller: Kiosk) -> None:
    hear(portal, caller, CALL, BEAT)
    see(portal, CALL, "mau")
    see(portal, CALL, "khac")
    assert hear(portal, caller, CALL, BEAT).seen
    assert [call.seen_by for call in open_calls(portal)] == ["mau"]


def test_a_kiosk_has_one_call(portal: Portal, caller: Kiosk) -> None:
    hear(portal, caller, CALL, BEAT)
    hear(portal, caller, OTHER, BEAT)
    assert [call.call_id for call in open_calls(portal)] == [str(OTHER)]


def test_the_call_of_another_kiosk_is_not_touched(portal: Portal, caller: Kiosk, url: str) -> None:
    hear(portal, caller, CALL, BEAT)
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    stranger = enrol(url, code)
    answer = stranger.call("PUT", PATH, OVER.model_dump_json().encode(), JSON)
    assert answer.status_code == 404
    assert len(open_calls(portal)) == 1
    stranger.http.close()


def test_over_the_line_it_is_the_same(portal: Portal, desk: Desk) -> None:
    assert desk.call("PUT", PATH, BEAT.model_dump_json().encode(), JSON).json() == {"seen": False}
    too_long = BEAT.model_copy(update={"page": "x" * 81})
    assert desk.call("PUT", PATH, too_long.model_dump_json().encode(), JSON).status_code == 422
    assert len(open_calls(portal)) == 1


@pytest.fixture
def slow(settings: Settings) -> Iterator[tuple[Portal, Hands]]:
    """A portal whose clock the test turns."""
    hands = Hands()
    opened = open_portal(settings, hands)
    yield opened, hands
    opened.database.close()


def test_a_kiosk_that_falls_silent_is_shown_so_and_in_the_end_not_at_all(slow: tuple[Portal, Hands]) -> None:
    portal, hands = slow
    caller = _kiosk_of(portal)
    hear(portal, caller, CALL, BEAT)
    hands.turn(SILENT_S + 1)
    assert [call.silent for call in open_calls(portal)] == [True]
    hear(portal, caller, CALL, BEAT)
    assert [call.silent for call in open_calls(portal)] == [False]
    hands.turn(LASTS_S)
    assert open_calls(portal) == ()
    hands.turn(KEPT_DAYS * 86400)
    hear(portal, caller, OTHER, BEAT)
    with portal.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM help_call").scalar() == 1


def test_the_page_lies_open_all_day_and_opens_no_dossier(slow: tuple[Portal, Hands]) -> None:
    portal, hands = slow
    accounts = Accounts(portal.database, portal.now)
    accounts.add("mau", PASSWORD)
    logged_in = accounts.log_in("mau", PASSWORD)
    assert isinstance(logged_in, LoggedIn)
    token = logged_in.token
    hands.turn(SESSION_IDLE_S + 1)
    accounts.add("khac", PASSWORD)
    accounts.log_in("khac", PASSWORD)  # which clears away what is over
    assert accounts.on_watch(token) == "mau"
    assert accounts.who(token) is None
    hands.turn(SESSION_MAX_S)
    assert accounts.on_watch(token) is None


def test_the_office_sees_it_and_says_that_it_comes(portal: Portal, caller: Kiosk, url: str) -> None:
    Accounts(portal.database, portal.now).add("mau", PASSWORD)
    browser = Browser(url)
    assert browser.get("/calls").url == f"{url}/login"
    browser.log_in()
    hear(portal, caller, CALL, BEAT)
    page = browser.get("/calls")
    assert page.headers["Refresh"] == "5"
    assert "(1) Có người gọi hỗ trợ" in page.text
    assert BEAT.page in page.text
    foreign = browser.post(f"/calls/{CALL}", form_token="made up")
    assert foreign.status_code == 403
    answered = browser.post(f"/calls/{CALL}", form_token=browser.form_token("/calls"))
    assert answered.url == f"{url}/calls"
    assert "mau đang đến" in answered.text
    assert hear(portal, caller, CALL, BEAT).seen
    browser.http.close()


def test_a_call_needs_a_kiosks_token(url: str) -> None:
    bare = requests.put(url + PATH, json=BEAT.model_dump(mode="json"), timeout=10)
    assert bare.status_code == 401


def test_an_unknown_call_is_no_call(portal: Portal, caller: Kiosk) -> None:
    see(portal, CALL, "mau")
    assert open_calls(portal) == ()
    hear(portal, caller, CALL, OVER)
    assert open_calls(portal) == ()
    with pytest.raises(Refused):
        hear(portal, _other(caller), CALL, BEAT)


def _other(caller: Kiosk) -> Kiosk:
    return Kiosk("khac", caller.public_key, caller.office, revoked=False)


def _kiosk_of(portal: Portal) -> Kiosk:
    values = {
        "kiosk_id": "mau",
        "public_key": "x",
        "device_name": "quay-1",
        "agency_code": "H99.01",
        "agency_name": "Mẫu",
        "office_name": "Mẫu",
        "hotline": "",
        "enrolled_at": portal.now(),
    }
    with portal.database.write() as connection:
        connection.execute(kiosk.insert().values(values))
        found = find_kiosk(connection, "mau")
    assert found is not None
    return found
