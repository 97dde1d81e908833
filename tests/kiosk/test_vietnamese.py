"""Names of every group of the country are names; search forgives missing accents; money is grouped by dots."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.vietnamese import dong, fold, in_a_sentence, is_vietnamese_name, name_case, number_grouped, spelling

NAMES = [
    "NGUYỄN VĂN MẪU",
    "Trần Thị Thử",
    "H'HEN NIÊ",
    "Y MOAN ÊNUÔL",
    "K’BRÔNG",
    "Rơ Châm Y-Bhŭk",
    "Ksor Hơƀơ̆",
    "Siu Čăm",
    "Y Ksor",
    "H'Hen Niê",
    "K'Brẽo",
    "Đinh Ƀlơng",
    "Rơ Ô H’Rít",
    "Ksor Ñơ̆p",
    "Ka Să Hoa",
    "Mấu",
    "J. O'Connor-Smith",
    "Müller Åsa",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_groups_are_names(name: str) -> None:
    assert is_vietnamese_name(name)
    assert is_vietnamese_name(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyễn văn mẫu", "Nguyễn Văn Mẫu"),
        ("h'hen niê", "H'Hen Niê"),
        ("k’brẽo", "K’Brẽo"),
        ("y ksor", "Y Ksor"),
        ("rơ châm y-bhŭk", "Rơ Châm Y-Bhŭk"),
        ("đinh ƀlơng", "Đinh Ƀlơng"),
        ("K'brẽo", "K'brẽo"),
        ("Ana de la Cruz", "Ana de la Cruz"),
        ("NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU"),
        ("", ""),
    ],
)
def test_a_name_without_capitals_gets_those_of_a_name(typed: str, name: str) -> None:
    assert name_case(typed) == name


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


def test_a_label_within_a_sentence() -> None:
    assert [in_a_sentence(words) for words in ("Số trang", "UBND xã", "")] == ["số trang", "UBND xã", ""]
