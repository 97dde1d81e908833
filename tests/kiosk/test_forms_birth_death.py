"""The forms for a birth and a death ask what each case needs, and stop where another procedure is right."""

import json

import pytest

from kiosk.civil_status_export import as_bytes, export
from kiosk.form_rules import completed
from tests.kiosk.forms_played import play, shipped
from tests.kiosk.shipped_forms import FACTS
from tests.kiosk.test_civil_status_export import exchange
from tests.sample_forms import HOME

BIRTH, DEATH = "1.001193", "1.000656"
MOTHER = {
    "relation": "mother",
    "requester_name": "LÊ THỊ MẪU",
    "requester_birth_date": "14 5 1996",
    "requester_id_number": "001196000456",
}


@pytest.mark.parametrize("code", [BIRTH, DEATH])
def test_the_made_up_person_comes_to_the_end_without_a_problem(code: str) -> None:
    played = play(code)
    assert played.problems == ()
    assert played.stop is None
    assert played.pages[-1].id == "contact_phone"
    assert played.questions() == ()


# -- Birth -------------------------------------------------------------------------------------------------------------


def test_the_mother_who_files_is_named_once_and_stands_in_both_blocks() -> None:
    played = play(BIRTH, **MOTHER)
    assert played.said["mother_name"] == played.said["requester_name"] == "LÊ THỊ MẪU"
    assert played.said["mother_id_number"] == played.said["requester_id_number"]
    assert "mother_name" not in played.asked
    assert {"father_name", "mother_ethnic_group", "child_ethnic_group", "marriage"} <= played.asked
    assert played.said["child_nationality"] == "VN"
    assert played.said["child_birth_words"] == "ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert played.needed == {"birth_notice"}
    assert played.fees == {"registration": 0, "copy": 16_000}


def test_the_father_who_files_stands_in_his_block() -> None:
    played = play(BIRTH, relation="father", mother_birth_date="1996", mother_id_number="?")
    assert played.said["father_name"] == played.said["requester_name"]
    assert "father_name" not in played.asked
    assert {"mother_name", "mother_id_number", "mother_document_kind", "mother_residence"} <= played.asked


def test_a_grandparent_needs_no_authorisation_and_anybody_else_one_that_is_certified() -> None:
    grandparent = play(BIRTH)
    assert {"mother_name", "father_name"} <= grandparent.asked
    assert grandparent.needed == {"birth_notice"}
    assert play(BIRTH, relation="authorised").needed == {"birth_notice", "authorisation"}


def test_an_unmarried_mother_registers_alone() -> None:
    played = play(BIRTH, **{**MOTHER, "birth_kind": "3", "father_claims": "no", "child_ethnic_group": "Kinh"})
    assert played.problems == ()
    assert not {"father_name", "father_ethnic_group", "marriage"} & played.asked
    assert "father" not in played.choices("relation")
    assert played.said["child_nationality"] == "VN"


@pytest.mark.parametrize(
    ("changed", "stop"),
    [
        ({"birth_kind": "1", "parents_married": "no"}, ("recognition_stop", "1.000689")),
        ({"birth_kind": "3", "father_claims": "yes"}, ("recognition_stop", "1.000689")),
        ({"birth_kind": "2"}, ("recognition_stop", "1.000689")),
        ({"birth_place_kind": "abroad"}, ("abroad_stop", "")),
        ({"child_birth_date": "1 2 2015", "has_papers": "yes"}, ("papers_stop", "1.004772")),
        ({"parents_nationality": "other"}, ("foreign_stop", "2.000528")),
        ({"birth_kind": "3", "father_claims": "no", "parents_nationality": "other"}, ("foreign_stop", "2.000528")),
        ({"birth_kind": "4", "relation": "carer", "child_nationality": "other"}, ("child_foreign_stop", "")),
    ],
)
def test_a_birth_for_another_procedure_stops_with_the_way_on(changed: dict[str, str], stop: tuple[str, str]) -> None:
    assert play(BIRTH, **changed).stop == stop


def test_a_foundling_has_no_parents_and_comes_from_where_it_was_found() -> None:
    played = play(BIRTH, birth_kind="5", relation="carer", child_nationality="VN")
    assert played.problems == ()
    assert not {"mother_name", "father_name", "birth_proof", "birth_place_kind", "parents_nationality"} & played.asked
    assert {"child_ethnic_group", "child_nationality"} <= played.asked
    assert (played.text("child_ethnic_group"), played.text("child_nationality")) == ("Tày", "Việt Nam")
    assert played.said["home_town"] == HOME
    assert "home_town" not in played.asked
    assert played.needed == {"abandonment"}
    assert played.choices("relation") == {"carer"}


