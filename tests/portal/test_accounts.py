"""Tests of portal/accounts.py: tries are counted, sessions end, looks are remembered."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from portal.accounts import (
    FREE_TRIES,
    LOCK_FIRST_S,
    LOCK_MAX_S,
    SESSION_IDLE_S,
    SESSION_MAX_S,
    Accounts,
    Locked,
    LoggedIn,
    WrongPassword,
)
from portal.opening import Portal
from tests.fakes import FakeClock
from tests.portal.desk import Desk

PASSWORD = "mật khẩu dài"


@pytest.fixture
def accounts(portal: Portal, clock: FakeClock) -> Accounts:
    made = Accounts(portal.database, clock.now)
    made.add("mau", PASSWORD)
    return made


def token_of(accounts: Accounts) -> str:
    answer = accounts.log_in("mau", PASSWORD)
    assert isinstance(answer, LoggedIn)
    return answer.token


def test_without_accounts_nobody_logs_in(portal: Portal, clock: FakeClock) -> None:
    accounts = Accounts(portal.database, clock.now)
    assert not accounts.exist()
    assert accounts.log_in("mau", PASSWORD) == WrongPassword()


def test_the_right_password_opens_a_session(accounts: Accounts) -> None:
    assert accounts.exist()
    assert accounts.who(token_of(accounts)) == "mau"
    assert accounts.who("nonsense") is None


@pytest.mark.parametrize(
    ("name", "password"), [("mau", "sai mật khẩu"), ("mau", ""), ("MAU", PASSWORD), ("ai", PASSWORD)]
)
def test_all_else_is_wrong(accounts: Accounts, name: str, password: str) -> None:
    assert accounts.log_in(name, password) == WrongPassword()


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("x" * 81, PASSWORD), ("mau", "ngắn")])
def test_a_name_or_password_that_will_not_do_is_refused(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(ValueError, match="name or password"):
        accounts.add(name, password)


def test_wrong_tries_lock_for_longer_and_longer(accounts: Accounts, clock: FakeClock) -> None:
    for _ in range(FREE_TRIES):
        assert accounts.log_in("mau", "sai") == WrongPassword()
    waited = []
    for _ in range(6):
        answer = accounts.log_in("mau", PASSWORD)
        assert isinstance(answer, Locked)
        waited.append((answer.until - clock.now()).total_seconds())
        clock.advance(waited[-1])
        assert accounts.log_in("mau", "sai") == WrongPassword()
    assert waited == [60, 120, 240, 480, 900, 900]
    assert (waited[0], waited[-1]) == (LOCK_FIRST_S, LOCK_MAX_S)


def test_the_right_password_after_the_wait_starts_the_count_anew(accounts: Accounts, clock: FakeClock) -> None:
    for _ in range(FREE_TRIES):
        accounts.log_in("mau", "sai")
    clock.advance(LOCK_FIRST_S)
    token_of(accounts)
    assert accounts.log_in("mau", "sai") == WrongPassword()
    token_of(accounts)


def test_tries_at_the_same_time_count_each(accounts: Accounts) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: accounts.log_in("mau", "sai"), range(FREE_TRIES + 3)))
    assert answers.count(WrongPassword()) == FREE_TRIES
    assert sum(isinstance(answer, Locked) for answer in answers) == 3


def test_a_session_ends_when_it_is_not_used(accounts: Accounts, clock: FakeClock) -> None:
    token = token_of(accounts)
    clock.advance(SESSION_IDLE_S - 1)
    assert accounts.who(token) == "mau"
    clock.advance(SESSION_IDLE_S - 1)
    assert accounts.who(token) == "mau"
    clock.advance(SESSION_IDLE_S)
    assert accounts.who(token) is None


def test_a_session_ends_with_the_working_day(accounts: Accounts, clock: FakeClock) -> None:
    token = token_of(accounts)
    end = clock.now() + timedelta(seconds=SESSION_MAX_S)
    while clock.now() + timedelta(seconds=SESSION_IDLE_S - 1) < end:
        clock.advance(SESSION_IDLE_S - 1)
        assert accounts.who(token) == "mau"
    clock.instant = end
    assert accounts.who(token) is None


def test_logging_out_ends_the_session(accounts: Accounts) -> None:
    token = token_of(accounts)
    accounts.log_out(token)
    assert accounts.who(token) is None


def test_a_new_password_ends_the_sessions_and_the_lock(accounts: Accounts) -> None:
    token = token_of(accounts)
    for _ in range(FREE_TRIES):
        accounts.log_in("mau", "sai")
    assert not accounts.add("mau", "mật khẩu mới")
    assert accounts.who(token) is None
    assert accounts.log_in("mau", PASSWORD) == WrongPassword()
    assert isinstance(accounts.log_in("mau", "mật khẩu mới"), LoggedIn)


def test_neither_password_nor_session_is_stored(portal: Portal, accounts: Accounts) -> None:
    token = token_of(accounts)
    with portal.database.read() as connection:
        accounts_rows = connection.exec_driver_sql("SELECT * FROM account").all()
        sessions = connection.exec_driver_sql("SELECT * FROM session").all()
    assert "$argon2id$" in repr(accounts_rows)
    assert PASSWORD not in repr(accounts_rows)
    assert sessions
    assert token not in repr(sessions)


def test_looks_are_remembered_latest_first(accounts: Accounts, clock: FakeClock, desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    paper = uuid.uuid4()
    accounts.record_viewing("mau", dossier.client_ref)
    clock.advance(60)
    accounts.record_viewing("mau", dossier.client_ref, paper)
    seen = [(viewing.account, viewing.document_id) for viewing in accounts.viewings(dossier.client_ref)]
    assert seen == [("mau", str(paper)), ("mau", None)]
    assert accounts.viewings(uuid.uuid4()) == []
