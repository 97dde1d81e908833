"""Writes visits and their slips into the audit chain; a store that cannot keep an event stands in nobody's way."""

import logging
from collections import deque
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QObject

from commands.help_audit import HelpState, help_events, help_state
from kiosk.audit import AuditEvent
from kiosk.errors import StoreProblem
from kiosk.ids import parse_slip_code
from kiosk.ports import Clock, DeviceStatus
from kiosk.slip import Printable, ReceiptPrinter, Slip
from kiosk.store import Store
from kiosk.visit import Step, Visit
from ui.tasks import Lane, Tasks

_log = logging.getLogger(__name__)


def note(store: Store, kind: AuditEvent, at: datetime, slip: Slip | None = None) -> None:
    """Add an event, of the slip's dossier where a slip is given; what cannot be kept is logged. Blocks."""
    try:
        code = parse_slip_code(slip.slip_code) if slip else None
        entry = store.by_slip_code(code) if code else None  # what is only prepared was never in the store
        store.record_event(kind, entry.client_ref if entry else None, at)
    except StoreProblem as error:
        _log.error("%s is not in the audit chain: %s", kind, error.key)


class VisitAudit(QObject):
    """Notes when a visit begins and ends, and when somebody helps. The store's lane writes it, so the window never
    waits."""

    def __init__(self, tasks: Tasks, store: Store, clock: Clock) -> None:
        super().__init__()
        self._tasks = tasks
        self._store = store
        self._clock = clock
        self._visiting = False
        self._help = HelpState()
        self._unwritten: deque[tuple[AuditEvent, datetime]] = deque()

    def look(self, visit: Visit) -> None:
        """The visit after each of its events; nothing is kept of it but whether there is one, and how it stands with
        help."""
        turned = self._turned(visiting=visit.place.step is not Step.HOME)
        if self._helped(help_state(visit)) or turned:
            self._tasks.run(Lane.STORE, self._write, owner=self, done=lambda _: None)

    def close(self) -> None:
        """Write the rest once the lanes have ended: they forget what they had not begun, and a visit ends here."""
        self._turned(visiting=False)
        self._write()

    def _helped(self, state: HelpState) -> bool:
        events, self._help = help_events(self._help, state) if self._visiting else (), state
        self._unwritten.extend((kind, self._clock.now()) for kind in events)
        return bool(events)

    def _turned(self, *, visiting: bool) -> bool:
        turned = visiting is not self._visiting
        if turned:
            self._visiting = visiting
            kind = AuditEvent.VISIT_STARTED if visiting else AuditEvent.VISIT_ENDED
            self._unwritten.append((kind, self._clock.now()))
        return turned

    def _write(self) -> None:
        with suppress(IndexError):  # until there is none
            while True:
                note(self._store, *self._unwritten.popleft())


class AuditedPrinter:
    """The printer of slips, with a note of every slip that came out or did not."""

    def __init__(self, printer: ReceiptPrinter, store: Store, clock: Clock) -> None:
        self._printer = printer
        self._store = store
        self._clock = clock

    @property
    def name(self) -> str:
        """The printer's own name."""
        return self._printer.name

    def status(self) -> DeviceStatus:
        """The printer's own state."""
        return self._printer.status()

    def print_slip(self, slip: Printable) -> None:
        """Print and cut, then note it; a guide is nobody's, and a draft has its own notes. Blocks; raises
        DeviceProblem."""
        if not isinstance(slip, Slip):
            self._printer.print_slip(slip)
            return
        kind = AuditEvent.SLIP_FAILED
        try:
            self._printer.print_slip(slip)
            kind = AuditEvent.SLIP_PRINTED
        finally:
            note(self._store, kind, self._clock.now(), slip)
