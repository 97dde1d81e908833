"""Visits, cards, services and papers of made-up people: sensible defaults, and what a test cares about by name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from kiosk.card import CardRead, Layout
from kiosk.catalog import (
    Catalog,
    Coded,
    Confidence,
    DossierPart,
    Fact,
    FeeRule,
    IdentityAssurance,
    Online,
    Route,
    Service,
)
from kiosk.catalog_file import load_catalog
from kiosk.dates import PartialDate
from kiosk.documents import CopyKind, Document, Origin, Page, Paper
from kiosk.dossier import Desk, Dossier, Identifiers, file
from kiosk.form import Answer, AnswerValue, Choice, Condition, Field, FieldType, Form, QuestionPage
from kiosk.handover import reviewed_sha256
from kiosk.ports import PageImage
from kiosk.review import parts
from kiosk.visit import Confirmation, ConsentGiven, ConsentKind, Helper, HelperKind, Place, Step, Visit
from tests.sample_forms import AT, FIXTURES, OWN_BIRTH, answered, extract_copy, release

FACT = Fact("Mẫu", "mẫu", date(2026, 11, 21), Confidence.FOUND)
LATER = AT + timedelta(minutes=10)
PRIVACY = ConsentGiven(ConsentKind.PRIVACY, "Tôi đồng ý (mẫu).", AT)
HELPING = ConsentGiven(ConsentKind.HELPER, "Tôi đồng ý để người này giúp (mẫu).", AT)
PLEDGE = ConsentGiven(ConsentKind.DECLARATION, extract_copy().declaration_pledge, LATER)
VOLUNTEER = Helper(HelperKind.VOLUNTEER, "Lê Thị Thử", "Đoàn phường Mẫu")
CARD = CardRead(
    number="001058000123",
    old_number="012345678",
    name="Nguyễn Văn Mẫu",
    birth_date=PartialDate(1958, 3, 27),
    sex="Nam",
    address="Thôn Đông, Xã X, Huyện Y, Hà Tây",
    issued_on=date(2021, 5, 20),
    extras=(),
    layout=Layout.CARD_2021,
)
DESK = Desk(
    kiosk_id="kiosk-01",
    agency=Coded("H26.21.03", "UBND phường Mẫu", "20/2020/QĐ-TTg", "2026"),
    office_name="Bộ phận Một cửa phường Mẫu",
    phone="024 0000 0000",
    catalog_version="2026-11-21",
    areas_version="2026-09-20",
    test=False,
)
IDS = Identifiers(UUID("019a9e5e-1c00-7000-8000-000000000001"), bytes(range(16)))


@cache
def fixture_catalog() -> Catalog:
    """9.000001 (online by agreement, one required paper) and 3.000333 (prepare)."""
    return load_catalog(FIXTURES / "catalog", release())


def make_card(**changed: Any) -> CardRead:
    """A card of 2021."""
    return replace(CARD, **changed)


def make_part(code: str = "proof", **changed: Any) -> DossierPart:
    """A required paper."""
    return replace(DossierPart(code, f"Giấy tờ {code}", "", required=True, fact=FACT), **changed)


def make_fee(**changed: Any) -> FeeRule:
    """8.000 đồng, by every route."""
    return replace(FeeRule("copy", "Phí mẫu", 8000, "8.000 đồng một bản", FACT, tuple(Route)), **changed)


def make_field(field_id: str, kind: FieldType = FieldType.TEXT, **changed: Any) -> Field:
    """A required question; a choice has the options "1" (Nam) and "2" (Nữ)."""
    choices = (Choice("1", "Nam"), Choice("2", "Nữ")) if kind is FieldType.CHOICE else ()
    return replace(Field(field_id, kind, f"Câu {field_id}", choices=choices), **changed)


def make_page(*fields: Field, when: Condition | None = None) -> QuestionPage:
    """A page named for its first field."""
    return QuestionPage(fields[0].id, "Phần mẫu", "Câu?", "", fields, when)


def make_service(*fields: Field, pages: tuple[QuestionPage, ...] = (), **changed: Any) -> Service:
    """A service that asks these pages, or each of these fields on its own page; it wants no paper and no fee."""
    service = Service(
        code="9.999999",
        name="Dịch vụ mẫu",
        named=FACT,
        everyday_names=("Việc mẫu",),
        aliases=(),
        field=Coded("MAU", "Lĩnh vực mẫu", "mẫu", "1"),
        authority=FACT,
        route=Route.DESK,
        route_reason=FACT,
        online=Online.WHOLE,
        level_fact=FACT,
        valid_from=None,
        valid_to=None,
        processing_time=FACT,
        minutes_at_kiosk=5,
        fees=(),
        payment=FACT,
        parts=(),
        result=FACT,
        legal_basis=(FACT,),
        needs_identity=IdentityAssurance.TYPED,
        form=Form("9.999999", "1", pages or tuple(make_page(field) for field in fields)),
        declaration="",
        declaration_pledge="Tôi cam đoan (mẫu).",
    )
    return replace(service, **changed)


def make_visit(
    service: Service | None = None, values: Mapping[str, AnswerValue | None] = OWN_BIRTH, **changed: Any
) -> Visit:
    """A visit with nothing left to answer, at its review: of 2.000635 and typed by the citizen unless told."""
    own = service or extract_copy()
    visit = Visit(
        place=Place(Step.REVIEW),
        service=own,
        route=own.route,
        consents=(PRIVACY,),
        answers=MappingProxyType(answered(values)),
    )
    return replace(visit, **changed)


def helped(helper: Helper = VOLUNTEER, **changed: Any) -> Visit:
    """A visit that this helper had a hand in, with the citizen's consent, and that the citizen has confirmed."""
    consents = (PRIVACY,) if helper.kind is HelperKind.NONE else (PRIVACY, HELPING)
    visit = make_visit(helper=helper, consents=consents, **changed)
    return replace(visit, confirmation=Confirmation(LATER, ("Đúng không?",), reviewed_sha256(visit)))


