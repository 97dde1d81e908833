"""A visit as a draft keeps it: every value that it holds but the catalogue's own, as records with a version.

Dates, addresses, tables and cards are written as they are (pydantic knows dataclasses). Pictures, and the fingerprints
of pages, which are larger than all else, are named by their digest, so that a new answer rewrites neither.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from kiosk.card import CardRead
from kiosk.catalog import Route
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.form import Answer
from kiosk.manifest import sha256_hex
from kiosk.ports import PageFault, PageImage, PageReport
from kiosk.visit import ConsentGiven, Helper, PastHelp, Place, Visit

SCHEMA: Literal["diem-truy-cap/draft/1"] = "diem-truy-cap/draft/1"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReportRecord(_Record):
    """What a look at a page found; the fingerprint by its digest, "" for a page without one."""

    faults: tuple[PageFault, ...]
    blank: bool
    fingerprint: str


class PageRecord(_Record):
    """One page, its picture by digest."""

    key: int
    sha256: str
    media_type: str
    width_px: int
    height_px: int
    dpi: int
    origin: Origin
    report: ReportRecord | None
    same_as: tuple[int, ...]


class DocumentRecord(_Record):
    """The pages of one part."""

    part_code: str
    origin: Origin
    copy_kind: CopyKind
    pages: tuple[PageRecord, ...]


class VisitRecord(_Record):
    """The whole visit. The service is named: the catalogue of the day on which it is opened again has its form."""

    schema_: Literal["diem-truy-cap/draft/1"] = SCHEMA
    saved_at: AwareDatetime
    service_code: str
    called: str = ""
    route: Route
    place: Place
    trail: tuple[Place, ...]
    returns_to: tuple[Place, ...]
    on: date | None
    last_workday: date | None
    province: str
    card: CardRead | None
    card_confirmed_at: datetime | None
    helper: Helper
    consents: tuple[ConsentGiven, ...]
    answers: dict[str, Answer]
    documents: tuple[DocumentRecord, ...]
    filed: tuple[UUID, ...]
    earlier: dict[str, dict[str, Answer]]
    past_help: tuple[PastHelp, ...] = ()
    past_phones: tuple[str, ...] = ()
    represents: bool = False


def recorded(visit: Visit, saved_at: datetime) -> tuple[VisitRecord, Mapping[str, bytes]]:
    """The record of a visit that has chosen its service, and the contents that it names, by SHA-256."""
    contents: dict[str, bytes] = {}
    documents = tuple(_document(document, contents) for document in visit.documents.values())
    record = VisitRecord(
        saved_at=saved_at,
        service_code=visit.chosen().code,
        called=visit.called,
        route=visit.route,
        place=visit.place,
        trail=visit.trail,
        returns_to=visit.returns_to,
        on=visit.on,
        last_workday=visit.last_workday,
        province=visit.province,
        card=visit.card,
        card_confirmed_at=visit.card_confirmed_at,
        helper=visit.helper,
        consents=visit.consents,
        answers=dict(visit.answers),
        documents=documents,
        filed=visit.filed,
        earlier={code: dict(answers) for code, answers in visit.earlier.items()},
        past_help=visit.past_help,
        past_phones=visit.past_phones,
        represents=visit.represents,
    )
    return record, contents


def documents_of(record: VisitRecord, contents: Mapping[str, bytes]) -> Mapping[str, Document]:
    """The documents with their pictures. Raises KeyError for a content that is not there."""
    documents = (
        Document(each.part_code, each.origin, each.copy_kind, tuple(_page_of(page, contents) for page in each.pages))
        for each in record.documents
    )
    return MappingProxyType({document.part_code: document for document in documents})


def names_of(record: VisitRecord) -> frozenset[str]:
    """The digests of all contents that the record names."""
    pages = [page for document in record.documents for page in document.pages]
    prints = {page.report.fingerprint for page in pages if page.report is not None}
    return frozenset({page.sha256 for page in pages} | prints - {""})


def _document(document: Document, contents: dict[str, bytes]) -> DocumentRecord:
    pages = tuple(_page(page, contents) for page in document.pages)
    return DocumentRecord(
        part_code=document.part_code, origin=document.origin, copy_kind=document.copy_kind, pages=pages
    )


def _page(page: Page, contents: dict[str, bytes]) -> PageRecord:
    image = page.image
    return PageRecord(
        key=page.key,
        sha256=_put(image.content, contents),
        media_type=image.media_type,
        width_px=image.width_px,
        height_px=image.height_px,
        dpi=image.dpi,
        origin=page.origin,
        report=None if page.report is None else _report(page.report, contents),
        same_as=tuple(sorted(page.same_as)),
    )


def _report(report: PageReport, contents: dict[str, bytes]) -> ReportRecord:
    number = report.fingerprint
    digest = _put(number.to_bytes((number.bit_length() + 7) // 8), contents) if number else ""
    return ReportRecord(faults=report.faults, blank=report.blank, fingerprint=digest)


def _put(content: bytes, contents: dict[str, bytes]) -> str:
    digest = sha256_hex(content)
    contents[digest] = content
    return digest


def _page_of(page: PageRecord, contents: Mapping[str, bytes]) -> Page:
    image = PageImage(contents[page.sha256], page.media_type, page.width_px, page.height_px, page.dpi)
    report = None if page.report is None else _report_of(page.report, contents)
    return Page(page.key, image, page.origin, report, frozenset(page.same_as))


def _report_of(report: ReportRecord, contents: Mapping[str, bytes]) -> PageReport:
    number = int.from_bytes(contents[report.fingerprint]) if report.fingerprint else 0
    return PageReport(report.faults, report.blank, number)
