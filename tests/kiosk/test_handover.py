"""What the citizen is asked after a helper, and that nothing else than what was confirmed can be filed."""

import json
from dataclasses import replace

import pytest

from commands.composition import load_shipped
from commands.gallery_visit import HELPER, Walker
from kiosk.errors import NotReviewed
from kiosk.form import Answer, Source
from kiosk.handover import doubt_sentence, handover_questions
from kiosk.manifest import Manifest, sha256_hex
from kiosk.visit import PastHelp, Step
from tests.factories import (
    HELPING,
    LATER,
    VOLUNTEER,
    helped,
    make_document,
    make_dossier,
    make_field,
    make_part,
    make_service,
    make_visit,
    with_answers,
)
from tests.kiosk.visits_played import confirmation_of
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH, TODAY, extract_copy


def test_three_questions_say_what_for_whom_and_how_the_result_comes() -> None:
    what, whom, how = handover_questions(make_visit(), TODAY)
    assert (what.id, what.fact) == ("what", extract_copy().plain_name)
    called = replace(make_visit(), called="Trích lục khai sinh")
    assert handover_questions(called, TODAY)[0].fact == "Trích lục khai sinh"  # as the citizen chose it
    assert (whom.id, whom.fact) == ("for_whom", "NGUYỄN VĂN MẪU")
    assert "chính ông/bà" in whom.text
    assert how.id == "result"
    father = handover_questions(make_visit(values=FATHERS_DEATH), TODAY)[1]
    assert "người khác" in father.text
    assert father.fact == FATHERS_DEATH["subject_name"]
    sentences = {doubt_sentence(question.id) for question in (what, whom, how)} | {doubt_sentence("fee")}
    assert len(sentences) == 4


def test_where_the_form_does_not_ask_how_the_result_comes_the_price_is_asked() -> None:
    visit = make_visit(make_service(make_field("name")), values={"name": "MẪU"})
    assert handover_questions(visit, TODAY)[2].id == "fee"


@pytest.mark.parametrize(
    ("code", "named"), [("1.001193", "child_name"), ("1.000656", "deceased_name"), ("1.004873", "requester_name")]
)
def test_the_person_whom_a_shipped_form_is_about_is_named(code: str, named: str) -> None:
    """A birth is the child's, a death that of who has died; a paper for oneself is the requester's."""
    shipped = load_shipped()
    visit = Walker(shipped.catalog.service(code), shipped.areas, helper=HELPER, card=False).at(Step.REVIEW)
    assert handover_questions(visit, TODAY)[1].fact == visit.answers[named].value


def test_the_digest_can_be_made_again_from_the_manifest() -> None:
    visit = helped(service=replace(extract_copy(), parts=(make_part("proof"),)))
    visit = visit.with_document(make_document("proof", pages=1))
    visit = replace(visit, confirmation=confirmation_of(visit))
    draft = make_dossier(visit).draft
    manifest = Manifest.model_validate_json(draft.to_bytes())
    answers = [[answer.field, answer.text] for answer in manifest.answers if answer.source != "computed"]
    papers = [[it.part.code, it.page_count] for it in manifest.documents if it.origin != "generated"]
    canonical = json.dumps([answers, papers], ensure_ascii=False, separators=(",", ":"))
    assert manifest.handover is not None
    assert manifest.handover.reviewed_sha256 == sha256_hex(canonical.encode())


def test_what_was_changed_after_it_was_confirmed_is_not_filed() -> None:
    visit = helped()
    make_dossier(visit)
    changed = with_answers(visit, copies=Answer(9, Source.HELPER, LATER, helper=VOLUNTEER.mark))
    with pytest.raises(NotReviewed, match="not confirmed"):
        make_dossier(changed)
    with pytest.raises(NotReviewed, match="not confirmed"):
        make_dossier(replace(visit, confirmation=None))
    with pytest.raises(NotReviewed, match="not confirmed"):
        make_dossier(make_visit(past_help=(PastHelp(VOLUNTEER, HELPING),)))


def test_everybody_who_helped_is_in_the_dossier_with_what_they_typed() -> None:
    badged = replace(VOLUNTEER, code="TNV-0231")
    visit = make_visit(past_help=(PastHelp(badged, HELPING),), values=OWN_BIRTH)
    visit = with_answers(visit, copies=Answer(2, Source.HELPER, LATER, helper="TNV-0231"))
    draft = make_dossier(replace(visit, confirmation=confirmation_of(visit))).draft
    assert [(one.kind, one.badge, one.typed) for one in draft.helpers] == [("volunteer", "TNV-0231", 1)]
    assert draft.helper == draft.helpers[0]
    assert [consent.kind for consent in draft.consents] == ["privacy", "helper", "declaration"]
    assert make_dossier().draft.helpers == ()
    assert make_dossier().draft.handover is None
