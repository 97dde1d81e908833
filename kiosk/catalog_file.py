"""Loads the catalogue from its folder, whole or not at all, and checks it for every mistake at once."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalog import Catalog, Service
from kiosk.codes import CodeList, load_code_list
from kiosk.errors import CatalogProblem
from kiosk.form_file import read_form
from kiosk.service_file import read_service
from kiosk.typed_yaml import Section
from kiosk.yaml_text import YamlProblem, load_text

CATALOG_FILE = "catalog.yaml"
SERVICE_FILE = "service.yaml"
FORM_FILE = "form.yaml"


@dataclass(frozen=True, slots=True)
class Release:
    """What this release of the program has that a catalogue may name: code lists and templates of printed forms."""

    code_lists: Mapping[str, CodeList]
    declarations: frozenset[str]


def read_release(resources: Path) -> Release:
    """What the resources of this release have: every list in `codes/`, every template in `declarations/`.

    Raises YamlProblem for a broken list, which is a fault of the release and not of a catalogue.
    """
    lists = {path.stem: load_code_list(path) for path in sorted((resources / "codes").glob("*.yaml"))}
    return Release(lists, frozenset(path.stem for path in (resources / "declarations").glob("*.typ")))


def load_catalog(folder: Path, release: Release) -> Catalog:
    """The catalogue of the folder: `catalog.yaml` with its version, and a folder with two files for each service.

    Its version is the stated one and a digest of every file, so that two different catalogues never have the same.
    Raises CatalogProblem with one line "file:line: reason" for each mistake; nothing of a wrong catalogue is used.
    """
    catalog, found = _read(folder, release, thorough=False)
    if found:
        raise CatalogProblem("\n".join(map(str, found)))
    return catalog


def check_catalog(folder: Path, release: Release) -> list[str]:
    """Every mistake of the catalogue as "file:line: reason", in the order of the files; empty when it is right."""
    _catalog, found = _read(folder, release, thorough=True)
    return [str(problem) for problem in found]


def _read(folder: Path, release: Release, *, thorough: bool) -> tuple[Catalog, list[YamlProblem]]:
    found: list[YamlProblem] = []
    version = _version(folder, found)
    services = []
    for path in sorted(path for path in folder.glob("*") if path.is_dir()):
        form = read_form(path / FORM_FILE, release.code_lists, found, thorough=thorough)
        service = read_service(path / SERVICE_FILE, form, release.declarations, found)
        if service is not None:
            services.append(service)
    if not services and not found:
        found.append(YamlProblem(folder, 0, "holds no service"))
    found += _shared_names(folder, services)
    return Catalog(version, tuple(services)), sorted(found, key=lambda problem: (str(problem.path), problem.line))


def _version(folder: Path, found: list[YamlProblem]) -> str:
    try:
        file = load_text(folder / CATALOG_FILE)
    except YamlProblem as problem:
        found.append(problem)
        return ""
    root = Section(file, found, file.root)
    stated = root.text("version")
    root.close()
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{stated}+{digest.hexdigest()[:12]}"


def _shared_names(folder: Path, services: list[Service]) -> list[YamlProblem]:
    """A code or alias names one service only: a dossier, or a person's search, must not meet two."""
    names = Counter(name for service in services for name in {service.code, *service.aliases} if name)
    return [
        YamlProblem(folder / service.code / SERVICE_FILE, 0, f"{name!r} names another service, too")
        for service in services
        for name in sorted({service.code, *service.aliases})
        if names[name] > 1
    ]
