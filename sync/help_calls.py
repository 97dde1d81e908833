"""Tells the portal that a citizen calls for help, again and again while the call lasts, in a thread of its own."""

import logging
from http import HTTPStatus
from threading import Condition, Thread

from pydantic import ValidationError

from kiosk.help_call import LASTS_S, HelpCall, OfficeNews
from kiosk.ports import Clock
from kiosk.receipt import HelpCallAnswer, HelpCallBeat
from sync.fault_place import fault_place
from sync.line import Line
from sync.transport import JSON_MEDIA_TYPE, Answer, Call

BEAT_S = 5.0
_GOODBYES = 3

_log = logging.getLogger(__name__)


class HelpCaller:
    """One call at a time. Nothing of it is kept: a call is for now, and a kiosk that was off has nobody waiting."""

    def __init__(self, line: Line, clock: Clock, beat_s: float = BEAT_S) -> None:
        """The line is for this thread alone: dossiers do not wait for calls, nor calls for dossiers."""
        self._line = line
        self._clock = clock
        self._beat_s = beat_s
        self._changed = Condition()
        self._call: HelpCall | None = None
        self._ended: HelpCall | None = None
        self._since_s = 0.0
        self._news = OfficeNews.NONE
        self._stopping = False
        self._thread = Thread(target=self._run, name="help")

    @property
    def news(self) -> OfficeNews:
        """What the office knows of the call that lasts; NONE without one."""
        with self._changed:
            return self._news if self._call is not None else OfficeNews.NONE

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the thread; what is under way is cut."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._line.transport.abort()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def ring(self, call: HelpCall) -> None:
        """Tell the office now. Returns at once."""
        with self._changed:
            self._call, self._since_s, self._news = call, self._clock.monotonic_s(), OfficeNews.TELLING
            self._changed.notify_all()

    def end(self) -> None:
        """Nobody is waiting any more. Returns at once."""
        with self._changed:
            if self._call is not None:
                self._ended, self._call = self._call, None
                self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._call or self._ended or self._stopping)
                if self._stopping:
                    return
                call, ended, self._ended = self._call, self._ended, None
            if ended is not None:
                self._say_goodbye(ended)
            if call is not None:
                self._beat(call)

    def _beat(self, call: HelpCall) -> None:
        news = self._tell(call, over=False)
        with self._changed:
            if self._call != call:
                return
            self._news = news
            if self._clock.monotonic_s() - self._since_s > LASTS_S:
                self._ended, self._call = call, None
            else:
                self._changed.wait_for(lambda: self._call != call or self._stopping, self._beat_s)

    def _say_goodbye(self, ended: HelpCall) -> None:
        """A few times, for the line may be down; the office sees by the silence too that nobody is there any more."""
        for _ in range(_GOODBYES):
            with self._changed:
                if self._call is not None or self._stopping:
                    return  # the next call ends this one
            if self._tell(ended, over=True) is not OfficeNews.NOT_TOLD:
                return
            with self._changed:
                self._changed.wait_for(lambda: self._call is not None or self._stopping, self._beat_s)

    def _tell(self, call: HelpCall, *, over: bool) -> OfficeNews:
        """Never raises: the next beat, and the next call, must be told whatever befell this one."""
        try:
            return self._told(call, over=over)
        except Exception as error:  # noqa: BLE001 - as said
            _log.error("a call for help: %s", fault_place(error))
            return OfficeNews.NOT_TOLD

    def _told(self, call: HelpCall, *, over: bool) -> OfficeNews:
        beat = HelpCallBeat(page=call.page, called_at=call.at, over=over)
        path = f"/v1/calls/{call.call_id}"
        body = beat.model_dump_json().encode()
        answer = self._line.send(Call("PUT", path, (JSON_MEDIA_TYPE,), body, JSON_MEDIA_TYPE))
        if not isinstance(answer, Answer) or answer.status != HTTPStatus.OK:
            return OfficeNews.NOT_TOLD
        try:
            seen = HelpCallAnswer.model_validate_json(answer.body).seen
        except ValidationError:
            return OfficeNews.NOT_TOLD
        return OfficeNews.SEEN if seen else OfficeNews.TOLD
