"""The helper in the step table: agreed to by name, stopped at a word, never forgotten, without part in the filing."""

from dataclasses import replace

import pytest

from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.form import Answer, Source
from kiosk.help_standing import HelpStanding, help_standing
from kiosk.private_pages import covered
from kiosk.visit import ConsentGiven, ConsentKind, Helper, HelperKind, Place, Step, Visit
from tests.factories import CARD, HELPING, LATER, PRIVACY, VOLUNTEER, make_card, make_field, make_page, make_service
from tests.kiosk.visits_played import (
    BACK,
    ON,
    SEALED,
    answered_on,
    answered_page,
    before_card,
    confirmation_of,
    confirmed,
    filed,
    helped_at_review,
    play,
    typing,
    with_card,
)
from tests.sample_forms import OWN_BIRTH
from tests.sample_life import FIRST_HOME, NOW_HOME

SON = Helper(HelperKind.RELATIVE, "Lê Văn Thử", "con trai")
AGREED_TO_SON = ConsentGiven(ConsentKind.HELPER, "Tôi đồng ý để con trai giúp (mẫu).", LATER)
CHANGE = e.HelperChangeAsked()


def to_son(visit: Visit) -> Visit:
    return play(visit, e.HelperChosen(SON.kind), e.HelperNamed(SON), e.HelperAgreed(AGREED_TO_SON))


def test_with_badges_the_badge_is_asked_for_and_then_the_citizen() -> None:
    asked = play(before_card(), BACK, e.HelperChosen(HelperKind.VOLUNTEER, badge=True))
    assert asked.place.step is Step.HELPER_BADGE
    badged = replace(VOLUNTEER, code="TNV-0231")
    named = play(asked, e.HelperNamed(badged))
    assert (named.place.step, named.helper_agreed, named.helper_acts) == (Step.HELPER_CONSENT, False, False)
    assert play(named, e.HelperAgreed(HELPING)).helper_acts
    alone = play(named, e.HelperChosen(HelperKind.NONE))
    assert (alone.place.step, alone.helped) == (Step.CARD, False)


def test_paused_the_citizen_types_and_resumed_the_helper() -> None:
    visit = play(typing(helper=VOLUNTEER), e.HelperPaused())
    assert (visit.author, help_standing(visit)) == (Source.CITIZEN, HelpStanding.WAITING)
    visit = answered_page(visit, for_whom="self")
    assert (visit.answers["for_whom"].source, visit.answers["for_whom"].helper) == (Source.CITIZEN, "")
    visit = play(visit, e.HelperResumed())
    assert (visit.author, help_standing(visit)) == (Source.HELPER, HelpStanding.ACTIVE)
    visit = answered_page(visit, event="0")
    assert (visit.answers["event"].source, visit.answers["event"].helper) == (Source.HELPER, VOLUNTEER.name)


def test_another_helper_is_asked_for_on_any_page_and_the_first_is_remembered() -> None:
    visit = answered_page(typing(helper=VOLUNTEER), for_whom="self")
    asked = play(visit, CHANGE)
    assert (asked.place, asked.helper, asked.helper_acts) == (Place(Step.HELPER), Helper(), False)
    assert play(asked, BACK) == asked
    visit = answered_page(to_son(asked), event="0")
    assert visit.trail[: len(asked.returns_to)] == asked.returns_to
    assert [past.helper for past in visit.past_help] == [VOLUNTEER]
    assert visit.consents == (PRIVACY, AGREED_TO_SON)
    assert [answer.helper for answer in visit.answers.values()] == [VOLUNTEER.name, SON.name]
    alone = play(asked, e.HelperChosen(HelperKind.NONE))
    assert (alone.place, alone.helped, alone.author) == (asked.returns_to[-1], True, Source.CITIZEN)


def test_a_shift_that_is_over_leaves_the_citizen_on_the_page() -> None:
    visit = typing(helper=VOLUNTEER)
    over = play(visit, e.HelperExpired())
    assert (over.place, over.trail, over.author, over.helped) == (visit.place, visit.trail, Source.CITIZEN, True)
    naming = play(before_card(helper=VOLUNTEER), BACK)
    assert play(naming, e.HelperExpired()).place.step is Step.HELPER


