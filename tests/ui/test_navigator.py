"""Every step has its screen; the header says what is being done, and by which route."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from commands.gallery_captures import demo_papers
from commands.gallery_visit import BADGED, HELPER, Walker
from kiosk.catalog import Confidence, Route
from kiosk.texts import _
from kiosk.visit import Place, Step, Visit
from tests.ui.conftest import ShowPage
from ui.context import Context
from ui.navigator import SCREENS, header_texts, make_screen
from ui.prepare_screen import PrepareScreen


def test_every_step_has_a_screen() -> None:
    assert set(SCREENS) | {Step.DONE} == set(Step)


@pytest.mark.parametrize("step", [step for step in Step if step not in (Step.SENDING, Step.DONE, Step.GOODBYE)])
def test_each_screen_is_named_after_its_step(show_page: ShowPage, walker: Walker, step: Step) -> None:
    helper = BADGED if step is Step.HELPER_BADGE else HELPER
    page = show_page(replace(walker, helper=helper, pages=demo_papers()[:1]).at(step))
    assert page.screen.objectName() == step.value
    assert ("Bước" in page.screen.progress) == (step is not Step.HOME)


def test_a_form_page_counts_questions_too(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.on_page("for_whom")
    section = next(page.section for page in visit.chosen().form.pages if page.id == "for_whom")
    assert show_page(visit).screen.progress == f"Bước 4 trong 7 · Điền tờ khai · {section} · Câu 1"


def test_the_last_page_needs_to_be_told_what_was_made(context: Context) -> None:
    with pytest.raises(LookupError):
        make_screen(context, Visit(place=Place(Step.DONE)), None)


def test_what_is_only_prepared_is_neither_filed_nor_called_so(show_page: ShowPage, walker: Walker) -> None:
    service = replace(walker.service, route=Route.PREPARE)
    visit = replace(walker, service=service).at(Step.FILE)
    assert isinstance(show_page(visit).screen, PrepareScreen)
    assert header_texts(visit)[0] == _("Chuẩn bị hồ sơ")


def test_the_header_names_no_person(walker: Walker) -> None:
    assert header_texts(Visit()) == ("Điểm Truy Cập", "")
    visit = walker.at(Step.REVIEW)
    assert header_texts(visit) == header_texts(replace(visit, answers=MappingProxyType({}), card=None))
    assert "Xin bản sao giấy tờ hộ tịch" in header_texts(visit)
    assert "Xin trích lục kết hôn" in header_texts(replace(visit, called="Xin trích lục kết hôn"))


def test_what_can_only_be_read_is_no_step(show_page: ShowPage, walker: Walker) -> None:
    named = replace(walker.service.named, confidence=Confidence.UNVERIFIED)
    visit = replace(walker.at(Step.BEFORE), service=replace(walker.service, named=named))
    assert show_page(visit).screen.progress == ""


def test_only_a_declaration_is_called_one(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.on_page("for_whom")
    sheet = replace(visit, service=replace(walker.service, declaration="data_sheet"))
    assert show_page(sheet).screen.progress.startswith("Bước 4 trong 7 · Điền thông tin · ")
