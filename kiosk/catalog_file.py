"""Loads the catalogue from its folders, whole or not at all, and checks it for every mistake at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.areas import load_provinces
from kiosk.catalog import Catalog, Coded, Service
from kiosk.catalog_folders import BLOCKS, CATALOG_FILE, FORM_FILE, FORMS, SERVICE_FILE, CatalogFolders
from kiosk.codes import CodeList, load_code_list
from kiosk.dead_rows import dead_rows
from kiosk.errors import CatalogProblem
from kiosk.fact_file import read_later
from kiosk.form import Form
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.service_file import Names, read_service
from kiosk.typed_yaml import Section, duplicates, telling
from kiosk.yaml_layers import YamlLayers
from kiosk.yaml_text import YamlProblem, load_text


@dataclass(frozen=True, slots=True)
class Release:
    """What this release of the program has that a catalogue may name: code lists, templates of printed forms, and the
    codes of today's provinces."""

    code_lists: Mapping[str, CodeList]
    declarations: frozenset[str]
    provinces: frozenset[str]


def read_release(resources: Path) -> Release:
    """What the resources of this release have: every list in `codes/`, every template in `declarations/` but those that
    other templates share, which begin with "_", and the provinces of `areas/`.

    Raises YamlProblem or AreasProblem for a broken list, which is a fault of the release and not of a catalogue.
    """
    lists = {path.stem: load_code_list(path) for path in sorted((resources / "codes").glob("*.yaml"))}
    provinces = frozenset(province.code for province in load_provinces(resources / "areas"))
    return Release(lists, frozenset(template_names(resources)), provinces)


def template_names(resources: Path) -> list[str]:
    """The printed forms of this release."""
    names = sorted(path.stem for path in (resources / "declarations").glob("*.typ"))
    return [name for name in names if not name.startswith("_")]


def load_catalog(folder: Path, release: Release, over: tuple[Path, ...] = ()) -> Catalog:
    """The catalogue of the folder with those of `over` laid over it in their order.

    A folder has `catalog.yaml` with version and fields, and a folder for each service; one that is laid over it has
    whole services, and of others the keys that it replaces. The catalogue's version is the stated one and a digest of
    every file, so that two different catalogues never have the same. Raises CatalogProblem with one line
    "file:line: reason" for each mistake; nothing of a wrong catalogue is used.
    """
    reader = _Reader(CatalogFolders(folder, over), release, thorough=False)
    catalog = reader.catalog()
    if found := reader.mistakes():
        raise CatalogProblem("\n".join(found))
    return catalog


def check_catalog(folder: Path, release: Release, over: tuple[Path, ...] = (), today: date | None = None) -> list[str]:
    """Every mistake of the catalogue as "file:line: reason", in the order of the files; empty when it is right. This
    looks closer than `load_catalog`, for a person waits for it and can mend what it tells: also for what no answers
    lead to, for files that are never read, and, with `today`, for sources that nobody can have read yet."""
    reader = _Reader(CatalogFolders(folder, over), release, thorough=True, today=today)
    reader.catalog()
    return reader.mistakes()


