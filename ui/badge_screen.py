"""Who helps, by badge: those on duty are chosen by name; who comes on duty shows the badge and types its PIN."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.consent_texts import helper_kind_text
from kiosk.helper_desk import BadgeRefusal, CheckedIn, CheckInAnswer
from kiosk.staff import Locked, WrongPin
from kiosk.texts import _
from kiosk.visit import Helper, HelperKind, Visit
from kiosk.visit_events import Event, HelperChosen, HelperNamed
from ui.badge_show import BadgeShow
from ui.buttons import SecondaryButton
from ui.choice_rows import Choice, ChoiceRows
from ui.context import Context
from ui.pin_pad import PinPad, refusal_words
from ui.scroll_area import PagedScroll
from ui.sentences import problem_sentence
from ui.tasks import Lane
from ui.visit_screen import VisitScreen

_OTHER = "other"


def badge_refusal_words(answer: BadgeRefusal) -> str:
    """What to say of a badge that is not taken."""
    match answer:
        case BadgeRefusal.UNKNOWN:
            return _("Máy không biết thẻ này. Mời đưa thẻ hỗ trợ khác, hoặc hỏi cán bộ tại quầy.")
        case BadgeRefusal.REVOKED:
            return _("Thẻ này đã bị thu hồi, không dùng được nữa. Mời hỏi cán bộ tại quầy.")
        case BadgeRefusal.EXPIRED:
            return _("Thẻ này đã hết hạn. Mời hỏi cán bộ tại quầy để được cấp lại.")


class BadgeScreen(VisitScreen):
    """Three pages of its own: who is on duty, the badge, the PIN. From each the citizen can go on alone."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.scrolls = False
        self.progress = helper_kind_text(visit.helper.kind)
        self.busy_text = _("Đang xem thẻ, xin chờ…")
        self._badge = ""
        self._on_duty: dict[str, CheckedIn] = {}
        self._rows: ChoiceRows | None = None
        everybody = QWidget()
        self._column = QVBoxLayout(everybody)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._names = PagedScroll(context.theme, everybody)
        self._show = BadgeShow(context)
        self._show.read.connect(self._ask_pin)
        self._show.name_wanted.connect(lambda: self.happened.emit(HelperChosen(visit.helper.kind)))
        self._pad = PinPad(context.theme)
        self._pad.entered.connect(self._check_in)
        self._alone = SecondaryButton(context.theme, _("Tôi tự làm tiếp"), icon_name="user")
        self._alone.setObjectName("alone")
        self._alone.clicked.connect(lambda: self.happened.emit(HelperChosen(HelperKind.NONE)))
        for page in (self._names, self._show, self._pad):
            page.hide()
            self.column.addWidget(page, 1)
        self._rest = QWidget()  # below the keys of the PIN; the other pages take all the room
        self.column.addWidget(self._rest, 1)
        self.column.addWidget(self._alone, 0, Qt.AlignmentFlag.AlignLeft)

    def enter(self) -> None:
        """Who is on duty is asked first."""
        self.next_label = None
        self.heading = _("Ai giúp ông/bà?")
        desk, now = self.context.helper_desk, self.context.equipment.clock.now()
        if desk is None:
            self._ask_badge()
            return
        self._wait(waits=True)
        work = partial(desk.on_duty, now)
        self.context.tasks.run(Lane.STORE, work, owner=self, done=self._know, failed=self._not_known)

    def leave(self) -> None:
        """Camera and reader stop; a PIN that was begun is forgotten."""
        self._show.stop()
        self._pad.wipe()

    def first_focus(self) -> QWidget | None:
        """The heading: what to do is read first."""
        return None

    def step_back(self) -> bool:
        """From the PIN to the badge, from there to the names."""
        if not self._pad.isHidden():
            self._ask_badge()
            return True
        if not self._show.isHidden() and self._on_duty:
            self._ask_who()
            return True
        return False

    def check(self) -> None:
        """One row must be chosen."""
        self.problems = ()
        if self._rows is not None and self._rows.value is None:
            self.refuse(_("Ông/bà chọn một dòng."), self._rows.rows[0])

    def next_event(self) -> Event | None:
        """Who is on duty has shown the badge already; who is not, shows it now."""
        chosen = self._rows.value if self._rows is not None else None
        if chosen in self._on_duty:
            return self._named(self._on_duty[chosen])
        self._ask_badge()
        return None

    def _named(self, found: CheckedIn) -> HelperNamed:
        who, kind = found.helper, self.visit.helper.kind
        return HelperNamed(Helper(kind, who.name, who.unit, who.code, who.phones, found.until))

    def _know(self, on_duty: tuple[CheckedIn, ...]) -> None:
        self._on_duty = {each.helper.code: each for each in on_duty}
        self._wait(waits=False)
        if not on_duty:
            self._ask_badge()
            return
        choices = [
            Choice(code, each.helper.name, f"{each.helper.unit} · {code}") for code, each in self._on_duty.items()
        ]
        self._rows = ChoiceRows(self.theme, [*choices, Choice(_OTHER, _("Người khác, có thẻ hỗ trợ"))])
        for row in self._rows.rows:
            row.setObjectName(f"helper:{row.choice.key}")
        self._column.addWidget(self._rows)
        self._column.addStretch(1)
        self._ask_who()

    def _not_known(self, error: Exception) -> None:
        self._wait(waits=False)
        self._ask_badge(problem_sentence(error))

    def _ask_who(self) -> None:
        self.next_label = _("Tiếp tục")
        self._turn(self._names, _("Ai giúp ông/bà?"), _("Những người dưới đây đang trực ở quầy này."))

    def _ask_badge(self, said: str = "") -> None:
        self.next_label = None
        self._turn(self._show, _("Người hỗ trợ đưa thẻ trước máy ảnh"), _("Phần này người hỗ trợ làm."))
        self._show.start(said)

    def _ask_pin(self, badge: str) -> None:
        self._badge = badge
        self._turn(self._pad, _("Người hỗ trợ nhập mã PIN"), _("Mã PIN của thẻ hỗ trợ. Mời ông/bà quay đi một chút."))
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, page: QWidget, heading: str, hint: str) -> None:
        self._show.stop()
        self._pad.wipe()
        self.heading, self.hint, self.problems = heading, hint, ()
        for each in (self._names, self._show, self._pad):
            each.setVisible(each is page)
        self._rest.setVisible(page is self._pad)
        self.turned.emit(None)

    def _check_in(self, pin: str) -> None:
        desk, now = self.context.helper_desk, self.context.equipment.clock.now()
        assert desk is not None  # without one no badge is asked for
        self._wait(waits=True)
        work = partial(desk.check_in, self._badge, pin, now)
        self.context.tasks.run(Lane.STORE, work, owner=self, done=self._answered, failed=self._failed)

    def _answered(self, answer: CheckInAnswer) -> None:
        self._wait(waits=False)
        match answer:
            case CheckedIn():
                self.happened.emit(self._named(answer))
            case WrongPin() | Locked():
                self._pad.refuse(refusal_words(answer))
            case BadgeRefusal():
                self._ask_badge(badge_refusal_words(answer))

    def _failed(self, error: Exception) -> None:
        self._wait(waits=False)
        self._pad.refuse(problem_sentence(error))

    def _wait(self, *, waits: bool) -> None:
        self.busy = waits
        self._alone.setEnabled(not waits)
        self.changed.emit()
