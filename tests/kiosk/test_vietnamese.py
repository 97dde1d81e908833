"""Names of every group of the country are names; search forgives missing accents; money is grouped by dots."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.vietnamese import dong, fold, is_vietnamese_name, number_grouped, spelling

NAMES = [
    "NGUYỄN VĂN MẪU",
    "Trần Thị Thử",
    "H'HEN NIÊ",
    "Y MOAN ÊNUÔL",
    "K’BRÔNG",
    "Rơ Châm Y-Bhŭk",
    "Ksor Hơƀơ̆",
    "Siu Čăm",
    "Mấu",
    "J. O'Connor-Smith",
    "Müller Åsa",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_groups_are_names(name: str) -> None:
    assert is_vietnamese_name(name)
    assert is_vietnamese_name(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " Nguyễn",
        "Nguyễn 2",
        "<b>An</b>",
        "An; DROP TABLE",
        "https://a.vn",
        "Иван",
        "李小龙",
        "An\nBình",
        "An|Bình",
        "Ａn",
        "A\u0301\u0301\u0301\u0301",
        "An\u202e",
        "'",
        ".",
    ],
)
def test_what_is_not_a_name_is_refused(text: str) -> None:
    assert not is_vietnamese_name(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phường Cư M'gar", "phuong cu m gar"),
        ("ĐẮK LẮK", "dak lak"),
        ("  Bà Rịa – Vũng Tàu ", "ba ria vung tau"),
        ("TP.HCM", "tp hcm"),
        ("Thừa Thiên\u00a0Huế", "thua thien hue"),
        ("Hoà Bình", "hoa binh"),
        ("", ""),
        ("_-_", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_spelling_forgives_only_the_place_of_the_tone() -> None:
    assert spelling("Hoà  Thuỷ") == spelling("hòa thủy")
    assert len({spelling(word) for word in ("hoa", "hòa", "hóa", "hơa", "hoã", "hỏa", "hoạ", "aho")}) == 8


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (999, "999"), (8000, "8.000"), (1234567, "1.234.567"), (-1000, "-1.000")]
)
def test_grouping(number: int, text: str) -> None:
    assert number_grouped(number) == text


def test_money() -> None:
    assert dong(8000) == "8.000 đồng"
