"""What a running kiosk does for its store from time to time: the reserve, a new wrapping key, tombstones that end."""

import logging
from datetime import timedelta
from threading import Event, Thread

from kiosk.badges import KEPT_AFTER_END
from kiosk.config import Settings
from kiosk.errors import KioskError
from kiosk.ports import Clock
from kiosk.store import Store
from sync.enrolment import load_enrolment
from sync.fault_place import fault_place
from sync.losses import lost_slip_codes
from sync.server_time import ServerTime

LOOK_EVERY_S = 3600.0

_log = logging.getLogger(__name__)


class Upkeep:
    """Looks at the start and every hour, in a thread of its own. What fails is logged, and tried again at the next."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, server_time: ServerTime) -> None:
        self._store = store
        self._key_serves = timedelta(days=settings.key_renewal_days)
        self._tombstones_last = timedelta(days=settings.tombstone_days)
        self._clock = clock
        self._server_time = server_time
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="upkeep")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End, once what is under way is done."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def run_once(self) -> None:
        """Do what is due now, each for itself: a locked keyring keeps no tombstone from ending. Blocks."""
        upkeep = self._store.upkeep
        for step in (upkeep.keep_reserve, upkeep.sweep, self._renew_key, self._end_tombstones, self._forget_helpers):
            try:
                step()
            except KioskError as error:
                _log.error("store: upkeep: %s", error)
            except Exception as error:  # noqa: BLE001  a surprise ends this step, and not all later ones
                _log.error("store: upkeep: %s", fault_place(error))

    def _renew_key(self) -> None:
        if self._store.keys.renew_if_older(self._key_serves, self._clock.now()):
            _log.info("store: the wrapping key was renewed")

    def _end_tombstones(self) -> None:
        """Only by the portal's time: a kiosk whose clock runs years ahead must not throw its receipts away."""
        if self._server_time.offset_s is None:
            return
        ended_before = self._server_time.now() - self._tombstones_last
        lost = lost_slip_codes(self._store)  # of these the receipt is the only proof
        if ended := self._store.upkeep.end_tombstones(ended_before, self._clock.now(), lost):
            _log.info("store: %d tombstones ended", ended)

    def _forget_helpers(self) -> None:
        """By the portal's time where there is a portal: a kiosk without one has its own alone."""
        if self._server_time.offset_s is None and load_enrolment(self._store) is not None:
            return
        if gone := self._store.badges.forget_over(self._server_time.now() - KEPT_AFTER_END):
            _log.info("store: %d helpers whose badges are long over were removed", gone)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.run_once()
            self._stopping.wait(LOOK_EVERY_S)