def with_answers(visit: Visit, **answers: Answer) -> Visit:
    """The visit with these answers in place of those before."""
    return replace(visit, answers=MappingProxyType({**visit.answers, **answers}))


def make_image(mark: int = 0) -> PageImage:
    """A picture that can be told from those with another mark."""
    return PageImage(b"picture %d" % mark, "image/jpeg", 1654, 2339, 200)


def make_document(part_code: str = "proof", pages: int = 1, **changed: Any) -> Document:
    """A scanned original with pages of the keys 1, 2 ..."""
    taken = tuple(Page(key, make_image(key)) for key in range(1, pages + 1))
    return replace(Document(part_code, Origin.SCANNER, CopyKind.ORIGINAL, taken), **changed)


def make_paper(part_code: str = "proof", content: bytes = b"%PDF", **changed: Any) -> Paper:
    """A finished file of one page, scanned from an original."""
    paper = Paper(
        part_code,
        f"Giấy tờ {part_code}",
        f"{part_code}.pdf",
        "application/pdf",
        content,
        1,
        Origin.SCANNER,
        CopyKind.ORIGINAL,
    )
    return replace(paper, **changed)


def make_declaration(content: bytes = b"%PDF declaration") -> Paper:
    """The printed declaration as a file."""
    return make_paper("TK", content, part_name="Tờ khai", origin=Origin.GENERATED, copy_kind=CopyKind.ELECTRONIC)


def papers_of(visit: Visit) -> tuple[Paper, ...]:
    """The declaration and a file for each part that was captured."""
    captured = (part for part in parts(visit) if part.document is not None)
    return (make_declaration(), *(make_paper(part.part_code, part.part_code.encode()) for part in captured))


def make_dossier(visit: Visit | None = None, papers: tuple[Paper, ...] | None = None, **desk: Any) -> Dossier:
    """The dossier of the visit, filed ten minutes after its answers were given."""
    own = visit or make_visit()
    taken = papers_of(own) if papers is None else papers
    return file(own, replace(DESK, **desk), taken, IDS, PLEDGE, LATER)
