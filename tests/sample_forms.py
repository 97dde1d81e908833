"""Answers of made-up people to the questions of 2.000635, and the shipped service that asks them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.catalog import Service
from kiosk.catalog_file import Release, load_catalog, read_release
from kiosk.conditions import NO_FACTS, Facts
from kiosk.form import Address, Answer, AnswerValue, Field, FieldProblem, FieldType, Form, QuestionPage, Source
from kiosk.form_rules import check_page, completed, visible_pages

RESOURCES = Path(__file__).parent.parent / "resources"
FIXTURES = Path(__file__).parent / "fixtures"
TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
UNKNOWN = Answer("", Source.CITIZEN, AT, unknown=True)
HOME = Address("01", "Thành phố Hà Nội", "00004", "Phường Ba Đình", "Số 12, ngõ 5, phố Mẫu Đơn")

OWN_BIRTH: Mapping[str, AnswerValue] = {
    "for_whom": "self",
    "event": "0",
    "document_name": "certificate",
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1958-03-27",
    "requester_sex": "1",
    "requester_ethnic_group": "01",
    "requester_nationality": "VN",
    "requester_id_number": "001099000123",
    "registered_at": "Ủy ban nhân dân xã Mẫu Sơn, huyện Mẫu Lộc, tỉnh Hà Tây",
    "has_old_copy": True,
    "registered_number": "25/1958",
    "registered_book": "01",
    "registered_on": "1958-04-02",
    "copies": 2,
    "delivery": "desk",
}
FATHERS_DEATH: Mapping[str, AnswerValue | None] = {
    "for_whom": "parent",
    "event": "2",
    "relation": "4",
    "requester_name": "TRẦN THỊ MẪU ĐƠN",
    "requester_birth_date": "1958",
    "requester_id_number": None,
    "requester_document_kind": "6",
    "requester_document_number": "B1234567",
    "requester_document_issued_on": "2020-05-01",
    "requester_document_issued_by": "Cục Quản lý xuất nhập cảnh",
    "requester_residence": HOME,
    "subject_name": "TRẦN VĂN MẪU",
    "subject_birth_date": None,
    "subject_sex": "1",
    "subject_ethnic_group": None,
    "subject_nationality": "VN",
    "subject_id_number": None,
    "subject_residence": HOME,
    "registered_at": "Ủy ban nhân dân phường Mẫu Đơn, quận Mẫu, thành phố Hà Nội",
    "has_old_copy": False,
    "registered_on": "2001",
    "copies": 1,
    "delivery": "post",
    "delivery_address": HOME,
    "contact_phone": "0912345678",
}


def answered(values: Mapping[str, AnswerValue | None], **changed: AnswerValue | None) -> dict[str, Answer]:
    """The values as the citizen's answers; None is "I don't know"."""
    merged = {**values, **changed}
    return {key: UNKNOWN if value is None else Answer(value, Source.CITIZEN, AT) for key, value in merged.items()}


def form_problems(
    form: Form, answers: Mapping[str, Answer], today: date, facts: Facts = NO_FACTS
) -> tuple[FieldProblem, ...]:
    """The problems of all pages that are asked."""
    live = completed(form, answers, facts)
    pages = visible_pages(form, answers, facts)
    return tuple(problem for page in pages for problem in check_page(page, live, today))


def field_of(kind: FieldType, **more: object) -> Field:
    """One field with the id "x"."""
    return Field(id="x", type=kind, label="Nhãn", **more)  # type: ignore[arg-type]  # any field of Field


def form_of(*fields: Field) -> Form:
    """A form with a page for each field, of the same id."""
    return Form("test", "1", tuple(QuestionPage(field.id, "Phần", "Câu?", "", (field,)) for field in fields))


@cache
def release() -> Release:
    """What this release has: code lists and printed forms."""
    return read_release(RESOURCES)


@cache
def extract_copy() -> Service:
    """Service 2.000635, read without the other services: a mistake in one of those is for its own tests to find."""
    catalog = RESOURCES / "catalog"
    with TemporaryDirectory() as folder:
        for path in (catalog / "catalog.yaml", *catalog.glob("_*"), catalog / "2.000635"):
            (Path(folder) / path.name).symlink_to(path)
        return load_catalog(Path(folder), release()).service("2.000635")
