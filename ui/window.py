"""The one window: holds the visit, shows its screen in the frame, and lets the step table decide what follows."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from kiosk.consent_texts import helper_band_text
from kiosk.help_standing import help_standing
from kiosk.ids import format_slip_code, slip_code
from kiosk.spoken_secrets import secrets_of
from kiosk.texts import _
from kiosk.visit import Step, Visit
from kiosk.visit_events import Event, Left, WentBack
from kiosk.visit_steps import advance
from ui.app_watch import unwatched
from ui.context import Context
from ui.draft_desk import DraftDesk
from ui.frame import Frame
from ui.half_typed import HalfTyped
from ui.help_desk import HelpDesk
from ui.helping import Helping
from ui.home_screen import HomeScreen
from ui.idle_desk import IdleDesk
from ui.navigator import header_texts, make_screen, page_key
from ui.presence import Presence
from ui.read_aloud import ReadAloud
from ui.review_screen import ReviewScreen
from ui.screen import Screen
from ui.sounds import Sound
from ui.staff_desk import StaffDesk, is_for_staff
from ui.stopped_screen import StoppedScreen
from ui.switch_access import SwitchAccess
from ui.trouble_screen import TroubleScreen
from ui.typing_choice import TypingChoice
from ui.visit_outcome import VisitOutcome
from ui.visit_screen import VisitScreen
from ui.wiping import destroy_what_is_left, empty_shared_places

STAFF_KEYS = QKeySequence("Ctrl+Shift+D")
"""Opens the pages for the staff: no key of the keyboard on the screen, and nothing that a hand presses by accident."""


class KioskWindow(QMainWindow):
    """Nothing of a visit outlives it: the value is dropped, the screens are destroyed, the clipboard is emptied."""

    visit_changed = Signal(object)
    """The kiosk.visit.Visit after an event; for tests and tours to look at, never to act on."""
    sealed = Signal(object)
    """The ui.sealing.Sealed of a dossier that has just been sealed."""
    emptied = Signal()
    """A visit is over, and its pages are destroyed."""
    prepared = Signal(object)
    """The ui.prepare_screen.Prepared of a visit that files nothing here."""

    def __init__(self, app: QApplication, context: Context) -> None:
        super().__init__()
        self.setWindowTitle(_("Điểm Truy Cập"))
        self._app = app
        self._context = context
        self.locked = False
        """Whether it stays open until the program itself ends, which takes this back first."""
        self.visit = Visit()
        self._half_typed = HalfTyped()
        self._outcome = VisitOutcome(self)
        self._outcome.sealed.connect(self.sealed)
        self._outcome.prepared.connect(self.prepared)
        self._instead: Callable[[], Screen] | None = None
        self._typing = TypingChoice(context.typing, self)
        self._drafts = self._make_draft_desk()
        self._calls = HelpDesk(context, lambda: self.visit.place.step, self)
        self._calls.turned.connect(lambda: self.frame.header.set_called(called=self._calls.lasts))
        self._switches = SwitchAccess(context.theme, self, lambda: self.frame, context.access)
        phones = (context.office.phone,)
        self.reading = ReadAloud(context.voice, context.theme, phones, lambda: secrets_of(self.visit), self)
        self._idle = self._make_idle_desk(app)
        context.theme.pressed.connect(self._sound_press)
        self._staff = StaffDesk(context, lambda: self.frame.shown, self)
        self._staff.shows.connect(self._show_apart)
        self._staff.ended.connect(self._leave)
        self._helping = Helping(context, lambda: self.frame.shown, self)
        self._helping.happened.connect(self._happen)
        self._helping.said.connect(self._say)
        self.visit_changed.connect(self._helping.look)
        self.frame: Frame = self._make_frame()
        QShortcut(STAFF_KEYS, self, self.show_staff)
        self._show()

    def replace_with(self, make: Callable[[], Screen]) -> None:
        """From now on the first page is this one, for example that the kiosk is out of service: no visit begins."""
        self._instead = make
        self._leave()

    def show_staff(self) -> None:
        """The first page for the staff, where no visit is."""
        self._staff.open()

    def show_devices(self) -> None:
        """The page of devices, for the staff, where no visit is."""
        self._staff.open_devices()

    def trouble(self) -> None:
        """Something went wrong that nobody expected: the visit ends cleanly, and what was sealed is safe."""
        codes = tuple(format_slip_code(slip_code(ref)) for ref in self.visit.filed)
        kept_h, _by_code = self._left_behind()
        self._wipe()
        self._show_apart(TroubleScreen(self._context.theme, self._context.office, codes, kept=kept_h > 0))

    def _make_frame(self) -> Frame:
        frame = Frame(self._context.theme, help_phone=self._context.office.phone, typing=self._typing)
        frame.header.set_demo(self._context.demo)
        frame.back.connect(self._go_back)
        frame.next.connect(self._go_on)
        frame.refused.connect(lambda: self._context.sounds.play(Sound.PROBLEM))
        frame.help_act_asked.connect(self._helping.ask)
        frame.panels.help_opened.connect(self._calls.opened)
        frame.panels.exit_confirmed.connect(self._leave_for_good)
        frame.panels.stop_asked.connect(self._stop)
        frame.panels.switches_chosen.connect(self._switches.set_mode)
        frame.panels.add_to_look(self._idle.time_choice)
        self.setCentralWidget(frame)
        self.reading.attach(frame)
        return frame

    def _make_idle_desk(self, app: QApplication) -> IdleDesk:
        presence = Presence(app, self._context, self, lambda: self.frame)
        presence.speaking = lambda: self.reading.speaking
        presence.asked.connect(self.reading.read)
        presence.ended.connect(self._leave)
        presence.wiped.connect(self._leave_for_good)
        desk = IdleDesk(presence, self._context, lambda: self.visit, lambda: self.frame.shown, self._left_behind)
        desk.first_page_silent.connect(self._calls.leave_silent)
        desk.ended.connect(self._leave)
        return desk

    def _make_draft_desk(self) -> DraftDesk | None:
        if self._context.keeping is None:
            return None
        desk = DraftDesk(self._context, self._context.keeping, self)
        desk.shows.connect(self._show_apart)
        desk.happened.connect(self._happen)
        desk.wiped.connect(self._end)
        desk.ended.connect(self._leave)
        desk.said.connect(self._say)
        self.visit_changed.connect(desk.look)
        return desk

    def _go_back(self) -> None:
        if not (self._drafts is not None and self._drafts.go_back()) and not self._staff.go_back():
            self.visit = self._half_typed.leave(self.visit, self.frame.shown)
            self._happen(WentBack())

    def _go_on(self) -> None:
        if self._staff.go_on():
            return
        match self.frame.shown:
            case VisitScreen() as screen:
                if (event := screen.next_event()) is not None:
                    self._happen(event)
            case TroubleScreen() | StoppedScreen():
                self._leave()
            case _ if self._drafts is not None:
                self._drafts.go_on()

    def _happen(self, event: Event) -> None:
        before = self.visit
        self.visit = advance(before, event)
        over = isinstance(event, Left) or (self.visit.place.step is Step.HOME and before.place.step is not Step.HOME)
        if over:
            self._wipe()
        if over and (before.place.step is not Step.HOME or isinstance(self.frame.shown, TroubleScreen | StoppedScreen)):
            self._calls.end()
        if over or page_key(self.visit) != page_key(before):
            self._show()
            if before.place.editing and isinstance(self.frame.shown, ReviewScreen):
                self.frame.shown.return_to(before.place)
        self._show_helper()
        if self._drafts is not None:
            self.frame.panels.kept_h = self._drafts.kept_h(self.visit)
        self.visit_changed.emit(self.visit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What the page had running stops: a camera that goes on would hold the program's end, a voice too. Where
        citizens stand, keys and windows of the system close nothing."""
        if self.locked:
            event.ignore()
            return
        self.reading.wipe()
        if self.frame.shown is not None:
            self.frame.shown.leave()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._happen(Left())

    def _leave_for_good(self) -> None:
        if self._drafts is not None:
            self._drafts.discard()
        self._leave()

    def _left_behind(self) -> tuple[int, bool]:
        return self._drafts.left_behind(self.visit) if self._drafts is not None else (0, False)

    def _say(self, text: str) -> None:
        self.frame.set_status(text)

    def _stop(self) -> None:
        if self._drafts is not None:
            self._drafts.stop(self.visit, self.frame.shown)

    def _end(self) -> None:
        """The visit is over, and something else is shown next."""
        self._wipe()
        self._calls.end()
        self.visit_changed.emit(self.visit)

    def _wipe(self) -> None:
        """End the visit. Frame.set_screen destroys the page that was shown, with all that was typed there."""
        self.visit = Visit()
        self._helping.look(self.visit)
        self._half_typed.forget()
        if self._drafts is not None:
            self._drafts.forget()
        self._outcome.forget()
        self._idle.forget()
        self.reading.wipe()
        empty_shared_places()
        QTimer.singleShot(0, self, self._destroy_what_is_left)  # once the next page stands there
        self.frame.begin_anew()
        self._switches.reset()

    def _destroy_what_is_left(self) -> None:
        destroy_what_is_left()
        self.emptied.emit()

    def _sound_press(self) -> None:
        self._context.sounds.play(Sound.PRESS)

    def showEvent(self, event: QShowEvent) -> None:
        """Switches need the window that is shown."""
        super().showEvent(event)
        self._switches.reset()

    def _show_apart(self, screen: Screen) -> None:
        if is_for_staff(screen):
            self.reading.quit()  # the citizen wanted to be read to, not that the staff's pages are
        self.frame.set_header(*header_texts(self.visit))
        self.frame.set_helper(None)
        self.frame.set_screen(screen)
        self._idle.watch()

    def _show(self) -> None:
        with unwatched(self._app):
            self._show_page()

    def _show_page(self) -> None:
        if self._instead is not None:
            self._show_apart(self._instead())
            return
        screen = make_screen(self._context, self.visit, self._outcome.made)
        self._half_typed.restore(self.visit, screen)
        screen.happened.connect(self._happen)
        if isinstance(screen, HomeScreen):
            screen.language_asked.connect(self.frame.speak)
            screen.staff_asked.connect(self.show_staff)
            screen.left_papers.found.connect(self.frame.header.help_button.click)
            screen.help_asked.connect(self.frame.header.help_asked)
            if self._drafts is not None:
                screen.resume_asked.connect(self._drafts.resume)
        self._outcome.listen(screen)
        self.frame.set_header(*header_texts(self.visit))
        self._show_helper()
        self.frame.set_screen(screen)
        self._idle.watch()

    def _show_helper(self) -> None:
        self.frame.set_helper(helper_band_text(self.visit.helper), help_standing(self.visit))
