"""The pages on the way back to a saved visit: card, code, what there is without a card, the staff, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.catalog import Catalog
from kiosk.dates import format_moment
from kiosk.draft import Reopened
from kiosk.drafts import KeptDraft
from kiosk.ids import parse_draft_code
from kiosk.texts import _, composed
from kiosk.visit import Visit
from ui.buttons import SecondaryButton
from ui.card_screen import CardScreen
from ui.choice_rows import TickRow
from ui.context import Context
from ui.key_layouts import KeyboardKind
from ui.labels import Label, Points
from ui.notices import Notice
from ui.pin_pad import PinPad
from ui.resume_page import ResumePage
from ui.spoken_value import keep_unspoken
from ui.text_field import Capitals, LabelledField, TextField
from ui.theme import Theme
from ui.tokens import Role

_CARD_DIGITS = 12  # Law 26/2023/QH15, Art. 12


class ResumeCardScreen(CardScreen):
    """The card first: it says whose draft is wanted. Says CardShown, or CardLeftOut where it cannot be shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Visit())
        self.heading = _("Đưa thẻ căn cước để làm tiếp")
        self._type.setText(_("Không đưa được thẻ"))

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        self._advice.setText(_("Máy ảnh chưa dùng được. Ông/bà bấm “Không đưa được thẻ”."))

    def _offer_typing(self) -> None:
        self._patient.show_text(_("Chưa đọc được thẻ. Ông/bà thử mặt kia của thẻ, hoặc bấm “Không đưa được thẻ”."))


class ResumeCodePage(ResumePage):
    """The code that was given with "Lưu và dừng". Gives it bare (str)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = _("Nhập mã làm tiếp")
        self.hint = _("Mã có 8 chữ và số, ghi trên phiếu làm tiếp. Không có mã thì nhờ cán bộ.")
        self.keyboard = KeyboardKind.LETTERS
        self.busy_text = _("Đang tìm, xin ông/bà chờ…")
        self._code = _code_field()
        self._problem = Label("", Role.PROBLEM)
        self._problem.hide()
        staff = SecondaryButton(theme, _("Không có mã, nhờ cán bộ"), icon_name="users")
        staff.setObjectName("no_code")
        staff.clicked.connect(self.staff_wanted)
        self.column.addWidget(self._problem)
        self.column.addWidget(self._code)
        self.column.addWidget(staff, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def check(self) -> None:
        """The check character finds a slip of the finger here already: it costs no try."""
        self.problems = ()
        wrong = "" if parse_draft_code(self._code.value) else _("Mã chưa đúng. Ông/bà xem lại từng chữ.")
        self._say(wrong)
        if wrong:
            self.refuse(wrong)

    def refuse(self, text: str, field: QWidget | None = None) -> None:
        """Beside the field: above it the words would push the page under the keyboard."""
        del field
        self._say(text)
        super().refuse(text, self._code)
        self.turned.emit(self._code)  # there is less room than before

    def _say(self, text: str) -> None:
        self._problem.show_text(text)
        self._code.set_problem(bool(text))
        self._code.setAccessibleDescription(text)

    def go_on(self) -> None:
        """The code is looked for."""
        self.given.emit(parse_draft_code(self._code.value))


@dataclass(frozen=True, slots=True)
class WithoutCard:
    """What is known without a card: a number that was typed, a bare code; either may be empty."""

    card_number: str
    code: str


class ResumeWithoutCardPage(ResumePage):
    """For who has no card, or whose card cannot be read: the staff decide in the end. Gives WithoutCard."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = _("Ông/bà nhớ được gì?")
        self.hint = _("Không có cũng được, bấm “Tiếp tục”. Cán bộ xem giấy tờ của ông/bà rồi mở giúp.")
        self._code = _code_field()
        self._number = TextField(_("Số thẻ căn cước"), keyboard=KeyboardKind.DIGITS, max_length=_CARD_DIGITS)
        self._number.setObjectName("field:card_number")
        keep_unspoken(self._number)
        self._code_box = LabelledField(theme, _("Mã làm tiếp"), self._code)
        words = _("Số thẻ căn cước, nếu lần trước có đưa thẻ")
        self._number_box = LabelledField(theme, words, self._number)
        for box in (self._code_box, self._number_box):
            self.column.addWidget(box)
        self.column.addStretch(1)

    def first_focus(self) -> QWidget | None:
        """The whole page is to be seen first."""
        return None

    def check(self) -> None:
        """What is given must be able to be right."""
        self.problems = ()
        code, number = self._code.value, self._number.value
        wrong_code = _("Mã chưa đúng. Ông/bà xem lại từng chữ.") if code and not parse_draft_code(code) else ""
        whole = number.isdecimal() and len(number) == _CARD_DIGITS
        wrong_number = _("Số thẻ căn cước có 12 chữ số.") if number and not whole else ""
        for box, wrong in ((self._code_box, wrong_code), (self._number_box, wrong_number)):
            box.show_problem(wrong)
            if wrong:
                self.refuse(wrong, box.field)

    def go_on(self) -> None:
        """Now the staff."""
        self.given.emit(WithoutCard(self._number.value, parse_draft_code(self._code.value) or ""))


