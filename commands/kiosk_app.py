"""The window with everything behind it: how it starts, what happens when something unexpected fails, how it ends."""

import gc
import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from commands.composition import Counter, Shipped
from commands.exchange import ShippedExchange
from commands.hanging_driver import DriverHangs
from commands.memory_guard import give_back_unused
from commands.rating_notes import RatingNotes
from commands.service_use_notes import ServiceUseNotes
from commands.staff_side import staff_devices
from commands.visit_audit import VisitAudit
from commands.voices import make_voice
from kiosk.config import OfficeSettings
from kiosk.dossier import Desk
from kiosk.filing import NotReady
from kiosk.resources import resource_path
from sync.fault_place import fault_place
from ui.context import Context
from ui.draft_keeping import DraftKeeping
from ui.out_of_service_screen import OutOfServiceScreen
from ui.sentences import problem_sentence
from ui.sound_speaker import make_sounds
from ui.tasks import Tasks
from ui.theme import Theme
from ui.window import KioskWindow

TASKS_TIMEOUT_S = 10.0
SWITCH_INTERVAL_S = 0.001

_log = logging.getLogger(__name__)


def _office(office: OfficeSettings, desk: Desk | NotReady) -> OfficeSettings:
    """The header says what the slip will say, where the kiosk is enrolled."""
    if isinstance(desk, NotReady):
        return office
    return office.model_copy(update={"name": desk.office_name, "phone": desk.phone})


def _let_the_window_go_first() -> None:
    # Qt's calls let go of the interpreter and wait to get it back: with the usual 5 ms a worker that computes makes
    # one paint of the window wait many times over.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    # What is there now lives as long as the program; looking through it for garbage took 90 ms at a time.
    gc.freeze()


class KioskApp:
    """One kiosk on one screen. Make it after the QApplication; `close` it before the counter."""

    def __init__(self, app: QApplication, theme: Theme, counter: Counter, data: Shipped) -> None:
        settings, desk = counter.settings, counter.filing.desk()
        office = _office(settings.office, desk)
        self._tasks = Tasks(self._failed)
        store = counter.store
        self._keeping = DraftKeeping(self._tasks, store.drafts, counter.clock, store.staff, store.drafts.sweep)
        demo = isinstance(desk, Desk) and desk.test
        self._use = ServiceUseNotes(self._tasks, settings.data_folder, counter.clock)
        self._ratings = RatingNotes(self._tasks, settings.data_folder, counter.clock)
        self.context = Context(
            theme=theme,
            tasks=self._tasks,
            equipment=counter.equipment,
            catalog=data.catalog.fees_good_for(settings.fees_good_for_days),
            areas=data.areas,
            calendar=data.calendar,
            office=office,
            times=settings.times,
            access=settings.access,
            typing=settings.typing,
            demo=demo,
            often_used=self._use.often_used,
            rated=self._ratings.rated,
            exchange=ShippedExchange(resource_path(), data.catalog),
            staff=staff_devices(counter),
            keeping=self._keeping,
            queue=counter.staff_queue,
            help_line=counter.help_line,
            sounds=make_sounds(settings.sound),
            helper_desk=store.helper_desk,
            voice=make_voice(settings.voice, self._tasks, demo=demo),
        )
        self.window = KioskWindow(app, self.context)
        self._audit = VisitAudit(self._tasks, counter.store, counter.clock)
        self.window.visit_changed.connect(self._audit.look)
        self.window.visit_changed.connect(self._use.look)
        self.window.emptied.connect(give_back_unused)
        if isinstance(desk, NotReady):
            self.window.replace_with(lambda: OutOfServiceScreen(theme, office, desk))
        _let_the_window_go_first()

    def _failed(self, error: Exception) -> None:
        """Background work failed that no page looks after: the page stays, with a sentence."""
        _log.error("background work: %s", fault_place(error))
        self.window.frame.set_status(problem_sentence(error))

    def close(self) -> None:
        """Stop the lanes. Raises DriverHangs."""
        self.window.locked = False
        self.window.close()
        self.window.deleteLater()  # by Qt, in order: Python's garbage collector would destroy its layouts twice
        ended = self._tasks.shutdown(TASKS_TIMEOUT_S)
        self._keeping.close()
        self._audit.close()
        gc.unfreeze()  # what lives no longer is to be found when Python ends
        if not ended:
            raise DriverHangs("a device driver hangs: the program cannot end in order")


def install_failsafe(owner: QObject, trouble: Callable[[], None]) -> None:
    """An exception in a slot does not stop Qt's loop: log it without its text, end the visit cleanly."""

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        _log.critical("unexpected: %s", fault_place(error))
        QTimer.singleShot(0, owner, trouble)

    sys.excepthook = hook
