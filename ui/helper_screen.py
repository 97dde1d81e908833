"""Who stands beside the citizen, in what role, and that the citizen agrees to it before the helper touches anything."""

from PySide6.QtWidgets import QWidget

from kiosk.catalog import Route
from kiosk.consent_texts import helper_kind_text, helper_text
from kiosk.texts import _
from kiosk.visit import ConsentGiven, ConsentKind, Helper, HelperKind, Visit
from kiosk.visit_events import Event, HelperChosen, HelperNamed
from ui.choice_rows import Choice, ChoiceRows, TickRow
from ui.context import Context
from ui.text_field import Capitals, LabelledField, TextField
from ui.visit_screen import VisitScreen


class HelperScreen(VisitScreen):
    """Alone, or with whom."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà tự làm hay có người giúp?")
        self.hint = _("Người giúp chỉ thao tác trên máy. Ông/bà là người quyết định và tự bấm Nộp.")
        if visit.route is Route.PREPARE:
            self.hint = _("Người giúp chỉ thao tác trên máy. Ông/bà là người quyết định.")
        details = {
            HelperKind.NONE: _("Tôi tự làm"),
            HelperKind.VOLUNTEER: _("Đoàn viên, tình nguyện viên giúp tôi"),
            HelperKind.STAFF: _("Cán bộ giúp tôi"),
            HelperKind.RELATIVE: _("Người thân giúp tôi"),
        }
        chosen = visit.helper.kind.value if visit.helper.name else None
        self.rows = ChoiceRows(
            context.theme, [Choice(kind.value, words) for kind, words in details.items()], value=chosen
        )
        for row in self.rows.rows:
            row.setObjectName(f"helper:{row.choice.key}")
        self.add(self.rows)
        self.finish()

    def check(self) -> None:
        """One row must be chosen."""
        self.problems = ()
        if self.rows.value is None:
            self.refuse(_("Ông/bà chọn một dòng."), self.rows.rows[0])

    def next_event(self) -> Event:
        """The role."""
        return HelperChosen(HelperKind(self.rows.value or HelperKind.NONE.value))


class HelperNameScreen(VisitScreen):
    """The helper's name and unit, and the citizen's consent in plain words."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Người giúp ông/bà tên là gì?")
        self.hint = helper_kind_text(visit.helper.kind)
        self._name = TextField(_("Họ và tên người giúp"), capitals=Capitals.WORDS, max_length=80)
        self._name.setObjectName("field:helper_name")
        self._unit = TextField(_("Đơn vị, hoặc quan hệ với ông/bà"), max_length=80)
        self._unit.setObjectName("field:helper_unit")
        self._name.setText(visit.helper.name)
        self._unit.setText(visit.helper.unit)
        self._name_box = LabelledField(context.theme, _("Họ và tên"), self._name)
        self._unit_box = LabelledField(context.theme, _("Đơn vị, hoặc quan hệ với ông/bà"), self._unit)
        self.keyboard = self._name.keyboard_kind
        self._text = helper_text(visit.route)
        self.tick = TickRow(context.theme, self._text)
        self.tick.setObjectName("agree")
        self.add(self._name_box, self._unit_box, self.tick)
        self.finish()

    def first_focus(self) -> QWidget | None:
        """The whole page is to be seen before anything is typed: the keyboard would hide the half of it."""
        return None

    def check(self) -> None:
        """A helper without a name is none; the tick is the citizen's."""
        self.problems = ()
        no_name = "" if self._name.value else _("Nhập họ và tên người giúp.")
        no_unit = "" if self._unit.value else _("Nhập đơn vị, hoặc quan hệ với ông/bà, ví dụ: con gái.")
        for text, box in ((no_name, self._name_box), (no_unit, self._unit_box)):
            box.show_problem(text)
            if text:
                self.refuse(text, box.field)
        if not self.tick.isChecked():
            self.refuse(_("Ông/bà chạm vào ô vuông nếu đồng ý."), self.tick)

    def next_event(self) -> Event:
        """The helper and the consent, with the exact words that are filed."""
        helper = Helper(self.visit.helper.kind, self._name.value, self._unit.value)
        given = ConsentGiven(ConsentKind.HELPER, self._text, self.context.equipment.clock.now())
        return HelperNamed(helper, given)
