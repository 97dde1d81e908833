"""The pledge in the person's words, and the one act that files: only the citizen accepts, nothing happens twice."""

from datetime import date

from kiosk.consent_texts import declaration_text
from kiosk.fees import fee_lines, owed_text
from kiosk.review import parts
from kiosk.texts import _, composed, joined
from kiosk.visit import Visit
from kiosk.visit_events import Event, PledgeAccepted
from kiosk.visit_help import needs_handover
from ui.choice_rows import TickRow
from ui.context import Context
from ui.fact_rows import FactRows
from ui.filing_screen import FilingScreen


class FileScreen(FilingScreen):
    """What is filed, what it costs, the pledge to accept, and the button named for the act. After a helper the act
    itself has a page of its own."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self._asks_again = needs_handover(visit)
        self.heading = _("Ông/bà cam đoan") if self._asks_again else _("Mời ông/bà cam đoan và nộp")
        self.hint = _("Phần này ông/bà tự bấm, người hỗ trợ không bấm thay.")
        self.next_label = _("Tôi cam đoan") if self._asks_again else _("Nộp hồ sơ này")
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
        """Files; after a helper it is only the pledge."""
        return PledgeAccepted() if self._asks_again else super().next_event()


def summary(visit: Visit, today: date) -> tuple[tuple[str, str], ...]:
    """What the last page before the end says of the dossier, as pairs of label and text."""
    service = visit.chosen()
    lines = fee_lines(service, visit.answers, visit.route, today, visit.province, visit.last_workday)
    reasons = joined("; ", (line.told() for line in lines))
    owed = owed_text(line.amount_vnd for line in lines)
    pages = sum(len(part.document.pages) for part in parts(visit) if part.document)
    return (
        (_("Thủ tục"), _(service.name)),
        (_("Giấy tờ kèm theo"), _("{count} trang").format(count=pages) if pages else _("Không có")),
        (_("Phí, lệ phí"), composed("{} ({})", owed, reasons) if reasons else owed),
        (_("Thời gian giải quyết"), service.processing_time.told()),
    )
