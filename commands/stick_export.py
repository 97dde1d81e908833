"""Exports to a stick while the kiosk goes on serving: one at a time, in a thread of its own, which can be asked."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from kiosk.keys import KeyProvider
from kiosk.ports import Clock
from kiosk.store import Store
from sync.enrolment import device_key_of, load_enrolment
from sync.fault_place import fault_place
from sync.signing import Signer
from sync.usb_export import Exported, ExportProblem, NotExported, NothingToExport, Outcome, Watch, export_to

EXPORT_QUEUE = "queue.export"
EXPORT_STATE = "queue.export-state"
EXPORT_STOP = "queue.export-stop"

NOTHING = "nothing"
EXPORTED = "exported"

_log = logging.getLogger(__name__)


def signer_of(store: Store, keys: KeyProvider) -> Signer | None:
    """Who signs the exports of that store; None for a kiosk that is not enrolled. Raises KeysUnavailable."""
    enrolled = load_enrolment(store)
    return None if enrolled is None else Signer(enrolled.enrolment.kiosk_id, device_key_of(enrolled, keys))


def told(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain JSON: `result` is "exported", "nothing", or the problem's stable name."""
    match outcome:
        case Exported():
            return {"result": EXPORTED, **asdict(outcome), "folder": str(outcome.folder)}
        case NothingToExport():
            return {"result": NOTHING, "count": 0}
        case NotExported(problem, count):
            return {"result": problem.value, "count": count}


class StickExport:
    """The exports of a running kiosk. Safe to call from every thread."""

    def __init__(self, store: Store, signer: Signer | None, clock: Clock) -> None:
        self._store = store
        self._signer = signer
        self._clock = clock
        self._lock = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._progress = (0, 0)
        self._outcome: Outcome | None = None

    def start(self, folder: Path) -> bool:
        """Begin to export into that folder. False while another export runs: that one goes on."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return False
            self._stopping.clear()
            self._progress, self._outcome = (0, 0), None
            self._thread = Thread(target=self._run, args=(folder,), name="stick-export")
            self._thread.start()
            return True

    def state(self) -> dict[str, Any]:
        """How far the last export is: `outcome` is null while it runs, and before the first."""
        with self._lock:
            done, of = self._progress
            running = self._thread is not None and self._thread.is_alive() and self._outcome is None
            outcome = None if self._outcome is None else told(self._outcome)
        return {"running": running, "done": done, "of": of, "outcome": outcome}

    def stop(self, timeout_s: float) -> None:
        """End the export that runs, between two files. What is whole on the stick stays."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def _run(self, folder: Path) -> None:
        try:
            outcome = self._export(folder)
        except Exception as error:  # noqa: BLE001  whatever one export met, the kiosk goes on and the next may work
            _log.error("export: %s", fault_place(error))
            outcome = NotExported(ExportProblem.STORE)
        with self._lock:
            self._outcome = outcome

    def _export(self, folder: Path) -> Outcome:
        if self._signer is None:
            return NothingToExport()
        watch = Watch(self._tell, self._stopping.is_set)
        return export_to(folder, self._store.exports, self._signer, self._clock.now(), watch)

    def _tell(self, done: int, of: int) -> None:
        with self._lock:
            self._progress = (done, of)


def export_answers(exports: StickExport) -> dict[str, Callable[..., dict[str, Any]]]:
    """What a running kiosk answers to `kiosk queue export`."""

    def start(to: str) -> dict[str, Any]:
        return {"started": exports.start(Path(to))}

    def stop() -> dict[str, Any]:
        exports.stop(0.0)
        return {}

    return {EXPORT_QUEUE: start, EXPORT_STATE: exports.state, EXPORT_STOP: stop}
