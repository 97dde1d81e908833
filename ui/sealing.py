"""The one act: makes the papers, seals the dossier in the store's lane, and cannot happen twice."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from kiosk.civil_status_export import MEDIA_TYPE, file_name
from kiosk.consent_texts import declaration_text
from kiosk.dates import vietnam_day
from kiosk.declaration import Signing, declaration_content
from kiosk.documents import CopyKind, Origin, Paper
from kiosk.dossier import Desk, Dossier, Identifiers, file
from kiosk.errors import KioskError
from kiosk.filing import NotReady
from kiosk.ids import slip_code
from kiosk.print_names import print_name
from kiosk.review import parts
from kiosk.texts import marked
from kiosk.visit import ConsentGiven, ConsentKind, Visit
from ui.context import Context
from ui.tasks import Lane


@dataclass(frozen=True, slots=True)
class Sealed:
    """A dossier that is on encrypted, durable disk."""

    dossier: Dossier
    desk: Desk
    declaration: ConsentGiven
    declaration_pdf: bytes


class NotTaking(KioskError):
    """The kiosk takes no dossiers now."""

    key = "not_taking"

    def __init__(self, reason: NotReady) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Sealing:
    """One filing. The identifiers are made once: pressing again after a failure files the same dossier."""

    def __init__(self, context: Context, visit: Visit) -> None:
        self._context = context
        self._visit = visit
        now, keeping = context.equipment.clock.now(), context.keeping
        self._ids = Identifiers.new(now) if keeping is None else Identifiers.of(keeping.ref)
        self._made: Sealed | None = None

    def run(self, owner: QObject, done: Callable[[Sealed], None], failed: Callable[[Exception], None]) -> None:
        """Seal in the store's lane."""
        text = declaration_text(self._visit.chosen())
        accepted = ConsentGiven(ConsentKind.DECLARATION, text, self._context.equipment.clock.now())
        self._context.tasks.run(Lane.STORE, partial(self._seal, accepted), owner=owner, done=done, failed=failed)

    def _seal(self, accepted: ConsentGiven) -> Sealed:
        """What was made at the first press is what every further press seals: it cannot become two dossiers."""
        self._made = self._made or self._make(accepted)
        self._context.equipment.filing.seal(self._made.dossier)
        return self._made

    def _make(self, accepted: ConsentGiven) -> Sealed:
        desk = self._context.equipment.filing.desk()
        if isinstance(desk, NotReady):
            raise NotTaking(desk)
        papers = (*papers_of(self._context, self._visit, desk), *self._exchange_papers(desk))
        dossier = file(self._visit, desk, papers, self._ids, accepted, accepted.at)
        return Sealed(dossier, desk, accepted, papers[0].content if self._visit.chosen().declaration else b"")

    def _exchange_papers(self, desk: Desk) -> tuple[Paper, ...]:
        """The answers for the office's own software, where some takes them over."""
        visit, service, writer = self._visit, self._visit.chosen(), self._context.exchange
        content = writer.write(service, visit.answers, visit.facts, desk.areas_version) if writer else None
        if content is None:
            return ()
        name, kind = marked("Dữ liệu cho phần mềm hộ tịch"), CopyKind.ELECTRONIC
        called = file_name(slip_code(self._ids.client_ref))
        return (Paper("HT", name, called, MEDIA_TYPE, content, 1, Origin.GENERATED, kind),)


def declaration_pdf(context: Context, visit: Visit, desk: Desk) -> bytes:
    """The printed declaration; empty where the service has none. Blocks."""
    service, equipment = visit.chosen(), context.equipment
    if not service.declaration:
        return b""
    signing = Signing(
        service.addressee or desk.agency.name, context.office.place, vietnam_day(equipment.clock.now()), desk.test
    )
    return equipment.declarations.render(declaration_content(service, visit.answers, signing, visit.facts))


def papers_of(context: Context, visit: Visit, desk: Desk) -> tuple[Paper, ...]:
    """The files of the dossier: the declaration first, then one PDF a part. Blocks."""
    papers = []
    if pdf := declaration_pdf(context, visit, desk):
        name, origin = print_name(visit.chosen()), Origin.GENERATED
        count = context.equipment.pages.page_count(pdf)
        papers.append(Paper("TK", name, "to-khai.pdf", "application/pdf", pdf, count, origin, CopyKind.ELECTRONIC))
    for part in parts(visit):
        document = part.document
        if document is None:
            continue
        code, pages = part.part_code, len(document.pages)
        pdf = context.equipment.pages.to_pdf([page.image for page in document.pages], part.name)
        papers.append(
            Paper(code, part.name, f"{code}.pdf", "application/pdf", pdf, pages, document.origin, document.copy_kind)
        )
    return tuple(papers)
