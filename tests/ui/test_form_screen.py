"""One page of the form: what is wrong is said beside its field, what was typed stays, a source is never forged."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from commands.composition import Shipped
from commands.gallery_stand_ins import NOW
from commands.gallery_visit import HELPER, Walker, made_up_card
from kiosk.form import Address, Answer, Source
from kiosk.visit import Step, Visit
from kiosk.visit_events import Answered, EditAsked
from kiosk.visit_steps import advance
from tests.sample_table import with_sample_form
from tests.ui.conftest import DESK, LOW, UPRIGHT, ShowPage, settle
from tests.ui.counter import Hands, Page
from ui.buttons import LinkLikeButton
from ui.key_layouts import KeyboardKind
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize


@pytest.fixture
def typist(walker: Walker) -> Walker:
    """Somebody without a card."""
    return replace(walker, card=False)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def answered(page: Page) -> dict[str, Answer]:
    """The answers of the page, after Continue."""
    page.go_on()
    assert page.screen.problems == ()
    last = page.events[-1]
    assert isinstance(last, Answered)
    return dict(last.answers)


def test_an_answer_that_does_not_fit_stays_and_is_explained(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(typist.on_page("requester_name"))
    page.type("field:requester_name", "NGUYỄN 7")
    page.go_on()
    message = "Họ tên chỉ có chữ cái, không có chữ số hoặc ký hiệu."
    assert page.events == []
    assert message in [label.text() for label in page.labels()]  # beside the field
    assert [link.text() for link in page.frame.findChildren(LinkLikeButton)] == [message]  # on top of the page
    field = page.find("field:requester_name")
    assert QApplication.focusWidget() is field
    assert field.accessibleDescription() == message
    page.type("field:requester_name", "NGUYỄN VĂN MẪU")
    assert answered(page)["requester_name"].value == "NGUYỄN VĂN MẪU"
    assert field.accessibleDescription() == ""


def test_who_typed_is_recorded(show_page: ShowPage, typist: Walker, hands: Hands) -> None:
    for helper, author in ((typist.helper, Source.CITIZEN), (HELPER, Source.HELPER)):
        page = show_page(replace(typist, helper=helper).on_page("registered_at"))
        page.type("field:registered_at", "UBND XÃ MẪU")
        page.press("unknown:registered_on")
        assert answered(page)["registered_at"] == Answer("UBND XÃ MẪU", author, hands.clock.now())


def edited(walker: Walker, page_id: str) -> Visit:
    return advance(walker.at(Step.REVIEW), EditAsked(page_id=page_id))


def test_what_came_from_the_card_stays_from_the_card_until_it_is_changed(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(edited(walker, "requester_name"))
    assert answered(page)["requester_name"].source is Source.CARD
    page.type("field:requester_name", "NGUYỄN VĂN MẪN")
    assert answered(page)["requester_name"].source is Source.CITIZEN


def test_the_cards_value_is_offered_where_another_stands(show_page: ShowPage, walker: Walker) -> None:
    assert not show_page(edited(walker, "requester_name")).shows("use:requester_name")
    visit = edited(walker, "requester_name")
    changed = {**visit.answers, "requester_name": Answer("NGUYỄN VĂN MẪN", Source.CITIZEN, NOW)}
    page = show_page(replace(visit, answers=MappingProxyType(changed)))
    page.press("use:requester_name")
    assert answered(page)["requester_name"].value == "NGUYỄN VĂN MẪU"
    assert answered(page)["requester_name"].source is Source.CARD


def test_not_to_know_is_an_answer_where_the_form_says_so(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(typist.on_page("requester_id_number"))
    page.type("field:requester_id_number", "0010")
    page.press("unknown:requester_id_number")
    assert answered(page)["requester_id_number"].unknown
    with_papers = replace(typist, answers={"requester_id_number": "?"})
    again = show_page(edited(with_papers, "requester_id_number"))
    assert answered(again)["requester_id_number"].unknown


def test_a_field_that_may_stay_open_gives_no_answer(show_page: ShowPage, typist: Walker) -> None:
    assert answered(show_page(typist.on_page("contact_phone"))) == {}


def test_a_page_of_several_fields_names_each_that_is_wrong(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(replace(typist, answers={"requester_id_number": "?"}).on_page("requester_document"))
    assert not page.frame.keyboard.isVisible()
    page.go_on()
    texts = [problem.text for problem in page.screen.problems]
    assert [text.partition(":")[0] for text in texts] == ["Số giấy tờ người yêu cầu", "Ngày cấp", "Nơi cấp"]
    page.type("field:requester_document_issued_by", "BỘ CÔNG AN")
    page.go_on()
    assert len(page.screen.problems) == 2


def test_a_form_page_needs_no_touch(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(typist.on_page("requester_name"))
    assert isinstance(focused(), QLineEdit)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert page.screen.problem is not None
    QTest.keyClicks(focused(), "MAU")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert len(page.events) == 1
    backs: list[None] = []
    page.frame.back.connect(lambda: backs.append(None))
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert len(backs) == 1


def test_choices_are_made_with_tab_space_and_enter(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(typist.on_page("for_whom"))
    for _press in range(20):
        if focused().objectName().startswith("choice:for_whom:"):
            break
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    [done] = page.events
    assert isinstance(done, Answered)
    assert done.answers["for_whom"].value == "child"


@pytest.mark.parametrize("page_id", ["requester_name", "requester_birth_date", "registered_number"])
def test_another_text_size_keeps_what_was_typed(
    show_page: ShowPage, typist: Walker, theme: Theme, page_id: str
) -> None:
    page = show_page(typist.on_page(page_id))
    fields = [each for each in page.screen.findChildren(QLineEdit) if each.isVisible()]
    for number, field in enumerate(fields, 1):
        field.setText(str(number))
    for size in (TextSize.LARGEST, TextSize.NORMAL):
        theme.set_look(size, Contrast.WHITE_ON_BLACK)
        settle()
        assert [field.text() for field in fields] == [str(number) for number in range(1, len(fields) + 1)]


def test_an_email_address_is_typed_in_small_letters(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(replace(typist, service=with_sample_form(typist.service)).on_page("email"))
    assert page.frame.keyboard.kind is KeyboardKind.EMAIL
    for key in ("m", "a", "u", "_", "1", "@", "gmail.com"):
        page.press(f"key_{key}")
    assert answered(page)["email"].value == "mau_1@gmail.com"
    page.type("field:email", "mau")
    page.go_on()
    assert page.screen.problem is not None


def test_questions_are_counted_as_they_are_asked(show_page: ShowPage, walker: Walker) -> None:
    """Pages that the card has settled are not asked, and what comes later nobody knows."""
    numbers = []
    visit = walker.on_page("for_whom")
    while visit.place.step is Step.FORM:
        numbers.append(show_page(visit).screen.progress.rpartition(" ")[2])
        visit = walker.after(visit)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert "Câu" not in show_page(edited(walker, "requester_name")).screen.progress


@pytest.fixture
def with_home(typist: Walker) -> Walker:
    """Somebody without a number, who is asked for the residence."""
    return replace(typist, answers={"requester_id_number": "?"})


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("panel", [DESK, LOW, UPRIGHT], ids=str)
@pytest.mark.parametrize("card", [False, True])
def test_an_address_from_before_is_taken_over_whole_by_one_touch(
    show_page: ShowPage, with_home: Walker, theme: Theme, panel: Panel, size: TextSize, card: bool
) -> None:
    theme.set_panel(panel)
    theme.set_look(size, Contrast.LIGHT)
    visit = with_home.on_page("delivery_address")
    page = show_page(replace(visit, card=made_up_card() if card else None))
    page.press("use:delivery_address")
    assert not page.frame.keyboard.isVisible()
    assert answered(page)["delivery_address"].value == visit.answers["requester_residence"].value


def test_what_was_given_already_is_not_offered(show_page: ShowPage, with_home: Walker) -> None:
    assert not show_page(edited(with_home, "delivery_address")).shows("use:delivery_address")
    visit = edited(with_home, "delivery_address")
    given = visit.answers["delivery_address"]
    assert isinstance(given.value, Address)
    other = replace(given, value=replace(given.value, line="Số 13, Đường Mẫu"))
    changed = {**visit.answers, "delivery_address": other}
    page = show_page(replace(visit, answers=MappingProxyType(changed)))
    page.press("change:delivery_address:commune")
    page.press("use:delivery_address")
    assert answered(page)["delivery_address"].value == given.value


def wholly_seen(page: Page, name: str) -> bool:
    widget = page.find(name)
    return widget.visibleRegion().boundingRect().size() == widget.size()


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("panel", [DESK, LOW, UPRIGHT], ids=str)
def test_a_long_list_that_may_stay_open_has_room_while_something_is_typed(
    show_page: ShowPage, typist: Walker, theme: Theme, panel: Panel, size: TextSize
) -> None:
    theme.set_panel(panel)
    theme.set_look(size, Contrast.LIGHT)
    page = show_page(replace(typist, answers={"for_whom": "child"}).on_page("subject_ethnic_group"))
    page.press("choice:subject_ethnic_group:other")
    settle()
    field = page.screen.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    tick = "unknown:subject_ethnic_group"
    assert not page.shows(tick)
    assert not page.shows("choice:subject_nationality:VN")
    field.setFocus()
    settle()
    assert page.frame.keyboard.isVisible()
    assert field.visibleRegion().boundingRect().size() == field.size()
    assert wholly_seen(page, "row")
    field.setText("e de")
    page.press("row")
    settle()
    assert not page.frame.keyboard.isVisible()
    assert page.shows(tick)
    assert "Đã chọn: Ê-đê" in page.texts()
    page.press("choice:subject_nationality:VN")
    assert {key: answer.value for key, answer in answered(page).items()} == {
        "subject_ethnic_group": "12",
        "subject_nationality": "VN",
    }


def test_back_closes_the_list_and_stays_on_the_page(show_page: ShowPage, typist: Walker) -> None:
    page = show_page(replace(typist, answers={"for_whom": "child"}).on_page("subject_ethnic_group"))
    page.press("choice:subject_ethnic_group:02")
    page.press("choice:subject_nationality:other")
    assert page.screen.heading == "Quốc tịch"
    assert not page.shows("next")  # a row of the list is the way on
    page.press("back")
    page.press("unknown:subject_nationality")
    given = answered(page)
    assert (given["subject_ethnic_group"].value, given["subject_nationality"].unknown) == ("02", True)


def test_the_commune_of_the_card_is_offered_and_nothing_is_filled_in(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.on_page("registered_at"))
    page.press("unknown:registered_on")
    page.go_on()
    assert page.events == []
    page.press("use:registered_at")
    office = answered(page)["registered_at"]
    assert office.value == "ỦY BAN NHÂN DÂN XÃ THƯỜNG TÍN, THÀNH PHỐ HÀ NỘI (THỊ TRẤN THƯỜNG TÍN, HUYỆN THƯỜNG TÍN CŨ)"
    assert office.source is Source.CITIZEN  # the card says where somebody lives, not where something is registered


def test_who_picks_an_address_does_not_say_to_have_none(show_page: ShowPage, shipped: Shipped) -> None:
    walker = Walker(shipped.catalog.service("3.000333"), shipped.areas)
    page = show_page(walker.on_page("subject_permanent"))
    page.press("row")
    settle()
    page.press("unknown:subject_permanent")
    settle()
    assert answered(page)["subject_permanent"].unknown
    page.press("row")  # the provinces are asked for again
    settle()
    page.press("row")
    settle()
    assert page.frame.keyboard.isVisible()  # for house and street
    assert wholly_seen(page, "field:subject_permanent:line")
    assert not answered(page)["subject_permanent"].unknown
