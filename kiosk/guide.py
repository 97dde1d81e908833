"""The one-page guide of a service: what a person is told before anything is typed, for screen, page and slip alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.catalog import Catalog, DossierPart, Fact, Online, Picture, Route, Service
from kiosk.certainty import decided
from kiosk.config import OfficeSettings
from kiosk.dates import format_day
from kiosk.fees import FeeAmount, may_be_owed
from kiosk.form import Answers
from kiosk.form_rules import completed
from kiosk.texts import _, joined, sayable
from kiosk.told_fees import fee_exceptions, fee_text, fees_of
from kiosk.visit import Visit

LAWS_AT_MOST = 4


class Need(StrEnum):
    """How sure it is that a person has to bring a paper."""

    BRING = "bring"
    PERHAPS = "perhaps"
    LOOKED_UP = "looked_up"


class Topic(StrEnum):
    """What a row of the guide tells, for the picture beside it."""

    FEE = "fee"
    TIME = "time"
    MINUTES = "minutes"
    WAY = "way"
    ONLINE = "online"
    AUTHORITY = "authority"
    RESULT = "result"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class GuidePaper:
    """One paper. `kind` are the kinds of copy that are taken, in words; `notes` are short sentences about it."""

    name: str
    picture: Picture
    need: Need
    kind: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One thing to know: what it is, what it says, and what may be different for some people."""

    topic: Topic
    label: str
    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide; every text is ready to be read. `code` is "" where it is not certain, `closed` and
    `linked` where there is nothing to say. `checked` says by which day the facts hold and which laws they come from."""

    name: str
    everyday: str
    code: str
    office: OfficeSettings
    papers: tuple[GuidePaper, ...]
    rows: tuple[GuideRow, ...]
    notes: tuple[str, ...]
    linked: str
    closed: str
    checked: str
    printed_on: date

    def papers_that(self, need: Need) -> tuple[GuidePaper, ...]:
        """The papers of one kind of need, in the service's order."""
        return tuple(paper for paper in self.papers if paper.need is need)


def make_guide(visit: Visit, catalog: Catalog, office: OfficeSettings, today: date) -> Guide:
    """The guide of the visit's service, by its route, for what is known of the person by now (before the first answer:
    nothing). LookupError before a service is chosen."""
    service = visit.chosen()
    live = completed(service.form, visit.answers, visit.facts)
    together = linked_service(visit, catalog, today)
    return Guide(
        name=_(service.name),
        everyday=_(visit.service_name),
        code=service.official_code,
        office=office,
        papers=tuple(_papers(visit, live)),
        rows=tuple(_rows(visit, office, live, today)),
        notes=tuple(note.told() for note in service.notes),
        linked="" if together is None else _linked_text(service, together),
        closed=not_taken() if service.information_only else "",
        checked=_checked(service),
        printed_on=today,
    )


def linked_service(visit: Visit, catalog: Catalog, today: date) -> Service | None:
    """The service that does this one's work together with others in one go, if it is open today."""
    linked = visit.chosen().linked_first
    found = (service for service in catalog.services if linked is not None and service.code == linked.code)
    return next((service for service in found if service.open_on(today)), None)


def not_taken() -> str:
    """Why a service that is information only cannot be filed here."""
    return _(
        "Máy chưa nhận hồ sơ thủ tục này vì mã hoặc tên chính thức còn phải hỏi lại. Ông/bà in hướng dẫn và hỏi quầy."
    )


def route_sentence(route: Route) -> str:
    """Where the dossier goes from this machine."""
    match route:
        case Route.DESK:
            return _("Hồ sơ gửi thẳng tới Bộ phận Một cửa.")
        case Route.ONLINE_BY_AGREEMENT:
            return _("Hồ sơ được nộp trực tuyến qua cổng dịch vụ công đã có thỏa thuận với nơi này.")
        case Route.PREPARE:
            return _("Máy giúp chuẩn bị và in giấy tờ. Việc nộp, ông/bà tự làm qua VNeID hoặc tại cơ quan.")


def _papers(visit: Visit, live: Answers) -> Iterator[GuidePaper]:
    """The identity card first, for the machine reads it; then the form to be filled in, and what may apply."""
    service = visit.chosen()
    cards = [part for part in service.parts if part.picture is Picture.ID_CARD]
    if not any(_is_brought(part) for part in cards):
        notes = tuple(_(part.replaced_by_data) for part in cards if part.replaced_by_data)
        yield GuidePaper(_("Thẻ căn cước (hoặc căn cước công dân)"), Picture.ID_CARD, Need.BRING, notes=notes)
    if service.paper_form is not None:
        yield GuidePaper(service.paper_form.told(), Picture.FORM, Need.BRING)
    if not service.parts and service.paper_form is None:
        yield GuidePaper(_("Giấy tờ khác: ông/bà hỏi quầy"), Picture.PAPERS, Need.PERHAPS)
    for part in service.parts:
        needed = decided(part.when, service.form, live, visit.facts)
        if needed is False or (part in cards and part.replaced_by_data):
            continue
        if part.replaced_by_data:
            yield GuidePaper(_(part.name), part.picture, Need.LOOKED_UP, notes=(_(part.replaced_by_data),))
        else:
            yield _paper(part, Need.BRING if needed and part.required else Need.PERHAPS)


