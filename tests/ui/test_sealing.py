"""What goes into the dossier: the declaration and the papers that the answers call for, and nothing left over."""

from dataclasses import replace

from commands.gallery_stand_ins import DESK, demo_papers
from commands.gallery_visit import Walker
from kiosk.documents import Origin
from kiosk.form import Answer, Source
from kiosk.visit import Answered, EditAsked, Step
from kiosk.visit_steps import advance
from tests.ui.counter import Hands
from ui.context import Context
from ui.sealing import papers_of


def test_the_declaration_comes_first_then_a_pdf_a_part(context: Context, walker: Walker) -> None:
    visit = replace(walker, pages=demo_papers()).at(Step.FILE)
    declaration, copy = papers_of(context, visit, DESK)
    assert (declaration.part_code, declaration.origin) == ("TK", Origin.GENERATED)
    assert (copy.part_code, copy.page_count, copy.content[:5]) == ("old_copy", 2, b"%PDF-")


def test_pages_that_the_answers_no_longer_call_for_stay_behind(context: Context, walker: Walker, hands: Hands) -> None:
    visit = advance(replace(walker, pages=demo_papers()).at(Step.REVIEW), EditAsked(page_id="has_old_copy"))
    no_copy = {"has_old_copy": Answer(value=False, source=Source.CITIZEN, at=hands.clock.now())}
    changed = advance(visit, Answered("has_old_copy", no_copy))
    assert [paper.part_code for paper in papers_of(context, changed, DESK)] == ["TK"]
