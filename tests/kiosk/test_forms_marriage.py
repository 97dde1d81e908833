"""The form of 1.000894: who stands at the counter is one of the two sides, and the law's conditions are asked first."""

import pytest

from kiosk.form import Address, AnswerValue
from kiosk.form_rules import check_page, completed, visible_pages
from kiosk.prefill import from_card
from tests.factories import make_card
from tests.kiosk.forms_played import shipped
from tests.kiosk.shipped_forms import FACTS, filed, page_ids, shipped_form, stop_of
from tests.sample_forms import AT, TODAY, answered

HOME = Address("01", "Thành phố Hà Nội", "00004", "Phường Ba Đình", "Số 12, phố Mẫu Đơn")
BRIDE_FILES: dict[str, AnswerValue | None] = {
    "party": True,
    "side": "bride",
    "both_citizens": True,
    "bar": "none",
    "requester_name": "TRẦN THỊ MẪU",
    "requester_birth_date": "1998-02-01",
    "requester_ethnic_group": "01",
    "requester_id_number": "001198000456",
    "bride_status": "1",
    "groom_name": "NGUYỄN VĂN MẪU",
    "groom_birth_date": "1990-03-27",
    "groom_ethnic_group": "02",
    "groom_id_number": "001090000123",
    "groom_status": "1",
    "wants_copies": False,
}
DIVORCED: dict[str, AnswerValue | None] = {
    "groom_status": "3",
    "groom_divorce_abroad": "home",
    "groom_divorce_number": "15/2019/HNGĐ-ST",
    "groom_divorce_on": "2019-04-12",
    "groom_divorce_by": "TAND QUẬN MẪU",
    "groom_times": 2,
}


def changed(**values: AnswerValue | None) -> dict[str, AnswerValue | None]:
    return BRIDE_FILES | values


def test_the_side_at_the_counter_is_asked_once_and_stands_on_the_form() -> None:
    live = filed(shipped_form("1.000894"), BRIDE_FILES)
    assert live["bride_name"].value == live["requester_name"].value == "TRẦN THỊ MẪU"
    assert live["bride_id_number"].value == "001198000456"
    assert live["bride_age"].value == 28
    assert "bride_name" not in page_ids(shipped_form("1.000894"), BRIDE_FILES)


@pytest.mark.parametrize(("sex", "side"), [("Nữ", "bride"), ("Nam", "groom")])
def test_the_card_says_the_side(sex: str, side: str) -> None:
    assert from_card(shipped_form("1.000894"), make_card(sex=sex), AT)["side"].value == side


def test_the_groom_may_file_as_well() -> None:
    values = {
        key.replace("groom_", "requester_") if key.startswith("groom_") and key != "groom_status" else key: value
        for key, value in BRIDE_FILES.items()
        if not key.startswith("requester_")
    } | {
        "side": "groom",
        "bride_name": "TRẦN THỊ MẪU",
        "bride_birth_date": "1998",
        "bride_ethnic_group": "01",
        "bride_id_number": "001198000456",
        "bride_residence": HOME,
    }
    live = filed(shipped_form("1.000894"), values)
    assert live["groom_name"].value == "NGUYỄN VĂN MẪU"
    assert live["bride_residence"].value == HOME  # a year alone does not name her: where she lives is asked


def test_a_divorce_is_looked_up_by_its_number_and_counts_as_a_marriage() -> None:
    live = filed(shipped_form("1.000894"), changed(**DIVORCED, wants_copies=True, copies=2))
    assert live["groom_times"].value == 2
    assert "groom_widowed" not in page_ids(shipped_form("1.000894"), changed(**DIVORCED))


@pytest.mark.parametrize(
    ("values", "page", "instead"),
    [
        ({"party": False}, "not_for_others", ""),
        (changed(both_citizens=False), "foreign_element", "2.000806"),
        (changed(bar="kin"), "barred", ""),
        (changed(bar="married"), "barred", ""),
        (changed(requester_birth_date="2008-11-22"), "requester_bride_too_young", ""),
        (changed(groom_birth_date="2006-11-22"), "groom_too_young", ""),
        (changed(side="groom", requester_birth_date="2006-11-22"), "requester_groom_too_young", ""),
        (changed(groom_birth_date="2007"), "groom_too_young", ""),
        (changed(**{**DIVORCED, "groom_divorce_abroad": "abroad"}), "groom_note_first", "2.000554"),
    ],
)
def test_who_may_not_marry_here_is_told_the_way_on(
    values: dict[str, AnswerValue | None], page: str, instead: str
) -> None:
    last = stop_of(shipped_form("1.000894"), values)
    assert last.stop is not None
    assert (last.id, last.stop.instead) == (page, instead)


def test_both_are_told_to_come_and_sign() -> None:
    (fact,) = shipped().service("1.000894").after_filing
    assert "Hai bên cùng đến" in fact.text
    assert fact.source.startswith("Luật Hộ tịch 60/2014/QH13, Điều 18")


def test_of_a_year_alone_the_age_counts_from_its_first_day() -> None:
    values = changed(groom_birth_date="2006", groom_residence=HOME)
    assert filed(shipped_form("1.000894"), values)["groom_age"].value == 20


@pytest.mark.parametrize("side", ["bride", "groom"])
def test_the_other_side_has_another_number(side: str) -> None:
    other = "groom" if side == "bride" else "bride"
    values = changed(side=side, **{f"{other}_id_number": BRIDE_FILES["requester_id_number"]})
    form, answers = shipped_form("1.000894"), answered({**values, f"{other}_birth_date": "1990-03-27"})
    page = next(page for page in visible_pages(form, answers, FACTS) if page.id == f"{other}_id_number")
    problems = check_page(page, completed(form, answers, FACTS), TODAY)
    assert [problem.field_id for problem in problems] == [f"{other}_id_number"]


def test_on_the_birthday_itself_the_age_is_reached() -> None:
    filed(shipped_form("1.000894"), changed(requester_birth_date="2008-11-21", groom_birth_date="2006-11-21"))
