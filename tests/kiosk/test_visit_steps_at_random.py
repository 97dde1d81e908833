"""The step table under any order of events: it never fails, loses nothing on the way back, and sends nothing twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from kiosk import visit_events as e
from kiosk.catalog import IdentityAssurance, Route
from kiosk.form import Answer, AnswerValue, Compare, FieldType, Op, Source
from kiosk.form_rules import visible_pages
from kiosk.next_place import needed_parts
from kiosk.review import parts, problems, sections
from kiosk.visit import Confirmation, ConsentKind, HelperKind, Place, Step, Visit
from kiosk.visit_events import Event
from kiosk.visit_steps import advance
from tests.factories import (
    CARD,
    HELPING,
    LATER,
    PLEDGE,
    PRIVACY,
    VOLUNTEER,
    fixture_catalog,
    make_card,
    make_document,
    make_field,
    make_page,
    make_part,
    make_service,
)
from tests.sample_forms import HOME, TODAY, extract_copy
from tests.sample_life import FIRST_HOME, LIFE, NOW_HOME

SHORT = make_service(
    pages=(
        make_page(make_field("name", FieldType.NAME, prefill="card.name")),
        make_page(make_field("more", FieldType.YES_NO)),
        make_page(make_field("which", FieldType.CHOICE), when=Compare("more", Op.EQUALS, ("yes",))),
        make_page(make_field("note", required=False), when=Compare("which", Op.EQUALS, ("2",))),
    ),
    parts=(make_part("proof", when=Compare("more", Op.EQUALS, ("yes",))), make_part("photo", required=False)),
)
LONG = make_service(code="9.999998", form=LIFE)  # its form may stop, and has a table
SERVICES = (SHORT, SHORT, SHORT, LONG, LONG, extract_copy(), *fixture_catalog().services)
CODES = sorted({part.code for service in SERVICES for part in service.parts} | {"", "nothing"})
PAGES = sorted({page.id for service in SERVICES for page in service.form.pages} | {"", "nothing"})
VALUES: Mapping[FieldType, tuple[AnswerValue, ...]] = {
    FieldType.TEXT: ("MẪU",),
    FieldType.NAME: ("TRẦN THỊ MẪU",),
    FieldType.ID_NUMBER: ("001099000123",),
    FieldType.NUMBER: (1, 2),
    FieldType.PHONE: ("0912345678",),
    FieldType.DATE: ("1958", "1958-03-27", "2020-01-01"),
    FieldType.EMAIL: ("mau@example.vn",),
    FieldType.TABLE: ((FIRST_HOME, NOW_HOME),),
    FieldType.YES_NO: (True, False),
    FieldType.ADDRESS: (HOME,),
}
SEEDS = st.integers(0, 2**20)
HELPER_PAGES = frozenset((Step.HELPER, Step.HELPER_NAME, Step.HELPER_BADGE, Step.HELPER_CONSENT))
AFTER_THE_HELPER = frozenset(Step) - HELPER_PAGES - {Step.HOME, Step.CHOOSE, Step.BEFORE, Step.CONSENT}
CONFIRMED_AT = frozenset((Step.FILE, Step.CARD_AGAIN, Step.CERTAIN, Step.SENDING, Step.DONE))
CONFIRMATION = Confirmation(LATER, ("Đúng không?",), "0" * 64)

# An event of each kind, chosen by dice; hypothesis draws only the dice, for it would write out whole services.
ANY: tuple[Callable[[Random], Event], ...] = (
    lambda _: e.Begun(),
    lambda _: e.WentOn(),
    lambda dice: e.ServiceChosen(dice.choice(SERVICES), dice.choice(list(Route)), TODAY, "01"),
    lambda _: e.Consented(PRIVACY),
    lambda dice: e.HelperChosen(dice.choice(list(HelperKind)), badge=dice.random() < 0.5),
    lambda dice: e.HelperNamed(replace(VOLUNTEER, kind=dice.choice(list(HelperKind)), code=dice.choice(("", "TNV-1")))),
    lambda dice: e.CardShown(dice.choice((CARD, make_card(name="Trần Thị Thử", issued_on=None)))),
    lambda _: e.CardConfirmed(LATER),
    lambda _: e.CardLeftOut(),
    lambda dice: e.Answered(dice.choice(PAGES), {}),
    lambda dice: e.Noted(dice.choice(PAGES), dice.choice((None, Answer("2020-01-01", Source.CITIZEN, LATER)))),
    lambda dice: e.PartOpened(dice.choice(CODES)),
    lambda dice: e.PagesChanged(make_document(dice.choice(CODES), dice.randrange(3))),
    lambda dice: e.EditAsked(dice.choice(PAGES), dice.choice(CODES)),
    lambda dice: e.DossierSealed(UUID(int=dice.getrandbits(128)), PLEDGE),
    lambda _: e.AnotherWanted(),
    lambda _: e.HelperAgreed(HELPING),
    lambda _: e.HandedOver(CONFIRMATION),
    lambda _: e.Doubted("what"),
    lambda _: e.PledgeAccepted(),
    lambda _: e.HelperPaused(),
    lambda _: e.HelperResumed(),
    lambda _: e.HelperExpired(),
    lambda dice: e.CurtainDrawn(alone=dice.random() < 0.5),
    lambda _: e.HelperChangeAsked(),
)
# What a person may do next at a step, beside "Tiếp tục".
FORWARD: Mapping[Step, tuple[int, ...]] = {
    Step.HOME: (0,),
    Step.CHOOSE: (2,),
    Step.CONSENT: (3,),
    Step.HELPER: (4,),
    Step.HELPER_NAME: (5,),
    Step.HELPER_BADGE: (5,),
    Step.HELPER_CONSENT: (16, 16, 4),
    Step.HANDOVER: (17, 17, 18),
    Step.CARD_AGAIN: (6, 8),
    Step.CERTAIN: (14,),
    Step.CARD: (6, 8),
    Step.CONFIRM: (7, 8),
    Step.FILE: (1, 14, 19),
    Step.DONE: (15,),
}


def forward(visit: Visit, dice: Random) -> Event:
    """What a person would do next at this step; now and then something else, or back."""
    if dice.randrange(10) == 0:
        return dice.choice((e.WentBack(), dice.choice(ANY)(dice)))
    match visit.place.step:
        case Step.FORM if visit.place.page_id == "too_young":
            return dice.choice((e.WentBack(), ANY[2](dice)))
        case Step.FORM:
            return e.Answered(visit.place.page_id, answers(visit, dice))
        case Step.PARTS:
            return dice.choice((e.WentOn(), e.PartOpened(dice.choice((*needed_parts(visit), "nothing")))))
        case Step.CAPTURE:
            scanned = make_document(visit.place.part_code, dice.randrange(3))
            return dice.choice((e.WentOn(), e.PagesChanged(scanned)))
        case Step.REVIEW:
            page = dice.choice(visible_pages(visit.chosen().form, visit.answers, visit.facts))
            return dice.choice((e.WentOn(), e.WentBack(), e.EditAsked(page_id=page.id)))
        case step:
            return ANY[dice.choice(FORWARD.get(step, (1,)))](dice)


def answers(visit: Visit, dice: Random) -> Mapping[str, Answer]:
    """Answers to the shown page that its screen would let pass."""
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    page = next(page for page in pages if page.id == visit.place.page_id)
    given = {}
    for field in page.fields:
        values = tuple(choice.code for choice in field.choices) or VALUES.get(field.type, ())
        if values and (field.required or dice.randrange(2)):
            given[field.id] = Answer(dice.choice(values), visit.author, LATER)
    return given


class AnyVisit(RuleBasedStateMachine):
    """One kiosk, one citizen after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.visit = Visit()
        self.further = False
        self.agreed = False

    def happen(self, event: Event) -> None:
        before, self.visit = self.visit, advance(self.visit, event)
        after = self.visit
        assert advance(before, event) == after  # pure
        if after.filed != before.filed and not isinstance(event, e.Left):
            assert isinstance(event, e.DossierSealed)
            assert before.route is not Route.PREPARE
            last = Step.CERTAIN if before.helped else Step.FILE
            assert (before.place.step, after.place) == (last, Place(Step.SENDING))
            assert (before.confirmation is not None) == before.helped
            assert after.filed == (*before.filed, event.client_ref)
        if isinstance(event, e.AnotherWanted) and before.place.step is Step.DONE:
            self.further, self.agreed = True, before.route is not Route.PREPARE
            assert (after.card, after.answers, after.documents) == (before.card, {}, {})
        self.further = self.further and not isinstance(event, e.Left)
        the_place_can_be_shown(after)
        consents_are_asked_for_in_time(after)
        no_helper_decides(before, event, after)
        nothing_sealed_can_be_undone(after)
        if self.further:
            assert after.place.step not in (Step.HOME, Step.CARD, Step.CONFIRM)
            assert not (self.agreed and after.place.step is Step.CONSENT)

    @rule(kind=st.integers(0, len(ANY) - 1), seed=SEEDS)
    def anything(self, kind: int, seed: int) -> None:
        self.happen(ANY[kind](Random(seed)))

    @rule(steps=st.integers(1, 40), seed=SEEDS)
    def go_on(self, steps: int, seed: int) -> None:
        dice = Random(seed)
        for _step in range(steps):
            self.happen(forward(self.visit, dice))

    @rule(steps=st.integers(1, 10))
    def go_back(self, steps: int) -> None:
        for _step in range(steps):
            before = self.visit
            self.happen(e.WentBack())
            after = self.visit
            if after.place.step is Step.HOME:  # where whoever comes stands
                assert after == Visit()
                return
            assert (after.answers, after.documents, after.card) == (before.answers, before.documents, before.card)
            assert (after.consents, after.helper, after.filed) == (before.consents, before.helper, before.filed)
            if after.place.step is Step.ORIGINALS:
                assert before.place.step in (Step.CAPTURE, Step.ORIGINALS)
            else:
                assert len(after.trail) < len(before.trail) or after == before

    @rule()
    def leave(self) -> None:
        self.happen(e.Left())
        assert self.visit == Visit()


