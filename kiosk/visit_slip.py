"""Builds the slip that ends a visit: from what was sealed and what the portal answered, or from what was prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.catalog import DossierPart, Service
from kiosk.civil_status_export import MEDIA_TYPE
from kiosk.conditions import holds
from kiosk.consent_texts import helper_role_text
from kiosk.dates import vietnam_day
from kiosk.dossier import Desk, Dossier, Identifiers
from kiosk.fees import FeeAmount, may_be_owed
from kiosk.form_rules import completed
from kiosk.ids import slip_code
from kiosk.manifest import Delivery, FeeLine, Manifest
from kiosk.parties import owner
from kiosk.provenance import helpers_of, typed_counts
from kiosk.receipt import Receipt
from kiosk.review import parts
from kiosk.slip import (
    Slip,
    SlipDossier,
    SlipFee,
    SlipOffice,
    SlipPaper,
    SlipPrinting,
    SlipReceipt,
    filed_slip,
    held_slip,
    kept_slip,
    prepared_slip,
)
from kiosk.status import Standing
from kiosk.texts import _, composed, joined, without_stop
from kiosk.told_fees import fees_of
from kiosk.visit import Helper, Visit
from kiosk.working_days import WorkingCalendar

WORD_WITHIN_WORKING_DAYS = 2


class Slips(Protocol):
    """The slips of one visit's end."""

    def make(
        self,
        receipt: Receipt | None,
        printed_at: datetime,
        copy_number: int = 1,
        standing: Standing = Standing.KEPT,
    ) -> Slip:
        """The slip as things stand; called again for a reprint, or when the receipt has come. `standing` is that of
        the outbox (kiosk.status.status_of), and counts where there is no receipt."""
        ...


@dataclass(frozen=True, slots=True)
class SlipMaker:
    """The slips of a sealed dossier."""

    visit: Visit
    dossier: Dossier
    desk: Desk
    calendar: WorkingCalendar

    def make(
        self,
        receipt: Receipt | None,
        printed_at: datetime,
        copy_number: int = 1,
        standing: Standing = Standing.KEPT,
    ) -> Slip:
        """The slip as things stand: filed only with a verified receipt, and only what the line still sends is promised
        to be sent."""
        today = vietnam_day(printed_at)
        printing = SlipPrinting(
            printed_at=printed_at,
            call_after=self.calendar.add_working_days(today, WORD_WITHIN_WORKING_DAYS),
            copy_number=copy_number,
            test=self.desk.test,
        )
        office = SlipOffice(self.desk.office_name, self.desk.phone)
        if receipt is not None:
            came = SlipReceipt(receipt.received_at, receipt.national_code, receipt.due_at)
            return filed_slip(office, self._dossier(), came, printing)
        unsent = held_slip if standing in (Standing.HELD_BY_DESK, Standing.WITHDRAWN) else kept_slip
        return unsent(office, self._dossier(), printing)

    def _dossier(self) -> SlipDossier:
        manifest, service = self.dossier.draft, self.visit.chosen()
        submitter = manifest.submitter
        return SlipDossier(
            slip_code=self.dossier.slip_code,
            token=self.dossier.slip_token,
            service_name=_(manifest.procedure.name),
            owner_name=manifest.owner.name,
            owner_number=manifest.owner.ids[0].number if manifest.owner.ids else "",
            papers=tuple(
                SlipPaper(_(document.part.name), document.page_count)
                for document in manifest.documents
                if document.media_type != MEDIA_TYPE  # for the office's software, no paper of the citizen's
            ),
            fees=_fees(manifest.fees),
            usual_time=service.processing_time.told(),
            fee_note=_payment_sentence(service, manifest.delivery) if may_be_owed(manifest.fees) else "",
            at_once=(
                *_shown_sentences(self.visit),
                *_originals_sentence(service, manifest),
                *(composed("{}.", without_stop(fact.told())) for fact in service.after_filing),
            ),
            next_steps=(_delivery_sentence(manifest.delivery),),
            helper_mark=_helper_mark(self.visit),
            online=manifest.route == "online_by_agreement",
            reachable=bool(submitter.phone or submitter.email or submitter.address),
        )


