"""An address of today's two tiers: province, then commune by typed search, then house and street; one at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.areas import Areas
from kiosk.form import Address, AnswerValue, Field, FieldProblem, Privacy, RuleKind
from kiosk.form_rules import masked
from kiosk.old_address import read_printed
from kiosk.texts import _
from ui.editor import Editor
from ui.reveals import Reveals
from ui.search_list import Found, SearchList
from ui.speaking import say_all_again
from ui.spoken_value import keep_unspoken
from ui.summary_row import SummaryRow
from ui.text_field import Capitals, LabelledField, TextField
from ui.theme import Theme

_MATCHES_MAX = 30


class AddressEditor(Editor):
    """Asks for one tier at a time. A card's old three-level address is shown as it is; the citizen picks what it is
    called today: a ward that was split has several names now, and only its people know which is theirs."""

    turns_pages = True

    def __init__(self, theme: Theme, field: Field, areas: Areas, printed: str, offered: Address | None = None) -> None:
        """`printed` is what a card says. `offered` was answered before and may be taken over by one touch."""
        self._theme = theme
        self._areas = areas
        self._printed = printed
        self._offered = offered
        self._province_code = ""
        self._commune_code = ""
        self._known: list[QWidget] = []
        self._folded = False
        self._holder = QWidget()
        self._stage = QVBoxLayout(self._holder)
        self._stage.setContentsMargins(0, 0, 0, 0)
        self._stage.setSpacing(theme.metrics.gap_px)
        label = _("Số nhà, đường, thôn, tổ dân phố")
        self._line = TextField(label, capitals=Capitals.WORDS, max_length=150)
        self._line.setObjectName(f"field:{field.id}:line")
        keep_unspoken(self._line)
        needed = any(rule.kind is RuleKind.MIN for rule in field.rules)
        label = label if needed else _("{label} (không bắt buộc)").format(label=label)
        self._line_box = LabelledField(theme, label, self._line)
        super().__init__(theme, field, "", self._holder)
        self._reveals = Reveals(self)
        self._read = read_printed(printed, areas)
        self._hinted_code = self._read.province.code if self._read.province is not None else ""
        self._province_code = self._hinted_code
        self._offered_line = self._read.line
        self._line.setText(self._offered_line)
        self._show_stage()

    @property
    def target(self) -> QWidget:
        return self._holder.findChild(SearchList) or self._line

    def say_again(self) -> None:
        """Also the line that is not asked for yet."""
        super().say_again()
        if self._line_box.parent() is None:
            say_all_again(self._line_box)

    @property
    def complete(self) -> bool:
        """Whether both tiers are picked."""
        return bool(self._province_code and self._commune_code)

    def fold(self, *, folded: bool) -> None:
        """While something is typed, what was picked or offered before may be out of sight."""
        super().fold(folded=folded)
        self._folded = folded
        for row in self._known:
            row.setVisible(not folded)

    def clear(self) -> None:
        self._province_code = ""
        self._commune_code = ""
        self._line.setText("")
        self._show_stage()

    def take(self) -> AnswerValue | FieldProblem | None:
        if not self._province_code:
            return FieldProblem(self.field.id, _("Chọn tỉnh hoặc thành phố."))
        if not self._commune_code:
            return FieldProblem(self.field.id, _("Chọn xã, phường hoặc đặc khu hiện nay."))
        names = (self._province_code, self._province_name(), self._commune_code, self._commune_name())
        return Address(*names, self._line.value, self._as_printed())

    def _as_printed(self) -> str:
        """The card's own text, where this address is the card's: the submitter's residence, in the same province."""
        moved = bool(self._hinted_code) and self._province_code != self._hinted_code
        return "" if moved or self.field.role != "submitter.address" else self._printed

    def put(self, value: AnswerValue) -> None:
        assert isinstance(value, Address)  # the field's type says so, and the form was checked
        self._province_code = value.province_code
        self._commune_code = value.commune_code
        self._line.setText(value.line)
        self._show_stage()

    def _take_over(self, address: Address) -> None:
        """What was answered before, whole."""
        self._province_code, self._commune_code = address.province_code, address.commune_code
        self._line.setText(address.line)
        self._settle()

    def _settle(self) -> None:
        """Something was picked: what comes next is looked at before anything is typed."""
        self.given()
        self._show_stage()
        self.turned.emit()

    def _show_stage(self) -> None:
        self._known = []
        self._line_box.setParent(None)
        while (item := self._stage.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if self._commune_code:  # both on one row: the keyboard leaves little room
            both = f"{self._commune_name()}, {self._province_name()}"
            self._show_known(self._chosen_row("commune", _("Đã chọn"), both))
            self._stage.addWidget(self._line_box)
            self._line_box.show()  # at once: the room that it needs is measured when the focus goes there
            self._stage.addStretch(1)
        else:
            self._show_search()

    def _show_search(self) -> None:
        if self._offered is not None:
            self._show_known(self._offered_row(self._offered))
        if not self._province_code:
            self._stage.addWidget(self._search(_("Tìm tỉnh, thành phố"), self._find_province, self._pick_province))
        else:
            self._show_known(self._chosen_row("province", _("Tỉnh, thành phố"), self._province_name()))
            self._stage.addWidget(self._search(_("Tìm xã, phường, đặc khu"), self._find_commune, self._pick_commune))

    def _show_known(self, row: QWidget) -> None:
        self._known.append(row)
        self._stage.addWidget(row)
        row.setVisible(not self._folded)

    def _province_name(self) -> str:
        province = self._areas.province(self._province_code)
        return province.full_name if province else ""

    def _commune_name(self) -> str:
        commune = self._areas.commune(self._commune_code)
        return commune.full_name if commune else ""

    def _chosen_row(self, tier: str, label: str, name: str) -> SummaryRow:
        row = SummaryRow(self._theme, label, name, act=(_("Đổi"), "pencil"))
        row.setObjectName(f"change:{self.field.id}:{tier}")
        keep_unspoken(row)
        row.clicked.connect(lambda: self._choose_again(tier))
        return row

    def _offered_row(self, address: Address) -> QWidget:
        whole = str(address)
        shown = masked(self.field, whole) if self.field.privacy is Privacy.MASKED else whole
        row = SummaryRow(self._theme, _("Đã có sẵn"), shown, act=(_("Dùng"), "check"))
        row.setObjectName(f"use:{self.field.id}")
        keep_unspoken(row)
        row.clicked.connect(lambda: self._take_over(address))
        if shown == whole:
            return row
        return self._reveals.beside(
            row, self._theme, _("Đã có sẵn"), lambda reveals: row.set_value(whole if reveals else shown)
        )

    def _choose_again(self, tier: str) -> None:
        self._commune_code = ""
        if tier == "province":
            self._province_code = ""
        self._show_stage()

    def _search(self, name: str, find: Callable[[str], Found], pick: Callable[[str], None]) -> SearchList:
        found = SearchList(self._theme, name, find)
        found.setObjectName(f"search:{self.field.id}")
        found.picked.connect(pick)
        return found

    def _find_province(self, typed: str) -> list[tuple[str, str]]:
        found = self._areas.search_provinces(typed) if typed else self._areas.provinces
        return [(province.code, province.full_name) for province in found]

    def _find_commune(self, typed: str) -> list[tuple[str, str]]:
        if not typed:
            likely = [unit for unit in self._read.communes if unit.province_code == self._province_code]
            found = likely or self._areas.communes_of(self._province_code)
            return [(commune.code, commune.full_name) for commune in found]
        now = self._areas.search_communes(typed, self._province_code, _MATCHES_MAX)
        rows = {commune.code: commune.full_name for commune in now}
        for commune, old in self._areas.search_old_communes(typed, self._province_code, _MATCHES_MAX):
            before = _("{now} ({old} cũ)") if len(old.today) == 1 else _("{now} (một phần {old} cũ)")
            rows.setdefault(commune.code, before.format(now=commune.full_name, old=old.name))
        return list(rows.items())

    def _pick_province(self, code: str) -> None:
        if code != self._hinted_code and self._line.value == self._offered_line:
            self._line.setText("")  # the card's house and street are not in that province
        self._province_code = code
        self._settle()

    def _pick_commune(self, code: str) -> None:
        self._commune_code = code
        self._settle()
        if not self._line.value:
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
