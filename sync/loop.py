"""The thread that keeps the queue moving: a round when something was filed, when a wait is over, or when asked."""

import logging
from collections.abc import Callable
from random import Random
from threading import Condition, Event, Thread
from uuid import UUID

from kiosk.outbox import UNSENT, OutboxEntry, QueueCondition
from kiosk.ports import Clock
from sync.alarms import SyncAlarm
from sync.backoff import condition_delay_s
from sync.fault_place import fault_place
from sync.syncer import Outbox, Syncer, SyncReport

_log = logging.getLogger(__name__)

_IDLE_S = 5.0
_GENTLE_STOP_S = 1.0


class SyncLoop:
    """Runs a syncer in a thread of its own. It ends only by `stop`: a fault is logged and the next round tried.

    No event of the system tells that the network is back: a held queue looks again within 15 s, and within a minute
    after the first minutes, which is soon enough, and works with every kind of line.

    `on_round` is called in that thread after each round that changed something.
    """

    def __init__(
        self,
        syncer: Syncer,
        store: Outbox,
        clock: Clock,
        rng: Random,
        on_round: Callable[[SyncReport], None] = lambda _report: None,
    ) -> None:
        self._syncer = syncer
        self._store = store
        self._clock = clock
        self._rng = rng
        self._on_round = on_round
        self._thread = Thread(target=self._run, name="sync")
        self._wake = Event()
        self._stopping = Event()
        self._wake_items = Event()
        self._changed = Condition()
        self._rounds = 0
        self._last = SyncReport(QueueCondition.CLEAR)

    @property
    def condition(self) -> QueueCondition:
        """What held the queue when it was last tried."""
        return self._last.condition

    @property
    def detail(self) -> str:
        """What is known about it, in technical English."""
        return self._last.detail

    @property
    def alarms(self) -> tuple[SyncAlarm, ...]:
        """What a person should hear of, as of the last round."""
        return self._last.alarms

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def kick(self) -> None:
        """Something new is in the outbox: look now. Returns at once."""
        self._wake.set()

    def send_now(self) -> None:
        """A person wants everything sent now, whatever its waiting time. Returns at once."""
        self._wake_items.set()
        self._wake.set()

    def stop(self, timeout_s: float) -> bool:
        """End the thread: gently at first, then by cutting what is under way. True when it has ended."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is None:
            return True
        self._thread.join(min(timeout_s, _GENTLE_STOP_S))
        self._syncer.abort()
        self._thread.join(max(0.0, timeout_s - _GENTLE_STOP_S))
        return not self._thread.is_alive()

    def wait_for(self, client_ref: UUID, timeout_s: float) -> OutboxEntry:
        """The dossier's entry when it is settled, when a round found the queue held, or when the time is up.

        Call `kick` first. Raises KeyError for a dossier that the store does not know.
        """
        until_s = self._clock.monotonic_s() + timeout_s
        with self._changed:
            rounds_before = self._rounds
            while True:
                entry = self._store.entry(client_ref)
                if entry is None:
                    raise KeyError(client_ref)
                left_s = until_s - self._clock.monotonic_s()
                held = self._rounds > rounds_before and self.condition is not QueueCondition.CLEAR
                if entry.state not in UNSENT or held or left_s <= 0 or self._stopping.is_set():
                    return entry
                self._changed.wait(left_s)

    def _run(self) -> None:
        troubled = 0
        try:
            while not self._stopping.is_set():
                report = self._round()
                clear = report is not None and report.condition is QueueCondition.CLEAR
                troubled = 0 if clear else troubled + 1
                self._wake.wait(pause_s(report, troubled, self._rng))
                self._wake.clear()  # only now, with a round or the end next: what woke us is not forgotten
        finally:
            self._syncer.close()

    def _round(self) -> SyncReport | None:
        try:
            now = self._clock.now()
            if self._wake_items.is_set():
                self._wake_items.clear()
                self._store.wake_all(now)
            report = self._syncer.run_once(now, self._tell)
            self._finish(report)
        except Exception as error:  # noqa: BLE001  the queue must go on whatever one round met
            _log.error("a round of sending: %s", fault_place(error))
            return None
        return report

    def _finish(self, report: SyncReport) -> None:
        news = report.condition != self._last.condition or report.alarms != self._last.alarms
        changed = news or report.accepted or report.refused or report.postponed
        if report.condition != self._last.condition:
            _log.info("queue: %s (%s)", report.condition, report.detail)
        with self._changed:
            self._last = report
            self._rounds += 1
            self._changed.notify_all()
        if changed:
            self._on_round(report)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


def pause_s(report: SyncReport | None, troubled: int, rng: Random) -> float:
    """How long to wait after a round. `report` is None after a fault of ours; `troubled` counts the rounds in a row
    that were held or faulty, this one among them."""
    wish_s = report.retry_after_s if report else None
    if troubled:
        return condition_delay_s(troubled, rng, wish_s)
    if report is not None and report.more:
        return 0.0
    return max(_IDLE_S, wish_s or 0.0)