@dataclass(frozen=True, slots=True)
class PreparedSlipMaker:
    """The slips of the route `prepare`. Nothing was sealed: all that is known is in the visit."""

    visit: Visit
    ids: Identifiers
    desk: Desk

    def make(
        self,
        receipt: Receipt | None,
        printed_at: datetime,
        copy_number: int = 1,
        standing: Standing = Standing.KEPT,
    ) -> Slip:
        """What was prepared, and where the citizen files it."""
        del receipt, standing  # nothing is sent, so that nothing can come of it
        printing = SlipPrinting(printed_at, call_after=None, copy_number=copy_number, test=self.desk.test)
        office = SlipOffice(self.desk.office_name, self.desk.phone)
        return prepared_slip(office, self._dossier(vietnam_day(printed_at)), printing)

    def _dossier(self, today: date) -> SlipDossier:
        service = self.visit.chosen()
        person = owner(self.visit, self.desk.areas_version)
        fees = fees_of(self.visit, service, today)
        captured = [(_(part.name), part.document) for part in parts(self.visit)]
        where = _("Ông/bà tự nộp qua VNeID trên Cổng Dịch vụ công quốc gia, hoặc tại cơ quan giải quyết: {authority}.")
        return SlipDossier(
            slip_code=slip_code(self.ids.client_ref),
            token=self.ids.slip_token,
            service_name=_(service.name),
            owner_name=person.name,
            owner_number=person.ids[0].number if person.ids else "",
            papers=tuple(SlipPaper(name, len(document.pages)) for name, document in captured if document),
            fees=_fees(fees),
            usual_time=service.processing_time.told(),
            fee_note=composed("{}.", service.payment.told()) if may_be_owed(fees) else "",
            at_once=_to_show_elsewhere(self.visit),
            next_steps=(where.format(authority=without_stop(_(service.authority.text))),),
            helper_mark=_helper_mark(self.visit),
        )


def _helper_mark(visit: Visit) -> str:
    """Who helped, by the badge where there is one, and how much of it each has typed."""
    typed = typed_counts(visit)
    return joined("; ", (_help_told(helper, typed.get(helper.mark, 0)) for helper in helpers_of(visit)))


def _help_told(helper: Helper, typed: int) -> str:
    who = helper.code or composed("{} ({})", helper.name, helper_role_text(helper))
    return _("{who}, gõ {count} câu").format(who=who, count=typed) if typed else who


def _payment_sentence(service: Service, delivery: Delivery) -> str:
    """Who never comes for the result is not told to pay where it is handed out."""
    return composed("{}.", service.payment.told()) if delivery.by == "desk" else _("Ông/bà hỏi quầy cách nộp phí.")


def _fees(lines: Sequence[FeeAmount | FeeLine]) -> tuple[SlipFee, ...]:
    """The lines of the bill; where there is none, only the counter knows."""
    told = tuple(SlipFee(_(line.name), line.amount_vnd, _(line.reason)) for line in lines)
    return told or (SlipFee(_("Phí, lệ phí"), None),)


def _shown(visit: Visit) -> tuple[DossierPart, ...]:
    """The papers that have to be there and were not captured, for the counter wants to see them."""
    service = visit.chosen()
    live = completed(service.form, visit.answers, visit.facts)
    parts = (part for part in service.parts if part.shown_only and part.required)
    return tuple(part for part in parts if holds(part.when, live, visit.facts))


def _shown_sentences(visit: Visit) -> tuple[str, ...]:
    """Nobody goes home with what the counter waits for."""
    groups = (
        (_("Đưa bản chính cho cán bộ ở quầy ngay bây giờ: {papers}."), True),
        (_("Nộp cho cán bộ ở quầy ngay bây giờ: {papers}."), False),
    )
    told = ((text, [part for part in _shown(visit) if part.return_original is goes_back]) for text, goes_back in groups)
    return tuple(text.format(papers=_named(parts)) for text, parts in told if parts)


def _to_show_elsewhere(visit: Visit) -> tuple[str, ...]:
    """The same where somebody else takes the dossier."""
    shown = _shown(visit)
    return (_("Mang theo để đưa cho cán bộ: {papers}.").format(papers=_named(shown)),) if shown else ()


def _named(parts: Sequence[DossierPart]) -> str:
    return joined("; ", (_(part.name) for part in parts))


def _originals_sentence(service: Service, manifest: Manifest) -> tuple[str, ...]:
    """Which of the papers that were scanned the office keeps: they are handed over at the counter."""
    scanned = {document.part.code for document in manifest.documents}
    kept = [part for part in service.parts if part.code in scanned and not part.return_original]
    if not kept:
        return ()
    return (_("Nộp bản gốc cho cán bộ tại quầy: {papers}.").format(papers=_named(kept)),)


def _delivery_sentence(delivery: Delivery) -> str:
    match delivery.by:
        case "post":
            return _("Kết quả được gửi qua bưu điện.")
        case "electronic":
            return _("Kết quả là bản điện tử.")
        case "desk":
            return _("Mời ông/bà nhận kết quả tại quầy.")
