"""The citizen agrees to this helper, by name, for this dossier, before the helper touches anything."""

from PySide6.QtCore import Qt

from kiosk.consent_texts import helper_role_text, helper_text
from kiosk.texts import _
from kiosk.visit import ConsentGiven, ConsentKind, HelperKind, Visit
from kiosk.visit_events import Event, HelperAgreed, HelperChosen
from ui.buttons import SecondaryButton
from ui.choice_rows import TickRow
from ui.context import Context
from ui.fact_rows import FactRows
from ui.visit_screen import VisitScreen


class HelperConsentScreen(VisitScreen):
    """Who it is, the exact words, and the citizen's own tick."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        helper = visit.helper
        self.heading = _("Ông/bà đồng ý cho người này giúp không?")
        self.hint = _("Phần này ông/bà tự bấm. Đồng ý cho một hồ sơ này thôi, xong là hết.")
        facts = [(_("Người giúp"), helper.name), (_("Vai trò"), helper_role_text(helper))]
        facts += [(_("Số thẻ hỗ trợ"), helper.code)] if helper.code else []
        self._text = helper_text(visit.route, helper)
        self.tick = TickRow(context.theme, self._text)
        self.tick.setObjectName("agree")
        self.tick.setChecked(any(consent.text == self._text for consent in visit.consents))
        alone = SecondaryButton(context.theme, _("Không, tôi tự làm"), icon_name="user")
        alone.setObjectName("alone")
        alone.clicked.connect(lambda: self.happened.emit(HelperChosen(HelperKind.NONE)))
        self.add(self.tick)
        self.column.addWidget(alone, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(FactRows(context.theme, facts))
        self.finish()

    def check(self) -> None:
        """The tick is the citizen's to give."""
        self.problems = ()
        if not self.tick.isChecked():
            self.refuse(_("Ông/bà chạm vào ô vuông nếu đồng ý."), self.tick)

    def next_event(self) -> Event:
        """The consent, with the exact words."""
        return HelperAgreed(ConsentGiven(ConsentKind.HELPER, self._text, self.context.equipment.clock.now()))