def test_rows_of_a_helper_stay_a_helpers_table() -> None:
    service = make_service(pages=(make_page(make_field("lives")),))
    visit = typing(service, helper=VOLUNTEER)
    by_helper = Answer((FIRST_HOME,), Source.HELPER, LATER)
    visit = play(visit, e.Noted("lives", by_helper), e.HelperPaused())
    mixed = play(visit, e.Noted("lives", Answer((FIRST_HOME, NOW_HOME), Source.CITIZEN, LATER)))
    assert (mixed.answers["lives"].source, mixed.answers["lives"].helper) == (Source.HELPER, VOLUNTEER.name)
    own = play(visit, e.Noted("lives", Answer((NOW_HOME,), Source.CITIZEN, LATER)))
    assert own.answers["lives"].source is Source.CITIZEN


def test_a_private_page_is_covered_until_the_citizen_says_otherwise() -> None:
    visit = answered_on(typing(helper=VOLUNTEER), until="contact_phone")
    assert covered(visit)
    alone = play(visit, e.CurtainDrawn(alone=True))
    assert (covered(alone), alone.author, help_standing(alone)) == (False, Source.CITIZEN, HelpStanding.WAITING)
    assert play(alone, e.HelperResumed()).author is Source.HELPER
    after = answered_page(alone, contact_phone="0912345678")
    assert after.answers["contact_phone"].source is Source.CITIZEN
    again = play(after, BACK)
    assert (again.place.page_id, covered(again)) == ("contact_phone", True)  # alone was for that once
    together = play(visit, e.CurtainDrawn(alone=False))
    assert (covered(together), together.author) == (False, Source.HELPER)
    assert not covered(play(visit, e.HelperPaused()))
    assert not covered(answered_on(typing(), until="contact_phone"))


def test_after_a_helper_the_citizen_confirms_pledges_shows_the_card_and_says_the_last_word() -> None:
    review = helped_at_review()
    visit = play(review, ON)
    assert (visit.place.step, visit.helper_acts, help_standing(visit)) == (Step.HANDOVER, False, HelpStanding.ASIDE)
    assert play(visit, SEALED) == visit
    visit = play(visit, e.HandedOver(confirmation_of(visit)))
    assert visit.place.step is Step.FILE
    assert play(visit, SEALED) == visit  # the pledge is not the last word
    visit = play(visit, e.PledgeAccepted())
    assert visit.place.step is Step.CARD_AGAIN
    assert play(visit, e.CardShown(make_card(number="001058000999"))) == visit
    shown, not_shown = play(visit, e.CardShown(CARD)), play(visit, e.CardLeftOut())
    assert shown.place.step is not_shown.place.step is Step.CERTAIN
    assert shown.confirmation is not None
    assert not_shown.confirmation is not None
    assert (shown.confirmation.card_shown, not_shown.confirmation.card_shown) == (True, False)
    assert play(shown, SEALED).place.step is Step.SENDING


@pytest.mark.parametrize("backs", [1, 2])
def test_who_goes_back_to_the_review_confirms_again(backs: int) -> None:
    certain = confirmed(helped_at_review())
    assert certain.place.step is Step.CERTAIN
    visit = play(certain, *[BACK] * backs)
    assert visit.confirmation is None
    assert visit.place.step is (Step.HANDOVER if backs == 1 else Step.REVIEW)
    if backs == 2:
        assert visit.helper_acts
        assert play(visit, ON).place.step is Step.HANDOVER


def test_a_no_leads_to_the_review_which_says_why_until_it_is_left() -> None:
    visit = play(helped_at_review(), ON, e.Doubted("for_whom"))
    assert (visit.place.step, visit.doubt) == (Step.REVIEW, "for_whom")
    assert play(visit, ON).doubt == ""


