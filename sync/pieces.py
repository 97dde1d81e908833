"""Bring pieces to the portal, one in flight on each line; a piece that the portal has is not sent again."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Event

from kiosk.manifest import PIECE_MAX_BYTES, Piece
from kiosk.outbox import Held
from kiosk.receipt import ProblemType
from sync.answers import problem_of, setback
from sync.line import Line
from sync.portal import Setback
from sync.transport import JSON_MEDIA_TYPE, Answer, Call

PIECE_MEDIA_TYPE = "application/octet-stream"
_NO_CONTENT = ""
_SENDINGS = 3  # of one piece that arrives damaged; more is a matter for the next round
# Two pieces that share a line of less than 35 kB/s take a minute each, and at 7 kB/s neither meets its deadline: then
# one goes at a time, until one passes within half of that.
_SLOW_S = 60.0
_QUICK_S = 30.0
_TELLING_BYTES = PIECE_MAX_BYTES // 4  # the time of a smaller piece is mostly the line's delay


def out_of_step(pieces: Sequence[Piece]) -> list[str]:
    """The digests, one of a piece of about half the size first.

    Two pieces of one size that begin together end together, and while both wait for their answers the line carries
    nothing: half a second for 10 MB at 10 Mbit/s and 100 ms. The line that begins with a half stays half a piece ahead.
    """
    digests = [piece.sha256 for piece in pieces]
    if digests:
        first = min(pieces, key=lambda piece: abs(piece.size - PIECE_MAX_BYTES // 2)).sha256
        digests.remove(first)
        digests.insert(0, first)
    return digests


class PieceSender:
    """Sends pieces over several lines at once."""

    def __init__(self, lines: Sequence[Line], slow_s: float = _SLOW_S, quick_s: float = _QUICK_S) -> None:
        self._lines = lines
        self._slow_s = slow_s
        self._quick_s = quick_s
        self._is_slow = False

    def bring(
        self, digests: Iterable[str], piece: Callable[[str], bytes], *, look_first: bool = True
    ) -> Setback | None:
        """Bring every piece named; None when the portal has them all. `look_first` asks before it sends.

        `piece` is called from several threads. What it raises is raised here, when both lines have ended.
        """
        waiting: SimpleQueue[str] = SimpleQueue()
        for digest in digests:
            waiting.put(digest)
        ended = Event()

        def work(line: Line) -> Setback | None:
            try:
                while not ended.is_set():
                    problem = self._bring_one(line, waiting.get_nowait(), piece, look_first=look_first)
                    if problem is not None:
                        return problem
            except Empty:
                return None
            finally:
                ended.set()
            return None

        if self._is_slow or waiting.qsize() < len(self._lines):
            return work(self._lines[0])
        with ThreadPoolExecutor(len(self._lines), "pieces") as pool:
            setbacks = [found for found in pool.map(work, self._lines) if found is not None]
        # What holds the whole queue says more than what befell one piece.
        return min(setbacks, key=lambda found: not isinstance(found, Held), default=None)

    def _bring_one(self, line: Line, digest: str, piece: Callable[[str], bytes], *, look_first: bool) -> Setback | None:
        path = f"/v1/blobs/{digest}"
        if look_first:
            answer = line.send(Call("HEAD", path, (_NO_CONTENT, PIECE_MEDIA_TYPE, JSON_MEDIA_TYPE)))
            if not isinstance(answer, Answer):
                return answer
            if answer.good:
                return None
            # The answer to HEAD has no body: who is forbidden what, only the answer to the piece itself can tell.
            if answer.status not in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
                return setback(answer)
        return self._send_one(line, path, piece(digest))

    def _send_one(self, line: Line, path: str, content: bytes) -> Setback | None:
        call = Call("PUT", path, (_NO_CONTENT, JSON_MEDIA_TYPE), content, PIECE_MEDIA_TYPE)
        result: Setback | None = None
        for _ in range(_SENDINGS):
            answer = line.send(call)
            self._judge(len(content), line.transport.took_s)
            if not isinstance(answer, Answer):
                return answer
            if answer.good:
                return None
            result = setback(answer)
            problem = problem_of(answer)
            if problem is None or problem.type != ProblemType.DIGEST_MISMATCH:
                break
        return result

    def _judge(self, size_bytes: int, took_s: float) -> None:
        """Whether the line is slow, by the time that a piece took, arrived or not. Takes effect with the next call."""
        if size_bytes < _TELLING_BYTES:
            return
        whole_s = took_s * PIECE_MAX_BYTES / size_bytes
        if whole_s >= self._slow_s or whole_s < self._quick_s:
            self._is_slow = whole_s >= self._slow_s
