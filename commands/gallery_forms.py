"""Scenes of the gallery that need more than one service: tables, pages where a form ends, and an e-mail address."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QLineEdit, QWidget

from commands.gallery_stage import Stage
from commands.gallery_stand_ins import NOW
from commands.gallery_visit import made_up_card
from kiosk.form import Answer, Source, TableRow
from kiosk.visit import Step, Visit
from ui.scroll_area import PagedScroll
from ui.search_list import SearchList

RECORDS, MARRIAGE, COPIES = "3.000333", "1.000894", "2.000815"  # lý lịch tư pháp; kết hôn; chứng thực bản sao
RESIDENCES = "residences"

_PLACE = "Thôn Mẫu, xã Hòa Bình, huyện Thường Tín, tỉnh Hà Tây"
_ROWS = (
    {"start": "2006-09", "end": "2012-02", "place": _PLACE, "work": "Học sinh, Trường THPT Mẫu"},
    {"start": "2012-03", "end": "2019-02", "place": "Phường Mẫu, thành phố Hà Nội", "work": "Công nhân, Xưởng may Mẫu"},
    {
        "start": "2019-03",
        "place": "Số 12, phố Mẫu Đơn, phường Ba Đình, thành phố Hà Nội",
        "work": "Buôn bán nhỏ",
    },
)


def _with_rows(stage: Stage, rows: tuple[dict[str, str], ...]) -> Visit:
    visit = stage.walker(code=RECORDS).on_page(RESIDENCES)
    table = Answer(tuple(TableRow(row) for row in rows), Source.CITIZEN, NOW)
    answers = {**visit.answers, RESIDENCES: table} if rows else visit.answers
    return replace(visit, answers=MappingProxyType(answers))


def _table(stage: Stage, rows: int = 3, press: tuple[str, ...] = ()) -> None:
    """So many rows of the table, and then these buttons."""
    stage.show(_with_rows(stage, _ROWS[:rows]))
    for name in press:
        stage.press(name)


def _table_full(stage: Stage) -> None:
    """As many rows as there may be."""
    years = ({**_ROWS[0], "start": f"{1990 + year}-01", "end": f"{1990 + year}-12"} for year in range(30))
    stage.show(_with_rows(stage, tuple(years)))


def _table_gap(stage: Stage) -> None:
    stage.show(_with_rows(stage, (_ROWS[0], _ROWS[2])))
    stage.press("next")


def _table_unfinished(stage: Stage) -> None:
    """A row was left half-way."""
    _table(stage, 3, (f"edit:{RESIDENCES}:2",))
    field = stage.frame.findChild(QLineEdit, f"field:{RESIDENCES}:place")
    assert isinstance(field, QLineEdit)
    field.clear()
    stage.press("back")


def _row_refused(stage: Stage) -> None:
    _table(stage, 0, (f"add:{RESIDENCES}",))
    stage.press("next")


def _row_typed(stage: Stage) -> None:
    """The keyboard leaves little room."""
    _table(stage, 3, (f"edit:{RESIDENCES}:2",))
    field = stage.frame.findChild(QLineEdit, f"field:{RESIDENCES}:place")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    stage.settle()


def _stop(stage: Stage, page_id: str, **answers: str) -> None:
    stage.show(stage.walker(answers, code=MARRIAGE, card=False).on_page(page_id))


def _list_unknown(stage: Stage) -> None:
    """A long list that may be left open, while something is typed."""
    stage.show(stage.walker({"for_whom": "child"}, card=False).on_page("subject_ethnic_group"))
    stage.press("choice:subject_ethnic_group:other")
    _type_into_list(stage)


def _address_unknown(stage: Stage, *, typed: bool = False, picks: int = 0) -> None:
    """The same of an address; after two picks house and street are typed."""
    stage.show(stage.walker(code=RECORDS).on_page("subject_permanent"))
    for _tier in range(picks):
        stage.press("row")
    if typed:
        _type_into_list(stage)


def _type_into_list(stage: Stage) -> None:
    found = next(each for each in stage.frame.findChildren(SearchList) if each.isVisible())
    found.field.setFocus()
    stage.settle()


def _address_offer(stage: Stage, press: tuple[str, ...] = (), *, card: bool = False) -> None:
    """An address that was given before."""
    answers = {"requester_id_number": "?"}
    visit = stage.walker(answers, card=False).on_page("delivery_address")
    stage.show(replace(visit, card=made_up_card()) if card else visit)
    for name in press:
        stage.press(name)


def _email(stage: Stage, *, refused: bool = False) -> None:
    stage.show(stage.walker(code=RECORDS).on_page("contact"))
    field = stage.frame.findChild(QLineEdit, "field:contact_email")
    assert isinstance(field, QLineEdit)
    field.setText("nguyenvanmau@" if refused else "nguyenvanmau@example.com")
    field.setFocus()
    stage.settle()
    if refused:
        stage.press("next")


def _review(stage: Stage, code: str = RECORDS, page_id: str = RESIDENCES) -> None:
    """The review of a long table, from the table on."""
    stage.show(stage.walker(code=code).at(Step.REVIEW))
    row = stage.frame.findChild(QWidget, f"edit:{page_id}")
    assert row is not None
    for scroll in stage.frame.findChildren(PagedScroll):
        scroll.reveal(row)
    stage.settle()


FORM_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "form-table": _table,
    "form-table-empty": partial(_table, rows=0),
    "form-table-refused": partial(_table, rows=0, press=("next",)),
    "form-table-drop": partial(_table, press=(f"drop:{RESIDENCES}:2",)),
    "form-table-unfinished": _table_unfinished,
    "form-table-full": _table_full,
    "form-table-gap": _table_gap,
    "form-row": partial(_table, press=(f"edit:{RESIDENCES}:2",)),
    "form-row-new": partial(_table, press=(f"add:{RESIDENCES}",)),
    "form-row-refused": _row_refused,
    "form-row-typed": _row_typed,
    "review-table": _review,
    "review-table-figures": partial(_review, code=COPIES, page_id="papers"),
    "form-email": _email,
    "form-email-refused": partial(_email, refused=True),
    "form-list-unknown": _list_unknown,
    "form-address-unknown": _address_unknown,
    "form-address-unknown-typed": partial(_address_unknown, typed=True),
    "form-address-unknown-commune": partial(_address_unknown, typed=True, picks=1),
    "form-address-unknown-line": partial(_address_unknown, picks=2),
    "form-address-offer": _address_offer,
    "form-address-offer-card": partial(_address_offer, card=True),
    "form-address-offer-used": partial(_address_offer, press=("use:delivery_address",)),
    "form-stop": partial(_stop, page_id="not_for_others", party="no"),
    "form-stop-instead": partial(_stop, page_id="foreign_element", both_citizens="no"),
}
