"""Tests of commands/portal_options.py: what is given is taken, in its unit; the rest stays as it is by default."""

import argparse
from pathlib import Path

import pytest

from commands.portal_options import add_limits, add_places, settings_of
from portal.settings import Capacity, Settings


def parsed(*arguments: str) -> Settings:
    parser = argparse.ArgumentParser()
    add_places(parser)
    add_limits(parser)
    return settings_of(parser.parse_args(arguments))


def test_without_limits_the_portals_kind_decides() -> None:
    assert parsed().capacity is None


@pytest.mark.parametrize(
    ("option", "name", "value"),
    [
        ("--keep-pieces=2", "pieces_kept_s", 2 * 24 * 3600),
        ("--held-max=3", "held_max_bytes", 3 * 1024 * 1024),
        ("--disk-reserve=0", "disk_reserve_bytes", 0),
        ("--pieces-per-minute=5", "pieces_per_minute", 5),
        ("--commits-per-minute=5", "commits_per_minute", 5),
        ("--enrols-per-minute=5", "enrols_per_minute", 5),
        ("--in-flight=5", "in_flight", 5),
    ],
)
def test_a_limit_is_taken_in_its_unit(option: str, name: str, value: float) -> None:
    assert parsed(option).capacity == Capacity().with_changes({name: value})
    assert parsed(option, "--test").capacity == Capacity().without_rates().with_changes({name: value})


def test_papers_lie_in_a_folder_or_in_a_bucket(tmp_path: Path) -> None:
    assert parsed("--files", str(tmp_path)).files == tmp_path
    assert parsed("--files", str(tmp_path)).bucket_url == ""
    assert parsed("--files", "s3://papers/a").bucket_url == "s3://papers/a"
