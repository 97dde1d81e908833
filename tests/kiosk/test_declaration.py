"""A declaration's content is final text: both blocks full, blanks blank, nothing that the paper cannot show."""

import pytest

from kiosk.catalog_file import load_catalog
from kiosk.declaration import DeclarationContent, Signing, declaration_content
from kiosk.form import AnswerValue
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
