"""The line by which a citizen calls somebody: the lamp above the counter and the office's page, whichever there are."""

import logging
from enum import Enum, auto
from queue import SimpleQueue
from threading import Thread

from commands.visit_audit import note
from kiosk.audit import AuditEvent
from kiosk.help_call import CallNews, HelpCall, OfficeNews
from kiosk.ports import Clock, DeviceProblem, Lamp
from kiosk.store import Store
from sync.fault_place import fault_place
from sync.help_calls import HelpCaller

_log = logging.getLogger(__name__)


class _Wish(Enum):
    LIT = auto()
    DARK = auto()
    STOP = auto()


class CounterHelpLine:
    """Rings both. The lamp has a thread of its own: neither waits for the other, and the window for none."""

    def __init__(self, store: Store, clock: Clock, lamp: Lamp | None, caller: HelpCaller | None) -> None:
        self._store = store
        self._clock = clock
        self._lamp = lamp
        self._caller = caller
        self._lit = False
        self._wanted: SimpleQueue[_Wish] = SimpleQueue()
        self._thread = Thread(target=self._run, name="lamp", daemon=True)  # a driver that hangs holds no end up

    def start(self) -> None:
        """Begin. A lamp that a killed program left on goes out."""
        self._wanted.put(_Wish.DARK)
        self._thread.start()
        if self._caller is not None:
            self._caller.start()

    def stop(self, timeout_s: float) -> None:
        """The lamp goes out, and nobody is told any more."""
        if self._caller is not None:
            self._caller.stop(timeout_s)
        if self._thread.ident is not None:
            self._wanted.put(_Wish.DARK)
            self._wanted.put(_Wish.STOP)
            self._thread.join(timeout_s)

    def ring(self, call: HelpCall) -> None:
        """Light the lamp and tell the office. Returns at once."""
        self._wanted.put(_Wish.LIT)
        if self._caller is not None:
            self._caller.ring(call)

    def end(self) -> None:
        """Both are over. Returns at once."""
        self._wanted.put(_Wish.DARK)
        if self._caller is not None:
            self._caller.end()

    def news(self) -> CallNews:
        """How it stands."""
        return CallNews(OfficeNews.NONE if self._caller is None else self._caller.news, self._lit)

    def _run(self) -> None:
        while (wish := self._wanted.get()) is not _Wish.STOP:
            try:
                self._switch(on=wish is _Wish.LIT)
            except Exception as error:  # noqa: BLE001  the next call must light it whatever befell this one
                _log.error("the lamp: %s", fault_place(error))

    def _switch(self, *, on: bool) -> None:
        try:
            if self._lamp is not None:
                self._lamp.switch(on=on)
                self._lit = on
        except DeviceProblem as problem:
            self._lit = False
            _log.warning("the lamp: %s", problem)
        if on:
            note(self._store, AuditEvent.HELP_CALLED, self._clock.now())
