"""Addresses of cards printed before 1 July 2025 lead to today's province, and to suggestions, never to a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.areas import load_areas
from kiosk.old_address import commune_candidates, old_province_hint
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
    province = old_province_hint(address, AREAS)
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
    assert commune_candidates(address, AREAS) == ()


@pytest.mark.parametrize(
    ("address", "candidates"),
    [
        ("Tổ 5, Phường Trảng Dài, Thành phố Biên Hòa, Đồng Nai", ["Phường Trảng Dài", "Phường Biên Hòa"]),
        ("Thôn 1, TT. Lộc Ninh, H. Y, Bình Phước", ["Phường Lộc Ninh"]),
        ("Xã X, H. Lộc Ninh, Bình Phước", ["Phường Lộc Ninh"]),
        ("Xã Cư M’gar, Huyện Cư M'gar, Đắk Lắk", ["Xã Cư M'gar"]),
        ("xa tan dinh, huyện Bắc Tân Uyên, Bình Dương", ["Phường Tân Định", "Xã Bắc Tân Uyên"]),
        ("Phường 1, Quận 3, TP.HCM", []),
        ("Phường Trảng Dài, Tiền Giang", []),
        ("Đồng Nai", []),
    ],
)
def test_suggestions_have_the_name_of_a_part(address: str, candidates: list[str]) -> None:
    assert [commune.full_name for commune in commune_candidates(address, AREAS)] == candidates


@given(st.text(max_size=80))
def test_no_address_raises(address: str) -> None:
    old_province_hint(address, AREAS)
    commune_candidates(address + ", Hà Nội", AREAS)
