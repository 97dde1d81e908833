"""The catalogue loads whole or not at all, and each mistake in its files is one clear line with its place."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalog import Catalog, Confidence, IdentityAssurance, Route
from kiosk.catalog_file import check_catalog, load_catalog, read_release
from kiosk.errors import CatalogProblem
from kiosk.form import FieldType
from tests.kiosk.conftest import CODE, Edit
from tests.sample_forms import FIXTURES, RESOURCES, release


def load(folder: Path) -> Catalog:
    return load_catalog(folder, release())


def test_scalars_stay_the_text_that_was_written(small_catalog: Path) -> None:
    """The four that YAML's own guessing spoils: 2.00089, 1, 900 and False."""
    service = small_catalog / "2.000890"
    shutil.copytree(small_catalog / CODE, service)
    text = (service / "service.yaml").read_text(encoding="utf-8")
    text = text.replace(CODE, "2.000890").replace("aliases: [Thử nộp trực tuyến]", 'aliases: [01, 15:00, No, "?!"]')
    (service / "service.yaml").write_text(text, encoding="utf-8")
    loaded = load(small_catalog).service("2.000890")
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


def test_the_version_changes_with_every_file(small_catalog: Path, edit: Edit) -> None:
    before = load(small_catalog).version
    assert before == load(FIXTURES / "catalog").version
    assert before.startswith("test+")
    edit("form.yaml", "ông/bà là gì?", "ông/bà là thế nào?")
    assert load(small_catalog).version != before


def test_the_line_is_that_of_the_mistake(small_catalog: Path, edit: Edit) -> None:
    edit("service.yaml", "amount_vnd: 20000", "amount_vnd: free")
    path = small_catalog / CODE / "service.yaml"
    line = 1 + path.read_text(encoding="utf-8").partition("free")[0].count("\n")
    expected = f"{path}:{line}: 'amount_vnd' is 'free': needs a whole number"
    assert check_catalog(small_catalog, release()) == [expected]


def test_all_mistakes_are_found_at_once_in_the_order_of_the_files(small_catalog: Path, edit: Edit) -> None:
    edit("service.yaml", "online: toan_trinh", "online: 9")
    edit("service.yaml", "amount_vnd: 10000", "amount_vnd: x")
    edit("form.yaml", "type: name", "type: person")
    found = check_catalog(small_catalog, release())
    files = [line.rpartition("/")[2].partition(":")[0] for line in found]
    assert files == ["form.yaml", "service.yaml", "service.yaml"]
    assert "needs one of text, name" in found[0]


@pytest.mark.parametrize("file", ["service.yaml", "form.yaml"])
def test_a_service_needs_both_files(small_catalog: Path, file: str) -> None:
    (small_catalog / CODE / file).unlink()
    with pytest.raises(CatalogProblem, match=f"{file}: cannot be read"):
        load(small_catalog)


def test_a_catalogue_needs_its_version_and_a_service(tmp_path: Path) -> None:
    with pytest.raises(CatalogProblem, match=r"catalog\.yaml: cannot be read"):
        load(tmp_path / "nowhere")
    shutil.copy(FIXTURES / "catalog" / "catalog.yaml", tmp_path)
    with pytest.raises(CatalogProblem, match="holds no service"):
        load(tmp_path)


def test_two_parts_have_two_codes(small_catalog: Path, edit: Edit) -> None:
    part = "  - code: proof\n    name: Hai\n    fact: {text: a, source: b, confidence: found}\n"
    edit("service.yaml", "parts:\n", "parts:\n" + part)
    assert any("the part 'proof' stands here twice" in line for line in check_catalog(small_catalog, release()))


@pytest.mark.parametrize(
    ("code", "reason"),
    [("x.thu", "a code of our own is never 'found'"), ("X-1", "is no code: needs the form 2.000635, or x.some-name")],
)
def test_only_a_national_code_is_found(small_catalog: Path, edit: Edit, code: str, reason: str) -> None:
    edit("service.yaml", f"code: {CODE}", f"code: {code}")
    (small_catalog / CODE).rename(small_catalog / code)
    (line,) = check_catalog(small_catalog, release())
    assert reason in line


def test_a_code_of_our_own_is_information_only(small_catalog: Path, edit: Edit) -> None:
    edit("service.yaml", f"code: {CODE}", "code: x.thu")
    edit("service.yaml", "named: { source: thử, confidence: found }", "named: { source: thử, confidence: unverified }")
    (small_catalog / CODE).rename(small_catalog / "x.thu")
    service = load(small_catalog).service("x.thu")
    assert service.information_only
    assert service.official_code == ""


def test_a_fact_has_the_day_of_its_file_or_its_own(small_catalog: Path, edit: Edit) -> None:
    edit("service.yaml", "text: Cơ quan thử, source: thử,", "text: Cơ quan thử, source: thử, checked_on: 2026-10-01,")
    service = load(small_catalog).service(CODE)
    assert service.authority.checked_on == date(2026, 10, 1)
    assert service.named.checked_on == service.fees[0].fact.checked_on == date(2026, 11, 21)
    assert service.named.text == service.name


def test_a_bad_day_at_the_top_is_one_line(small_catalog: Path, edit: Edit) -> None:
    edit("service.yaml", "checked_on: 2026-11-21", "checked_on: yesterday")
    (line,) = check_catalog(small_catalog, release())
    assert line.startswith(f"{small_catalog / CODE / 'service.yaml'}:5: 'checked_on' is 'yesterday'")


def test_a_shared_form_is_one_value_and_folders_of_parts_are_no_services(small_catalog: Path, edit: Edit) -> None:
    (small_catalog / "_forms").mkdir()
    (small_catalog / CODE / "form.yaml").rename(small_catalog / "_forms" / "requester.yaml")
    (small_catalog / "3.000333" / "form.yaml").unlink()
    for code in (CODE, "3.000333"):
        path = small_catalog / code / "service.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "form: requester\n", encoding="utf-8")
    catalog = load(small_catalog)
    assert [service.code for service in catalog.services] == ["3.000333", CODE]
    assert catalog.services[0].form is catalog.services[1].form


def test_a_stop_leads_to_a_service_that_is_there(small_catalog: Path) -> None:
    path = small_catalog / CODE / "form.yaml"
    stop = "  - {id: stop, section: a, title: b, when: {field: requester_name, answered: yes},\n"
    stop += "     stop: {text: c, instead: %s}}\n"
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    path.write_text(text + stop % "8.888888", encoding="utf-8")
    (line,) = check_catalog(small_catalog, release())
    assert line.startswith(f"{path}:{text.count(chr(10)) + 2}: the stop 'stop' leads to '8.888888'")
    path.write_text(text + stop % "3.000333", encoding="utf-8")
    assert check_catalog(small_catalog, release()) == []


def test_templates_that_others_share_are_no_printed_forms(tmp_path: Path) -> None:
    (tmp_path / "declarations").mkdir()
    (tmp_path / "areas").mkdir()
    shutil.copy(RESOURCES / "areas" / "provinces.tsv", tmp_path / "areas")
    for name in ("_prelude.typ", "data_sheet.typ"):
        (tmp_path / "declarations" / name).touch()
    assert read_release(tmp_path).declarations == {"data_sheet"}
    assert len(read_release(tmp_path).provinces) == 34
