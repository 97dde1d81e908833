"""Tests of kiosk.scanned_text: whole texts, and the ways in which readers in keyboard mode spoil Vietnamese."""

import random
import unicodedata
from datetime import date

import pytest

from commands.mrz_backs import made_up, mrz_lines
from kiosk.card import CardRead, Layout, NotACard, NotACardReason, parse_card
from kiosk.dates import PartialDate
from kiosk.scanned_text import bare_text, marks_lost, read_scanned

NAME, ADDRESS = "Nguyễn Thị Mẫu", "Số 1, Thôn Đông, Xã Mẫu, Hà Nội"
WHOLE = f"001158000123|012345678|{NAME}|27031958|Nữ|{ADDRESS}|20052021"


def spoilt(name: str, sex: str, address: str) -> str:
    return f"001158000123|012345678|{name}|27031958|{sex}|{address}|20052021"


def without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@pytest.mark.parametrize("text", [WHOLE, unicodedata.normalize("NFD", WHOLE)])
def test_a_whole_text_is_read_as_from_the_camera(text: str) -> None:
    read = read_scanned(text)
    assert read == parse_card(WHOLE)
    assert isinstance(read, CardRead)
    assert read.name == NAME


@pytest.mark.parametrize(
    "text",
    [
        spoilt(without_marks(NAME), "Nu", without_marks(ADDRESS)),
        spoilt("Nguyn Th Mu", "N", "S 1, Thn ng, X Mu, H Ni"),
        spoilt("Nguyeenx Thij Maaux", "Nuwx", "Soos 1, Thoon DDoong, Xax Maaux, Haf Nooij"),
        spoilt("Nguyeenx Thị Mẫu", "Nữ", ADDRESS),  # an input method that took part of it
        spoilt("Nguye6n4 Thi5 Ma6u4", "Nu7x", "So61 1, Tho6n D9o6ng"),
        spoilt("Nguy?n Th? M?u", "N?", "S? 1, Thôn ?ông"),
        spoilt("Nguy\ufffdn Th\ufffd M\ufffdu", "N\ufffd", "S\ufffd 1"),
        spoilt(NAME.encode().decode("cp1252", "replace"), "Ná»¯", ADDRESS.encode().decode("latin-1")),
        spoilt("Trần Văn Mẫu".encode().decode("latin-1"), "Ná»¯", "Hà Nội"),
        spoilt("Vàng A L\x16", "N\x1e", "Hà Nội"),
    ],
)
def test_a_spoilt_text_keeps_its_numbers_dates_and_sex(text: str) -> None:
    card = read_scanned(text)
    assert isinstance(card, CardRead)
    assert (card.number, card.old_number, card.sex) == ("001158000123", "012345678", "Nữ")
    assert (card.birth_date, card.issued_on) == (PartialDate(1958, 3, 27), date(2021, 5, 20))
    assert (card.name, card.plain_name, card.address, card.extras) == ("", "", "", ())


def test_the_part_of_the_old_number_may_be_missing() -> None:
    card = read_scanned("001158000123|Nguye6n4 Ma6u4|27031958|Nam|Ha2 No6i5|20052021|")
    assert isinstance(card, CardRead)
    assert (card.number, card.old_number, card.name, card.sex) == ("001158000123", None, "", "Nam")


def test_names_of_parents_in_a_spoilt_text_are_left_out_too() -> None:
    card = read_scanned(f"{spoilt('Nguy?n', 'N?', '')}||Nguy?n V?n A|L? Th? B")
    assert isinstance(card, CardRead)
    assert card.extras == ()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (NAME, ADDRESS),
        ("Lo Van Minh", "Bản Mẫu, Sơn La"),  # a name without any mark, an address with some
        ("Ksor H'Bơk", "Buôn Mẫu, Gia Lai"),
        ("Y Ling Niê Kdăm", "Buôn Mẫu, Đắk Lắk"),
        ("Moong Xoong", "Bản Mẫu, Nghệ An"),
        ("Siu Rmah", "Làng Mẫu, Gia Lai"),
        ("Trần Văn Mẫu", ""),
        ("Nguyễn Quốc Khánh", "Quận Hoàn Kiếm, Hà Nội"),
        ("Đặng Thùy Giang", "Phường Yên Phụ"),
    ],
)
def test_right_names_are_not_doubted(name: str, address: str) -> None:
    assert not marks_lost(name, address)
    assert not marks_lost(name.upper(), address.upper())
    assert not marks_lost(name, unicodedata.normalize("NFD", address))


@pytest.mark.parametrize("name", ["Nguyeenx", "Maaux", "DDoong", "Trawn", "Thij", "HAF", "Tuaans", "Nguowi"])
def test_letters_of_telex_among_right_words_are_seen(name: str) -> None:
    assert marks_lost(name, ADDRESS)


def test_the_lines_of_the_back_that_a_reader_of_print_sends() -> None:
    card = read_scanned("\r".join(mrz_lines(made_up(random.Random(4)))))
    assert isinstance(card, CardRead)
    assert (card.layout, card.name) == (Layout.MRZ, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NotACardReason.EMPTY),
        ("https://example.invalid/?a=1|2|3|4|5|6|7", NotACardReason.NUMBER),
        ("001158000123", NotACardReason.TOO_FEW_PARTS),
        ("001158000123||||||", NotACardReason.NAME),
        (spoilt("Nguy?n", "khong", ""), NotACardReason.NAME),
        (spoilt("Nguy?n", "N?", "").replace("27031958", "31021958"), NotACardReason.NAME),
        ("|" * 5000, NotACardReason.TOO_LONG),
    ],
)
def test_what_is_no_card_stays_none(text: str, reason: NotACardReason) -> None:
    assert read_scanned(text) == NotACard(reason)


@pytest.mark.parametrize("sex", ["Na", "Nan", "Nobody", "x", "?"])
def test_a_sex_that_may_be_either_is_not_guessed(sex: str) -> None:
    assert isinstance(read_scanned(spoilt("Nguy?n", sex, ADDRESS)), NotACard)


@pytest.mark.parametrize("sent", ["]Q1A|ễ", "\x02A|ễ\x03", " ]Q3 A|ễ\r\n", "\ufeffA|ễ", "A|e\u0302\u0303"])
def test_what_a_reader_sends_around_a_text_is_taken_off(sent: str) -> None:
    assert bare_text(sent) == "A|ễ"
    assert bare_text("A]Q1") == "A]Q1"


def test_a_card_with_a_prefix_is_a_card() -> None:
    assert read_scanned(f"]Q1{WHOLE}\r") == parse_card(WHOLE)
