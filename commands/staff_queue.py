"""The outbox in the hands of the staff (kiosk.staff_queue.StaffQueue): store, loop and sticks as one."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from commands.export_sticks import export_sticks
from commands.queue_health import health_of, troubles_of
from kiosk.config import Settings
from kiosk.errors import StoreProblem
from kiosk.manifest import Manifest, Party
from kiosk.outbox import OutboxEntry, State
from kiosk.ports import Clock
from kiosk.queue_alarm import Alarm
from kiosk.staff import StaffPins
from kiosk.staff_queue import Contact, ExportEnd, ExportResult, ExportStick, QueueNews
from kiosk.store import Store
from kiosk.store_staff import Act
from sync.loop import SyncLoop
from sync.signing import Signer
from sync.usb_export import Exported, NotExported, NothingToExport, Watch, export_to
from sync.withdrawals import withdrawal_problems

LOG_AGAIN_AFTER_S = 24 * 3600.0

_log = logging.getLogger(__name__)


class StaffDesk:
    """What staff do at a running kiosk. Everything that needs a PIN is noted with the name before it is done."""

    def __init__(self, store: Store, loop: SyncLoop, clock: Clock, settings: Settings, signer: Signer | None) -> None:
        """`signer` signs what goes to a stick; None before the kiosk is enrolled: then nothing was ever sealed."""
        self._signer = signer
        self._store = store
        self._loop = loop
        self._clock = clock
        self._settings = settings
        self._logged: tuple[Alarm, ...] = ()
        self._logged_at_s = 0.0

    @property
    def pins(self) -> StaffPins:
        """Those of the store."""
        return self._store.staff

    def news(self) -> QueueNews:
        """How the queue is; alarms go to the log once a day, and when they change."""
        troubles = troubles_of(self._store, self._settings, self._loop.condition, self._loop.alarms)
        health = health_of(self._store.queue.tally(), self._settings, self._clock.now(), troubles)
        self._log_alarms(health.alarms)
        return QueueNews(self._loop.condition, health)

    def unsettled(self, offset: int, limit: int) -> tuple[OutboxEntry, ...]:
        """A page of what is not done."""
        refused = withdrawal_problems(self._store)
        return tuple(_told(entry, refused) for entry in self._store.queue.unsettled(offset, limit))

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        """One dossier as it is now."""
        entry = self._store.entry(client_ref)
        return entry and _told(entry, withdrawal_problems(self._store))

    def send_again(self, client_ref: UUID) -> None:
        """Back into the queue, unless it is no longer parked."""
        entry = self._store.entry(client_ref)
        if entry is not None and entry.state is State.PARKED:
            self._store.unpark(client_ref, self._clock.now())
        self._loop.kick()

    def withdraw(self, client_ref: UUID, staff: str) -> OutboxEntry:
        """Who did it is noted first; the loop tells the portal where it has to."""
        now = self._clock.now()
        self._store.staff.note(Act.WITHDREW, staff, client_ref, now)
        entry = self._store.withdraw(client_ref, now)
        self._loop.kick()
        return entry

    def contacts(self, client_ref: UUID, staff: str) -> tuple[Contact, ...]:
        """The owner and, where it is somebody else, who filed; from the sealed manifest, after the noting."""
        self._store.staff.note(Act.VIEWED, staff, client_ref, self._clock.now())
        manifest = Manifest.model_validate_json(self._store.manifest(client_ref))
        owner = _contact(manifest.owner, is_owner=True)
        submitter = _contact(manifest.submitter, is_owner=False)
        if submitter.name != owner.name:
            return submitter, owner
        return (Contact(owner.name, owner.phone or submitter.phone, is_owner=True),)

    def sticks(self) -> tuple[ExportStick, ...]:
        """The sticks that can be written to."""
        return export_sticks(self._settings.files)

    def export(
        self,
        stick: ExportStick,
        staff: str,
        on_progress: Callable[[int, int], None],
        stopped: Callable[[], bool],
    ) -> ExportResult:
        """Copy everything that waits; who did it is noted first, where the store can still note anything."""
        if self._signer is None:
            return ExportResult(ExportEnd.NOTHING)
        now = self._clock.now()
        try:
            self._store.staff.note(Act.EXPORTED, staff, None, now)
        except StoreProblem as error:  # a full or damaged disk is what the stick is for
            _log.error("who exports could not be noted: %s", error)
        outcome = export_to(stick.folder, self._store.exports, self._signer, now, Watch(on_progress, stopped))
        match outcome:
            case Exported():
                return ExportResult(ExportEnd.DONE, outcome.count, outcome.damaged)
            case NothingToExport():
                return ExportResult(ExportEnd.NOTHING)
            case NotExported(problem, count):
                return ExportResult(ExportEnd(problem.value), count)

    def _log_alarms(self, alarms: tuple[Alarm, ...]) -> None:
        now_s = self._clock.monotonic_s()
        if alarms != self._logged or (alarms and now_s - self._logged_at_s >= LOG_AGAIN_AFTER_S):
            self._logged, self._logged_at_s = alarms, now_s
            if alarms:
                _log.warning("the queue needs staff: %s", ", ".join(alarms))


def _told(entry: OutboxEntry, refused: Mapping[UUID, str]) -> OutboxEntry:
    """Of one that is being withdrawn only a refusal of that still matters."""
    if entry.withdrawal_asked_at is None:
        return entry
    return replace(entry, problem=refused.get(entry.client_ref, ""))


def _contact(party: Party, *, is_owner: bool) -> Contact:
    return Contact(party.name, party.phone, is_owner)
