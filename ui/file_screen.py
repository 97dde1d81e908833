"""The pledge in the person's words, and the one act that files: only the citizen accepts, nothing happens twice."""

from datetime import date

from PySide6.QtCore import Signal

from kiosk.consent_texts import declaration_text
from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.fees import fee_lines, owed_text
from kiosk.review import parts
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import DossierSealed, Event
from ui.choice_rows import TickRow
from ui.context import Context
from ui.fact_rows import FactRows
from ui.sealing import NotTaking, Sealed, Sealing
from ui.sentences import not_ready_sentence, problem_sentence
from ui.visit_screen import VisitScreen


class FileScreen(VisitScreen):
    """What is filed, what it costs, the pledge to accept, and the button named for the act."""

    sealed = Signal(object)
    """A ui.sealing.Sealed: what the pages after this one need to print the slip."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self._sealing = Sealing(context, visit)
        self._started = False
        self.heading = _("Ông/bà cam đoan và nộp")
        self.hint = _("Phần này ông/bà tự bấm, người hỗ trợ không bấm thay.")
        self.next_label = _("Nộp hồ sơ này")
        self.busy_text = _("Đang lưu hồ sơ an toàn, xin ông/bà chờ…")
        box = FactRows(context.theme, summary(visit, self.today))
        self.tick = TickRow(context.theme, declaration_text(visit.chosen()))
        self.tick.setObjectName("accept")
        self.add_terms()
        self.add(box, self.tick)
        self.finish()

    def check(self) -> None:
        """The pledge is the citizen's to accept."""
        self.problems = ()
        if not self.tick.isChecked():
            self.refuse(_("Ông/bà chạm vào ô vuông để cam đoan, rồi bấm nộp."), self.tick)

    def next_event(self) -> Event | None:
        """The first press starts the sealing; while it runs, every further press is without effect."""
        if not self._started:
            self._started = True
            self.busy = True
            self.changed.emit()
            self._sealing.run(self, self._done, self._failed)
        return None

    def _done(self, sealed: Sealed) -> None:
        self.sealed.emit(sealed)
        self.happened.emit(DossierSealed(sealed.dossier.client_ref, sealed.declaration))

    def _failed(self, error: Exception) -> None:
        """Nothing was filed; the page stays, and pressing again files the same dossier."""
        self._started = False
        self.busy = False
        # Where even the store does not know, only the same dossier may be tried again, not one that was changed. Who
        # leaves may do so: nobody else must find the page.
        self.can_go_back = not isinstance(error, StoreProblem) or isinstance(error, (DiskFull, StoreCorrupt))
        text = not_ready_sentence(error.reason)[1] if isinstance(error, NotTaking) else problem_sentence(error)
        self.refuse(text)
        self.changed.emit()


def summary(visit: Visit, today: date) -> tuple[tuple[str, str], ...]:
    """What the last page before the end says of the dossier, as pairs of label and text."""
    service = visit.chosen()
    lines = fee_lines(service, visit.answers, visit.route, today, visit.province, visit.last_workday)
    reasons = "; ".join(line.told() for line in lines)
    owed = owed_text(line.amount_vnd for line in lines)
    pages = sum(len(part.document.pages) for part in parts(visit) if part.document)
    return (
        (_("Thủ tục"), _(service.name)),
        (_("Giấy tờ kèm theo"), _("{count} trang").format(count=pages) if pages else _("Không có")),
        (_("Phí, lệ phí"), f"{owed} ({reasons})" if reasons else owed),
        (_("Thời gian giải quyết"), service.processing_time.told()),
    )
