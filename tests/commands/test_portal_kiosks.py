"""Tests of commands/portal_kiosks.py and `kiosk portal enrol-code --follows`: what an operator sees and does."""

from pathlib import Path

import pytest

from kiosk.receipt import ProblemType
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings
from portal.token_chain import mark_cloned
from tests.portal.desk import OFFICE, Desk, enrol, problem
from tests.portal.running import RunningPortal


@pytest.fixture
def operator(tmp_path: Path) -> RunningPortal:
    return RunningPortal(tmp_path)


def test_nobody_is_there_at_first(operator: RunningPortal) -> None:
    assert operator.command("kiosks").out == "Chưa có máy nào đăng ký.\n"


def test_a_cloned_kiosk_is_seen_and_followed(operator: RunningPortal) -> None:
    code = operator.enrol_code()
    with operator.in_this_process() as url:
        former = enrol(url, code)
        name = former.enrolment.kiosk_id
        assert "đang dùng" in operator.command("kiosks").out
        clone(operator, name)
        assert "bị nhân bản, hãy đăng ký lại" in operator.command("kiosks").out
        problem(former.exchange(former.assertion()), 403, ProblemType.CLONED)
        answer = operator.command("enrol-code", "--follows", name)
        assert f"tiếp nối máy {name} ({OFFICE.name})" in answer.err
        new = enrol(url, answer.out.strip())
        assert new.enrolment.follows == (name,)
        assert (new.enrolment.agency, new.enrolment.office_name) == (
            former.enrolment.agency,
            former.enrolment.office_name,
        )
        lines = operator.command("kiosks").out.splitlines()
        assert len(lines) == 2
        [line] = [line for line in lines if line.startswith(new.enrolment.kiosk_id)]
        assert line.endswith(f"đang dùng  tiếp nối {name}")
        close(former, new)


def test_a_kiosk_that_is_not_there_cannot_be_followed(operator: RunningPortal) -> None:
    refused = operator.command("enrol-code", "--follows", "nobody")
    assert (refused.code, refused.out) == (2, "")
    assert "Không có máy nào mang mã này." in refused.err


@pytest.mark.parametrize(
    "arguments",
    [["--agency", "H32.15", "Phường Mẫu"], ["--follows", "x", "--office", "Một cửa"], []],
    ids=["no office", "both", "neither"],
)
def test_an_office_is_named_or_followed(operator: RunningPortal, arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        operator.command("enrol-code", *arguments)


def clone(operator: RunningPortal, name: str) -> None:
    home = operator.home
    database = f"sqlite:///{home / 'db' / 'portal.db'}"
    portal = open_portal(Settings(database, home / "papers", home / "keys", test=True), utc_now)
    with portal.database.write() as connection:
        mark_cloned(connection, name, portal.now())
    portal.database.close()


def close(*desks: Desk) -> None:
    for desk in desks:
        desk.http.close()
