"""The way back to a visit that was saved: by card and code, or by a member of the staff who has seen the card."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from kiosk.dates import format_moment, vietnam_day
from kiosk.draft import Reopened, unpack
from kiosk.drafts import CodeAnswer, CodesPaused, KeptDraft, NoSuchDraft, StaffNeeded
from kiosk.staff import PinAnswer, SignedIn
from kiosk.texts import _
from kiosk.visit_events import CardShown
from ui.context import Context
from ui.draft_keeping import DraftKeeping
from ui.pin_pad import refusal_words
from ui.resume_page import ResumePage
from ui.resume_pages import (
    NoStaffPage,
    ResumeCardScreen,
    ResumeChangesPage,
    ResumeCodePage,
    ResumeListPage,
    ResumeStaffPage,
    ResumeWithoutCardPage,
    WithoutCard,
)
from ui.screen import Screen
from ui.sentences import problem_sentence
from ui.tasks import Lane

T = TypeVar("T")


class Resuming(QObject):
    """One attempt. It shows page after page and remembers the way; everything is forgotten with it."""

    shows = Signal(object)
    """The Screen to show now."""
    opened = Signal(object, object)
    """The reference (UUID) and the visit (Reopened) that goes on."""
    ended = Signal()
    """Back to the first page."""

    def __init__(self, context: Context, keeping: DraftKeeping, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._keeping = keeping
        self._card_number = ""
        self._card_shown = False
        self._code = ""
        self._staff = ""
        self._meant: KeptDraft | None = None
        self._ref: UUID | None = None
        self._way: list[Callable[[], None]] = []
        self._page: Screen | None = None

    @property
    def by_code(self) -> bool:
        """Whether card and code opened it, without the staff."""
        return not self._staff

    def begin(self) -> None:
        """The card first."""
        self._go(self._ask_card)

    def back(self) -> None:
        """One page back; from the first, to the first page of all."""
        self._way.pop()
        if self._way:
            self._way[-1]()
        else:
            self.ended.emit()

    def go_on(self) -> None:
        """Continue was pressed."""
        if isinstance(self._page, ResumePage):
            self._page.go_on()

    def _go(self, ask: Callable[[], None]) -> None:
        self._way.append(ask)
        ask()

    def _show(self, page: Screen) -> None:
        self._page = page
        self.shows.emit(page)

    def _ask_card(self) -> None:
        screen = ResumeCardScreen(self._context)
        screen.happened.connect(self._card)
        self._show(screen)

    def _card(self, event: object) -> None:
        self._card_shown = isinstance(event, CardShown)
        self._card_number = event.card.number if isinstance(event, CardShown) else ""
        self._go(self._ask_code if self._card_shown else self._ask_what_is_known)

    def _ask_code(self) -> None:
        self._code = self._staff = ""
        self._meant = None
        page = ResumeCodePage(self._context.theme)
        page.given.connect(self._look_for_code)
        page.staff_wanted.connect(lambda: self._go(self._ask_staff))
        self._show(page)

    def _look_for_code(self, code: str) -> None:
        self._run(partial(self._keeping.drafts.by_code, self._card_number, code), self._code_answered)

    def _code_answered(self, answer: CodeAnswer) -> None:
        if isinstance(answer, KeptDraft):
            self._open(answer)
        elif isinstance(answer, StaffNeeded):
            self._meant = answer.draft
            self._go(self._ask_staff)
        elif isinstance(self._page, ResumePage):
            self._page.refuse(code_refused(answer))

    def _ask_what_is_known(self) -> None:
        page = ResumeWithoutCardPage(self._context.theme)
        page.given.connect(self._known)
        self._show(page)

    def _known(self, known: WithoutCard) -> None:
        self._card_number, self._code = known.card_number, known.code
        self._go(self._ask_staff)

    def _ask_staff(self) -> None:
        """Only where somebody has a PIN; that is asked for in the lane."""
        self._run(self._keeping.pins.any, self._staff_page)

    def _staff_page(self, there_are_pins: bool) -> None:
        if not there_are_pins:
            self._show(NoStaffPage(self._context.theme))
            return
        page = ResumeStaffPage(self._context.theme, with_card=self._card_shown)
        page.given.connect(self._sign_in)
        self._show(page)

    def _sign_in(self, pin: str) -> None:
        now = self._context.equipment.clock.now()
        self._run(partial(self._keeping.pins.sign_in, pin, now), self._signed_in)

    def _signed_in(self, answer: PinAnswer) -> None:
        if not isinstance(answer, SignedIn):
            if isinstance(self._page, ResumePage):
                self._page.refuse(refusal_words(answer))
            return
        self._staff = answer.name
        if self._meant is not None:
            self._open(self._meant)
        else:
            self._run(partial(self._for_staff, self._card_number, self._code), self._found)

    def _for_staff(self, card_number: str, code: str) -> KeptDraft | tuple[KeptDraft, ...]:
        """In the lane: the draft of the code. Without a code, or where it fits nothing or codes are paused, the staff
        choose from what may be meant: what was begun without a card is nobody's by a number."""
        drafts = self._keeping.drafts
        match drafts.by_code(card_number, code) if code else None:
            case KeptDraft() as draft:
                return draft
            case StaffNeeded(draft):
                return draft
        found = (*drafts.of_card(card_number), *(drafts.of_card("") if card_number else ()))
        return tuple(sorted(found, key=attrgetter("saved_at"), reverse=True))

    def _found(self, drafts: KeptDraft | tuple[KeptDraft, ...]) -> None:
        """The PIN was typed for this list: going back does not come by it again."""
        if isinstance(drafts, KeptDraft):
            self._open(drafts)
            return
        self._way[-1] = partial(self._show_list, drafts)
        self._way[-1]()

    def _show_list(self, drafts: tuple[KeptDraft, ...]) -> None:
        page = ResumeListPage(self._context.theme, self._context.catalog, drafts)
        page.given.connect(self._open)
        self._show(page)

    def _open(self, draft: KeptDraft) -> None:
        today = vietnam_day(self._context.equipment.clock.now())
        self._ref = draft.ref
        self._run(partial(self._reopen, draft.ref, self._staff, today), self._reopened)

    def _reopen(self, ref: UUID, attested_by: str, today: date) -> Reopened | None:
        opened = self._keeping.drafts.open(ref, attested_by)
        return unpack(opened.packed, self._context.catalog, today) if opened else None

    def _reopened(self, reopened: Reopened | None) -> None:
        if reopened is None:
            self._show_list(())
        elif reopened.gone or reopened.left_out:
            page = ResumeChangesPage(self._context.theme, reopened)
            page.given.connect(self._finish)
            self._show(page)
        else:
            self._finish(reopened)

    def _finish(self, reopened: Reopened) -> None:
        self.opened.emit(self._ref, reopened)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """In the drafts' lane; the page waits meanwhile."""
        if isinstance(self._page, ResumePage):
            self._page.wait()
        self._context.tasks.run(Lane.DRAFTS, work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(self._page, ResumePage):
            self._page.refuse(problem_sentence(error))


def resumed_words(reopened: Reopened) -> str:
    """The line that stays below the pages of a visit that was gone on with."""
    return _("Đã mở lại hồ sơ lưu lúc {moment}").format(moment=format_moment(reopened.saved_at))


def code_refused(answer: NoSuchDraft | CodesPaused) -> str:
    """The same words whether the card has a draft or not."""
    match answer:
        case NoSuchDraft(tries_left) if tries_left:
            return _("Thẻ và mã không khớp, hoặc hết hạn. Còn {count} lần thử.").format(count=tries_left)
        case NoSuchDraft():
            return _("Chưa mở được. Mời ông/bà nhờ cán bộ, hoặc chờ 5 phút.")
        case CodesPaused(wait):
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            return _("Sai nhiều lần. Mời ông/bà chờ {minutes} phút, hoặc nhờ cán bộ.").format(minutes=minutes)
