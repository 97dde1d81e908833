"""Who files, whose dossier it is and who receives the result: three persons, each as sure as the desk is of them."""

from dataclasses import replace

import pytest

from kiosk.catalog import Route
from kiosk.form import Answer, AnswerValue, FieldType, Source
from kiosk.manifest import Assurance, Party, PersonalId
from kiosk.parties import AREA_SCHEME, delivery, owner, submitter, wire_address
from kiosk.visit import Visit
from tests.factories import CARD, make_card, make_field, make_service, make_visit, with_answers
from tests.kiosk.visits_played import at_review
from tests.sample_forms import AT, FATHERS_DEATH, HOME, OWN_BIRTH

AREAS = "2026-09-20"
PERSONS = make_service(
    make_field("my_name", FieldType.NAME, role="submitter.name"),
    make_field("my_relation", FieldType.CHOICE, role="submitter.relation"),
    make_field("name", FieldType.NAME, role="owner.name"),
    make_field("number", FieldType.ID_NUMBER, role="owner.id_number"),
    make_field("email", role="owner.email"),
)


def by_post(**changed: AnswerValue) -> Visit:
    return make_visit(values={**OWN_BIRTH, "delivery": "post", "delivery_address": HOME, **changed})


def test_the_requester_of_an_extract_submits_it_and_owns_it() -> None:
    person = submitter(make_visit(values={**OWN_BIRTH, "contact_phone": "0912345678"}), AREAS)
    assert (person.kind, person.name, person.sex) == ("citizen", "NGUYỄN VĂN MẪU", "Nam")
    assert (person.birth_date, person.phone) == ("1958-03-27", "0912345678")
    assert person.ids == (PersonalId(kind="personal_id", number="001099000123"),)
    assert owner(make_visit(values={**OWN_BIRTH, "contact_phone": "0912345678"}), AREAS) == person


def test_who_has_no_number_is_named_by_another_paper() -> None:
    person = submitter(make_visit(values=FATHERS_DEATH), AREAS)
    assert person.ids == (
        PersonalId(
            kind="6",
            kind_name="Hộ chiếu",
            number="B1234567",
            issued_on="2020-05-01",
            issued_by="Cục Quản lý xuất nhập cảnh",
        ),
    )
    assert person.birth_date == "1958"
    assert person.address == wire_address(HOME, AREAS)


def test_of_two_answers_for_one_place_the_first_counts() -> None:
    service = make_service(
        make_field("number", role="submitter.id_number"), make_field("passport", role="submitter.id_number")
    )
    values: dict[str, AnswerValue | None] = {"number": "001099000123", "passport": "B1234567"}
    for known, number in ((values, "001099000123"), ({**values, "number": None}, "B1234567")):
        assert [paper.number for paper in submitter(make_visit(service, known), AREAS).ids] == [number]


def test_nobody_has_an_empty_number() -> None:
    service = make_service(make_field("name", FieldType.NAME, role="submitter.name"))
    assert submitter(make_visit(service, {"name": "NGUYỄN VĂN MẪU"}), AREAS).ids == ()


def test_the_owner_is_another_person_where_the_form_names_one() -> None:
    values = {"my_name": "LÊ THỊ THỬ", "my_relation": "1", "name": "TRẦN VĂN MẪU", "number": "001060000456"}
    visit = make_visit(PERSONS, {**values, "email": "mau@example.vn"})
    assert submitter(visit, AREAS) == Party(
        name="LÊ THỊ THỬ", relation_to_owner="Nam", assurance=Assurance(level="typed")
    )
    assert owner(visit, AREAS) == Party(
        name="TRẦN VĂN MẪU",
        ids=(PersonalId(kind="personal_id", number="001060000456"),),
        email="mau@example.vn",
        assurance=Assurance(level="typed"),
    )


def test_a_relation_to_nobodys_dossier_is_none() -> None:
    """What the form asked was the relation to somebody whom the paper names; the dossier is the submitter's own."""
    visit = make_visit(PERSONS, {"my_name": "LÊ THỊ THỬ", "my_relation": "1"})
    assert submitter(visit, AREAS).relation_to_owner == ""
    assert submitter(make_visit(values=FATHERS_DEATH), AREAS).relation_to_owner == ""


