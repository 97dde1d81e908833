"""The areas that ship are those of the law at their date, and are found by what people type."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.areas import Areas, AreasProblem, Commune, OldProvince, Province, load_areas
from kiosk.old_areas import OldAreas, commune_key
from kiosk.resources import resource_path
from kiosk.vietnamese import fold
from kiosk.yaml_text import YamlProblem

FOLDER = resource_path("areas")
AREAS = load_areas(FOLDER)


def names(communes: tuple[Commune, ...]) -> list[str]:
    return [f"{commune.full_name} {commune.province_code}" for commune in communes]


def test_counts_are_those_of_the_law() -> None:
    assert AREAS.version == "2026-09-20"
    assert Counter(province.kind for province in AREAS.provinces) == {"Thành phố": 9, "Tỉnh": 25}
    # 2,621 and 687 on 1 July 2025; Resolutions 237 and 388 of 2026 made wards of 10 and 12 communes.
    assert Counter(commune.kind for commune in AREAS.communes) == {"Xã": 2599, "Phường": 709, "Đặc khu": 13}
    assert len({commune.code for commune in AREAS.communes}) == 3321
    assert {commune.province_code for commune in AREAS.communes} == {p.code for p in AREAS.provinces}


def test_the_nine_cities() -> None:
    cities = [province.name for province in AREAS.provinces if province.kind == "Thành phố"]
    assert sorted(cities) == sorted(
        ["Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Đồng Nai", "Bắc Ninh", "Quảng Ninh"]
    )


@pytest.mark.parametrize(
    ("code", "full_name", "province"),
    [
        ("00070", "Phường Hoàn Kiếm", "Thành phố Hà Nội"),
        ("00082", "Phường Cửa Nam", "Thành phố Hà Nội"),
        ("06970", "Xã Ba Chẽ", "Thành phố Quảng Ninh"),
        ("07399", "Phường Kép", "Thành phố Bắc Ninh"),
        ("10543", "Phường Việt Hòa", "Thành phố Hải Phòng"),
        ("11848", "Xã Vĩnh Hòa", "Thành phố Hải Phòng"),
        ("26170", "Phường Trị An", "Thành phố Đồng Nai"),
        ("26732", "Đặc khu Côn Đảo", "Thành phố Hồ Chí Minh"),
    ],
)
def test_single_communes(code: str, full_name: str, province: str) -> None:
    commune = AREAS.commune(code)
    assert commune is not None
    assert commune.full_name == full_name
    found = AREAS.province(commune.province_code)
    assert found is not None
    assert found.full_name == province


def test_unknown_codes_are_none() -> None:
    assert AREAS.province("99") is None
    assert AREAS.commune("70") is None
    assert AREAS.communes_of("99") == ()
    assert AREAS.search_communes("tan", "99", 5) == ()


def test_communes_of_a_province_come_by_name() -> None:
    communes = AREAS.communes_of("46")
    assert len(communes) == 40
    assert names(communes)[:2] == ["Xã A Lưới 1 46", "Xã A Lưới 2 46"]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("hoan kiem", ["Phường Hoàn Kiếm 01"]),
        ("HOÀN KIẾM", ["Phường Hoàn Kiếm 01"]),
        ("hoankiem", ["Phường Hoàn Kiếm 01"]),
        ("phuong hoan k", ["Phường Hoàn Kiếm 01"]),
        ("hoan k", ["Phường Hoàn Kiếm 01"]),
        ("ma ch", ["Xã Mai Châu 25"]),
        ("cu mgar", ["Xã Cư M'gar 66"]),
        ("cư m'gar", ["Xã Cư M'gar 66"]),
        ("dac khu con", ["Đặc khu Cồn Cỏ 44", "Đặc khu Côn Đảo 79"]),
        ("tan định", ["Xã Tân Định 56", "Phường Tân Định 79", "Xã Tân Dĩnh 24"]),
        ("phường tân định", ["Phường Tân Định 79", "Xã Tân Định 56", "Xã Tân Dĩnh 24"]),
        ("Tân Dĩnh", ["Xã Tân Dĩnh 24"]),
        ("hoà vang", ["Xã Hòa Vang 48"]),
        ("a luoi 3", ["Xã A Lưới 3 46"]),
    ],
)
def test_typed_search(typed: str, best: list[str]) -> None:
    assert names(AREAS.search_communes(typed, None, len(best))) == best


def test_whole_words_come_before_beginnings_and_later_words() -> None:
    found = [commune.name for commune in AREAS.search_communes("tân", "79", 100)]
    assert found[:2] == ["Tân An Hội", "Tân Bình"]
    assert found.index("Tân Uyên") < found.index("Vĩnh Tân")


def test_search_keeps_to_the_province_and_the_limit() -> None:
    assert names(AREAS.search_communes("tan dinh", "79", 5))[0] == "Phường Tân Định 79"
    assert {commune.province_code for commune in AREAS.search_communes("tan", "79", 100)} == {"79"}
    assert len(AREAS.search_communes("a", None, 7)) == 7


@pytest.mark.parametrize("typed", ["", "  ", "-", "zzz", "xa phuong dac khu"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert AREAS.search_communes(typed, None, 5) == ()


@pytest.mark.parametrize("commune", AREAS.communes[::100], ids=lambda commune: commune.code)
def test_a_full_name_finds_its_commune_first(commune: Commune) -> None:
    found = AREAS.search_communes(commune.full_name, commune.province_code, 1)
    assert found == (commune,)


@given(st.text(max_size=30))
def test_no_typing_raises(typed: str) -> None:
    AREAS.search_communes(typed, "01", 5)
    AREAS.search_provinces(typed)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("ha noi", "Hà Nội"),
        ("tp ho", "Hồ Chí Minh"),
        ("tỉnh an", "An Giang"),
        ("hcm", "Hồ Chí Minh"),
        ("bình dương", "Hồ Chí Minh"),
        ("Đồng", "Đồng Nai"),
    ],
)
def test_provinces_by_name_of_today_or_before(typed: str, best: str) -> None:
    assert AREAS.search_provinces(typed)[0].name == best


def test_a_split_province_has_no_one_of_today() -> None:
    assert AREAS.search_provinces("Tiền Giang") == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        ("provinces.tsv", "code\tkind", "kind\tcode", "provinces.tsv:1: the columns"),
        ("provinces.tsv", "04\tTỉnh", "04\tBang", "provinces.tsv:3: not a row"),
        ("provinces.tsv", "04\tTỉnh", "00\tTỉnh", "provinces.tsv:3: not a row"),
        ("communes.tsv", "00004\tPhường\t01", "00004\tPhường\t99", "communes.tsv:2: not a row"),
        ("communes.tsv", "00004\tPhường\t01", "4\tPhường\t01", "communes.tsv:2: not a row"),
        ("communes.tsv", "00004\tPhường\t01\tBa Đình", "00004\tPhường\t01\t", "communes.tsv:2: not a row"),
        ("communes.tsv", "\n00008", "\n00004", "communes.tsv:3: not a row"),
        ("old_provinces.tsv", "02\tHà Giang\t08", "02\tHà Giang\t02", "old_provinces.tsv:3: not a row"),
    ],
)
def test_a_wrong_file_names_its_line(tmp_path: Path, name: str, old: str, new: str, where: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AreasProblem) as caught:
        load_areas(tmp_path)
    assert where in str(caught.value)


def test_missing_files_are_problems(tmp_path: Path) -> None:
    with pytest.raises(YamlProblem, match="areas"):
        load_areas(tmp_path)
    shutil.copy(FOLDER / "areas.yaml", tmp_path)
    with pytest.raises(AreasProblem, match="cannot be read"):
        load_areas(tmp_path)
    (tmp_path / "provinces.tsv").touch()
    with pytest.raises(AreasProblem, match="1: the columns must be"):
        load_areas(tmp_path)
    (tmp_path / "provinces.tsv").write_bytes("code\tkind\tname\n01\tTỉnh\tX".encode("utf-16"))
    with pytest.raises(AreasProblem, match="cannot be read"):
        load_areas(tmp_path)


def test_areas_can_be_made_by_hand() -> None:
    small = Areas(
        (Province("01", "Hà Nội", "Thành phố"),), (), "2026-09-20", {"hanoi": OldProvince("01", "01")}, OldAreas({})
    )
    assert small.search_communes("tan", None, 5) == ()
    assert small.search_provinces("ha")[0].code == "01"


def test_people_find_their_commune_by_its_old_name() -> None:
    """Phúc Xá of Ba Đình is a part of Hồng Hà now; Minh Khai was divided, and all its heirs are offered."""
    (found,) = AREAS.search_old_communes("phuong phuc xa", "01", 10)
    assert (found[0].full_name, found[1].name) == ("Phường Hồng Hà", "Phường Phúc Xá")
    heirs = {unit.code for unit, old in AREAS.search_old_communes("minh khai", "01", 30) if len(old.today) > 1}
    assert len(heirs) >= 2
    assert AREAS.search_old_communes("phúc xá", "04", 10) == ()
    assert AREAS.search_old_communes("p", "01", 10) == ()


def test_the_keys_of_the_old_tables_are_what_is_searched_for() -> None:
    lines = (resource_path("areas") / "old_communes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert len(rows) == 10_040
    assert all(row[2] == commune_key(fold(row[3])) for row in rows)
    assert sum(" " in row[4] for row in rows) == 471  # divided among several of today's
