"""`kiosk catalog check [DIR]` and `kiosk catalog new CODE [DIR]`: the work of those who write down services."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kiosk.catalog import Catalog, Fact, Service
from kiosk.catalog_file import CATALOG_FILE, FORM_FILE, SERVICE_FILE, check_catalog, load_catalog, read_release
from kiosk.resources import resource_path

CODE = re.compile(r"[0-9]\.[0-9]{6}")  # a procedure's code in the national database


def run(argv: list[str]) -> int:
    """0 when the catalogue is right, or the new service was begun; 1 when not."""
    parser = argparse.ArgumentParser(prog="kiosk catalog", description="check the services, or begin a new one")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="find every mistake of a catalogue")
    new = actions.add_parser("new", help="begin a service, and say what there is to fill in")
    new.add_argument("code", metavar="CODE")
    for action in (check, new):
        action.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=resource_path("catalog"))
    arguments = parser.parse_args(argv)
    return _check(arguments.folder) if arguments.action == "check" else _new(arguments.folder, arguments.code)


def _check(folder: Path) -> int:
    release = read_release(resource_path())
    if found := check_catalog(folder, release):
        print("\n".join(found))
        print(f"kiosk catalog: mistakes: {len(found)}", file=sys.stderr)
        return 1
    print("\n".join(_counts(load_catalog(folder, release))))
    print("OK")
    return 0


def _counts(catalog: Catalog) -> Iterable[str]:
    services = catalog.services
    facts = Counter(fact.confidence.value for service in services for fact in _facts(service))
    yield f"version     {catalog.version}"
    yield f"services    {len(services)}"
    yield f"fields      {_table(Counter(service.field.name for service in services))}"
    yield f"routes      {_table(Counter(service.route.value for service in services))}"
    yield f"levels      {_table(Counter(str(service.level) for service in services))}"
    yield f"facts       {_table(facts)}"


def _facts(service: Service) -> list[Fact]:
    single = [service.authority, service.route_reason, service.level_fact, service.processing_time]
    single += [service.payment, service.result]
    listed = [*service.legal_basis, *service.notes]
    return [*single, *listed, *(fee.fact for fee in service.fees), *(part.fact for part in service.parts)]


def _table(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _new(folder: Path, code: str) -> int:
    if not CODE.fullmatch(code):
        print(f"kiosk catalog: {code!r} is no code of a procedure: needs the form 2.000635", file=sys.stderr)
        return 1
    service = folder / code
    try:
        service.mkdir(parents=True)
        for name in (SERVICE_FILE, FORM_FILE):
            text = resource_path("catalog_skeleton", name).read_text(encoding="utf-8")
            (service / name).write_text(text.replace("{code}", code), encoding="utf-8")
        if not (folder / CATALOG_FILE).exists():
            (folder / CATALOG_FILE).write_text("version: 1\n", encoding="utf-8")
    except OSError as error:
        print(f"kiosk catalog: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"begun: {service}")
    print("\n".join(check_catalog(folder, read_release(resource_path()))))
    return 0
