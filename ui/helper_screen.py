"""Who stands beside the citizen, in what role; and the name of a helper who has no badge."""

from PySide6.QtWidgets import QWidget

from kiosk.catalog import Route
from kiosk.consent_texts import helper_kind_text
from kiosk.representing import can_represent
from kiosk.texts import _
from kiosk.visit import Helper, HelperKind, Visit
from kiosk.visit_events import Event, HelperChosen, HelperNamed
from ui.choice_rows import Choice, ChoiceRows
from ui.context import Context
from ui.notices import Notice
from ui.tasks import Lane
from ui.text_field import Capitals, LabelledField, TextField
from ui.visit_screen import VisitScreen

_REPRESENTS = "represents"
_BADGED = (HelperKind.VOLUNTEER, HelperKind.STAFF)


class HelperScreen(VisitScreen):
    """Alone, with whom, or in the place of somebody else: three things that are never mixed."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà tự làm hay có người giúp?")
        self.hint = _("Người giúp chỉ thao tác trên máy. Ông/bà là người quyết định và tự bấm Nộp.")
        if visit.route is Route.PREPARE:
            self.hint = _("Người giúp chỉ thao tác trên máy. Ông/bà là người quyết định.")
        self.can_go_back = bool(visit.trail)
        self.rows = ChoiceRows(context.theme, _choices(visit), value=_chosen(visit))
        for row in self.rows.rows:
            row.setObjectName(f"helper:{row.choice.key}")
        self.add(self.rows)
        self.finish()

    def check(self) -> None:
        """One row must be chosen."""
        self.problems = ()
        if self.rows.value is None:
            self.refuse(_("Ông/bà chọn một dòng."), self.rows.rows[0])

    def next_event(self) -> Event | None:
        """The role. Whether helpers have badges here is asked in the store's lane."""
        if self.rows.value == _REPRESENTS:
            return HelperChosen(HelperKind.NONE, represents=True)
        kind, desk = HelperKind(self.rows.value or HelperKind.NONE.value), self.context.helper_desk
        if kind not in _BADGED or desk is None:
            return HelperChosen(kind)
        self.busy = True
        self.changed.emit()
        self.context.tasks.run(
            Lane.STORE,
            desk.any,
            owner=self,
            done=lambda badges: self.happened.emit(HelperChosen(kind, badge=badges)),
            failed=lambda _error: self.happened.emit(HelperChosen(kind)),  # named, and told to be unchecked
        )
        return None


def _choices(visit: Visit) -> list[Choice]:
    rows = [
        Choice(HelperKind.NONE.value, _("Tôi tự làm")),
        Choice(HelperKind.VOLUNTEER.value, _("Đoàn viên, tình nguyện viên giúp tôi")),
        Choice(HelperKind.STAFF.value, _("Cán bộ giúp tôi")),
        Choice(HelperKind.RELATIVE.value, _("Người thân giúp tôi")),
    ]
    if can_represent(visit.chosen()):
        told = _("Được ủy quyền, hoặc là cha, mẹ, người giám hộ. Ông/bà đưa thẻ căn cước của chính mình.")
        rows.append(Choice(_REPRESENTS, _("Tôi làm hồ sơ thay cho người khác"), told))
    return rows


def _chosen(visit: Visit) -> str | None:
    if visit.represents:
        return _REPRESENTS
    return visit.helper.kind.value if visit.helper.name else None


class HelperNameScreen(VisitScreen):
    """The name and unit of a helper without a badge. Nobody checks them, and the dossier says so."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        relative = visit.helper.kind is HelperKind.RELATIVE
        self.heading = _("Người giúp ông/bà tên là gì?")
        self.hint = helper_kind_text(visit.helper.kind)
        unit_label = _("Quan hệ với ông/bà") if relative else _("Đơn vị")
        self._name = TextField(_("Họ và tên người giúp"), capitals=Capitals.WORDS, max_length=80)
        self._name.setObjectName("field:helper_name")
        self._unit = TextField(unit_label, max_length=80)
        self._unit.setObjectName("field:helper_unit")
        self._name.setText(visit.helper.name)
        self._unit.setText(visit.helper.unit)
        self._name_box = LabelledField(context.theme, _("Họ và tên"), self._name)
        self._unit_box = LabelledField(context.theme, unit_label, self._unit)
        self._no_unit = _("Nhập quan hệ với ông/bà, ví dụ: con gái.") if relative else _("Nhập đơn vị của người giúp.")
        self.keyboard = self._name.keyboard_kind
        unchecked = _("Máy không kiểm tra được tên này. Hồ sơ ghi là chưa xác minh.")
        self.add(self._name_box, self._unit_box, Notice(context.theme, unchecked))
        self.finish()

    def first_focus(self) -> QWidget | None:
        """The whole page is to be seen before anything is typed: the keyboard would hide the half of it."""
        return None

    def check(self) -> None:
        """A helper without a name is none."""
        self.problems = ()
        no_name = "" if self._name.value else _("Nhập họ và tên người giúp.")
        no_unit = "" if self._unit.value else self._no_unit
        for text, box in ((no_name, self._name_box), (no_unit, self._unit_box)):
            box.show_problem(text)
            if text:
                self.refuse(text, box.field)

    def next_event(self) -> Event:
        """The helper; the citizen is asked next."""
        return HelperNamed(Helper(self.visit.helper.kind, self._name.value, self._unit.value))