@pytest.mark.parametrize("proof", ["witness", "pledge"])
def test_a_birth_at_home_is_proved_by_a_witness_or_a_pledge(proof: str) -> None:
    played = play(BIRTH, birth_place_kind="home", birth_proof=proof)
    assert played.problems == ()
    assert not {"birth_facility", "birth_notice"} & played.asked
    assert "notice_electronic" not in played.choices("birth_proof")
    assert played.needed == {"witness" if proof == "witness" else "birth_pledge"}


def test_an_electronic_birth_notice_leaves_no_paper_to_bring() -> None:
    assert play(BIRTH, birth_proof="notice_electronic").needed == set()


@pytest.mark.parametrize(("born", "late"), [("22 9 2026", False), ("21 9 2026", True), ("1 2 2024", True)])
def test_after_sixty_days_the_birth_is_late_and_the_fee_is_the_province_s(born: str, late: bool) -> None:
    played = play(BIRTH, child_birth_date=born, birth_notice_on=None, fee_group="none", copies="0")
    assert ("fee_group" in played.asked) is late
    assert played.fees == {"registration": None if late else 0}


def test_a_poor_family_pays_nothing_for_a_late_birth() -> None:
    assert play(BIRTH, child_birth_date="1 2 2024", fee_group="poor").fees["registration"] == 0


def test_a_birth_notice_number_of_another_shape_is_asked_about_and_taken() -> None:
    played = play(BIRTH, birth_notice_number="55/2026")
    assert played.problems == ()
    assert [question.field_id for question in played.questions()] == ["birth_notice_number"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"child_birth_date": "2026"}, "cần đủ ngày, tháng, năm"),
        ({"child_birth_date": "22 11 2026"}, "không thể sau hôm nay"),
        ({"birth_notice_on": "1 11 2026"}, "không thể trước ngày sinh"),
        ({"copies": "51"}, "nhiều nhất 50 bản"),
    ],
)
def test_what_does_not_fit_a_birth_is_told_with_the_way_to_mend_it(changed: dict[str, str], words: str) -> None:
    assert words in " ".join(problem.message for problem in play(BIRTH, **changed).problems)


def test_whoever_has_no_papers_at_six_goes_on() -> None:
    played = play(BIRTH, child_birth_date="1 2 2015", birth_notice_on=None, has_papers="no", fee_group="none")
    assert played.stop is None
    assert played.problems == ()


IMPOSSIBLE_BIRTHS = [
    ({"mother_birth_date": "14 5 2026"}, {"mother_birth_date"}, "không hơn con được 12 tuổi"),
    ({"mother_birth_date": "3 11 2014"}, {"mother_birth_date"}, "không hơn con được 12 tuổi"),
    ({"father_birth_date": "2026"}, {"father_birth_date"}, "không hơn con được 12 tuổi"),
    ({"requester_birth_date": "1 1 2020"}, {"requester_birth_date"}, "chưa đủ 12 tuổi"),
    (
        {"child_birth_date": "1 2 1950", "birth_notice_on": None, "has_papers": "no", "fee_group": "none"},
        None,
        "lớn tuổi",
    ),
    ({"mother_id_number": "001058000123"}, {"mother_id_number"}, "trùng với số"),
    ({"father_id_number": "001196000456"}, {"father_id_number"}, "trùng với số"),
]


@pytest.mark.parametrize(("changed", "fields", "words"), IMPOSSIBLE_BIRTHS)
def test_an_impossible_family_is_asked_about_and_taken(
    changed: dict[str, str | None], fields: set[str] | None, words: str
) -> None:
    played = play(BIRTH, **changed)
    assert played.problems == ()
    questions = played.questions()
    assert fields is None or {question.field_id for question in questions} == fields
    assert words in questions[0].message


def test_a_father_with_the_number_of_the_mother_who_files_is_asked_about_once() -> None:
    questions = play(BIRTH, **MOTHER, father_id_number="001196000456").questions()
    assert [question.field_id for question in questions] == ["father_id_number"]


