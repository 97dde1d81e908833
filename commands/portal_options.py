"""The options of `kiosk portal` that say where it keeps things and how much it takes from whom."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from portal.settings import Capacity, Settings

APP = "diem-truy-cap"
DAY_S = 24 * 3600.0
MIB = 1024 * 1024
BUCKET_SCHEME = "s3://"


def add_places(parser: argparse.ArgumentParser) -> None:
    """What is not given is absent, so that options stand before or after a sub-command."""
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql+psycopg://…")
    parser.add_argument(
        "--files",
        metavar="PLACE",
        help="the papers, encrypted: a folder, or s3://BUCKET/PREFIX?endpoint=URL (keys in AWS_ACCESS_KEY_ID, …)",
    )
    parser.add_argument("--keys", type=Path, metavar="DIR", help="the keys; outside database and papers")
    parser.add_argument("--key-file", type=Path, metavar="FILE", help="the at-rest key, if not in --keys")
    parser.add_argument("--recovery-public", metavar="KEY", help="X25519, base64url; default: a pair in --keys")
    parser.add_argument("--test", action="store_true", help="make a test portal: its dossiers have no legal effect")
    parser.add_argument(
        "--keep-pieces", type=float, metavar="DAYS", help="that no dossier is made of; default: 7 (see tidy)"
    )


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Limits of serving. Rates are none for a test portal unless they are given."""
    usual = Capacity()
    group = parser.add_argument_group("limits", "per kiosk, or per address; 0: none")
    group.add_argument("--pieces-per-minute", type=float, help=f"default: {usual.pieces_per_minute:g}")
    group.add_argument("--commits-per-minute", type=float, help=f"default: {usual.commits_per_minute:g}")
    group.add_argument("--enrols-per-minute", type=float, help=f"default: {usual.enrols_per_minute:g}")
    group.add_argument(
        "--held-max", type=float, metavar="MIB", help=f"brought, not filed; default: {usual.held_max_bytes // MIB}"
    )
    group.add_argument("--in-flight", type=int, help=f"requests at once; default: {usual.in_flight}")
    group.add_argument(
        "--disk-reserve", type=float, metavar="MIB", help=f"kept free; default: {usual.disk_reserve_bytes // MIB}"
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that were given, the rest as they are by default."""
    given = {name: value for name, value in vars(arguments).items() if value is not None}
    home = platformdirs.user_data_path(APP, appauthor=False) / "portal"
    files = given.get("files", str(home / "papers"))
    in_bucket = files.startswith(BUCKET_SCHEME)
    return Settings(
        database_url=given.get("database", f"sqlite:///{(home / 'portal.db').as_posix()}"),
        files=home / "papers" if in_bucket else Path(files),
        keys=given.get("keys", platformdirs.user_config_path(APP, appauthor=False) / "portal-keys"),
        key_file=given.get("key_file"),
        recovery_public=given.get("recovery_public", ""),
        test=given.get("test", False),
        durable_after_s=given.get("durable_after"),
        bucket_url=files if in_bucket else "",
        capacity=_capacity(given),
    )


def _capacity(given: Mapping[str, Any]) -> Capacity | None:
    """None if nothing of it was given: then it depends on the portal's kind."""
    changes = {name: given[name] for name in _AS_GIVEN if name in given}
    changes |= {name: int(given[option] * MIB) for option, name in _IN_MIB.items() if option in given}
    if "keep_pieces" in given:
        changes["pieces_kept_s"] = given["keep_pieces"] * DAY_S
    if not changes:
        return None
    usual = Capacity().without_rates() if given.get("test") else Capacity()
    return usual.with_changes(changes)


_AS_GIVEN = ("pieces_per_minute", "commits_per_minute", "enrols_per_minute", "in_flight")
_IN_MIB = {"held_max": "held_max_bytes", "disk_reserve": "disk_reserve_bytes"}


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """What `kiosk portal import` takes beside the portal's places."""
    parser.add_argument("folder", type=Path, help="the stick, one export on it, or the copied data folder of a kiosk")
    parser.add_argument("--recovery-key", type=Path, metavar="FILE", help="private half (PEM); default: in --keys")
    parser.add_argument("--unsigned", action="store_true", help="a kiosk's data folder, which nobody has signed")
    parser.add_argument("--receipts", action="store_true", help="leave the receipts on the stick, for the kiosk")
    parser.add_argument("--json", action="store_true", help="one JSON object")
