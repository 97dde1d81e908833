"""The dossier: what is filed, made once from a reviewed visit, and from then on unchangeable."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from kiosk import manifest as wire
from kiosk.catalog import Coded, Route, Service
from kiosk.computed import all_fields
from kiosk.dates import vietnam_day
from kiosk.documents import Origin, Paper
from kiosk.errors import NotReviewed
from kiosk.fees import fee_lines
from kiosk.form import Address, Answer, AnswerValue, Field, Source
from kiosk.form_rules import completed, display_text
from kiosk.handover import reviewed_sha256
from kiosk.help_record import handover_record, helper_record, helper_records
from kiosk.ids import slip_code, uuid7
from kiosk.parties import delivery, owner, submitter, wire_address
from kiosk.review import parts, problems
from kiosk.visit import ConsentGiven, Visit
from kiosk.visit_help import needs_handover

PROCEDURE_SCHEME = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
_NOT_YET = "0" * 64  # seq and audit head are given by the store, inside the transaction that seals


@dataclass(frozen=True, slots=True)
class Desk:
    """Where this is filed: the enrolled kiosk, the agency it files to, the versions of the data in use, and whether
    the portal's clock agreed with the kiosk's when it was last heard."""

    kiosk_id: str
    agency: Coded
    office_name: str
    phone: str
    catalog_version: str
    areas_version: str
    test: bool
    clock: Literal["portal_checked", "unchecked"] = "unchecked"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is sealed. `slip_token` is random and goes on the slip only; the manifest holds its digest."""

    client_ref: UUID
    slip_code: str
    service_code: str
    slip_token: bytes
    papers: Mapping[UUID, bytes]
    draft: wire.Manifest

    def manifest(self, *, kiosk_id: str, seq: int, audit_head: str, sealed_at: datetime) -> wire.Manifest:
        """The manifest with what only the sealing transaction knows."""
        instant = wire.WireInstant(at=sealed_at, clock=self.draft.sealed_at.clock)
        event = wire.EventRecord(kind="sealed", at=instant, actor="citizen")
        return self.draft.model_copy(
            update={
                "kiosk_id": kiosk_id,
                "seq": seq,
                "audit_head": audit_head,
                "sealed_at": instant,
                "events": (*self.draft.events, event),
            }
        )


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one dossier, made before anything is sent and never changed."""

    client_ref: UUID
    slip_token: bytes

    @staticmethod
    def new(now: datetime) -> "Identifiers":
        """Fresh identifiers: a UUIDv7 of this instant and a token of 128 random bits."""
        milliseconds = int(now.timestamp() * 1000)
        return Identifiers.of(uuid7(milliseconds, secrets.token_bytes(10)))

    @staticmethod
    def of(client_ref: UUID) -> "Identifiers":
        """Those of a dossier whose reference is known already: its draft was kept by it."""
        return Identifiers(client_ref, secrets.token_bytes(16))


def file(
    visit: Visit, desk: Desk, papers: Sequence[Paper], ids: Identifiers, declaration: ConsentGiven, now: datetime
) -> Dossier:
    """The dossier of a reviewed visit. Raises NotReviewed while the review has problems, for other papers than it
    shows (those made here, such as the declaration, apart), where the route sends nothing, and where somebody helped
    and the citizen has not confirmed just this."""
    today = vietnam_day(now)
    if visit.route is Route.PREPARE:
        raise NotReviewed("a prepared service is handed over, never filed")
    if found := problems(visit, today):
        raise NotReviewed(f"{len(found)} problems left")
    captured = [part.part_code for part in parts(visit) if part.document is not None]
    if sorted(paper.part_code for paper in papers if paper.origin is not Origin.GENERATED) != sorted(captured):
        raise NotReviewed("the papers are not those of the review")
    confirmed = "" if visit.confirmation is None else visit.confirmation.reviewed_sha256
    if needs_handover(visit) and confirmed != reviewed_sha256(visit):
        raise NotReviewed("somebody helped, and the citizen has not confirmed what would be filed")
    contents = {_paper_id(ids.client_ref, index): paper for index, paper in enumerate(papers)}
    past = tuple(each.consent for each in visit.past_help)
    draft = _draft(visit, desk, contents, ids, (*visit.consents, *past, declaration), now)
    return Dossier(
        client_ref=ids.client_ref,
        slip_code=slip_code(ids.client_ref),
        service_code=visit.chosen().code,
        slip_token=ids.slip_token,
        papers=MappingProxyType({key: paper.content for key, paper in contents.items()}),
        draft=draft,
    )


def _paper_id(client_ref: UUID, index: int) -> UUID:
    """Each document's own id: the same filing, made again after a crash, names the same documents."""
    return uuid7(client_ref.int >> 80, bytes.fromhex(wire.sha256_hex(client_ref.bytes + bytes([index])))[:10])


