"""Consent to the use of the data, one purpose in plain words, nothing ticked beforehand; and whether somebody helps."""

from kiosk.consent_texts import privacy_facts, privacy_text
from kiosk.representing import can_represent
from kiosk.texts import _
from kiosk.visit import ConsentGiven, ConsentKind, Visit
from kiosk.visit_events import Consented, Event
from ui.choice_rows import Choice, ChoiceRows, TickRow
from ui.context import Context
from ui.labels import Label, Points
from ui.tokens import Role
from ui.visit_screen import VisitScreen

_ALONE, _HELPED = "alone", "helped"


class ConsentScreen(VisitScreen):
    """Who sees the data and for what, and the citizen's own tick. Who works alone says so here, and is asked no more
    about helpers; who helps, or acts for somebody else, is asked on the next page."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà có đồng ý không?")
        self.hint = _("Máy chỉ làm tiếp khi ông/bà đồng ý. Không đồng ý thì bấm “Dừng lại”, máy không giữ lại gì.")
        self._text = privacy_text(context.office.name, visit.route)
        self.tick = TickRow(context.theme, self._text)
        self.tick.setObjectName("agree")
        self.tick.setChecked(any(consent.text == self._text for consent in visit.consents))
        by_another = can_represent(visit.chosen())
        helped = _("Có người giúp, hoặc tôi làm thay") if by_another else _("Có người giúp tôi")
        self.with_whom = ChoiceRows(
            context.theme, [Choice(_ALONE, _("Tôi tự làm")), Choice(_HELPED, helped)], columns=2
        )
        for row in self.with_whom.rows:
            row.setObjectName(row.choice.key)
        if self.tick.isChecked():
            self.with_whom.choose(_HELPED if visit.helper.name or visit.represents else _ALONE)
        kept_h = context.keeping.drafts.kept_h if context.keeping is not None else 0
        self.add(Points(context.theme, privacy_facts(visit.route, kept_h)), self.tick)
        self.add(Label(_("Ông/bà tự làm hay có người giúp?"), Role.STRONG), self.with_whom)
        self.finish()

    def check(self) -> None:
        """The tick is the citizen's to give."""
        self.problems = ()
        if not self.tick.isChecked():
            self.refuse(_("Ông/bà chạm vào ô vuông nếu đồng ý."), self.tick)
        if self.with_whom.value is None:
            self.refuse(_("Ông/bà chọn tự làm, hay có người giúp."), self.with_whom.rows[0])

    def next_event(self) -> Event:
        """The consent, with the exact words."""
        given = ConsentGiven(ConsentKind.PRIVACY, self._text, self.context.equipment.clock.now())
        return Consented(given, alone=self.with_whom.value == _ALONE)
