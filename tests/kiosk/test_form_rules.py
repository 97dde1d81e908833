"""Which questions are asked, what an unasked one is worth, and how answers read."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.computed import all_fields
from kiosk.form import Address, Answer, AnswerValue, FieldType, Form, Source, TableRow
from kiosk.form_rules import (
    asked_about,
    check_field,
    check_page,
    completed,
    display_text,
    masked,
    visible_pages,
)
from tests.sample_forms import (
    AT,
    FATHERS_DEATH,
    HOME,
    OWN_BIRTH,
    TODAY,
    answered,
    extract_copy,
    field_of,
    form_problems,
)
from tests.sample_life import FACTS, LIFE

FORM = extract_copy().form
FIELDS = [field for page in FORM.pages for field in page.fields]


def ids(values: dict[str, Answer], **facts: str) -> list[str]:
    return [page.id for page in visible_pages(FORM, values, facts)]


def test_who_asks_for_their_own_paper_is_asked_nothing_twice() -> None:
    asked = ids(answered(OWN_BIRTH))
    assert [page for page in asked if page.startswith("subject_")] == []
    filed = completed(FORM, answered(OWN_BIRTH))
    for part in ("name", "birth_date", "sex", "ethnic_group", "nationality", "id_number"):
        assert filed[f"subject_{part}"] == filed[f"requester_{part}"]


def test_the_other_block_is_asked_as_soon_as_it_is_somebody_else() -> None:
    answers = answered(OWN_BIRTH, for_whom="child", relation="5")
    assert "subject_name" in ids(answers)
    assert "subject_name" not in completed(FORM, answers)


def test_a_correction_of_the_first_block_reaches_the_second() -> None:
    filed = completed(FORM, answered(OWN_BIRTH, requester_name="LÊ VĂN MẪU"))
    assert filed["subject_name"].value == "LÊ VĂN MẪU"


@pytest.mark.parametrize(
    ("number", "birth", "asked"),
    [
        ("001099000123", "1958-03-27", False),
        ("001099000123", "1958-03", True),
        ("001099000123", "1958", True),
        (None, "1958-03-27", True),
    ],
)
def test_residence_is_asked_only_without_number_or_complete_birth_date(
    number: str | None, birth: str, asked: bool
) -> None:
    pages = ids(answered(OWN_BIRTH, requester_id_number=number, requester_birth_date=birth))
    assert ("requester_residence" in pages) is asked


def test_a_dead_person_has_no_card_but_may_have_had_a_number() -> None:
    pages = ids(answered(FATHERS_DEATH))
    assert "subject_id_number" in pages
    assert "subject_document_kind" not in pages
    assert "subject_document_kind" in ids(answered(FATHERS_DEATH, event="0"))


def test_nobody_asks_for_their_own_death_extract() -> None:
    event = next(page for page in visible_pages(FORM, answered(OWN_BIRTH)) if page.id == "event")
    assert "2" not in [choice.code for choice in event.fields[0].choices]
    assert "event" in [problem.field_id for problem in form_problems(FORM, answered(OWN_BIRTH, event="2"), TODAY)]


@pytest.mark.parametrize(
    ("for_whom", "codes"),
    [
        ("child", ["5", "6", "8", "7"]),
        ("parent", ["4", "9"]),
        ("spouse", ["2", "3"]),
        ("kin", ["10", "11", "12", "13", "14"]),
    ],
)
def test_only_relations_that_can_be_are_offered(for_whom: str, codes: list[str]) -> None:
    page = next(page for page in visible_pages(FORM, answered({"for_whom": for_whom})) if page.id == "relation")
    assert [choice.code for choice in page.fields[0].choices] == codes


def test_a_choice_that_another_answer_has_closed_counts_no_more() -> None:
    answers = answered(FATHERS_DEATH, for_whom="child")
    assert "relation" not in completed(FORM, answers)
    assert [problem.field_id for problem in form_problems(FORM, answers, TODAY)] == ["relation"]


def test_answers_to_questions_that_are_not_asked_any_more_decide_nothing() -> None:
    answers = answered(OWN_BIRTH, event="1", event_other="6", changed_event="other", changed_event_other="3")
    assert not {"document_name", "event_other", "changed_event", "changed_event_other"} & set(ids(answers))
    assert not {"document_name", "event_other", "changed_event_other"} & completed(FORM, answers).keys()


def test_the_question_about_the_free_fee_is_for_online_filing_only() -> None:
    assert "digital_citizen" not in ids(answered(OWN_BIRTH), route="desk")
    assert "digital_citizen" in ids(answered(OWN_BIRTH), route="online_by_agreement")


def test_both_samples_are_complete() -> None:
    assert form_problems(FORM, answered(OWN_BIRTH), TODAY) == ()
    assert form_problems(FORM, answered(FATHERS_DEATH), TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"copies": 0}, "copies", "ít nhất 1 bản"),
        ({"copies": 100}, "copies", "nhiều nhất 99 bản"),
        (
            {"requester_birth_date": "2026-11-22", "registered_on": None},
            "requester_birth_date",
            "không thể sau hôm nay",
        ),
        ({"registered_on": "1958-03-26"}, "registered_on", "không thể trước ngày sinh"),
        ({"registered_at": None}, "registered_at", "cần có câu trả lời"),
        ({"delivery": "post"}, "delivery_address", "chưa trả lời"),
        ({"registered_number": "x" * 41}, "registered_number", "không quá 40 chữ"),
        ({"contact_phone": "12345"}, "contact_phone", "10 chữ số"),
    ],
)
def test_each_rule_says_how_to_mend_it(changed: dict[str, AnswerValue | None], field: str, words: str) -> None:
    problems = form_problems(FORM, answered(OWN_BIRTH, **changed), TODAY)
    assert [problem.field_id for problem in problems] == [field]
    assert words in problems[0].message


def test_today_itself_is_not_after_today() -> None:
    assert form_problems(FORM, answered(OWN_BIRTH, registered_on=TODAY.isoformat()), TODAY) == ()
    late = form_problems(FORM, answered(OWN_BIRTH, registered_on=TODAY.isoformat()), TODAY - timedelta(days=1))
    assert [problem.field_id for problem in late] == ["registered_on"]


def test_i_do_not_know_is_an_answer_only_where_the_law_allows_it() -> None:
    assert (
        check_field(field_of(FieldType.TEXT, unknown_label="Không rõ"), answered({"x": None})["x"], {}, TODAY) is None
    )
    assert check_field(field_of(FieldType.TEXT), answered({"x": None})["x"], {}, TODAY) is not None
    assert check_field(field_of(FieldType.TEXT, required=False), None, {}, TODAY) is None


def test_a_page_is_checked_as_it_is_asked() -> None:
    page = next(page for page in visible_pages(FORM, answered(FATHERS_DEATH)) if page.id == "requester_document")
    problems = check_page(page, answered(FATHERS_DEATH, requester_document_issued_on="2020"), TODAY)
    assert [(problem.field_id, problem.message) for problem in problems] == [
        ("requester_document_issued_on", "Ngày cấp cần đủ ngày, tháng, năm như trên giấy tờ.")
    ]


@pytest.mark.parametrize(
    ("field", "value", "text", "hidden"),
    [
        ("requester_name", "NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU"),
        ("requester_birth_date", "1958-03-27", "27/03/1958", "••/••/1958"),
        ("requester_birth_date", "1958", "1958", "1958"),
        ("requester_id_number", "001099000123", "001099000123", "••• ••• ••• 123"),
        ("requester_document_number", "B1234567", "B1234567", "•••••567"),
        ("contact_phone", "0912345678", "0912345678", "• ••• ••• 678"),
        ("requester_residence", HOME, str(HOME), "•••, Thành phố Hà Nội"),
        ("relation", "5", "Mẹ", "Mẹ"),
        ("subject_nationality", "VN", "Việt Nam", "Việt Nam"),
        ("has_old_copy", True, "Có", "Có"),
        ("copies", 2, "2", "2"),
    ],
)
def test_how_an_answer_reads_and_what_others_see_of_it(field: str, value: AnswerValue, text: str, hidden: str) -> None:
    assert display_text(FORM.field(field), value) == text
    assert masked(FORM.field(field), text) == hidden


CELLS: list[str | int | bool | Address] = ["1958", "1958-03", "2001-01", "x", "1", 3, True, HOME]
ROWS = st.dictionaries(
    st.sampled_from(["start", "end", "place", "kind", "nonsense"]),
    st.sampled_from(CELLS),
)
VALUES = st.one_of(
    st.sampled_from(["self", "child", "other", "0", "2", "5", "7", "1958", "1958-03-27", "001099000123", "post"]),
    st.text("aăĐơ 0129/-@.\n\u0301\u202e漢", max_size=10),
    st.integers(-2, 200),
    st.booleans(),
    st.just(HOME),
    st.lists(ROWS.map(TableRow), max_size=3).map(tuple),
)
ANSWER = st.builds(Answer, VALUES, st.sampled_from(Source), st.just(AT), st.booleans())
OWN_ANSWERS = st.dictionaries(st.sampled_from([*(field.id for field in FIELDS), "nonsense"]), ANSWER, max_size=30)
LIFE_ANSWERS = st.dictionaries(st.sampled_from([*all_fields(LIFE), "nonsense"]), ANSWER, max_size=9)


@given(answers=OWN_ANSWERS, route=st.sampled_from(["desk", "prepare", "online_by_agreement"]))
def test_any_answers_are_taken_without_a_crash(answers: dict[str, Answer], route: str) -> None:
    take(FORM, answers, {"route": route})


@given(answers=LIFE_ANSWERS, facts=st.sampled_from([FACTS, {}, {"today": "soon"}]))
def test_any_tables_and_dates_are_taken_without_a_crash(answers: dict[str, Answer], facts: dict[str, str]) -> None:
    take(LIFE, answers, facts)


def take(form: Form, answers: dict[str, Answer], facts: dict[str, str]) -> None:
    """What every screen and paper does with answers."""
    pages = visible_pages(form, answers, facts)
    left = completed(form, answers, facts)
    assert visible_pages(form, left, facts) == pages
    assert completed(form, left, facts) == left
    for problem in form_problems(form, answers, TODAY, facts):
        assert problem.message
    for page in pages:
        assert all(problem.message for problem in asked_about(page, answers, TODAY))
    fields = all_fields(form)
    for key, answer in left.items():
        assert isinstance(masked(fields[key], display_text(fields[key], answer.value)), str)
