"""The one window: holds the visit, shows its screen in the frame, and lets the step table decide what follows."""

import logging
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from kiosk.consent_texts import helper_band_text
from kiosk.ids import format_slip_code, slip_code
from kiosk.receipt import Receipt
from kiosk.resources import resource_path
from kiosk.texts import LANGUAGES, _
from kiosk.visit import Step, Visit
from kiosk.visit_events import Event, Left, WentBack
from kiosk.visit_steps import advance
from ui.context import Context
from ui.draft_desk import DraftDesk
from ui.frame import Frame
from ui.home_screen import HomeScreen
from ui.navigator import Filed, header_texts, make_screen
from ui.prepare_screen import Prepared
from ui.presence import Presence
from ui.screen import Screen
from ui.sealing import Sealed
from ui.staff_desk import StaffDesk
from ui.stopped_screen import StoppedScreen
from ui.tokens import Contrast, TextSize
from ui.trouble_screen import TroubleScreen
from ui.visit_screen import VisitScreen

STAFF_KEYS = QKeySequence("Ctrl+Shift+D")
"""Opens the pages for the staff: no key of the keyboard on the screen, and nothing that a hand presses by accident."""

_log = logging.getLogger(__name__)


class KioskWindow(QMainWindow):
    """Nothing of a visit outlives it: the value is dropped, the screens are destroyed, the clipboard is emptied."""

    visit_changed = Signal(object)
    """The kiosk.visit.Visit after an event; for tests and tours to look at, never to act on."""
    sealed = Signal(object)
    """The ui.sealing.Sealed of a dossier that has just been sealed."""
    prepared = Signal(object)
    """The ui.prepare_screen.Prepared of a visit that files nothing here."""

    def __init__(self, app: QApplication, context: Context) -> None:
        super().__init__()
        self.setWindowTitle(_("Điểm Truy Cập"))
        self._context = context
        self.visit = Visit()
        self._made: Filed | Prepared | None = None
        self._instead: Callable[[], Screen] | None = None
        self._drafts = self._make_draft_desk()
        self.frame = self._make_frame()
        self._presence = Presence(app, context, self, lambda: self.frame)
        self._presence.idle.connect(self._ask_whether_there)
        self._presence.ended.connect(self._leave)
        self._presence.wiped.connect(self._leave_for_good)
        self._staff = StaffDesk(context, lambda: self.frame.shown, self)
        self._staff.shows.connect(self._show_apart)
        self._staff.ended.connect(self._leave)
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
        kept = self._drafts is not None and self._drafts.left_behind(self.visit)[0] > 0
        self._wipe()
        self._show_apart(TroubleScreen(self._context.theme, self._context.office, codes, kept=kept))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cover covers all of it."""
        super().resizeEvent(event)
        self._presence.fit()

    def _make_frame(self) -> Frame:
        frame = Frame(self._context.theme, help_phone=self._context.office.phone)
        frame.set_demo(self._context.demo)
        frame.back.connect(self._go_back)
        frame.next.connect(self._go_on)
        frame.exit_confirmed.connect(self._leave_for_good)
        frame.stop_asked.connect(self._stop)
        self.setCentralWidget(frame)
        return frame

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
            case _:
                pass

    def _happen(self, event: Event) -> None:
        before = self.visit
        self.visit = advance(before, event)
        over = isinstance(event, Left) or (self.visit.place.step is Step.HOME and before.place.step is not Step.HOME)
        if over:
            self._wipe()
        if over or _page(self.visit) != _page(before):
            self._show()
        if self._drafts is not None:
            self.frame.set_kept(self._drafts.kept_h(self.visit))
        self.visit_changed.emit(self.visit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What the page had running stops: a camera that goes on would hold the program's end."""
        if self.frame.shown is not None:
            self.frame.shown.leave()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._happen(Left())

    def _leave_for_good(self) -> None:
        if self._drafts is not None:
            self._drafts.discard()
        self._leave()

    def _say(self, text: str) -> None:
        self.frame.set_status(text)

    def _stop(self) -> None:
        if self._drafts is not None:
            self._drafts.stop(self.visit, self.frame.shown)

    def _end(self) -> None:
        """The visit is over, and something else is shown next."""
        self._wipe()
        self.visit_changed.emit(self.visit)

    def _wipe(self) -> None:
        """End the visit. Frame.set_screen destroys the page that was shown, with all that was typed there."""
        self.visit = Visit()
        if self._drafts is not None:
            self._drafts.forget()
            self.frame.set_kept(0)
        self._made = None
        self._presence.uncover()
        self.frame.set_status("")
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._context.theme.set_look(TextSize.NORMAL, Contrast.LIGHT)
        if _.language != LANGUAGES[0]:
            self._speak(LANGUAGES[0])

    def _show_apart(self, screen: Screen) -> None:
        self.frame.set_header(*header_texts(self.visit))
        self.frame.set_helper(None)
        self.frame.set_screen(screen)
        self._watch()

    def _show(self) -> None:
        if self._instead is not None:
            self._show_apart(self._instead())
            return
        screen = make_screen(self._context, self.visit, self._made)
        screen.happened.connect(self._happen)
        if isinstance(screen, HomeScreen):
            screen.language.clicked.connect(self._switch_language)
            screen.staff_asked.connect(self.show_staff)
            if self._drafts is not None:
                screen.resume_asked.connect(self._drafts.resume)
        slots = {"sealed": self._on_sealed, "receipted": self._on_receipt, "prepared": self._on_prepared}
        for name, slot in slots.items():
            if (signal := getattr(screen, name, None)) is not None:
                signal.connect(slot)
        self.frame.set_header(*header_texts(self.visit))
        self.frame.set_helper(helper_band_text(self.visit.helper))
        self.frame.set_screen(screen)
        self._watch()

    def _watch(self) -> None:
        times = self._context.times
        match self.visit.place.step:
            case Step.DONE:
                self._presence.watch(times.goodbye_s)
            case _:
                self._presence.watch(times.idle_warning_s)

    def _on_sealed(self, sealed: Sealed) -> None:
        self._made = Filed(sealed)
        self.sealed.emit(sealed)

    def _on_receipt(self, receipt: Receipt) -> None:
        if isinstance(self._made, Filed):
            self._made = Filed(self._made.sealed, receipt)

    def _on_prepared(self, prepared: Prepared) -> None:
        self._made = prepared
        self.prepared.emit(prepared)

    def _ask_whether_there(self) -> None:
        shown = self.frame.shown
        if shown is not None and (shown.busy or not shown.can_leave):
            self._watch()  # sealing and sending end by themselves, and the citizen must still get the code
        elif self.visit.place.step is Step.HOME:
            self._leave()  # made anew: in the usual look and language, and the devices are asked again how they are
        else:
            kept_h, by_code = self._drafts.left_behind(self.visit) if self._drafts is not None else (0, False)
            self._presence.ask(kept_h, by_code=by_code)

    def _switch_language(self) -> None:
        self._speak(next(language for language in LANGUAGES if language != _.language))
        self._show()

    def _speak(self, language: str) -> None:
        """All texts of the frame are made anew; the page in it is left, and the next one is put into the new frame."""
        _.switch(language, resource_path("locale"))
        if self.frame.shown is not None:
            self.frame.shown.leave()
        self.frame = self._make_frame()


def _page(visit: Visit) -> tuple[object, ...]:
    """What decides which page is shown: also for which service and way, where one is offered in place of another."""
    return visit.place, visit.service, visit.route
