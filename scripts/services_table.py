"""Writes docs/services.md from the shipped catalogue: every service with its sources.

PYTHONPATH=. .venv/bin/python scripts/services_table.py
"""

from collections.abc import Iterator
from pathlib import Path

from commands.catalog_counts import facts, level, unverified
from kiosk.catalog import Catalog, Service
from kiosk.catalog_file import load_catalog, read_release

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "services.md"
SOURCES_MAX = 4

HEAD = """\
<!-- Made by scripts/services_table.py from resources/catalog; change that and run it again. -->

# Services

All services of the shipped catalogue, version {version}, last gone through on {updated_on}. A service whose code
and name are not both found in a source has no code here ("–"): people can read about it, and cannot file it. The level
is 1 for those, else that of the national portal in the words of Decree 43/2011/NĐ-CP (2 in person, 3 "một phần",
4 "toàn trình"). Facts are counted as found in a source or not verified; what is not verified is shown with "cần hỏi lại
quầy". The sources are those of name, authority, fee and time; every fact's own source stands in the service's file.

| code | name | field | route | level | code and name | facts found | not verified | sources |
|---|---|---|---|---|---|---|---|---|
"""


def document() -> str:
    """The whole file."""
    catalog = load_catalog(ROOT / "resources" / "catalog", read_release(ROOT / "resources"))
    version = catalog.version.partition("+")[0]  # without the digest, which every letter of a form changes
    return HEAD.format(version=version, updated_on=catalog.updated_on) + "".join(_rows(catalog))


def _rows(catalog: Catalog) -> Iterator[str]:
    ordered = sorted(catalog.services, key=lambda service: (service.field.name, service.information_only, service.code))
    for service in ordered:
        missing = unverified(service)
        cells = [
            service.official_code or "–",
            service.name,
            service.field.name,
            service.route.value,
            str(level(service)),
            service.named.confidence.value,
            str(len(facts(service)) - missing),
            str(missing),
            "; ".join(_sources(service)),
        ]
        yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |\n"


def _sources(service: Service) -> list[str]:
    """The sources of what matters most, each once."""
    main = [service.named, service.authority, *(fee.fact for fee in service.fees), service.processing_time]
    return list(dict.fromkeys(fact.source for fact in main))[:SOURCES_MAX]


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