def test_the_card_makes_its_holder_surer_and_nobody_else() -> None:
    visit = at_review()
    assert submitter(visit, AREAS).assurance.level == "card_code"
    for key, other in (("requester_id_number", "001060000456"), ("requester_name", "TRẦN VĂN MẪU")):
        typed_over = with_answers(visit, **{key: Answer(other, Source.CITIZEN, AT)})
        assert submitter(typed_over, AREAS).assurance.level == "typed"
    by_name = make_service(make_field("name", FieldType.NAME, role="owner.name"))
    assert owner(
        replace(visit, service=by_name, answers=make_visit(by_name, {"name": "AI ĐÓ"}).answers), AREAS
    ) == Party(name="AI ĐÓ", assurance=Assurance(level="typed"))


def test_a_card_that_nobody_confirmed_makes_nobody_surer() -> None:
    assert submitter(replace(at_review(), card_confirmed_at=None), AREAS).assurance.level == "typed"


def test_the_cards_old_number_goes_with_its_new_one_only() -> None:
    ids = submitter(at_review(), AREAS).ids
    assert [(paper.kind, paper.number) for paper in ids] == [
        ("personal_id", "001058000123"),
        ("old_id_number", "012345678"),
    ]
    assert len(submitter(replace(at_review(), card=make_card(old_number=None)), AREAS).ids) == 1
    other = with_answers(at_review(), requester_id_number=Answer("001060000456", Source.CITIZEN, AT))
    assert [paper.number for paper in submitter(other, AREAS).ids] == ["001060000456"]
    assert other.card == CARD


def test_what_is_not_asked_any_more_names_nobody() -> None:
    """The passport was given before the number was found: it stays with the visit, and out of the dossier."""
    visit = make_visit(values={**FATHERS_DEATH, "requester_id_number": "001099000123"})
    assert [paper.kind for paper in submitter(visit, AREAS).ids] == ["personal_id"]


def test_an_address_has_codes_names_and_the_version_of_their_list() -> None:
    address = wire_address(replace(HOME, as_printed="Thôn Đông, Huyện Y"), AREAS)
    assert address.province is not None
    assert address.commune is not None
    assert (address.province.code, address.province.name) == ("01", "Thành phố Hà Nội")
    assert (address.commune.code, address.commune.name) == ("00004", "Phường Ba Đình")
    assert {(area.scheme, area.scheme_version) for area in (address.province, address.commune)} == {
        (AREA_SCHEME, AREAS)
    }
    assert (address.country, address.line, address.as_printed) == ("VN", HOME.line, "Thôn Đông, Huyện Y")


@pytest.mark.parametrize(
    ("way", "route"), [("desk", Route.DESK), ("electronic", Route.ONLINE_BY_AGREEMENT)], ids=["desk", "electronic"]
)
def test_the_result_is_for_who_files_it(way: str, route: Route) -> None:
    visit = make_visit(values={**OWN_BIRTH, "delivery": way}, route=route)
    found = delivery(visit, submitter(visit, AREAS), AREAS)
    assert (found.by, found.receiver, found.address) == (way, submitter(visit, AREAS), None)


def test_the_post_needs_an_address() -> None:
    visit = by_post()
    found = delivery(visit, submitter(visit, AREAS), AREAS)
    assert (found.by, found.address) == ("post", wire_address(HOME, AREAS))


def test_the_post_goes_to_where_the_receiver_lives_unless_told() -> None:
    service = make_service(
        make_field("name", FieldType.NAME, role="submitter.name"),
        make_field("home", FieldType.ADDRESS, role="submitter.address"),
        make_field("way", role="delivery.by"),
    )
    visit = make_visit(service, {"name": "NGUYỄN VĂN MẪU", "home": HOME, "way": "post"})
    assert delivery(visit, submitter(visit, AREAS), AREAS).address == wire_address(HOME, AREAS)


def test_without_a_question_the_result_is_fetched_at_the_desk() -> None:
    visit = make_visit(PERSONS, {"my_name": "LÊ THỊ THỬ"})
    assert delivery(visit, submitter(visit, AREAS), AREAS).by == "desk"