class ResumeStaffPage(ResumePage):
    """A member of the staff attests to having seen the person's paper, and signs with the PIN. Gives the PIN (str)."""

    def __init__(self, theme: Theme, *, with_card: bool) -> None:
        """`with_card`: the card was read just now, and what is attested is that it is this person's."""
        super().__init__(theme)
        self.heading = _("Cán bộ xác nhận")
        self.hint = _("Phần này do cán bộ làm. Lần mở này được ghi lại.")
        self.next_label = None
        self.busy_text = _("Đang tìm, xin ông/bà chờ…")
        self.wide = True
        seen = _("Tôi là cán bộ, đã xem giấy tờ tùy thân và thấy đúng là người đang làm hồ sơ này.")
        if with_card:
            seen = _("Tôi là cán bộ, đã xem thẻ căn cước này và thấy đúng là của người đang đứng đây.")
        self.tick = TickRow(theme, seen)
        self.tick.setObjectName("attest")
        self.pad = PinPad(theme)
        self.pad.entered.connect(self._entered)
        for widget in (self.tick, self.pad):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def first_focus(self) -> QWidget | None:
        """The tick comes before the PIN."""
        return self.tick

    def refuse(self, text: str, field: QWidget | None = None) -> None:
        """Where the PIN is typed."""
        del field
        self.busy = False
        self.pad.refuse(text)
        self.changed.emit()

    def leave(self) -> None:
        """What was typed is forgotten."""
        self.pad.wipe()

    def _entered(self, pin: str) -> None:
        if self.tick.isChecked():
            self.wait()
            self.given.emit(pin)
        else:
            self.refuse(_("Cán bộ chạm vào ô vuông để xác nhận trước, rồi nhập PIN."))


class ResumeListPage(ResumePage):
    """The drafts that may be meant, the newest first: service and time, nothing of the person. Gives a KeptDraft."""

    def __init__(self, theme: Theme, catalog: Catalog, drafts: Sequence[KeptDraft]) -> None:
        super().__init__(theme)
        self.heading = _("Chọn hồ sơ để làm tiếp") if drafts else _("Không có hồ sơ đang dở")
        self.next_label = None
        if not drafts:
            self.hint = _("Máy không giữ hồ sơ nào như vậy, hoặc đã quá hạn giữ. Ông/bà về trang đầu để làm hồ sơ mới.")
        names = {service.code: service.plain_name for service in catalog.services}
        for draft in drafts:
            saved = _("lưu lúc {moment}").format(moment=format_moment(draft.saved_at))
            name = _(names.get(draft.service_code, "")) or _("Thủ tục không còn trên máy này")
            row = SecondaryButton(theme, composed("{} – {}", name, saved), icon_name="file-text")
            row.setObjectName(f"draft:{draft.ref}")
            row.clicked.connect(lambda _checked=False, chosen=draft: self.given.emit(chosen))
            self.column.addWidget(row)
        self.column.addStretch(1)


class ResumeChangesPage(ResumePage):
    """What the draft could not bring along, before it is gone on with. Gives the Reopened."""

    def __init__(self, theme: Theme, reopened: Reopened) -> None:
        super().__init__(theme)
        self._reopened = reopened
        self.heading = _("Chưa làm tiếp được hồ sơ này") if reopened.gone else _("Đã mở lại hồ sơ")
        self.next_label = _("Chọn thủ tục khác") if reopened.gone else _("Làm tiếp")
        self.can_go_back = False
        if reopened.gone:
            text = _("Thủ tục này hiện không còn làm trên máy này. Mời ông/bà chọn thủ tục khác, hoặc hỏi quầy.")
            self.column.addWidget(Notice(theme, text))
        else:
            told = _("Tờ khai đã đổi từ khi ông/bà lưu: {count} câu trả lời hoặc giấy tờ không còn dùng được.")
            points = (
                told.format(count=reopened.left_out),
                _("Những phần còn lại vẫn nguyên. Ông/bà xem lại trước khi nộp."),
            )
            self.column.addWidget(Points(theme, points))
        self.column.addStretch(1)

    def go_on(self) -> None:
        """The visit goes on."""
        self.given.emit(self._reopened)


class NoStaffPage(ResumePage):
    """Nobody of the staff has a PIN: only card and code open a draft."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = _("Chưa mở được bằng cách này")
        self.next_label = None
        text = _("Máy này chưa có mã PIN của cán bộ. Ông/bà quay lại nhập mã làm tiếp, hoặc hỏi quầy.")
        self.column.addWidget(Label(text, Role.BODY))
        self.column.addStretch(1)


def _code_field() -> TextField:
    field = TextField(
        _("Mã làm tiếp"), keyboard=KeyboardKind.LETTERS, capitals=Capitals.ALL, max_length=12, composes=False
    )
    field.setObjectName("field:draft_code")
    keep_unspoken(field)
    return field
