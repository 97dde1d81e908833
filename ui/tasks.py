"""Run blocking work off the window's thread, one worker a resource, and bring the outcome back to it."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


class Lane(StrEnum):
    """One resource that only one worker touches at a time."""

    SCANNER = "scanner"
    CAMERA = "camera"
    PRINTER = "printer"
    PAGE_PRINTER = "page_printer"
    STORE = "store"
    DRAFTS = "drafts"
    SYNC = "sync"
    HEALTH = "health"
    PAGES = "pages"
    FILES = "files"
    CODES = "codes"
    LAMP = "lamp"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class _Job:
    lane: Lane
    work: Callable[[], Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Delivery:
    """Either the end of a job (`ticket`) or a value posted on the way (`owner`, `call`)."""

    value: Any
    failed: bool = False
    ticket: int = 0
    owner: QObject | None = None
    call: Callable[[Any], None] | None = None


class Tasks(QObject):
    """The lanes. Make one on the window's thread and keep it as long as the program runs.

    Callbacks run on the window's thread, in order within a lane, and not at all when their owner is destroyed.
    A worker knows its job by number and holds no reference to it once it is over: were the last reference to a
    widget dropped by a worker, Qt would destroy the widget on the wrong thread.
    """

    _ready = Signal()

    def __init__(self, failed: Callable[[Exception], None], parent: QObject | None = None) -> None:
        """`failed` hears of every exception for which a caller of `run` gave nothing of its own."""
        super().__init__(parent)
        self._failed = failed
        self._tickets = count(1)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._jobs: dict[int, _Job] = {}
        self._futures: dict[int, Future[None]] = {}
        self._deliveries: deque[_Delivery] = deque()
        self._over = False
        self._ready.connect(self._deliver_one, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `work` on the lane's worker after what is queued there, then `done` or `failed` on this thread. After
        `shutdown` nothing is begun any more: what ends late may still ask for more."""
        if self._over:
            return
        ticket = next(self._tickets)
        self._jobs[ticket] = _Job(lane, work, owner, done, failed or self._failed)
        if lane not in self._lanes:
            self._lanes[lane] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{lane}")
        self._futures[ticket] = self._lanes[lane].submit(self._work, ticket)

    def post(self, owner: QObject, call: Callable[[T], None], value: T) -> None:
        """From inside `work`: have `call(value)` made on the window's thread, for progress and live pictures."""
        self._deliveries.append(_Delivery(value, owner=owner, call=call))
        self._ready.emit()

    def works_in(self, *lanes: Lane) -> bool:
        """Whether anything runs, or waits to, in one of these lanes."""
        return any(job.lane in lanes for job in self._jobs.values())

    def shutdown(self, timeout_s: float) -> bool:
        """Forget queued work and wait for what runs. False when a worker still hangs after `timeout_s`.

        A hanging driver cannot be killed from here: the program then has to leave with `os._exit`, because
        Python otherwise joins its workers at exit.
        """
        self._over = True
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        running = [future for future in self._futures.values() if not future.cancelled()]
        return not wait(running, timeout_s).not_done

    def _work(self, ticket: int) -> None:
        self._deliveries.append(self._attempt(ticket))
        self._ready.emit()

    def _attempt(self, ticket: int) -> _Delivery:
        try:
            return _Delivery(self._jobs[ticket].work(), ticket=ticket)
        except Exception as error:  # noqa: BLE001 - whatever a driver raises belongs to the caller, not to the worker
            return _Delivery(error, failed=True, ticket=ticket)

    def _deliver_one(self) -> None:
        delivery = self._deliveries.popleft()
        owner, call = delivery.owner, delivery.call
        if delivery.ticket:
            job = self._jobs.pop(delivery.ticket)
            del self._futures[delivery.ticket]
            owner, call = job.owner, job.failed if delivery.failed else job.done
        if call is not None and isValid(owner):
            call(delivery.value)