def the_place_can_be_shown(visit: Visit) -> None:
    place = visit.place
    if place.step is Step.FORM:
        assert place.page_id in [page.id for page in visible_pages(visit.chosen().form, visit.answers, visit.facts)]
    if place.step in (Step.CAPTURE, Step.ORIGINALS):
        assert place.part_code in needed_parts(visit)
    if place.step is Step.CONFIRM or visit.assurance is IdentityAssurance.CARD_CODE:
        assert visit.card is not None
    if place.step in (Step.REVIEW, Step.FILE):
        assert isinstance(problems(visit, TODAY), tuple)
        assert len(sections(visit)) > 0
        assert [part.part_code for part in parts(visit)] == list(needed_parts(visit))


def consents_are_asked_for_in_time(visit: Visit) -> None:
    kinds = [consent.kind for consent in visit.consents]
    assert len(kinds) == len(set(kinds))
    if visit.place.step in AFTER_THE_HELPER:
        assert ConsentKind.PRIVACY in kinds
        assert (ConsentKind.HELPER in kinds) == (visit.helper.kind is not HelperKind.NONE)
        assert (visit.helper.name == "") == (visit.helper.kind is HelperKind.NONE)
    if visit.place.step not in (Step.SENDING, Step.DONE, Step.GOODBYE):
        assert ConsentKind.DECLARATION not in kinds


def no_helper_decides(before: Visit, event: Event, after: Visit) -> None:
    assert after.confirmation is None or after.place.step in CONFIRMED_AT
    assert not (after.helper_acts and after.place.step in CONFIRMED_AT | {Step.HANDOVER})
    assert not after.helper_acts or after.helper_agreed
    if before.helped and before.filed == after.filed and not isinstance(event, e.Left | e.AnotherWanted):
        assert after.helped or after == Visit()  # who has helped is never forgotten
    for key, answer in after.answers.items():
        assert (answer.helper == "") == (answer.source is not Source.HELPER), key


def nothing_sealed_can_be_undone(visit: Visit) -> None:
    if visit.place.step in (Step.SENDING, Step.DONE, Step.GOODBYE):
        assert visit.trail == ()
        assert advance(visit, e.WentBack()) == visit


AnyVisit.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyVisit = AnyVisit.TestCase
