"""What a province and an office lay over the shipped catalogue: keys, whole services; each mistake in its file."""

import shutil
from pathlib import Path

import pytest

from kiosk.catalog import Catalog, Route
from kiosk.catalog_file import check_catalog, load_catalog
from kiosk.catalog_folders import CatalogFolders
from tests.sample_forms import FIXTURES, release

SHIPPED = FIXTURES / "catalog"
CODE = "9.000001"
FEE = """
checked_on: 2026-12-01
fees:
  - code: charge
    name: Lệ phí thử
    kind: le_phi
    amount_vnd: 5000
    reason: Mức của tỉnh mẫu
    routes: [desk]
    provinces: ["92"]
    fact: { text: 5.000 đồng, source: Nghị quyết mẫu, confidence: found }
  - code: charge
    name: Lệ phí thử
    reason: Nơi khác chưa rõ
    routes: [desk, online_by_agreement]
    fact: { text: Chưa rõ, source: Chưa có, confidence: unverified }
"""


@pytest.fixture
def province(tmp_path: Path) -> Path:
    return tmp_path / "province"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return tmp_path / "office"


def write(folder: Path, content: str, code: str = CODE) -> Path:
    path = folder / code / "service.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def load(*over: Path) -> Catalog:
    return load_catalog(SHIPPED, release(), over)


def check(*over: Path) -> list[str]:
    return check_catalog(SHIPPED, release(), over)


def test_an_override_replaces_the_keys_that_it_has(province: Path) -> None:
    write(province, "route: desk\n" + FEE)
    before, after = load().service(CODE), load(province).service(CODE)
    assert after.route is Route.DESK
    assert [(fee.amount_vnd, fee.provinces) for fee in after.fees] == [(5000, ("92",)), (None, ())]
    assert after.parts == before.parts
    assert after.name == before.name


def test_each_file_says_when_its_own_facts_were_checked(province: Path) -> None:
    write(province, FEE)
    service = load(province).service(CODE)
    assert service.fees[0].fact.checked_on.isoformat() == "2026-12-01"
    assert service.authority.checked_on.isoformat() == "2026-11-21"


def test_the_last_folder_is_uppermost(province: Path, office: Path) -> None:
    write(province, "minutes_at_kiosk: 7\nroute: desk\n")
    write(office, "minutes_at_kiosk: 9\n")
    service = load(province, office).service(CODE)
    assert (service.minutes_at_kiosk, service.route) == (9, Route.DESK)
    assert load(office, province).service(CODE).minutes_at_kiosk == 7


def test_a_mistake_is_told_with_the_file_and_line_of_its_key(province: Path, office: Path) -> None:
    below = write(province, "# Tỉnh\nroute: online\n")
    above = write(office, "\n\nminutes_at_kiosk: some\n")
    assert check(province, office) == [
        f"{above}:3: 'minutes_at_kiosk' is 'some': needs a whole number",
        f"{below}:2: 'route' is 'online': needs one of desk, online_by_agreement, prepare",
    ]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("rout: desk\n", 1, "unknown key 'rout'"),
        ("code: 9.000002\n", 1, "has the code 9.000002, unlike its folder"),
        (FEE.replace("checked_on: 2026-12-01\n", ""), 2, "needs 'checked_on', here or at the top of its file"),
        ("\nvalid_to: 2025-01-01\nvalid_from: 2025-02-01\n", 2, "ends on 2025-01-01 before it begins"),
        ("- desk\n", 1, "needs keys and values"),
        ("route: [", 2, "did not find expected node content"),
    ],
)
def test_a_wrong_override_is_named(province: Path, content: str, line: int, reason: str) -> None:
    path = write(province, content)
    found = check(province)
    assert any(one.startswith(f"{path}:{line}:") and reason in one for one in found), found


def test_a_service_can_be_taken_away_and_nothing_leads_to_it(province: Path, tmp_path: Path) -> None:
    fact = "{ text: a, source: b, checked_on: 2026-11-21, confidence: found }"
    write(tmp_path / "linked", f"linked_first: {{ code: 3.000333, fact: {fact} }}\n")
    linked = load(tmp_path / "linked").service(CODE).linked_first
    assert linked is not None
    write(province, "hidden: yes\n", "3.000333")
    catalog = load(tmp_path / "linked", province)
    assert [service.code for service in catalog.services] == [CODE]
    assert catalog.service(CODE).linked_first is None


def test_a_stop_does_not_lead_to_a_hidden_service(province: Path, tmp_path: Path) -> None:
    shipped = shutil.copytree(SHIPPED, tmp_path / "shipped")
    with (shipped / CODE / "form.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: stop, section: a, title: b, when: {field: requester_name, answered: yes},\n")
        file.write("     stop: {text: c, instead: 3.000333}}\n")
    write(province, "hidden: yes\n", "3.000333")
    for over, expected in (((), "3.000333"), ((province,), "")):
        stop = load_catalog(shipped, release(), over).service(CODE).form.pages[-1].stop
        assert stop is not None
        assert (stop.text, stop.instead) == ("c", expected)


def test_a_whole_new_service_is_allowed_and_a_part_of_none_is_not(province: Path) -> None:
    shutil.copytree(SHIPPED / CODE, province / "9.000002")
    path = province / "9.000002" / "service.yaml"
    text = path.read_text(encoding="utf-8").replace(CODE, "9.000002").replace("[Thử nộp trực tuyến]", "[]")
    path.write_text(text, encoding="utf-8")
    assert load(province).service("9.000002").everyday_names == ("Dịch vụ thử",)
    path.write_text("route: desk\n")
    assert check(province) == [
        f"{path}:1: needs 'code', for there is no such service of which this could change something"
    ]


def test_a_form_of_the_office_takes_the_place_of_the_shipped_one(province: Path) -> None:
    text = (SHIPPED / CODE / "form.yaml").read_text(encoding="utf-8").replace("version: 1", "version: 2")
    (province / CODE).mkdir(parents=True)
    (province / CODE / "form.yaml").write_text(text, encoding="utf-8")
    assert load(province).service(CODE).form.version == "2"


def test_a_folder_that_is_not_there_is_a_mistake(province: Path) -> None:
    assert check(province) == [f"{province}: there is no such folder to lay over the catalogue"]


def test_version_and_fields_are_the_shipped_ones(province: Path) -> None:
    province.mkdir()
    shutil.copy(SHIPPED / "catalog.yaml", province)
    assert check(province) == [f"{province / 'catalog.yaml'}: only the shipped catalogue has this file"]


def test_the_digest_knows_every_file_and_layer(province: Path, office: Path) -> None:
    write(province, "route: desk\n")
    write(office, "route: prepare\n")
    orders = [(), (province,), (province, office), (office, province)]
    digests = {CatalogFolders(SHIPPED, over).digest() for over in orders}
    assert len(digests) == len(orders)
    assert load(province).version != load().version


def test_the_digest_knows_a_folder_that_lies_elsewhere(province: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere", "route: desk\n")
    province.mkdir()
    (province / CODE).symlink_to(path.parent)
    before = CatalogFolders(SHIPPED, (province,)).digest()
    path.write_text("route: prepare\n")
    assert CatalogFolders(SHIPPED, (province,)).digest() != before