class _Reader:
    """One pass over all folders. A shared form is read once, and is one value in all services that have it."""

    def __init__(self, folders: CatalogFolders, release: Release, *, thorough: bool, today: date | None = None) -> None:
        self._folders = folders
        self._release = release
        self._thorough = thorough
        self._today = today
        self._found: list[YamlProblem] = []
        self._of_services: list[list[YamlProblem]] = []
        self._blocks = Blocks(*(layer / BLOCKS for layer in folders.layers))
        self._forms: dict[Path, Form] = {}
        self._wrong_forms: set[Path] = set()
        self._sections: dict[str, Section] = {}  # of each service that was read, for what is found out only at the end
        self._hidden: set[str] = set()
        self._strayed: set[Path] = set()  # the folders that have a file by a wrong name: what is missing there is that

    def mistakes(self) -> list[str]:
        """Each mistake once, in the order of the files."""
        found = [*self._found, *(problem for one in self._of_services for problem in telling(one))]
        ordered = sorted(found, key=lambda problem: (str(problem.path), problem.line))
        return list(dict.fromkeys(map(str, ordered)))

    def catalog(self) -> Catalog:
        """The catalogue, of use only when there are no mistakes."""
        header, fields = self._header()
        names = Names(fields, self._release.declarations, self._release.provinces)
        if self._thorough:
            strays = [YamlProblem(path, 0, reason) for path, reason in self._folders.strays()]
            self._strayed = {problem.path.parent for problem in strays}
            self._found += strays
        read = [self._service(code, names) for code in self._folders.codes()]
        services = [service for service in read if service is not None]
        if not self._folders.codes() and not self._found:
            self._found.append(YamlProblem(self._folders.shipped, 0, "holds no service"))
        self._check_names(services)
        self._check_ways(services)
        services = [self._without_hidden(service) for service in services if service.code not in self._hidden]
        version = f"{header.version}+{self._folders.digest().hex()[:12]}"
        known = {service.code for service in services}
        return replace(
            header,
            version=version,
            services=tuple(services),
            first=tuple(code for code in header.first if code in known),
        )

    def _header(self) -> tuple[Catalog, dict[str, Coded]]:
        """What catalog.yaml says of the whole, without its services; and the fields that they may name."""
        for layer in self._folders.over:
            if not layer.is_dir():
                self._found.append(YamlProblem(layer, 0, "there is no such folder to lay over the catalogue"))
            if (layer / CATALOG_FILE).exists():
                self._found.append(YamlProblem(layer / CATALOG_FILE, 0, "only the shipped catalogue has this file"))
        try:
            file = load_text(self._folders.shipped / CATALOG_FILE)
        except YamlProblem as problem:
            self._found.append(problem)
            return Catalog("", date.min, ()), {}
        root = Section(file, self._found, file.root)
        first = root.texts("first")
        for code in first:
            if self._thorough and code not in self._folders.codes():
                root.problem(f"there is no service {code!r}", "first")
        header = Catalog(root.text("version"), root.day("updated_on"), (), first)
        rows = [(section.text("id"), _coded(section)) for section in root.sections("fields", at_least=1)]
        for field_id in duplicates(field_id for field_id, _coded_field in rows):
            root.problem(f"the field {field_id!r} stands here twice", "fields")
        root.close()
        return header, dict(rows)

    def _service(self, code: str, names: Names) -> Service | None:
        found: list[YamlProblem] = []
        self._of_services.append(found)
        root = self._root(code, found)
        if root is None:
            return None
        if not root.has("code"):
            root.problem("needs 'code', for there is no such service of which this could change something")
            return None
        if root.flag("hidden", default=False):
            self._hidden.add(code)
        self._sections[code] = root
        path = self._form_path(root, code)
        service = read_service(root, code, self._form(path), names)
        if path in self._wrong_forms:
            found[:] = [problem for problem in found if not problem.follows]
        elif self._thorough and not found:
            for place, reason in dead_rows(service):
                root.problem(reason, *place)
        return service

    def _root(self, code: str, found: list[YamlProblem]) -> Section | None:
        """The service's file in all its layers, None where one cannot be read."""
        paths = self._folders.files(code, SERVICE_FILE) or (self._folders.file(code, SERVICE_FILE),)
        try:
            layers = YamlLayers(tuple(load_text(path) for path in paths))
            root = Section(layers, found, layers.root)
        except YamlProblem as problem:
            if problem.path.exists() or problem.path.parent not in self._strayed:
                found.append(problem)
            return None
        if self._today is not None:
            self._found += (problem for file in layers.files for problem in read_later(file, self._today))
        return root

    def _form_path(self, root: Section, code: str) -> Path | None:
        """Where the service's own form is, or the shared one that it names; None where there is no such form."""
        name = root.text("form", "")
        path = self._folders.file(FORMS, f"{name}.yaml") if name else self._folders.file(code, FORM_FILE)
        if name and not path.is_file():
            root.problem(f"there is no shared form {name!r}", "form")
            return None
        return path

    def _form(self, path: Path | None) -> Form:
        if path is None:
            return Form("", "", ())
        if path not in self._forms:
            found: list[YamlProblem] = []
            lists = self._release.code_lists
            self._forms[path] = read_form(path, self._blocks, lists, found, thorough=self._thorough)
            self._found += telling(found)
            if found:
                self._wrong_forms.add(path)
        return self._forms[path]

    def _check_names(self, services: list[Service]) -> None:
        """A code or alias names one service only: a dossier, or a person's search, must not meet two."""
        counted = Counter(name for service in services for name in {service.code, *service.aliases} if name)
        for service in services:
            for index, name in enumerate(service.aliases):
                if counted[name] > 1:
                    self._sections[service.code].problem(f"{name!r} names another service, too", "aliases", index)

    def _check_ways(self, services: list[Service]) -> None:
        """Where a service sends people has to be there: a linked service, and the way on from a stop. One whose own
        files are wrong is there, too."""
        codes = set(self._folders.codes())
        for service in services:
            if service.linked_first and service.linked_first.code not in codes:
                reason = f"there is no service {service.linked_first.code!r}"
                self._sections[service.code].problem(reason, "linked_first", "code")
        for path, form in self._forms.items():
            for page in form.pages:
                if page.stop and page.stop.instead and page.stop.instead not in codes:
                    reason = f"the stop {page.id!r} leads to {page.stop.instead!r}, and there is no such service"
                    self._found.append(YamlProblem(path, _line_of_stop(path, page.id, page.stop.instead), reason))

    def _without_hidden(self, service: Service) -> Service:
        """The service without ways to those that this office does not show."""
        if service.linked_first and service.linked_first.code in self._hidden:
            service = replace(service, linked_first=None)
        pages = tuple(
            replace(page, stop=replace(page.stop, instead=""))
            if page.stop and page.stop.instead in self._hidden
            else page
            for page in service.form.pages
        )
        return service if pages == service.form.pages else replace(service, form=replace(service.form, pages=pages))


def _coded(section: Section) -> Coded:
    version = section.text("scheme_version", "")
    coded = Coded(section.text("code"), section.text("name"), section.text("scheme"), version)
    section.close()
    return coded


def _line_of_stop(path: Path, page_id: str, code: str) -> int:
    """The line that names the service, below the page's id where the form itself has the page; 0 for none."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    page = next((number for number, line in enumerate(lines) if line.endswith(f"id: {page_id}")), 0)
    return next((number for number, line in enumerate(lines, 1) if number > page and code in line), 0)
