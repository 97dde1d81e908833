"""The review shows what will be filed, hides what others must not read, and names each missing thing with its place."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalog import IdentityAssurance, Route
from kiosk.form import Answer, AnswerValue, FieldType, Privacy, Source
from kiosk.review import ReviewProblem, ReviewRow, closed_text, part_problems, parts, problems, sections
from kiosk.visit import Visit
from tests.factories import (
    CARD,
    fixture_catalog,
    make_document,
    make_field,
    make_part,
    make_service,
    make_visit,
    with_answers,
)
from tests.sample_forms import AT, FATHERS_DEATH, HOME, OWN_BIRTH, TODAY
from tests.sample_life import LIFE, LONG_LIFE

LEFT_OPEN = "Không cung cấp"


def rows(visit: Visit) -> dict[str, ReviewRow]:
    return {row.label: row for _section, found in sections(visit) for row in found}


def places(visit: Visit, today: date = TODAY) -> list[str]:
    return [problem.page_id or problem.part_code for problem in problems(visit, today)]


def test_the_answers_stand_in_the_order_they_were_asked() -> None:
    shown = sections(make_visit())
    assert [section for section, _rows in shown] == [
        "Giấy tờ cần xin",
        "Người yêu cầu",
        "Lần đăng ký trước",
        "Nhận kết quả",
    ]
    assert [row.text for row in shown[0][1]] == ["Của chính tôi", "Giấy khai sinh", "Bản sao Giấy khai sinh"]


def test_each_row_leads_to_its_page() -> None:
    assert rows(make_visit())["Quyển số"].page_id == "registered_number"


def test_where_an_answer_came_from_is_shown() -> None:
    visit = with_answers(
        make_visit(),
        requester_name=Answer("NGUYỄN VĂN MẪU", Source.CARD, AT),
        copies=Answer(3, Source.HELPER, AT),
    )
    shown = rows(visit)
    assert shown["Họ và tên người yêu cầu"].source is Source.CARD
    assert shown["Số bản"].source is Source.HELPER
    assert shown["Dân tộc người yêu cầu"].source is Source.CITIZEN


def test_what_was_left_open_or_is_not_known_says_so() -> None:
    shown = rows(make_visit(values=FATHERS_DEATH))
    assert rows(make_visit())["Số điện thoại liên hệ"].text == LEFT_OPEN
    assert shown["Ngày sinh"].text == "Tôi không rõ"
    assert shown["Số định danh người yêu cầu"].shown == "Tôi không có số này"


def test_what_is_not_asked_is_not_shown() -> None:
    """Answers to questions that a correction has closed stay with the visit, and are neither shown nor filed."""
    closed = make_visit(values={**OWN_BIRTH, "event": "1", "subject_name": "AI ĐÓ"})
    assert not {"Tên giấy tờ", "Họ và tên người có tên trong giấy tờ"} & rows(closed).keys()


def test_a_choice_that_was_closed_since_is_shown_as_open_again() -> None:
    visit = make_visit(values={**OWN_BIRTH, "event": "2"})  # nobody asks for their own death extract
    assert rows(visit)["Loại giấy tờ"].text == LEFT_OPEN
    assert places(visit) == ["event"]


def test_numbers_are_masked_and_names_are_not() -> None:
    shown = rows(make_visit())
    assert shown["Số định danh người yêu cầu"].shown == "••• ••• ••• 123"
    assert shown["Số định danh người yêu cầu"].text == "001099000123"
    assert shown["Ngày sinh người yêu cầu"].shown == "••/••/1958"
    assert shown["Họ và tên người yêu cầu"].shown == "NGUYỄN VĂN MẪU"
    assert shown["Dân tộc người yêu cầu"].shown == shown["Dân tộc người yêu cầu"].text
    away = rows(make_visit(values=FATHERS_DEATH))
    assert away["Nơi cư trú người yêu cầu"].shown == "•••, Thành phố Hà Nội"
    assert away["Số giấy tờ người yêu cầu"].shown.endswith("567")


@given(st.from_regex(r"[0-9]{4,30}", fullmatch=True))
def test_hidden_digits_are_nowhere_in_what_is_shown(number: str) -> None:
    service = make_service(make_field("x", privacy=Privacy.MASKED))
    row = rows(make_visit(service, {"x": number}))["Câu x"]
    digits = re.findall("[0-9]", row.shown)
    assert "".join(digits) == number[-3:]
    assert row.text == number


@pytest.mark.parametrize("values", [OWN_BIRTH, FATHERS_DEATH], ids=["own birth", "father's death"])
def test_a_complete_visit_has_no_problem(values: dict[str, AnswerValue | None]) -> None:
    assert problems(make_visit(values=values), TODAY) == ()


def test_each_missing_answer_is_named_with_its_page() -> None:
    visit = make_visit(values={key: value for key, value in OWN_BIRTH.items() if key not in ("event", "copies")})
    assert ReviewProblem("Loại giấy tờ: Ông/bà chưa trả lời câu này.", page_id="event") in problems(visit, TODAY)
    assert places(visit) == ["event", "copies"]


def test_an_empty_visit_misses_all_that_must_be_answered() -> None:
    service = make_service(
        make_field("must"),
        make_field("may", required=False),
        make_field("also", FieldType.CHOICE),
        parts=(make_part("proof"), make_part("photo", required=False)),
    )
    assert places(make_visit(service, {})) == ["must", "also", "proof"]


def test_what_breaks_a_rule_is_named_with_its_page() -> None:
    visit = make_visit(values={**OWN_BIRTH, "copies": 100})
    assert places(visit) == ["copies"]
    tomorrow = make_visit(values={**OWN_BIRTH, "registered_on": "2026-11-22"})
    assert places(tomorrow) == ["registered_at"]  # the page that asks for both
    assert places(tomorrow, date(2026, 11, 22)) == []


def test_a_rule_sees_what_was_not_asked_because_it_is_the_same() -> None:
    """The subject's birth day is the requester's own here, and was not asked a second time."""
    visit = make_visit(values={**OWN_BIRTH, "registered_on": "1957"})
    assert places(visit) == ["registered_at"]


def test_only_required_papers_that_are_called_for_are_missed() -> None:
    visit = make_visit(fixture_catalog().service("9.000001"), {"requester_name": "NGUYỄN VĂN MẪU"})
    assert part_problems(visit) == (ReviewProblem("Chưa có giấy tờ: Giấy tờ thử", part_code="proof"),)
    assert part_problems(visit.with_document(make_document("proof"))) == ()
    assert part_problems(make_visit()) == ()  # the old copy is welcome, and not required


def test_the_parts_are_those_of_the_answers_with_what_was_captured() -> None:
    visit = make_visit().with_document(make_document("old_copy", pages=2)).with_document(make_document("authorisation"))
    [part] = parts(visit)
    assert (part.part_code, part.name, part.required) == ("old_copy", "Bản sao cũ hoặc trích lục cũ (nếu có)", False)
    assert part.document == make_document("old_copy", pages=2)


@pytest.mark.parametrize(
    ("today", "is_open"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_a_service_is_filed_on_its_days_only(today: date, is_open: bool) -> None:
    visit = make_visit(
        make_service(make_field("x"), valid_from=date(2025, 7, 1), valid_to=date(2027, 2, 28)), {"x": "y"}
    )
    assert visit.chosen().open_on(today) is is_open
    assert problems(visit, today) == (() if is_open else (ReviewProblem(closed_text()),))
    assert make_service(make_field("x")).open_on(today)


@pytest.mark.parametrize(
    ("needed", "confirmed", "stops"),
    [
        (IdentityAssurance.TYPED, False, False),
        (IdentityAssurance.CARD_CODE, False, True),
        (IdentityAssurance.CARD_CODE, True, False),
        (IdentityAssurance.VNEID, True, True),
    ],
)
def test_a_service_states_the_least_that_must_be_known_of_the_person(
    needed: IdentityAssurance, confirmed: bool, stops: bool
) -> None:
    service = make_service(make_field("x"), needs_identity=needed)
    visit = make_visit(service, {"x": "y"}, card=CARD, card_confirmed_at=AT if confirmed else None)
    found = problems(visit, TODAY)
    assert ["thẻ căn cước" in problem.message for problem in found] == ([True] if stops else [])


def test_what_is_only_prepared_needs_no_proof_of_the_person() -> None:
    service = fixture_catalog().service("3.000333")
    visit = make_visit(service, {"requester_name": "NGUYỄN VĂN MẪU"})
    assert visit.route is Route.PREPARE
    assert problems(visit, TODAY) == ()


def test_an_address_is_shown_whole_to_its_owner() -> None:
    assert rows(make_visit(values=FATHERS_DEATH))["Địa chỉ nhận kết quả"].text == str(HOME)


# -- tables, computed answers and pages that stop ------------------------------------------------------------------

LONG = make_service(form=LIFE)


def life(**changed: AnswerValue) -> Visit:
    return make_visit(LONG, {**LONG_LIFE, **changed}, on=TODAY)


def test_a_table_is_one_row_and_what_is_computed_none() -> None:
    shown = rows(life())
    assert list(shown) == ["Ngày sinh", "Tên", "Tên cũ", "Các nơi đã ở", "Thư"]
    assert shown["Các nơi đã ở"].text == "1. 03/1972 – 09/2001, Thôn Mẫu\n2. 10/2001 – Đến nay, Phường Mẫu, Nhà"
    assert shown["Các nơi đã ở"].shown == "•••"


def test_nothing_is_filed_from_a_page_that_stops() -> None:
    assert problems(life(), TODAY) == ()
    young = life(birth_date="2010-01-01")
    assert problems(young, TODAY) == (ReviewProblem("Chưa đủ tuổi", page_id="too_young"),)
