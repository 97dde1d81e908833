"""The catalogue loads whole or not at all, and each mistake in its files is one clear line with its place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.catalog import Catalog, Confidence, IdentityAssurance, Route
from kiosk.catalog_file import check_catalog, load_catalog
from kiosk.errors import CatalogProblem
from kiosk.form import FieldType
from tests.sample_forms import FIXTURES, RESOURCES, release

CODE = "9.000001"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small catalogue, to be spoiled."""
    return shutil.copytree(FIXTURES / "catalog", tmp_path / "catalog")


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace a text in a file of the service 9.000001."""

    def change(file: str, old: str, new: str) -> None:
        path = folder / CODE / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def load(folder: Path) -> Catalog:
    return load_catalog(folder, release())


def test_scalars_stay_the_text_that_was_written(folder: Path) -> None:
    """The four that YAML's own guessing spoils: 2.00089, 1, 900 and False."""
    service = folder / "2.000890"
    shutil.copytree(folder / CODE, service)
    text = (service / "service.yaml").read_text(encoding="utf-8")
    text = text.replace(CODE, "2.000890").replace("aliases: [Thử nộp trực tuyến]", 'aliases: [01, 15:00, No, "?!"]')
    (service / "service.yaml").write_text(text, encoding="utf-8")
    loaded = load(folder).service("2.000890")
    assert loaded.code == "2.000890"
    assert loaded.aliases == ("01", "15:00", "No", "?!")


def test_the_small_services_of_the_other_routes() -> None:
    catalog = load(FIXTURES / "catalog")
    prepare, online = catalog.service("3.000333"), catalog.service(CODE)
    assert prepare.route is Route.PREPARE
    assert prepare.needs_identity is IdentityAssurance.VNEID
    assert prepare.processing_time.confidence is Confidence.UNVERIFIED
    assert prepare.declaration == ""
    assert online.route is Route.ONLINE_BY_AGREEMENT
    assert online.fees[0].kind == "le_phi"
    assert online.form.field("requester_name").type is FieldType.NAME
    with pytest.raises(KeyError):
        catalog.service("0.000000")


def test_the_shipped_catalogue_is_right() -> None:
    assert check_catalog(RESOURCES / "catalog", release()) == []
    assert check_catalog(FIXTURES / "catalog", release()) == []


def test_the_version_changes_with_every_file(folder: Path, edit: Edit) -> None:
    before = load(folder).version
    assert before == load(FIXTURES / "catalog").version
    assert before.startswith("test+")
    edit("form.yaml", "ông/bà là gì?", "ông/bà là thế nào?")
    assert load(folder).version != before