def test_who_has_no_paper_at_all_is_not_made_to_name_one() -> None:
    played = play(BIRTH, requester_id_number="?", requester_document_kind="?")
    assert played.problems == ()
    assert not {"requester_document_name", "requester_document"} & played.asked
    assert "requester_residence" in played.asked
    live = completed(played.service.form, played.answers, FACTS)
    assert live["requester_document_kind"].unknown
    assert played.service.form.field("requester_document_kind").unknown_label == "Không có giấy tờ nào"
    message = export(exchange(), played.service, played.answers, FACTS, "2025-07-01")
    assert not [
        name for name in json.loads(as_bytes(message or {}))["data"] if name.startswith("nyc") and "Giay" in name
    ]


def test_of_a_foundling_nobody_speaks_of_parents_who_agreed() -> None:
    (page,) = [page for page in play(BIRTH, birth_kind="5", relation="carer").pages if page.id == "child_name"]
    assert "mẹ" not in page.hint


# -- Death -------------------------------------------------------------------------------------------------------------


def test_a_death_in_time_costs_only_its_copies() -> None:
    played = play(DEATH)
    assert played.needed == {"death_notice"}
    assert played.fees == {"registration": 0, "copy": 24_000}
    assert "fee_group" not in played.asked
    assert "deceased_residence" in played.asked  # only the year of birth is known


def test_with_number_and_full_birth_date_no_last_residence_is_asked() -> None:
    assert "deceased_residence" not in play(DEATH, deceased_birth_date="1 2 1930").asked


@pytest.mark.parametrize(("died", "late"), [("6 11 2026", False), ("5 11 2026", True), ("1990", True)])
def test_after_fifteen_days_the_death_is_late(died: str, late: bool) -> None:
    played = play(DEATH, death_on=died, fee_group="none", copies="0")
    assert played.problems == ()
    assert ("fee_group" in played.asked) is late
    assert played.fees == {"registration": None if late else 0}


def test_of_a_death_long_ago_hour_cause_and_notice_may_be_missing() -> None:
    played = play(DEATH, death_on="1990", death_cause="?", notice_kind="none", fee_group="merit")
    assert played.problems == ()
    assert not {"death_time", "notice", "notice_substitute"} & played.asked
    assert played.needed == set()
    assert played.fees["registration"] == 0


def test_hour_and_minute_may_be_left_open() -> None:
    assert play(DEATH, death_hour=None, death_minute=None).problems == ()


@pytest.mark.parametrize("kind", ["2", "3", "4", "5", "6", "7"])
def test_what_stands_in_for_the_death_notice_is_a_part(kind: str) -> None:
    assert play(DEATH, notice_kind="substitute", notice_substitute=kind).needed == {"death_notice_substitute"}


def test_a_widow_says_that_she_is_the_wife() -> None:
    played = play(DEATH, relation="spouse", relation_exact="wife")
    assert played.choices("relation_exact") == {"wife", "husband"}
    assert played.text("relation_exact") == "Vợ"


@pytest.mark.parametrize(
    ("changed", "stop"),
    [({"deceased_nationality": "Pháp"}, "foreign_stop"), ({"death_place_kind": "abroad"}, "abroad_stop")],
)
def test_a_death_for_another_procedure_stops(changed: dict[str, str], stop: str) -> None:
    assert play(DEATH, **changed).stop == (stop, "")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"death_on": "1 1 1929"}, "trước ngày sinh"),
        ({"death_on": "22 11 2026", "notice_on": None}, "sau hôm nay"),
        ({"death_hour": "24"}, "từ 0 đến 23"),
        ({"notice_on": "1 11 2026"}, "trước ngày mất"),
    ],
)
def test_what_does_not_fit_a_death_is_told_with_the_way_to_mend_it(changed: dict[str, str], words: str) -> None:
    assert words in " ".join(problem.message for problem in play(DEATH, **changed).problems)


def test_the_dead_have_another_number_than_who_reports_them() -> None:
    (question,) = play(DEATH, deceased_id_number="001058000123").questions()
    assert question.field_id == "deceased_id_number"


@pytest.mark.parametrize("code", [BIRTH, DEATH])
def test_the_register_has_to_be_signed(code: str) -> None:
    (fact,) = shipped().service(code).after_filing
    assert "ký tên vào Sổ" in fact.text


def test_nobody_is_congratulated_on_a_death() -> None:
    told = [text for page in play(DEATH).pages for text in (page.title, page.hint)]
    assert not [text for text in told if "!" in text or "vui" in text.lower() or "chúc" in text.lower()]
