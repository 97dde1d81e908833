"""Made-up visits for the gallery, walked through the real step table up to the place that is to be drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from commands.gallery_stand_ins import DESK, NOW
from commands.tour_answers import UNKNOWN, MadeUpAnswers, load_answers
from kiosk.areas import Areas
from kiosk.card import CardRead, parse_card
from kiosk.catalog import Service
from kiosk.consent_texts import declaration_text, helper_text, privacy_text
from kiosk.dates import vietnam_day
from kiosk.documents import CopyKind, Document, Origin, Page, Paper
from kiosk.dossier import Dossier, Identifiers, file
from kiosk.field_rules import normalise
from kiosk.form import Address, Answer, AnswerValue, Field, FieldProblem, FieldType, TableRow
from kiosk.form_rules import visible_pages
from kiosk.handover import handover_questions, reviewed_sha256
from kiosk.next_place import needed_parts
from kiosk.ports import PageImage
from kiosk.visit import Confirmation, ConsentGiven, ConsentKind, Helper, HelperKind, Place, Step, Visit
from kiosk.visit_events import (
    Answered,
    Begun,
    CardConfirmed,
    CardLeftOut,
    CardShown,
    Consented,
    DossierSealed,
    Event,
    HandedOver,
    HelperAgreed,
    HelperChosen,
    HelperNamed,
    PagesChanged,
    PartOpened,
    PledgeAccepted,
    ServiceChosen,
    WentOn,
)
from kiosk.visit_help import needs_handover
from kiosk.visit_steps import advance

CARD_TEXT = "001058000123|012345678|NGUYỄN VĂN MẪU|27031958|Nam|Số 12, Thị trấn Thường Tín, Thường Tín, Hà Nội|01072021"
NOBODY = Helper()
HELPER = Helper(HelperKind.VOLUNTEER, "Trần Thị Mẫu", "Đoàn xã Mẫu")
BADGED = Helper(HelperKind.VOLUNTEER, "Nguyễn Ngọc Thanh Tuyền Mẫu", "Đoàn xã Mẫu Trung", "TNV-0231", ("0900000001",))
OFFICE_PROVINCE = "01"
STEPS_AT_MOST = 120


@dataclass(frozen=True, slots=True)
class Walker:
    """Answers every page as one made-up person. `answers` are typed texts by field id ("" leaves it open, "?" says
    that it is not known); `card` and `helper` say whether there is one; `pages` are the papers that are scanned."""

    service: Service
    areas: Areas
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    card: bool = True
    helper: Helper = NOBODY
    pages: tuple[PageImage, ...] = ()

    def until(self, arrived: Callable[[Place], bool]) -> Visit:
        """The visit at the first place of that kind. Raises LookupError where there is none on the way."""
        visit = Visit()
        for _step in range(STEPS_AT_MOST):
            if arrived(visit.place):
                return visit
            visit = self.after(visit)
        raise LookupError("the visit does not come by such a place")

    def at(self, step: Step) -> Visit:
        """The visit at that step."""
        return self.until(lambda place: place.step is step)

    def on_page(self, page_id: str) -> Visit:
        """The visit at that page of the form."""
        return self.until(lambda place: place.page_id == page_id)

    def after(self, visit: Visit) -> Visit:
        """The visit one step on."""
        return advance(visit, self._event(visit))

    def sealed(self) -> tuple[Visit, Dossier]:
        """The visit that has filed, and its dossier."""
        visit = self.at(Step.FILE)
        visit = self.at(Step.CERTAIN) if needs_handover(visit) else visit
        accepted = ConsentGiven(ConsentKind.DECLARATION, declaration_text(self.service), NOW)
        papers = tuple(_paper(document) for document in visit.documents.values())
        dossier = file(visit, DESK, papers, Identifiers.new(NOW), accepted, NOW)
        return advance(visit, DossierSealed(dossier.client_ref, accepted)), dossier

    def _event(self, visit: Visit) -> Event:
        place = visit.place
        match place.step:
            case Step.HOME:
                return Begun()
            case Step.CHOOSE:
                return ServiceChosen(self.service, self.service.route, vietnam_day(NOW), OFFICE_PROVINCE)
            case Step.CONSENT:
                return Consented(ConsentGiven(ConsentKind.PRIVACY, privacy_text(DESK.office_name, visit.route), NOW))
            case Step.CARD:
                return CardShown(made_up_card()) if self.card else CardLeftOut()
            case Step.CONFIRM:
                return CardConfirmed(NOW)
            case Step.FORM:
                return Answered(place.page_id, self._answers(visit))
            case Step.PARTS:
                return self._open_part(visit)
            case Step.CAPTURE if place.part_code not in visit.documents and self.pages:
                return PagesChanged(self._document(place.part_code))
            case _:
                return self._with_helper(visit) or WentOn()

    def _with_helper(self, visit: Visit) -> Event | None:
        """What happens on the pages of the helper, and on those that are there because of one."""
        match visit.place.step:
            case Step.HELPER:
                return HelperChosen(self.helper.kind, badge=bool(self.helper.code))
            case Step.HELPER_NAME | Step.HELPER_BADGE:
                return HelperNamed(self.helper)
            case Step.HELPER_CONSENT:
                return HelperAgreed(ConsentGiven(ConsentKind.HELPER, helper_text(visit.route, visit.helper), NOW))
            case Step.HANDOVER:
                questions = tuple(each.text for each in handover_questions(visit, vietnam_day(NOW)))
                return HandedOver(Confirmation(NOW, questions, reviewed_sha256(visit)))
            case Step.FILE if needs_handover(visit):
                return PledgeAccepted()
            case Step.CARD_AGAIN:
                return CardShown(made_up_card())
            case _:
                return None

    def _answers(self, visit: Visit) -> dict[str, Answer]:
        pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
        page = next(page for page in pages if page.id == visit.place.page_id)
        made_up = load_answers(self.service.code, papers=True)
        given = ((field.id, self._answer(field, visit, made_up)) for field in page.fields)
        return {key: answer for key, answer in given if answer is not None}

    def _answer(self, asked: Field, visit: Visit, made_up: MadeUpAnswers) -> Answer | None:
        typed = self.answers.get(asked.id, made_up.text(asked))
        if asked.type is FieldType.TABLE:
            return Answer(tuple(_row(asked, row) for row in made_up.table(asked)), visit.author, NOW)
        if typed == UNKNOWN:
            return Answer("", visit.author, NOW, unknown=True)
        if asked.type is FieldType.ADDRESS:
            return Answer(self._address(), visit.author, NOW)
        if asked.type is FieldType.CHOICE:
            codes = [choice.code for choice in asked.choices]
            return Answer(typed if typed in codes else codes[0], visit.author, NOW)
        value = normalise(asked, typed) if typed else None
        return Answer(_sound(value), visit.author, NOW) if value is not None else None

    def _address(self) -> Address:
        province = self.areas.provinces[0]
        commune = self.areas.communes_of(province.code)[0]
        return Address(province.code, province.full_name, commune.code, commune.full_name, "Số 12, Đường Mẫu")

    def _open_part(self, visit: Visit) -> Event:
        missing = next((code for code in needed_parts(visit) if code not in visit.documents), None)
        return PartOpened(missing) if missing is not None and self.pages else WentOn()

    def _document(self, part_code: str) -> Document:
        pages = tuple(Page(key, image) for key, image in enumerate(self.pages, 1))
        return Document(part_code, Origin.SCANNER, CopyKind.ORIGINAL, pages)


def _row(table: Field, texts: Mapping[str, str]) -> TableRow:
    cells = {key: text for key, text in texts.items() if text != UNKNOWN}
    columns = {column.id: column for column in table.columns}
    read = {key: _sound(normalise(columns[key], text)) for key, text in cells.items()}
    return TableRow({key: value for key, value in read.items() if not isinstance(value, tuple)})


def made_up_card() -> CardRead:
    """A card of nobody."""
    card = parse_card(CARD_TEXT)
    if not isinstance(card, CardRead):
        raise LookupError(card.reason)
    return card


def _paper(document: Document) -> Paper:
    """The document as a file of one byte: no screen shows what is in it."""
    name = f"{document.part_code}.pdf"
    kind, pages = "application/pdf", len(document.pages)
    return Paper(document.part_code, document.part_code, name, kind, b"%", pages, document.origin, document.copy_kind)


def _sound(value: AnswerValue | FieldProblem) -> AnswerValue:
    if isinstance(value, FieldProblem):
        raise LookupError(value.message)
    return value