def _draft(
    visit: Visit,
    desk: Desk,
    papers: Mapping[UUID, Paper],
    ids: Identifiers,
    consents: Sequence[ConsentGiven],
    now: datetime,
) -> wire.Manifest:
    service = visit.chosen()
    person = submitter(visit, desk.areas_version)
    return wire.Manifest(
        client_ref=ids.client_ref,
        slip_code=slip_code(ids.client_ref),
        kiosk_id=desk.kiosk_id,
        seq=1,
        test=desk.test,
        route="desk" if visit.route is Route.DESK else "online_by_agreement",
        catalog_version=desk.catalog_version,
        form_version=service.form.version,
        procedure=_procedure(service, desk),
        domain=_code(service.field),
        agency=_code(desk.agency),
        summary=service.name,
        owner=owner(visit, desk.areas_version),
        submitter=person,
        delivery=delivery(visit, person, desk.areas_version),
        answers=_answers(visit, service, desk.areas_version),
        documents=tuple(_document(key, paper) for key, paper in papers.items()),
        copies_count=_copies(visit, service),
        fees=_fees(visit, service, vietnam_day(now)),
        consents=tuple(_consent(consent, desk) for consent in consents),
        helper=helper_record(visit),
        helpers=helper_records(visit),
        handover=handover_record(visit, desk.clock),
        sealed_at=_instant(now, desk),
        events=(wire.EventRecord(kind="declared", at=_instant(consents[-1].at, desk), actor="citizen"),),
        data_sources_used=_sources(visit, service),
        slip_token_sha256=wire.sha256_hex(ids.slip_token),
        audit_head=_NOT_YET,
    )


def _procedure(service: Service, desk: Desk) -> wire.WireCode:
    return wire.WireCode(
        code=service.code, name=service.name, scheme=PROCEDURE_SCHEME, scheme_version=desk.catalog_version
    )


def _code(coded: Coded) -> wire.WireCode:
    return wire.WireCode(code=coded.code, name=coded.name, scheme=coded.scheme, scheme_version=coded.scheme_version)


def _answers(visit: Visit, service: Service, areas_version: str) -> tuple[wire.AnswerRecord, ...]:
    found = completed(service.form, visit.answers, visit.facts)
    fields = all_fields(service.form)
    return tuple(_answer(fields[key], answer, areas_version) for key, answer in found.items())


def _answer(field: Field, answer: Answer, areas_version: str) -> wire.AnswerRecord:
    return wire.AnswerRecord(
        field=field.id,
        label=field.label,
        value=_value(answer.value, areas_version),
        text=field.unknown_label if answer.unknown else display_text(field, answer.value),
        source=answer.source.value,
        at=answer.at,
        unknown=answer.unknown,
        helper=answer.helper,
    )


def _value(value: AnswerValue, areas_version: str) -> str | int | bool | wire.WireAddress | tuple[wire.WireRow, ...]:
    if isinstance(value, tuple):
        return tuple({key: _cell(cell, areas_version) for key, cell in row.cells.items()} for row in value)
    return _cell(value, areas_version)


def _cell(value: str | int | bool | Address, areas_version: str) -> str | int | bool | wire.WireAddress:
    return wire_address(value, areas_version) if isinstance(value, Address) else value


def _sources(visit: Visit, service: Service) -> tuple[str, ...]:
    found = completed(service.form, visit.answers, visit.facts).values()
    return ("card_code",) if any(answer.source is Source.CARD for answer in found) else ()


def _document(key: UUID, paper: Paper) -> wire.DocumentRecord:
    return wire.DocumentRecord(
        id=key,
        part=wire.WireCode(code=paper.part_code, name=paper.part_name, scheme="diem-truy-cap"),
        file_name=paper.file_name,
        media_type=paper.media_type,
        sha256=wire.sha256_hex(paper.content),
        size=len(paper.content),
        page_count=paper.page_count,
        copy_kind=paper.copy_kind.value,
        origin=paper.origin.value,
        pieces=wire.cut(paper.content),
    )


def _copies(visit: Visit, service: Service) -> int:
    answer = completed(service.form, visit.answers, visit.facts).get(service.copies_field)
    return answer.value if answer is not None and isinstance(answer.value, int) else 1


def _fees(visit: Visit, service: Service, today: date) -> tuple[wire.FeeLine, ...]:
    return tuple(
        wire.FeeLine(
            code=line.code,
            name=line.name,
            kind="le_phi" if line.kind == "le_phi" else "phi",
            unit_vnd=line.unit_vnd,
            quantity=line.quantity,
            amount_vnd=line.amount_vnd,
            reason=line.reason,
            payment="none" if line.amount_vnd == 0 else "at_counter",
        )
        for line in fee_lines(service, visit.answers, visit.route, today, visit.province, visit.last_workday)
    )


def _instant(at: datetime, desk: Desk) -> wire.WireInstant:
    return wire.WireInstant(at=at.astimezone(UTC), clock=desk.clock)


def _consent(consent: ConsentGiven, desk: Desk) -> wire.Consent:
    return wire.Consent(
        kind=consent.kind.value,
        text=consent.text,
        text_sha256=wire.sha256_hex(consent.text.encode()),
        accepted_at=_instant(consent.at, desk),
    )
