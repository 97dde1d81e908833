"""A declaration's content is final text: both blocks full, blanks blank, nothing that the paper cannot show."""

import pytest

from kiosk.catalog_file import load_catalog
from kiosk.declaration import DeclarationContent, PrintedTable, SheetSection, Signing, declaration_content
from kiosk.form import AnswerValue
from tests.factories import make_service
from tests.sample_forms import (
    FATHERS_DEATH,
    FIXTURES,
    HOME,
    OWN_BIRTH,
    TODAY,
    answered,
    extract_copy,
    release,
)
from tests.sample_life import FACTS, LIFE, LONG_LIFE

SIGNING = Signing("Ủy ban nhân dân phường Mẫu Đơn", "phường Mẫu Đơn", TODAY, demo=True)


def content(values: dict[str, AnswerValue | None], **changed: AnswerValue | None) -> DeclarationContent:
    return declaration_content(extract_copy(), answered(values, **changed), SIGNING)


def test_both_blocks_are_filled_for_a_person_s_own_paper() -> None:
    texts = content({**OWN_BIRTH}).texts
    for part in ("name", "birth_date", "id_number"):
        assert texts[f"subject_{part}"] == texts[f"requester_{part}"] != ""
    assert texts["subject_sex"] == "Nam"
    assert texts["subject_ethnic_group"] == "Kinh"
    assert texts["subject_nationality"] == "Việt Nam"
    assert texts["registered_on"] == "02/04/1958"


def test_what_is_unknown_or_not_asked_stays_blank() -> None:
    made = content({**FATHERS_DEATH})
    for name in ("subject_birth_date", "subject_id_number", "subject_document_kind", "registered_number"):
        assert made.texts[name] == made.codes[name] == ""
    assert made.texts["subject_residence"] == str(HOME)
    assert made.codes["registered_on"] == "2001"


def test_every_field_of_the_form_has_a_text_and_a_code() -> None:
    fields = {field.id for page in extract_copy().form.pages for field in page.fields}
    made = content({})
    assert set(made.texts) == set(made.codes) == fields
    assert set(made.texts.values()) == set(made.codes.values()) == {""}


def test_who_where_and_when() -> None:
    made = content({**OWN_BIRTH})
    assert (made.template, made.office, made.place, made.day) == ("2.000635", SIGNING.office, SIGNING.place, TODAY)
    assert made.pledge.startswith("Tôi cam đoan")
    assert made.demo


def test_what_the_typeface_cannot_show_becomes_a_question_mark() -> None:
    assert content({**OWN_BIRTH}, requester_name="漢\u202eMẪU\n😀").texts["requester_name"] == "??MẪU ?"


def test_a_service_without_a_printed_form_has_no_declaration() -> None:
    service = load_catalog(FIXTURES / "catalog", release()).service("3.000333")
    with pytest.raises(ValueError, match="no printed declaration"):
        declaration_content(service, {}, SIGNING)


LONG = make_service(form=LIFE, declaration="data_sheet")


def test_tables_and_computed_answers_are_printed() -> None:
    made = declaration_content(LONG, answered(LONG_LIFE), SIGNING, FACTS)
    assert (made.texts["age"], made.codes["age"]) == ("68", "68")
    assert made.texts["birth_words"].startswith("ngày hai mươi bảy tháng ba")
    assert made.codes["homes"] == ""
    assert made.tables == {
        "homes": PrintedTable(
            "Các nơi đã ở",
            ("Từ tháng", "Đến tháng", "Nơi ở", "Loại"),
            (("03/1972", "09/2001", "Thôn Mẫu", ""), ("10/2001", "Đến nay", "Phường Mẫu", "Nhà")),
        )
    }


def test_the_sheet_has_every_answer_under_its_heading() -> None:
    made = declaration_content(LONG, answered(LONG_LIFE, old_name="Mẫu\u202e"), SIGNING, FACTS)
    assert made.sheet[0] == SheetSection(
        "Ông/bà", (("Ngày sinh", "27/03/1958"), ("Tên", "NGUYỄN VĂN MẪU"), ("Tên cũ", "Mẫu?"))
    )
    assert [part.section for part in made.sheet] == ["Ông/bà", "Nơi ở", "Liên hệ"]
    unknown = content({**FATHERS_DEATH}).sheet
    assert ("Ngày sinh", "Tôi không rõ") in next(part.rows for part in unknown if "có tên" in part.section)


def test_a_form_that_nobody_answered_is_a_sheet_to_fill_in_by_hand() -> None:
    made = declaration_content(LONG, {}, SIGNING)
    assert [label for part in made.sheet for label, _text in part.rows] == [
        *("Ngày sinh", "Tên", "Tên cũ", "Các nơi đã ở", "Thư")
    ]
    assert {text for part in made.sheet for _label, text in part.rows} == {""}
    assert made.tables["homes"].rows == ()