def _is_brought(part: DossierPart) -> bool:
    return part.required and part.when is None and not part.replaced_by_data


def _paper(part: DossierPart, need: Need) -> GuidePaper:
    notes = [_(part.hint)] if part.hint else []
    if part.alternatives:
        others = joined("; ", (_(text) for text in part.alternatives))
        notes.append(_("Có thể thay bằng: {papers}").format(papers=others))
    if part.shown_only:
        notes.append(_("Mang theo, đưa cho cán bộ tại quầy; không phải quét ở máy này"))
    if not part.return_original:
        notes.append(_("Cơ quan giữ lại bản này"))
    name = replace(part.fact, text=part.name).told()
    return GuidePaper(name, part.picture, need, _kinds(part.copy_kinds), tuple(notes))


@sayable
def _kinds(kinds: tuple[str, ...]) -> str:
    """ "bản chính hoặc bản sao có chứng thực"."""
    names = {
        "original": _("bản chính"),
        "certified": _("bản sao có chứng thực"),
        "copy": _("bản chụp"),
        "electronic": _("bản điện tử"),
    }
    *most, last = [names[kind] for kind in kinds]
    return _("{first} hoặc {last}").format(first=", ".join(most), last=last) if most else last


def _rows(visit: Visit, office: OfficeSettings, live: Answers, today: date) -> Iterator[GuideRow]:
    service = visit.chosen()
    lines = fees_of(visit, service, today)
    exceptions = tuple(fee_exceptions(visit, live, lines, today))
    yield GuideRow(Topic.FEE, _("Phí, lệ phí"), fee_text(lines), exceptions)
    yield GuideRow(Topic.TIME, _("Thời gian giải quyết"), service.processing_time.told())
    if not service.information_only:
        minutes = _("khoảng {minutes} phút").format(minutes=service.minutes_at_kiosk)
        yield GuideRow(Topic.MINUTES, _("Làm trên máy này"), minutes)
        yield GuideRow(Topic.WAY, _("Cách nộp"), _way(visit, lines), (service.route_reason.told(),))
    yield GuideRow(Topic.AUTHORITY, _("Nơi giải quyết"), service.authority.told())
    yield GuideRow(Topic.RESULT, _("Kết quả nhận được"), service.result.told())
    yield GuideRow(Topic.ONLINE, _("Nộp qua mạng"), _online(service))
    asks = " · ".join(text for text in (office.phone, office.hours) if text)
    yield GuideRow(Topic.ASK, _("Hỏi ai"), office.name, (asks,) if asks else ())


@sayable
def _way(visit: Visit, lines: tuple[FeeAmount, ...]) -> str:
    """Where the dossier goes, and where the fee, if there is one, is paid."""
    way = route_sentence(visit.route)
    return f"{way} {visit.chosen().payment.told()}." if may_be_owed(lines) else way


@sayable
def _online(service: Service) -> str:
    """The level as people know it, and what it means today."""
    match service.online:
        case Online.WHOLE:
            level = _("Mức 4 – toàn trình")
        case Online.PART:
            level = _("Mức 3 – một phần")
        case Online.IN_PERSON:
            level = _("Mức 2 – nộp trực tiếp")
        case Online.UNKNOWN:
            level = _("Chưa rõ mức")
    return f"{level}: {service.level_fact.told()}"


@sayable
def _linked_text(service: Service, other: Service) -> str:
    assert service.linked_first is not None  # it named the other
    return _("Nên làm gộp: {name}. {why}.").format(name=_(other.name), why=service.linked_first.fact.told().rstrip("."))


@sayable
def _checked(service: Service) -> str:
    """The laws, and the day of the oldest fact."""
    facts: tuple[Fact, ...] = (
        service.processing_time,
        service.authority,
        service.result,
        service.level_fact,
        *service.legal_basis,
        *(part.fact for part in service.parts),
        *(rule.fact for rule in service.fees),
    )
    day = format_day(min(fact.checked_on for fact in facts))
    laws = [fact.told() for fact in service.legal_basis]
    more = [_("và các văn bản khác")] if len(laws) > LAWS_AT_MOST else []
    basis = "; ".join((*laws[:LAWS_AT_MOST], *more))
    return _("Căn cứ: {basis}. Kiểm tra ngày {day}.").format(basis=basis, day=day)
