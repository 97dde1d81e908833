"""Answers of made-up people to the forms of criminal record, certified copies, nationality, auctioneers' cards and the
shared ones, and what comes of them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.catalog import Catalog, Route, Service
from kiosk.catalog_file import load_catalog
from kiosk.conditions import holds
from kiosk.fees import fee_lines
from kiosk.form import AnswerValue, TableRow
from kiosk.form_rules import asked_about, check_page, completed, visible_pages
from tests.sample_forms import HOME, RESOURCES, TODAY, answered, release

CRIMINAL_RECORD, COPIES, NATIONALITY, AUCTION_CARD = "3.000333", "2.000815", "1.005136", "2.001815"
LED_TO = ("2.000908", "2.001807", "3.000330")  # by their stops; these three use the shared forms
PREPARE, ONLINE, DESK = Route.PREPARE, Route.ONLINE_BY_AGREEMENT, Route.DESK

Given = Mapping[str, AnswerValue | None]


def rows(*cells: Mapping[str, str | int]) -> tuple[TableRow, ...]:
    return tuple(TableRow(row) for row in cells)


PLACES = (
    {"start": "2008-05", "end": "2012-08", "place": "Xã Mẫu Sơn", "work": "Học sinh"},
    {"start": "2012-09", "place": "Phường Mẫu Đơn", "work": "Nhân viên, Công ty Mẫu"},
)
OWN_RECORD: Given = {
    "for_whom": "self",
    "form_type": "1",
    "ban_confirmation": False,
    "purpose": "work",
    "requester_name": "TRẦN THỊ MẪU",
    "requester_birth_date": "1994-05-12",
    "requester_id_number": "001194000123",
    "requester_sex": "2",
    "requester_ethnic_group": "01",
    "requester_nationality": "VN",
    "subject_card_kind": "cccd",
    "subject_birth_place": "Xã Mẫu Sơn, tỉnh Hà Tây",
    "subject_permanent": HOME,
    "has_temporary": False,
    "father_name": None,
    "mother_name": "LÊ THỊ MẪU",
    "mother_birth_date": "1968",
    "married": False,
    "residences": rows(*PLACES),
    "fee_group": "none",
    "copies": 1,
    "delivery": "desk",
    "contact_phone": None,
}
FATHERS_RECORD: Given = {
    **OWN_RECORD,
    "for_whom": "family",
    "relation": "child",
    "subject_name": "TRẦN VĂN MẪU",
    "subject_birth_date": "1965-02-03",
    "subject_id_number": "001065000456",
    "subject_sex": "1",
    "subject_ethnic_group": "01",
    "subject_nationality": "VN",
}
PAPERS: Given = {
    "has_originals": True,
    "defect": "none",
    "papers": rows(
        {"name": "Bằng đại học", "pages": 1, "copies": 5, "format": "paper"},
        {"name": "Bảng điểm", "pages": 3, "copies": 2, "format": "paper"},
    ),
    "brings_copies": False,
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_id_number": "001099000123",
    "delivery": "desk",
}
OWN_NATIONALITY: Given = {
    "for_whom": "self",
    "lives_here": True,
    "requester_name": "LÊ THỊ MẪU",
    "requester_birth_date": "1976-08-20",
    "requester_sex": "2",
    "requester_id_number": "001176000123",
    "birth_place": "Phường Mẫu Lâm, thành phố Hà Nội",
    "birth_registered_at": None,
    "lived_abroad": False,
    "has_foreign_nationality": False,
    "proof_kind": "birth",
    "fee_group": "none",
    "delivery": "desk",
}
CARDS: Given = {
    "asked_by": "organisation",
    "first_card": True,
    "organisation_name": "CÔNG TY ĐẤU GIÁ MẪU",
    "organisation_paper_kind": "operation",
    "organisation_number": "12/ĐKHĐ",
    "organisation_issued_on": "2019-06-14",
    "organisation_address": HOME,
    "organisation_phone": "02438123456",
    "auctioneers": rows(
        {
            "name": "PHẠM VĂN MẪU",
            "birth_date": "1985-04-04",
            "id_number": "001085000123",
            "certificate_number": "321/TP",
            "certificate_on": "2024-10-09",
        }
    ),
    "requester_name": "TRẦN THỊ MẪU",
    "requester_birth_date": "1994-05-12",
    "requester_id_number": "001194000123",
    "capacity": "head",
    "position": "Giám đốc",
    "delivery": "desk",
}
FOR_ANOTHER: Given = {
    "for_whom": "other",
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1958-03-27",
    "requester_id_number": "001058000123",
    "other_name": "TRẦN THỊ MẪU",
    "relation": "child",
    "delivery": "post",
    "delivery_address": HOME,
}
NEW_OFFICE: Given = {
    "organisation_name": "VĂN PHÒNG MẪU",
    "organisation_paper_kind": "none",
    "organisation_address": HOME,
    "organisation_phone": "02438123456",
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1958-03-27",
    "requester_id_number": "001058000123",
    "capacity": "head",
    "position": "Trưởng văn phòng",
    "delivery": "desk",
}


@cache
def catalog() -> Catalog:
    """The services of this module, read without the others: a mistake in one of those is for its own tests to find."""
    wanted = {CRIMINAL_RECORD, COPIES, NATIONALITY, AUCTION_CARD, *LED_TO}
    with TemporaryDirectory() as folder:
        for path in (RESOURCES / "catalog").iterdir():
            if path.is_file() or path.name.startswith("_") or path.name in wanted:
                (Path(folder) / path.name).symlink_to(path)
        return load_catalog(Path(folder), release())


def of(code: str) -> Service:
    return catalog().service(code)


def facts(route: Route = PREPARE) -> dict[str, str]:
    return {"route": route.value, "today": TODAY.isoformat(), "province": "01"}


def asked(code: str, given: Given, route: Route = PREPARE) -> list[str]:
    return [page.id for page in visible_pages(of(code).form, answered(given), facts(route))]


def stop_of(code: str, given: Given) -> str:
    """The id of the stop that the pages end with, "" where they go to the end."""
    last = visible_pages(of(code).form, answered(given), facts())[-1]
    return last.id if last.stop is not None else ""


def problems(code: str, given: Given, route: Route = PREPARE) -> list[str]:
    form = of(code).form
    live = completed(form, answered(given), facts(route))
    pages = visible_pages(form, answered(given), facts(route))
    return [problem.field_id for page in pages for problem in check_page(page, live, TODAY)]


def parts(code: str, given: Given, route: Route = PREPARE) -> list[str]:
    """The parts that are needed, captured here or not."""
    live = completed(of(code).form, answered(given), facts(route))
    return [part.code for part in of(code).parts if part.required and holds(part.when, live, facts(route))]


def fee(code: str, given: Given, route: Route = PREPARE, on: date = TODAY) -> int:
    lines = fee_lines(of(code), answered(given), route, on, "01")
    assert len(lines) == 1
    return sum(line.amount_vnd or 0 for line in lines)


def history(*places: Mapping[str, str]) -> list[str]:
    """What the table of residences asks about."""
    form = of(CRIMINAL_RECORD).form
    given = answered(OWN_RECORD, residences=rows(*places))
    live = completed(form, given, facts())
    page = next(page for page in visible_pages(form, given, facts()) if page.id == "residences")
    assert check_page(page, live, TODAY) == ()
    return [question.message for question in asked_about(page, live, TODAY)]
