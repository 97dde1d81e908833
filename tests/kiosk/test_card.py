"""Card texts of both layouts are read whatever they carry beside; anything else is refused and nothing raises."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.card import (
    MAX_BYTES,
    CardRead,
    CardWarning,
    Layout,
    NotACard,
    NotACardReason,
    parse_card,
    soft_warnings,
)
from kiosk.dates import PartialDate


@dataclass(frozen=True)
class MadeUpPerson:
    """Someone who does not exist, to print on a specimen card."""

    number: str = "001099000123"
    old_number: str = "012345678"
    name: str = "Nguyễn Văn Mẫu"
    born: str = "15011999"
    sex: str = "Nam"
    address: str = "Số 1, Thôn Đông, Xã X, Huyện Y, Hà Nội"
    issued: str = "20052021"
    cancelled: str = ""
    father: str = "Nguyễn Văn Thử"
    mother: str = "Trần Thị Thử"


PERSON = MadeUpPerson()
NEW_CARD = replace(PERSON, issued="02072024", address="Thôn Đông, Xã Sóc Sơn, Hà Nội")


def text_2021(person: MadeUpPerson) -> str:
    return "|".join(
        [person.number, person.old_number, person.name, person.born, person.sex, person.address, person.issued]
    )


def text_2024(person: MadeUpPerson) -> str:
    return "|".join([text_2021(person), person.cancelled, person.father, person.mother, "", ""])


def text_without_old_number(person: MadeUpPerson) -> str:
    return "|".join([person.number, person.name, person.born, person.sex, person.address, person.issued])


people = st.builds(
    MadeUpPerson,
    number=st.text("0123456789", min_size=12, max_size=12),
    old_number=st.sampled_from(["", "012345678", "001099000124"]),
    name=st.sampled_from(["NGUYỄN VĂN MẪU", "H'Hen Niê Mẫu", "Mấu", "Ksor Hơƀơ̆ Thử"]),
    born=st.sampled_from(["15011999", "00001958", "00031958", "29022024", "1958"]),
    sex=st.sampled_from(["Nam", "Nữ"]),
    address=st.sampled_from(["", "Tổ 5, KP. 3; Phường Z (cũ), TP.HCM", "Buôn Ea Đrơ̆ng, Xã Cư M'gar"]),
    issued=st.sampled_from(["20052021", "02072024"]),
    cancelled=st.sampled_from(["", "001099000125"]),
    father=st.sampled_from(["", "Nguyễn Văn Thử"]),
)


def read(text: str) -> CardRead:
    card = parse_card(text)
    assert isinstance(card, CardRead), card
    return card


def refusal(text: str) -> NotACardReason:
    card = parse_card(text)
    assert isinstance(card, NotACard)
    return card.reason


def test_a_card_of_2021() -> None:
    assert read(text_2021(PERSON)) == CardRead(
        number="001099000123",
        old_number="012345678",
        name="Nguyễn Văn Mẫu",
        birth_date=PartialDate(1999, 1, 15),
        sex="Nam",
        address="Số 1, Thôn Đông, Xã X, Huyện Y, Hà Nội",
        issued_on=date(2021, 5, 20),
        extras=(),
        layout=Layout.CARD_2021,
    )


def test_a_card_of_2024_keeps_its_extras_in_order() -> None:
    card = read(text_2024(replace(NEW_CARD, old_number="")))
    assert card.old_number is None
    assert card.issued_on == date(2024, 7, 2)
    assert card.extras == ("", "Nguyễn Văn Thử", "Trần Thị Thử", "", "")
    assert card.layout is Layout.CARD_2024


def test_a_missing_part_for_the_old_number_is_seen_by_pattern() -> None:
    assert read(text_without_old_number(PERSON)) == replace(read(text_2021(PERSON)), old_number=None)


@given(people)
def test_both_layouts_read_every_made_up_person(person: MadeUpPerson) -> None:
    for text in (text_2021(person), text_2024(person), text_without_old_number(person)):
        card = read(text)
        assert (card.number, card.name, card.sex) == (person.number, person.name, person.sex)
        assert card.address == person.address


@given(people, st.lists(st.text("abc 0123", max_size=8), max_size=30))
def test_any_number_of_further_parts_is_kept(person: MadeUpPerson, more: list[str]) -> None:
    card = read("|".join([text_2024(person), *more]))
    assert card.extras[5:] == tuple(" ".join(part.split()) for part in more)


@pytest.mark.parametrize(
    ("born", "birth_date"),
    [
        ("00001958", PartialDate(1958)),
        ("1958", PartialDate(1958)),
        ("00031958", PartialDate(1958, 3)),
        ("27031958", PartialDate(1958, 3, 27)),
    ],
)
def test_a_birth_date_may_be_partial(born: str, birth_date: PartialDate) -> None:
    assert read(text_2021(replace(PERSON, born=born))).birth_date == birth_date


@pytest.mark.parametrize(
    ("issued", "layout", "extras"),
    [
        ("20052021", Layout.CARD_2021, ()),
        ("30062024", Layout.CARD_2021, ()),
        ("01072024", Layout.CARD_2024, ()),
        ("", Layout.UNKNOWN, ("",)),
        ("không rõ", Layout.UNKNOWN, ("không rõ",)),
        ("00002021", Layout.UNKNOWN, ("00002021",)),
        ("001099000125|01072024", Layout.CARD_2024, ("001099000125",)),
        ("20052021|Nguyễn Văn Thử", Layout.UNKNOWN, ("Nguyễn Văn Thử",)),
    ],
)
def test_the_issue_date_is_found_by_what_it_is(issued: str, layout: Layout, extras: tuple[str, ...]) -> None:
    card = read(text_2021(replace(PERSON, issued=issued)))
    assert (card.layout, card.extras) == (layout, extras)


def test_accents_come_out_composed_and_spaces_single() -> None:
    decomposed = unicodedata.normalize("NFD", text_2021(PERSON)).replace("Văn", " Văn\u00a0 ")
    assert read(f"\r\n{decomposed} \n") == read(text_2021(PERSON))


@pytest.mark.parametrize("number", ["999999999999", "000000000000", "123456789012"])
def test_no_number_is_refused_for_its_prefix(number: str) -> None:
    assert read(text_2021(replace(PERSON, number=number))).number == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NotACardReason.EMPTY),
        (" \n ", NotACardReason.EMPTY),
        ("|" * (MAX_BYTES + 1), NotACardReason.TOO_LONG),
        ("ữ" * (MAX_BYTES // 2), NotACardReason.TOO_LONG),
        (text_2021(replace(PERSON, name="Nguyễn\x00Mẫu")), NotACardReason.CONTROL_CHARACTERS),
        (text_2021(replace(PERSON, name="Nguyễn\nMẫu")), NotACardReason.CONTROL_CHARACTERS),
        (text_2021(replace(PERSON, name="Nguyễn\u202eMẫu")), NotACardReason.CONTROL_CHARACTERS),
        (text_2021(replace(PERSON, name="Nguyễn\ud800Mẫu")), NotACardReason.CONTROL_CHARACTERS),
        (text_2021(PERSON) + "|a\u2028b", NotACardReason.CONTROL_CHARACTERS),
        ("https://dichvucong.gov.vn/?a=1|2|3|4|5|6|7", NotACardReason.NUMBER),
        ("<script>alert(1)</script>", NotACardReason.NUMBER),
        ("00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA", NotACardReason.NUMBER),
        ("'; DROP TABLE dossiers; --", NotACardReason.NUMBER),
        ("|||||||", NotACardReason.NUMBER),
        (text_2021(replace(PERSON, number="00109900012")), NotACardReason.NUMBER),
        (text_2021(replace(PERSON, number="٠٠١٠٩٩٠٠٠١٢٣")), NotACardReason.NUMBER),
        ("001099000123", NotACardReason.TOO_FEW_PARTS),
        ("001099000123|" * 5, NotACardReason.TOO_FEW_PARTS),
        (text_2021(PERSON).rsplit("|", 1)[0], NotACardReason.TOO_FEW_PARTS),
        (text_2021(replace(PERSON, old_number="12")), NotACardReason.OLD_NUMBER),
        (text_2021(replace(PERSON, name="Nguyễn 2")), NotACardReason.NAME),
        (text_2021(replace(PERSON, name="Mẫu'); DROP TABLE x; --")), NotACardReason.NAME),
        (text_2021(replace(PERSON, name="")), NotACardReason.NAME),
        (text_2021(replace(PERSON, born="31021999")), NotACardReason.BIRTH_DATE),
        (text_2021(replace(PERSON, born="15001999")), NotACardReason.BIRTH_DATE),
        (text_2021(replace(PERSON, born="00000000")), NotACardReason.BIRTH_DATE),
        (text_2021(replace(PERSON, born="15-01-1999")), NotACardReason.BIRTH_DATE),
        (text_2021(replace(PERSON, sex="X")), NotACardReason.SEX),
        (text_2021(replace(PERSON, address="<b>Hà Nội</b>")), NotACardReason.ADDRESS),
        (text_2021(replace(PERSON, address="https://a.vn")), NotACardReason.ADDRESS),
    ],
)
def test_what_is_not_a_card_is_refused_with_a_reason(text: str, reason: NotACardReason) -> None:
    assert refusal(text) is reason


@given(st.text() | st.lists(st.text(max_size=12), max_size=12).map("|".join))
def test_no_text_raises(text: str) -> None:
    parse_card(text)


@given(
    person=people,
    place=st.integers(0, 10),
    part=st.text(max_size=12) | st.sampled_from(["<script>", "' OR 1=1 --", "http://a.vn", "9" * 12, "00000000"]),
)
def test_no_part_raises_wherever_it_stands(person: MadeUpPerson, place: int, part: str) -> None:
    parts = text_2024(person).split("|")
    parts[place] = part
    card = parse_card("|".join(parts))
    if isinstance(card, CardRead):
        soft_warnings(card)


@pytest.mark.parametrize(
    ("number", "sex", "born", "warnings"),
    [
        ("001099000123", "Nam", "15011999", ()),
        ("001199000123", "Nữ", "15011999", ()),
        ("001205000123", "Nam", "15012005", ()),
        ("001305000123", "Nữ", "00002005", ()),
        ("001099000123", "Nữ", "15011999", (CardWarning.SEX_DIGIT,)),
        ("001099000123", "Nam", "15011998", (CardWarning.BIRTH_YEAR_DIGITS,)),
        ("001299000123", "Nam", "15011999", (CardWarning.BIRTH_YEAR_DIGITS,)),
        ("001399000123", "Nam", "15011999", (CardWarning.SEX_DIGIT, CardWarning.BIRTH_YEAR_DIGITS)),
    ],
)
def test_the_digits_of_the_number_only_warn(
    number: str, sex: str, born: str, warnings: tuple[CardWarning, ...]
) -> None:
    assert soft_warnings(read(text_2021(replace(PERSON, number=number, sex=sex, born=born)))) == warnings
