"""Computed answers, forms that stop, tables, and rules that only ask."""

from dataclasses import replace

import pytest

from kiosk.form import AnswerValue, FieldType, Source, TableRow
from kiosk.form_rules import (
    asked_about,
    cell_text,
    check_field,
    check_page,
    completed,
    display_text,
    masked,
    row_problems,
    row_text,
    visible_pages,
)
from tests.sample_forms import (
    TODAY,
    answered,
    field_of,
    form_problems,
)
from tests.sample_life import FACTS, FIRST_HOME, HOMES, LIFE, LONG_LIFE, NOW_HOME


def test_what_is_computed_is_filed_after_its_page() -> None:
    filed = completed(LIFE, answered(LONG_LIFE), FACTS)
    assert list(filed) == ["birth_date", "age", "days", "birth_words", *("name", "old_name", "homes", "email")]
    assert (filed["age"].value, filed["days"].value, filed["age"].source) == (68, 25076, Source.COMPUTED)
    assert str(filed["birth_words"].value).endswith("năm một nghìn chín trăm năm mươi tám")


def test_whatever_is_given_for_a_computed_answer_counts_nothing() -> None:
    filed = completed(LIFE, answered(LONG_LIFE, age=99, birth_date="2020-01-01"), FACTS)
    assert filed["age"].value == 6


def test_a_form_stops_and_asks_nothing_after_that() -> None:
    young = answered(LONG_LIFE, birth_date="2010-01-01")
    pages = visible_pages(LIFE, young, FACTS)
    assert [page.id for page in pages] == ["birth_date", "too_young"]
    assert pages[-1].stop is not None
    assert list(completed(LIFE, young, FACTS)) == ["birth_date", "age", "days", "birth_words"]
    assert check_page(pages[-1], young, TODAY) == ()


def asked(**changed: AnswerValue | None) -> list[tuple[str, str]]:
    """What is asked about the answers of a long life, and refused never."""
    answers = answered(LONG_LIFE, **changed)
    assert form_problems(LIFE, answers, TODAY, FACTS) == ()
    found = (problem for page in visible_pages(LIFE, answers, FACTS) for problem in asked_about(page, answers, TODAY))
    return [(problem.field_id, problem.message) for problem in found]


def test_a_rule_that_only_asks_refuses_nothing() -> None:
    assert asked() == []
    assert asked(birth_date="1900-01-01") == [
        ("birth_date", "Có đúng là hơn 110 tuổi không?"),
        ("homes", "Từ 01/1914 đến 02/1972 ở đâu (trước)?"),
    ]
    gap = TableRow({"start": "2010-01", "end": "2020-01", "place": "X"})
    assert asked(homes=(FIRST_HOME, gap)) == [
        ("homes", "Từ 10/2001 đến 12/2009 ở đâu?"),
        ("homes", "Từ 02/2020 đến nay ở đâu?"),
    ]


def test_nothing_is_asked_about_what_is_wrong_or_unknown() -> None:
    page = visible_pages(LIFE, answered(LONG_LIFE), FACTS)[2]
    for homes in ((TableRow({"start": "2010"}),), (), "x", None):
        assert asked_about(page, answered(LONG_LIFE, homes=homes), TODAY) == ()
    assert asked_about(page, {}, TODAY) == ()


@pytest.mark.parametrize(
    ("homes", "message"),
    [
        ((), "Ông/bà thêm ít nhất 1 dòng."),
        ((NOW_HOME,) * 5, "Ở đây ghi nhiều nhất 4 dòng."),
        ((NOW_HOME, TableRow({"start": "1999-01"})), "Nơi ở 2, Nơi ở: Ông/bà chưa trả lời câu này."),
        ((TableRow({"start": "1999", "place": "X"}),), "Nơi ở 1, Từ tháng: Cần có tháng."),
        (
            (TableRow({"start": "1999-05", "end": "1999-04", "place": "X"}),),
            "Nơi ở 1, Đến tháng: Tháng đi không thể trước tháng đến.",
        ),
        ((TableRow({"start": "1999-05", "place": "X", "kind": "3"}),), "Nơi ở 1, Loại: Ông/bà chọn một câu trả lời"),
        ((TableRow({}),), "Nơi ở 1: Ông/bà chưa trả lời"),
        ((TableRow({"start": "1999-05", "place": "X", "pet": "1"}),), "Nơi ở 1: Ông/bà chưa trả lời"),
        ("1999", "Ông/bà chưa trả lời"),
    ],
)
def test_a_wrong_row_is_named(homes: AnswerValue, message: str) -> None:
    problem = check_field(HOMES, answered({"homes": homes})["homes"], {}, TODAY)
    assert problem is not None
    assert problem.message.startswith(message)


def test_a_row_is_checked_cell_by_cell() -> None:
    row = TableRow({"start": "1999", "end": "1998-01"})
    assert [problem.field_id for problem in row_problems(HOMES, row, TODAY)] == ["start", "end", "place"]
    assert row_problems(HOMES, NOW_HOME, TODAY) == ()


def test_in_a_row_a_bare_figure_has_its_label() -> None:
    columns = (
        replace(field_of(FieldType.TEXT), id="name", label="Tên giấy tờ"),
        replace(field_of(FieldType.TEXT), id="number", label="Số hiệu"),
        replace(field_of(FieldType.NUMBER), id="pages", label="Số trang"),
        replace(field_of(FieldType.YES_NO), id="old", label="UBND xã cũ"),
    )
    papers = replace(field_of(FieldType.TABLE), columns=columns)
    row = TableRow({"name": "Bằng mẫu", "number": "0012", "pages": 1, "old": True})
    for on_screen in (True, False):
        text = row_text(papers, row, on_screen=on_screen)
        assert text == "Bằng mẫu, số hiệu 0012, số trang 1, UBND xã cũ Có"
    assert row_text(papers, TableRow({"name": "Bằng mẫu", "number": "B-12"})) == "Bằng mẫu, B-12"
    assert [cell_text(column, row) for column in columns] == ["Bằng mẫu", "0012", "1", "Có"]


def test_how_a_table_reads() -> None:
    assert row_text(HOMES, NOW_HOME) == "10/2001 – Đến nay, Phường Mẫu, Nhà"
    assert display_text(HOMES, (FIRST_HOME, NOW_HOME)) == (
        "03/1972 – 09/2001, Thôn Mẫu; 10/2001 – Đến nay, Phường Mẫu, Nhà"
    )
    assert [cell_text(column, FIRST_HOME) for column in HOMES.columns] == ["03/1972", "09/2001", "Thôn Mẫu", ""]
    assert masked(HOMES, "03/1972 – 09/2001, Thôn Mẫu") == "•••"
    assert masked(field_of(FieldType.EMAIL), "mau.le@example.vn") == "m•••@example.vn"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"old_name": "NGUYỄN VĂN MẪU"}, "old_name"), ({"email": "mau@example"}, "email")],
)
def test_the_other_rules_refuse(changed: dict[str, AnswerValue], field: str) -> None:
    found = form_problems(LIFE, answered(LONG_LIFE, **changed), TODAY, FACTS)
    assert [problem.field_id for problem in found] == [field]
