"""The form of 1.004873: six states, each with exactly its papers' data, and the purposes that are refused."""

from datetime import date

import pytest

from kiosk.catalog import Route
from kiosk.fees import fee_lines
from kiosk.form import AnswerValue
from tests.kiosk.forms_played import shipped
from tests.kiosk.shipped_forms import ONLINE, choices, filed, page_ids, shipped_form, stop_of
from tests.sample_forms import TODAY, answered

Values = dict[str, AnswerValue | None]

OWN: Values = {
    "purpose": "3",
    "use": "house",
    "issued_before": "never",
    "for_whom": "self",
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1958-03-27",
    "requester_sex": "1",
    "requester_ethnic_group": "01",
    "requester_nationality": "VN",
    "requester_id_number": "001058000123",
    "copies": 2,
    "fee_group": "none",
    "delivery": "desk",
}
MARRIAGE: Values = {
    "spouse_name": "TRẦN THỊ MẪU",
    "marriage_number": "45",
    "marriage_on": "2016-09-02",
    "marriage_by": "UBND PHƯỜNG MẪU ĐƠN",
}
PERIOD: Values = {"period_from": "2006-02", "period_to": "2016-09-01", "period_place": "Xã Mẫu Sơn, tỉnh Mẫu"}
STATES: dict[str, Values] = {
    "never": {"marital_status": "1", "for_period": False},
    "never, elsewhere": {"marital_status": "1", "for_period": True, **PERIOD},
    "married": {"marital_status": "2", "without_registration": "registered", **MARRIAGE},
    "together since before 1987": {
        "marital_status": "2",
        "without_registration": "before_1987",
        "spouse_name": "TRẦN THỊ MẪU",
    },
    "divorced": {
        "marital_status": "3",
        "divorce_kind": "judgment",
        "divorce_number": "15/2019/HNGĐ-ST",
        "divorce_on": "2019-04-12",
        "divorce_by": "TAND QUẬN MẪU",
    },
    "widowed": {
        "marital_status": "4",
        "death_kind": "extract",
        "death_number": "12/2020",
        "death_on": "2020-08-01",
        "death_by": "UBND XÃ MẪU SƠN",
    },
    "before the marriage": {"marital_status": "5", **MARRIAGE, **PERIOD},
    "married, nothing remembered": {
        "marital_status": "2",
        "without_registration": "registered",
        "spouse_name": "TRẦN THỊ MẪU",
    },
    "divorced, nothing remembered": {"marital_status": "3", "divorce_kind": None},
    "divorced, the court alone": {"marital_status": "3", "divorce_kind": None, "divorce_by": "TAND QUẬN MẪU"},
    "widowed, nothing remembered": {"marital_status": "4", "death_kind": None},
    "widowed, the year alone": {"marital_status": "4", "death_kind": None, "death_on": "2020"},
    "widowed, the paper alone": {"marital_status": "4", "death_kind": "certificate"},
    "before the marriage, no paper at hand": {"marital_status": "5", "spouse_name": "TRẦN THỊ MẪU", **PERIOD},
    "other": {"marital_status": "6", "status_text": "Được Tòa án công nhận không phải vợ chồng"},
}
ABROAD: Values = {
    **{key: value for key, value in OWN.items() if key not in {"use", "copies"}},
    "purpose": "2",
    "refusal": "none",
    "marital_status": "1",
    "for_period": False,
    "future_name": "JOHN MAU",
    "future_birth_date": "1979-03-04",
    "future_nationality": "US",
    "future_document_kind": "6",
    "future_document_number": "561234567",
    "future_residence": "12 Main Street, Springfield, Hoa Kỳ",
    "marriage_place": "Springfield, Hoa Kỳ",
}


@pytest.mark.parametrize(
    ("route", "province", "on", "amount"),
    [
        (Route.ONLINE_BY_AGREEMENT, "01", TODAY, 0),
        (Route.ONLINE_BY_AGREEMENT, "31", date(2026, 8, 7), None),
        (Route.ONLINE_BY_AGREEMENT, "31", date(2026, 8, 8), 0),
        (Route.ONLINE_BY_AGREEMENT, "92", TODAY, None),
        (Route.DESK, "01", TODAY, None),
    ],
)
def test_two_cities_waive_the_fee_of_what_is_filed_online(
    route: Route, province: str, on: date, amount: int | None
) -> None:
    given = answered(OWN | STATES["never"] | {"digital_citizen": False})
    for code, fee in (("1.004873", "certificate"), ("1.004859", "registration")):
        lines = fee_lines(shipped().service(code), given, route, on, province)
        assert [line.amount_vnd for line in lines if line.code == fee] == [amount]


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_filed_with_exactly_its_own_particulars(state: str) -> None:
    live = filed(shipped_form("1.004873"), OWN | STATES[state])
    assert live["subject_name"].value == "NGUYỄN VĂN MẪU"
    assert live["subject_sex"].value == "1"


def test_another_use_is_typed() -> None:
    values = OWN | STATES["never"] | {"use": "other", "other_purpose": "Nhận con nuôi"}
    assert filed(shipped_form("1.004873"), values)["other_purpose"].value == "Nhận con nuôi"
    assert "other_purpose" not in page_ids(shipped_form("1.004873"), OWN | STATES["never"])


def test_an_electronic_certificate_is_offered_only_where_the_filing_is_online() -> None:
    values = OWN | STATES["never"]
    assert "electronic" not in choices(shipped_form("1.004873"), "delivery", values)
    assert "electronic" in choices(shipped_form("1.004873"), "delivery", values, ONLINE)


def test_a_marriage_abroad_names_the_other_person_and_gets_one_sheet() -> None:
    live = filed(shipped_form("1.004873"), ABROAD)
    assert "copies" not in live


def test_who_asks_for_a_parent_says_who_that_is() -> None:
    own = {key: value for key, value in OWN.items() if not key.startswith("requester_")}
    values: Values = {
        **own,
        "for_whom": "parent",
        "relation": "4",
        "requester_name": "NGUYỄN THỊ MẪU",
        "requester_birth_date": "1985-01-02",
        "requester_id_number": "001185000789",
        **{key.replace("requester_", "subject_"): value for key, value in OWN.items() if key.startswith("requester_")},
        **STATES["widowed"],
    }
    assert filed(shipped_form("1.004873"), values)["relation"].value == "4"


def test_an_old_certificate_that_is_lost_needs_its_reason() -> None:
    values = OWN | STATES["never"] | {"issued_before": "lost", "lost_reason": "Bị mất khi chuyển nhà"}
    assert filed(shipped_form("1.004873"), values)["lost_reason"].value == "Bị mất khi chuyển nhà"


def test_the_fee_of_a_digital_citizen_is_asked_about_only_where_the_filing_is_online() -> None:
    values = OWN | STATES["never"]
    assert "digital_citizen" not in page_ids(shipped_form("1.004873"), values)
    filed(shipped_form("1.004873"), values | {"digital_citizen": True}, ONLINE)


@pytest.mark.parametrize(
    ("values", "page", "instead"),
    [
        ({"purpose": "domestic"}, "not_needed", "1.000894"),
        ({"purpose": "foreigner_here"}, "foreigner_here", "2.000806"),
        ({"purpose": "2", "refusal": "same_sex"}, "refused", ""),
        ({"purpose": "1", "refusal": "foreign_mission"}, "refused", ""),
    ],
)
def test_what_needs_or_gets_no_certificate_is_told_the_way_on(values: Values, page: str, instead: str) -> None:
    last = stop_of(shipped_form("1.004873"), values)
    assert last.stop is not None
    assert (last.id, last.stop.instead) == (page, instead)
