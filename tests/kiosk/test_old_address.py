"""Addresses of cards printed before 1 July 2025 lead to today's province, and to suggestions, never to a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.areas import load_areas
from kiosk.old_address import read_printed
from kiosk.resources import resource_path

AREAS = load_areas(resource_path("areas"))

# Resolution 202/2025/QH15: the provinces of today and what each was made of.
TODAY = {
    "Hà Nội": "Hà Nội",
    "Cao Bằng": "Cao Bằng",
    "Tuyên Quang": "Tuyên Quang, Hà Giang",
    "Điện Biên": "Điện Biên",
    "Lai Châu": "Lai Châu",
    "Sơn La": "Sơn La",
    "Lào Cai": "Lào Cai, Yên Bái",
    "Thái Nguyên": "Thái Nguyên, Bắc Kạn",
    "Lạng Sơn": "Lạng Sơn",
    "Quảng Ninh": "Quảng Ninh",
    "Bắc Ninh": "Bắc Ninh, Bắc Giang",
    "Phú Thọ": "Phú Thọ, Vĩnh Phúc, Hòa Bình",
    "Hải Phòng": "Hải Phòng, Hải Dương",
    "Hưng Yên": "Hưng Yên, Thái Bình",
    "Ninh Bình": "Ninh Bình, Hà Nam, Nam Định",
    "Thanh Hóa": "Thanh Hóa",
    "Nghệ An": "Nghệ An",
    "Hà Tĩnh": "Hà Tĩnh",
    "Quảng Trị": "Quảng Trị, Quảng Bình",
    "Huế": "Thừa Thiên Huế",
    "Đà Nẵng": "Đà Nẵng, Quảng Nam",
    "Quảng Ngãi": "Quảng Ngãi, Kon Tum",
    "Gia Lai": "Gia Lai, Bình Định",
    "Khánh Hòa": "Khánh Hòa, Ninh Thuận",
    "Đắk Lắk": "Đắk Lắk, Phú Yên",
    "Lâm Đồng": "Lâm Đồng, Đắk Nông, Bình Thuận",
    "Đồng Nai": "Đồng Nai, Bình Phước",
    "Hồ Chí Minh": "Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu",
    "Tây Ninh": "Tây Ninh, Long An",
    "Đồng Tháp": "Đồng Tháp",
    "Vĩnh Long": "Vĩnh Long, Bến Tre, Trà Vinh",
    "An Giang": "An Giang, Kiên Giang",
    "Cần Thơ": "Cần Thơ, Hậu Giang, Sóc Trăng",
    "Cà Mau": "Cà Mau, Bạc Liêu",
}
OLD_TO_NEW = [(old, new) for new, olds in TODAY.items() for old in olds.split(", ")]


def hint(address: str) -> str | None:
    province = read_printed(address, AREAS).province
    return province.name if province else None


def test_the_table_has_all_63_but_the_split_one() -> None:
    assert len(OLD_TO_NEW) == 62
    assert {province.name for province in AREAS.provinces} == set(TODAY)


@pytest.mark.parametrize(("old", "new"), OLD_TO_NEW, ids=str)
def test_every_old_province_leads_to_that_of_today(old: str, new: str) -> None:
    assert hint(f"Số 1, Thôn Đông, Xã X, Huyện Y, {old}") == new
    assert hint(f"Tổ 1, Phường Z, Thành phố Y, Tỉnh {old.upper()}.") == new


@pytest.mark.parametrize(
    ("last", "province"),
    [
        ("TP.HCM", "Hồ Chí Minh"),
        ("TP HCM", "Hồ Chí Minh"),
        ("TPHCM", "Hồ Chí Minh"),
        ("HCM", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Bà Rịa-Vũng Tàu", "Hồ Chí Minh"),
        ("BR-VT", "Hồ Chí Minh"),
        ("T. Thái Bình", "Hưng Yên"),
        ("T.Tây Ninh", "Tây Ninh"),
        ("Dak Lak", "Đắk Lắk"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("Thừa Thiên - Huế", "Huế"),
        ("TP Huế", "Huế"),
        ("KonTum", "Quảng Ngãi"),
        ("Hà Nội, Việt Nam", "Hà Nội"),
        ("Tiền Giang", None),
        ("Tỉnh Tiền Giang", None),
        ("Huyện Y", None),
        ("Sài Gòn", None),
        ("", None),
    ],
)
def test_the_ways_to_write_a_province(last: str, province: str | None) -> None:
    assert hint(f"Xã X, Huyện Y, {last}") == province


@pytest.mark.parametrize("address", ["", ",", ", ,", "Việt Nam", "Xã X Huyện Y"])
def test_no_province_no_hint(address: str) -> None:
    assert hint(address) is None
    assert read_printed(address, AREAS).communes == ()


@pytest.mark.parametrize(
    ("address", "line", "communes", "old_name"),
    [
        ("Số 1, Thôn Đông, Xã Hòa Bình, Huyện Thường Tín, Hà Nội", "Số 1, Thôn Đông", "Xã Thường Tín",
         "Xã Hòa Bình, Huyện Thường Tín"),
        ("Tổ 5, P.Phúc Xá, Q.Ba Đình, TP. Hà Nội", "Tổ 5", "Phường Hồng Hà", "Phường Phúc Xá, Quận Ba Đình"),
        ("to 5, phuc xa, ba dinh, ha noi", "to 5", "Phường Hồng Hà", "Phường Phúc Xá, Quận Ba Đình"),
        ("12 Lê Lợi, Phường 01, Quận 3, TP.HCM", "12 Lê Lợi", "Phường Bàn Cờ", "Phường 1, Quận 3"),
        ("Xã Cư M’gar, Huyện Cư M'gar, Đắk Lắk", "", "Xã Cư M'gar", "Xã Cư M'gar, Huyện Cư M'gar"),
        ("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", "", "Đặc khu Côn Đảo", "Huyện Côn Đảo"),
        ("Ấp 1, Xã Hòa Khánh, Huyện Cái Bè, Tiền Giang", "Ấp 1", "Xã Cái Bè", "Xã Hòa Khánh, Huyện Cái Bè"),
        ("Khu 2, Phường Ba Đình, Hà Nội", "Khu 2", "Phường Ba Đình", ""),  # today's two tiers
        ("Đồng Nai", "", "", ""),
        ("Thôn Z, Xã Không Có, Huyện Không Có, Đồng Nai", "Thôn Z", "", ""),
    ],
)  # fmt: skip
def test_a_card_is_read(address: str, line: str, communes: str, old_name: str) -> None:
    read = read_printed(address, AREAS)
    assert (read.line, ", ".join(unit.full_name for unit in read.communes), read.old_name) == (line, communes, old_name)


def test_where_a_commune_was_divided_all_its_heirs_are_offered() -> None:
    divided = [old for old in AREAS.old.of_district("01", "ba dinh") if len(old.today) > 1]
    assert divided
    for old in divided:
        read = read_printed(f"Số 1, {old.name}, {old.district_name}, Hà Nội", AREAS)
        assert tuple(unit.code for unit in read.communes) == old.today


def test_a_commune_without_its_district_may_be_several() -> None:
    """Tân Thành of Đồng Xoài and of Bù Đốp, both of Bình Phước, belong to two communes of Đồng Nai."""
    read = read_printed("Thôn 1, Xã Tân Thành, Bình Phước", AREAS)
    assert {unit.code for unit in read.communes} == {"25210", "25318"}
    assert (read.line, read.old_name) == ("Thôn 1", "Xã Tân Thành")


def test_of_an_unknown_commune_the_whole_district_is_offered() -> None:
    names = [unit.full_name for unit in read_printed("Xã Không Có, H. Lộc Ninh, Bình Phước", AREAS).communes]
    assert "Phường Lộc Ninh" in names
    assert 2 < len(names) < 15


@given(st.text(max_size=80))
def test_no_address_raises(address: str) -> None:
    read_printed(address, AREAS)
    read_printed(address + ", Hà Nội", AREAS)


def test_every_old_commune_is_found_by_its_address() -> None:
    """Cut into as many as the tables have: all lead to their own heirs, or to more where a name is there twice."""
    provinces = {old.code: name for name, old in AREAS.old_provinces.items()}
    for code, name in provinces.items():
        for old in AREAS.old.named([code], ""):
            read = read_printed(f"Thôn 1, {old.name}, {old.district_name}, {name}", AREAS)
            assert {unit.code for unit in read.communes} >= set(old.today), old