MISTAKES = [
    ("service.yaml", "code: 9.000001", "code: 9.000002", "has the code 9.000002, unlike its folder"),
    ("service.yaml", "name: Dịch vụ thử nộp", "title: Dịch vụ thử nộp", "needs 'name'"),
    ("service.yaml", "name: Dịch vụ thử nộp", "title: Dịch vụ thử nộp", "unknown key 'title'"),
    ("service.yaml", "everyday_names: [Dịch vụ thử]", "everyday_names: []", "needs 'everyday_names'"),
    ("service.yaml", "aliases: [Thử nộp trực tuyến]", "aliases: [3.000333]", "'3.000333' names another service, too"),
    ("service.yaml", "route: online_by_agreement", "route: online", "'route' is 'online': needs one of desk"),
    ("service.yaml", "level: 4", "level: 5", "'level' is '5': needs one of 1, 2, 3, 4"),
    ("service.yaml", "source: thử, ", "", "needs 'source'"),
    ("service.yaml", "confidence: found", "confidence: sure", "needs one of found, unverified"),
    ("service.yaml", "checked_on: 2026-11-21", "checked_on: 21/11/2026", "needs a day of the calendar"),
    ("service.yaml", "checked_on: 2026-11-21", "checked_on: 2026-02-30", "needs a day of the calendar"),
    ("service.yaml", "amount_vnd: 10000", "amount_vnd: 10.000", "'amount_vnd' is '10.000': needs a whole number"),
    ("service.yaml", "valid_to: 2026-12-31", "valid_to: 2027-01-01", "dates overlap with those of 'Lệ phí thử' above"),
    ("service.yaml", "valid_from: 2027-01-01", "per_field: copies", "'copies' is no number field"),
    ("service.yaml", "routes: [online_by_agreement, desk]", "routes: [web]", "'web' is no route"),
    ("service.yaml", "required: yes", "required: true", "'required' is 'true': needs yes or no"),
    (
        "service.yaml",
        "required: yes",
        "when: {field: age, answered: yes}",
        "asks about 'age', which is not asked",
    ),
    ("service.yaml", "required: yes", "copy_kinds: [photo]", "'photo' is no kind of copy"),
    ("service.yaml", "needs_identity: card_code", "needs_identity: card", "needs one of typed, card_code"),
    ("service.yaml", "needs_identity", "declaration: nothing\nneeds_identity", "no printed form 'nothing'"),
    (
        "service.yaml",
        "needs_identity",
        "copies_field: requester_name\nneeds_identity",
        "is no number field",
    ),
    (
        "service.yaml",
        "minutes_at_kiosk: 5",
        "valid_from: 2027-01-01\nvalid_to: 2026-01-01",
        "ends on 2026-01-01",
    ),
    ("service.yaml", "payment:", "paying:", "needs 'payment'"),
    ("service.yaml", "level: 4", "level: 4\nlevel: 3", "the key 'level' stands here twice"),
    ("service.yaml", "level: 4", 'level: "?"', "'level' is still to be filled in"),
    ("service.yaml", "level: 4", "level: [4]", "'level' needs a text"),
    ("service.yaml", "level: 4", "\tlevel: 4", "found character"),
    ("service.yaml", "result: {", "result: [", ""),
    ("form.yaml", "version: 1", "", "needs 'version'"),
    ("form.yaml", "pages:", "page:", "'pages' needs a list of at least 1"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), MISTAKES)
def test_a_mistake_is_one_line_with_file_line_and_reason(
    folder: Path, edit: Edit, file: str, old: str, new: str, reason: str
) -> None:
    edit(file, old, new)
    found = check_catalog(folder, release())
    place = str(folder / CODE / file)
    assert any(line.startswith(place + ":") and reason in line for line in found), found
    with pytest.raises(CatalogProblem) as raised:
        load(folder)
    assert reason in str(raised.value)


def test_the_line_is_that_of_the_mistake(folder: Path, edit: Edit) -> None:
    edit("service.yaml", "amount_vnd: 20000", "amount_vnd: free")
    path = folder / CODE / "service.yaml"
    line = 1 + path.read_text(encoding="utf-8").partition("free")[0].count("\n")
    expected = f"{path}:{line}: 'amount_vnd' is 'free': needs a whole number"
    assert check_catalog(folder, release()) == [expected]


def test_all_mistakes_are_found_at_once_in_the_order_of_the_files(folder: Path, edit: Edit) -> None:
    edit("service.yaml", "level: 4", "level: 9")
    edit("service.yaml", "amount_vnd: 10000", "amount_vnd: x")
    edit("form.yaml", "type: name", "type: person")
    found = check_catalog(folder, release())
    files = [line.rpartition("/")[2].partition(":")[0] for line in found]
    assert files == ["form.yaml", "service.yaml", "service.yaml"]
    assert "needs one of text, name" in found[0]


@pytest.mark.parametrize("file", ["service.yaml", "form.yaml"])
def test_a_service_needs_both_files(folder: Path, file: str) -> None:
    (folder / CODE / file).unlink()
    with pytest.raises(CatalogProblem, match=f"{file}: cannot be read"):
        load(folder)


def test_a_catalogue_needs_its_version_and_a_service(tmp_path: Path) -> None:
    with pytest.raises(CatalogProblem, match=r"catalog\.yaml: cannot be read"):
        load(tmp_path / "nowhere")
    (tmp_path / "catalog.yaml").write_text("version: 1")
    with pytest.raises(CatalogProblem, match="holds no service"):
        load(tmp_path)


def test_two_parts_have_two_codes(folder: Path, edit: Edit) -> None:
    part = "  - code: proof\n    name: Hai\n    fact: {text: a, source: b, checked_on: 2026-11-21, confidence: found}\n"
    edit("service.yaml", "parts:\n", "parts:\n" + part)
    assert any("the part 'proof' stands here twice" in line for line in check_catalog(folder, release()))
