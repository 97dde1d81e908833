"""Base of the page that files: the first press seals, and nothing happens twice."""

from PySide6.QtCore import Signal

from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import DossierSealed, Event
from ui.context import Context
from ui.sealing import NotTaking, Sealed, Sealing
from ui.sentences import not_ready_sentence, problem_sentence
from ui.visit_screen import VisitScreen


class FilingScreen(VisitScreen):
    """Continue files, once `check` found nothing wrong."""

    sealed = Signal(object)
    """A ui.sealing.Sealed: what the pages after this one need to print the slip."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self._sealing = Sealing(context, visit)
        self._started = False
        self.busy_text = _("Đang lưu hồ sơ an toàn, xin ông/bà chờ…")

    def next_event(self) -> Event | None:
        """The first press starts the sealing; while it runs, every further press is without effect."""
        if not self._started:
            self._started = True
            self.busy = True
            self.changed.emit()
            self._sealing.run(self, self._done, self._failed)
        return None

    def _done(self, sealed: Sealed) -> None:
        self.sealed.emit(sealed)
        self.happened.emit(DossierSealed(sealed.dossier.client_ref, sealed.declaration))

    def _failed(self, error: Exception) -> None:
        """Nothing was filed; the page stays, and pressing again files the same dossier."""
        self._started = False
        self.busy = False
        # Where even the store does not know, only the same dossier may be tried again, not one that was changed. Who
        # leaves may do so: nobody else must find the page.
        self.can_go_back = not isinstance(error, StoreProblem) or isinstance(error, (DiskFull, StoreCorrupt))
        text = not_ready_sentence(error.reason)[1] if isinstance(error, NotTaking) else problem_sentence(error)
        self.refuse(text)
        self.changed.emit()
