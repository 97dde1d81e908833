"""What goes into the dossier: the declaration and the papers that the answers call for, and nothing left over."""

import json
from dataclasses import replace

from pytestqt.qtbot import QtBot

from commands.exchange import ShippedExchange
from commands.gallery_captures import demo_papers
from commands.gallery_stand_ins import DESK
from commands.gallery_visit import Walker
from kiosk.documents import Origin
from kiosk.form import Answer, Source
from kiosk.visit import Step
from kiosk.visit_events import Answered, EditAsked
from kiosk.visit_steps import advance
from tests.sample_forms import RESOURCES
from tests.ui.conftest import ShowPage
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


def test_the_office_s_software_gets_the_answers_by_the_names_of_its_contract(
    context: Context, walker: Walker, hands: Hands, show_page: ShowPage, qtbot: QtBot
) -> None:
    own = replace(context, exchange=ShippedExchange(RESOURCES, context.catalog))
    page = show_page(walker.at(Step.FILE), None, own)
    page.press("accept")
    page.go_on()
    qtbot.waitUntil(lambda: len(page.events) > 0)
    [dossier] = hands.office.sealed
    record = dossier.draft.documents[-1]
    assert (record.file_name, record.media_type) == (f"ho-tich-{dossier.slip_code}.json", "application/json")
    assert record.origin == "generated"
    message = json.loads(dossier.papers[record.id])
    assert (message["module"], message["areas_version"]) == ("BS", DESK.areas_version)
    assert message["data"]["nycHoTen"]["Ten"] == "MẪU"


def test_what_is_no_declaration_is_not_filed_as_one(context: Context, walker: Walker) -> None:
    visit = walker.at(Step.FILE)
    sheet = replace(visit, service=replace(visit.chosen(), declaration="data_sheet"))
    assert [papers_of(context, each, DESK)[0].part_name for each in (visit, sheet)] == ["Tờ khai", "Phiếu thông tin"]
