"""The form of 1.004859: four acts, the old and the new content, and who has to agree."""

import pytest

from kiosk.form import AnswerValue, TableRow
from tests.kiosk.shipped_forms import ONLINE, choices, filed, page_ids, shipped_form, stop_of
from tests.sample_forms import OWN_BIRTH

Values = dict[str, AnswerValue | None]

DAUGHTER: Values = {
    "act": "correction",
    "event": "birth",
    "for_whom": "child",
    "relation": "6",
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1985-03-27",
    "requester_id_number": "001085000123",
    "subject_name": "NGUYỄN THI MẪU",
    "subject_birth_date": "2014-06-05",
    "subject_id_number": "001314000456",
    "registered_at": "UBND XÃ MẪU SƠN",
    "registered_number": "25/2014",
    "registered_on": "2014-06-20",
    "changes": (TableRow({"item": "Họ, chữ đệm, tên", "old": "NGUYỄN THI MẪU", "new": "NGUYỄN THỊ MẪU"}),),
    "reason": "Ghi thiếu dấu",
    "wants_copies": False,
    "fee_group": "none",
    "delivery": "desk",
}


def without(*keys: str) -> Values:
    return {key: value for key, value in DAUGHTER.items() if key not in keys}


def test_a_correction_says_old_and_new_and_asks_for_nobody_s_consent() -> None:
    live = filed(shipped_form("1.004859"), DAUGHTER)
    assert live["subject_age"].value == 12
    assert "parents_agree" not in live


@pytest.mark.parametrize("unsure", [{"subject_id_number": None}, {"subject_birth_date": "2014"}])
def test_sex_ethnic_group_and_nationality_are_asked_only_of_whom_the_number_does_not_name(unsure: Values) -> None:
    named = {"subject_sex", "subject_nationality", "subject_ethnic_group", "subject_residence"}
    assert not named & set(page_ids(shipped_form("1.004859"), DAUGHTER))
    assert named <= set(page_ids(shipped_form("1.004859"), DAUGHTER | unsure))


def test_who_files_for_themselves_gives_the_number_first() -> None:
    own = {key: value for key, value in DAUGHTER.items() if not key.startswith("subject_")} | {"for_whom": "self"}
    particulars = ["requester_sex", "requester_nationality", "requester_ethnic_group", "requester_residence"]
    assert not set(particulars) & set(page_ids(shipped_form("1.004859"), own))
    pages = page_ids(shipped_form("1.004859"), own | {"requester_birth_date": "1985"})
    start = pages.index("requester_id_number")
    assert pages[start + 1 : start + 5] == particulars
    assert not [page for page in pages if page.startswith("subject_")]


@pytest.mark.parametrize(("code", "values"), [("1.004859", DAUGHTER), ("2.000635", OWN_BIRTH)])
def test_an_electronic_paper_is_offered_only_where_the_filing_is_online(code: str, values: Values) -> None:
    assert choices(shipped_form(code), "delivery", values) == ["desk", "post"]
    assert choices(shipped_form(code), "delivery", values, ONLINE) == ["desk", "post", "electronic"]


def test_a_supplement_has_nothing_old() -> None:
    filed(
        shipped_form("1.004859"),
        DAUGHTER | {"act": "supplement", "changes": (TableRow({"item": "Quê quán", "new": "Xã Mẫu Sơn"}),)},
    )


def test_a_new_name_below_eighteen_needs_the_parents() -> None:
    filed(shipped_form("1.004859"), without("event") | {"act": "change", "parents_agree": "both"})


def test_a_new_name_of_an_adult_needs_nobody_else() -> None:
    values = without("event") | {"act": "change", "subject_birth_date": "2000-06-05"}
    assert "parents_agree" not in page_ids(shipped_form("1.004859"), values)


def test_another_ethnic_group_is_that_of_a_parent_and_no_table() -> None:
    values = without("event", "changes") | {
        "act": "ethnicity",
        "ethnicity_case": "parents",
        "subject_ethnic_group": "01",
        "new_ethnic_group": "02",
        "parents_agree": "both",
    }
    live = filed(shipped_form("1.004859"), values)
    assert (live["subject_ethnic_group"].value, live["new_ethnic_group"].value) == ("01", "02")


@pytest.mark.parametrize(
    ("values", "page", "instead"),
    [
        ({"act": "other"}, "other_act", ""),
        ({"act": "ethnicity", "ethnicity_case": "none"}, "ethnicity_refused", ""),
        (DAUGHTER | {"subject_id_number": None, "subject_nationality": "US"}, "foreigner", "2.000748"),
        (without("event") | {"act": "change", "parents_agree": "no"}, "not_agreed", ""),
    ],
)
def test_what_is_done_otherwise_is_told_the_way_on(values: Values, page: str, instead: str) -> None:
    last = stop_of(shipped_form("1.004859"), values)
    assert last.stop is not None
    assert (last.id, last.stop.instead) == (page, instead)
