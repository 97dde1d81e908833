"""Consent to the use of the data: one purpose, plain words, nothing ticked beforehand."""

from kiosk.consent_texts import privacy_facts, privacy_text
from kiosk.texts import _
from kiosk.visit import ConsentGiven, ConsentKind, Visit
from kiosk.visit_events import Consented, Event
from ui.choice_rows import TickRow
from ui.context import Context
from ui.labels import Points
from ui.visit_screen import VisitScreen


class ConsentScreen(VisitScreen):
    """Who sees the data and for what, and the citizen's own tick."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà có đồng ý không?")
        self.hint = _("Máy chỉ làm tiếp khi ông/bà đồng ý. Không đồng ý thì bấm “Dừng lại”, máy không giữ lại gì.")
        self._text = privacy_text(context.office.name, visit.route)
        self.tick = TickRow(context.theme, self._text)
        self.tick.setObjectName("agree")
        self.tick.setChecked(any(consent.text == self._text for consent in visit.consents))
        kept_h = context.keeping.drafts.kept_h if context.keeping is not None else 0
        self.add(Points(context.theme, privacy_facts(visit.route, kept_h)), self.tick)
        self.finish()

    def check(self) -> None:
        """The tick is the citizen's to give."""
        self.problems = ()
        if not self.tick.isChecked():
            self.refuse(_("Ông/bà chạm vào ô vuông nếu đồng ý."), self.tick)

    def next_event(self) -> Event:
        """The consent, with the exact words."""
        return Consented(ConsentGiven(ConsentKind.PRIVACY, self._text, self.context.equipment.clock.now()))
