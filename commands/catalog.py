"""`kiosk catalog check [DIR]` and `kiosk catalog new CODE [DIR]`: the work of those who write down services."""

import argparse
import sys
from datetime import date
from pathlib import Path

from commands.catalog_counts import counts
from commands.wall_clock import WallClock
from kiosk.catalog import Catalog
from kiosk.catalog_file import Release, check_catalog, load_catalog, read_release
from kiosk.catalog_folders import CATALOG_FILE, SERVICE_FILE
from kiosk.dates import vietnam_day
from kiosk.exchange_file import read_exchange
from kiosk.ports import Clock
from kiosk.resources import resource_path
from kiosk.service_file import NATIONAL_CODE, OWN_CODE

SHIPPED = resource_path("catalog")


def run(argv: list[str], *, clock: Clock | None = None) -> int:
    """0 when the catalogue is right, or the new service was begun; 1 when not. Without a clock, the real one."""
    arguments = _parser().parse_args(argv)
    if arguments.action == "check":
        return _check(*_layers(arguments.folder, tuple(arguments.over)), vietnam_day((clock or WallClock()).now()))
    return _new(arguments.folder, arguments.code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk catalog", description="check the services, or begin a new one")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="find every mistake of a catalogue")
    new = actions.add_parser("new", help="begin a service, and say what there is to fill in")
    new.add_argument("code", metavar="CODE", help="the procedure's code, or x.some-name where none is known")
    told = f"the catalogue, or a folder without {CATALOG_FILE} that is laid over the shipped one"
    for action in (check, new):
        action.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=SHIPPED, help=told)
    over = "folders that are laid over it, in their order"
    check.add_argument("--over", metavar="DIR", nargs="+", type=Path, default=(), help=over)
    return parser


def _layers(folder: Path, over: tuple[Path, ...]) -> tuple[Path, tuple[Path, ...]]:
    """A folder that is no whole catalogue is one that an office lays over the shipped one."""
    return (folder, over) if (folder / CATALOG_FILE).exists() else (SHIPPED, (folder, *over))


def _check(folder: Path, over: tuple[Path, ...], today: date) -> int:
    release = read_release(resource_path())
    if found := check_catalog(folder, release, over, today):
        print("\n".join(found))
        print(f"kiosk catalog: mistakes: {len(found)}", file=sys.stderr)
        return 1
    catalog = load_catalog(folder, release, over)
    if folder == resource_path("catalog") and (unfit := _unfit_for_exchange(catalog, release)):
        print("\n".join(unfit))
        print(f"kiosk catalog: mistakes: {len(unfit)}", file=sys.stderr)
        return 1
    print("\n".join(counts(catalog)))
    print("OK")
    return 0


def _unfit_for_exchange(catalog: Catalog, release: Release) -> list[str]:
    """Where the forms of civil status no longer have what the office's software takes over."""
    forms = {service.code: service.form for service in catalog.services}
    return [str(problem) for problem in read_exchange(resource_path("exchange"), release.code_lists, forms)[1]]


def _new(folder: Path, code: str) -> int:
    if not NATIONAL_CODE.fullmatch(code) and not OWN_CODE.fullmatch(code):
        reason = "needs the form 2.000635, or x.some-name where none is known"
        print(f"kiosk catalog: {code!r} is no code of a procedure: {reason}", file=sys.stderr)
        return 1
    shipped, over = _layers(folder, ())
    if over and (shipped / code).exists():
        reason = f"to change it, write {folder / code / SERVICE_FILE} with only the keys that differ"
        print(f"kiosk catalog: {code} is in the catalogue already: {reason}", file=sys.stderr)
        return 1
    service = folder / code
    try:
        service.mkdir(parents=True)
        text = resource_path("catalog_skeleton", SERVICE_FILE).read_text(encoding="utf-8")
        (service / SERVICE_FILE).write_text(text.replace("{code}", code), encoding="utf-8")
    except OSError as error:
        print(f"kiosk catalog: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"begun: {service}")
    print("\n".join(check_catalog(shipped, read_release(resource_path()), over)))
    return 0
