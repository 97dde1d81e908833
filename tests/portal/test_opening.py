"""Tests of portal/opening.py: a portal is opened as what it was made, or not at all."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from portal.instants import utc_now
from portal.opening import DURABLE_AFTER_S, open_portal
from portal.settings import CannotStart, Settings, StartProblem
from portal.shelf import MARK


def refusal(settings: Settings) -> StartProblem:
    with pytest.raises(CannotStart) as refused:
        open_portal(settings, utc_now).database.close()
    return refused.value.problem


def opened(settings: Settings) -> tuple[bool, float, str]:
    portal = open_portal(settings, utc_now)
    portal.database.close()
    return portal.test, portal.durable_after_s, portal.token_audience


def test_a_portal_keeps_its_name_and_kind(settings: Settings) -> None:
    first = opened(settings)
    assert opened(dataclasses.replace(settings, test=False)) == first
    assert first[:2] == (True, 0.0)


def test_a_real_portal_is_not_opened_as_a_test(settings: Settings) -> None:
    real = dataclasses.replace(settings, test=False)
    assert opened(real)[:2] == (False, DURABLE_AFTER_S)
    assert refusal(settings) is StartProblem.NOT_A_TEST_PORTAL
    assert opened(dataclasses.replace(real, durable_after_s=5.0))[1] == 5.0


@pytest.mark.parametrize("place", ["papers", "papers/deep", "db"])
def test_keys_lie_apart_from_papers_and_database(settings: Settings, tmp_path: Path, place: str) -> None:
    apart = dataclasses.replace(settings, keys=tmp_path / place)
    assert refusal(apart) is StartProblem.KEYS_BESIDE_PAPERS
    at_rest = dataclasses.replace(settings, key_file=tmp_path / place / "key")
    assert refusal(at_rest) is StartProblem.KEYS_BESIDE_PAPERS


@pytest.mark.parametrize("lost", ["at-rest.key", "root.pem"])
def test_other_keys_than_at_first_are_refused(settings: Settings, lost: str) -> None:
    opened(settings)
    (settings.keys / lost).unlink()
    assert refusal(settings) is StartProblem.OTHER_KEY


def test_another_portals_papers_are_refused_and_left_alone(settings: Settings, tmp_path: Path) -> None:
    opened(settings)
    other = dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'drill' / 'portal.db'}")
    assert refusal(other) is StartProblem.OTHER_PAPERS
    opened(settings)


def test_papers_without_a_mark_become_this_portals(settings: Settings) -> None:
    """As a portal left them that was older than the mark."""
    opened(settings)
    mark = settings.files / MARK
    portal_id = mark.read_text(encoding="utf-8")
    mark.unlink()
    assert opened(settings)[2].endswith(portal_id)
    assert mark.read_text(encoding="utf-8") == portal_id


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "nosuchdatabase://x/y"])
def test_a_database_that_cannot_be_used_is_refused(settings: Settings, url: str) -> None:
    assert refusal(dataclasses.replace(settings, database_url=url)) is StartProblem.DATABASE


def test_a_file_that_is_no_database_is_refused_and_kept(settings: Settings) -> None:
    opened(settings)
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    path.write_bytes(b"no database" * 1000)
    assert refusal(settings) is StartProblem.DATABASE
    assert path.read_bytes().startswith(b"no database")


def test_a_database_of_another_schema_is_refused(settings: Settings) -> None:
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = '99' WHERE name = 'schema'")
    portal.database.close()
    assert refusal(settings) is StartProblem.OTHER_SCHEMA


def test_a_portal_moves_with_its_three_places(settings: Settings, tmp_path: Path) -> None:
    before = opened(settings)
    for name in ("db", "papers", "keys"):
        shutil.move(tmp_path / name, tmp_path / "moved" / name)
    moved = dataclasses.replace(
        settings,
        database_url=f"sqlite:///{tmp_path / 'moved' / 'db' / 'portal.db'}",
        files=tmp_path / "moved" / "papers",
        keys=tmp_path / "moved" / "keys",
    )
    assert opened(moved) == before