def test_who_was_alone_is_asked_nothing_more() -> None:
    visit = answered_on(with_card(), OWN_BIRTH)
    visit = play(visit, ON) if visit.place.step is Step.PARTS else visit
    assert play(visit, ON).place.step is Step.FILE
    prepared = replace(helped_at_review(), route=Route.PREPARE)
    assert play(prepared, ON).place.step is Step.FILE  # nothing is filed


def test_for_the_next_dossier_the_citizen_agrees_anew() -> None:
    done = filed(helped_at_review())
    chosen = play(done, e.AnotherWanted(), e.ServiceChosen(done.chosen(), Route.DESK), ON)
    assert (chosen.place.step, chosen.helper, chosen.helped) == (Step.HELPER_CONSENT, VOLUNTEER, False)
    assert play(chosen, e.HelperAgreed(HELPING)).place.step is Step.FORM
    assert play(chosen, e.HelperChosen(HelperKind.NONE)).place.step is Step.FORM


@pytest.mark.parametrize("badge", [True, False])
def test_nobody_can_be_named_where_nobody_was_chosen(badge: bool) -> None:
    """Else a helper could come in by going back, whom no page says anything of."""
    named = play(before_card(), BACK, e.HelperChosen(HelperKind.VOLUNTEER, badge=badge), e.HelperNamed(VOLUNTEER))
    alone = play(named, e.HelperChosen(HelperKind.NONE))
    assert play(alone, BACK).place.step is Step.HELPER
    over = play(named, e.HelperAgreed(HELPING), e.HelperExpired())
    assert play(over, BACK).place.step is Step.HELPER
    asked = replace(alone, place=Place(Step.HELPER_BADGE if badge else Step.HELPER_NAME))
    assert play(asked, e.HelperNamed(Helper(HelperKind.NONE, "Lê Văn Thử"))) == asked


def test_after_an_answer_alone_a_look_from_the_review_is_covered_again() -> None:
    page = answered_on(typing(helper=VOLUNTEER), until="contact_phone")
    alone = answered_page(play(page, e.CurtainDrawn(alone=True)), contact_phone="0912345678")
    review = replace(alone, place=Place(Step.REVIEW))
    opened = play(review, e.EditAsked(page_id="contact_phone"))
    assert (opened.place.page_id, covered(opened), opened.helper_acts) == ("contact_phone", True, True)


def test_for_the_next_dossier_somebody_can_help_though_nobody_does_any_more() -> None:
    done = filed(helped_at_review())
    again = (e.AnotherWanted(), e.ServiceChosen(done.chosen(), Route.DESK), ON)
    asked = play(done, e.HelperExpired(), *again)
    assert (asked.place.step, asked.helper) == (Step.HELPER, Helper())
    helped = to_son(asked)
    assert (helped.place.step, helped.author) == (Step.FORM, Source.HELPER)
    assert play(answered_on(helped), ON, ON).place.step is Step.HANDOVER


def test_what_a_helper_typed_is_handed_over_though_nobody_is_known_to_have_helped() -> None:
    answer = Answer("x", Source.HELPER, LATER, helper=VOLUNTEER.name)
    visit = play(typing(make_service(make_field("a"))), e.Answered("a", {"a": answer}))
    assert (visit.place.step, visit.helped) == (Step.REVIEW, False)
    assert play(visit, ON).place.step is Step.HANDOVER


def test_a_helper_who_comes_at_the_pledge_leads_back_to_the_review() -> None:
    review = answered_on(with_card(), OWN_BIRTH)
    at_pledge = play(review, ON, ON) if review.place.step is Step.PARTS else play(review, ON)
    assert at_pledge.place.step is Step.FILE
    kept = replace(at_pledge, place=Place(Step.HELPER), trail=(), returns_to=(*at_pledge.trail, at_pledge.place))
    assert play(kept, e.HelperChosen(HelperKind.NONE)).place.step is Step.FILE
    came = to_son(kept)
    assert came.place.step is Step.REVIEW
    assert play(came, ON).place.step is Step.HANDOVER
