"""The last page before the end by the route `prepare`: the citizen takes papers along and files them elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from kiosk.dossier import Desk, Identifiers
from kiosk.filing import NotReady
from kiosk.print_names import print_in_sentence, print_name
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, WentOn
from ui.context import Context
from ui.fact_rows import FactRows
from ui.file_screen import summary
from ui.labels import Card, Label, Points
from ui.notices import Notice
from ui.sealing import NotTaking, declaration_pdf
from ui.sentences import not_ready_sentence, problem_sentence
from ui.tasks import Lane
from ui.tokens import Role
from ui.visit_screen import VisitScreen


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made for the citizen. It lives as long as the visit: nothing of it is queued, sent or kept."""

    ids: Identifiers
    desk: Desk
    declaration_pdf: bytes


class PrepareScreen(VisitScreen):
    """What was prepared, that filing it stays the citizen's to do, and the button that prints."""

    prepared = Signal(object)
    """A Prepared: what the page after this one needs to print the slip."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self._ids = Identifiers.new(context.equipment.clock.now())
        self.heading = _("Máy in giấy tờ đã chuẩn bị")
        self.hint = _("CHUẨN BỊ không phải là nộp. Ông/bà tự nộp qua VNeID hoặc tại cơ quan giải quyết.")
        self.next_label = _("In giấy tờ chuẩn bị")
        self.busy_text = _("Đang chuẩn bị giấy tờ, xin ông/bà chờ…")
        self.add(FactRows(context.theme, summary(visit, self.today)))
        self.add(Notice(context.theme, _("Máy không gửi và không giữ lại gì của ông/bà."), icon_name="shield-check"))
        self.side = printed = Card(context.theme)
        printed.column.addWidget(Label(_("Máy sẽ in"), Role.STRONG))
        printed.column.addWidget(Points(context.theme, self._papers()))
        self.finish()

    def _papers(self) -> list[str]:
        """What will come out, and what this desk cannot print."""
        slip = _("Phiếu chuẩn bị: việc cần làm, giấy tờ cần mang")
        service = self.visit.chosen()
        if not service.declaration:
            return [slip]
        if self.context.equipment.page_printer is None:
            told = _("Máy này không in được giấy A4; cần {paper} thì ông/bà hỏi quầy")
            return [slip, told.format(paper=print_in_sentence(service))]
        return [slip, _("{paper} đã điền, trên giấy A4").format(paper=_(print_name(service)))]

    def check(self) -> None:
        """Nothing is asked here; a problem of the last try is forgotten."""
        self.problems = ()

    def next_event(self) -> Event | None:
        """The papers are made in the store's lane, as a filing's are."""
        self.busy = True
        self.changed.emit()
        self.context.tasks.run(Lane.STORE, self._prepare, owner=self, done=self._done, failed=self._failed)
        return None

    def _prepare(self) -> Prepared:
        desk = self.context.equipment.filing.desk()
        if isinstance(desk, NotReady):
            raise NotTaking(desk)
        return Prepared(self._ids, desk, declaration_pdf(self.context, self.visit, desk))

    def _done(self, prepared: Prepared) -> None:
        self.prepared.emit(prepared)
        self.happened.emit(WentOn())

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self.refuse(not_ready_sentence(error.reason)[1] if isinstance(error, NotTaking) else problem_sentence(error))
        self.changed.emit()
