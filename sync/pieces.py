"""Bring pieces to the portal, one in flight on each line; a piece that the portal has is not sent again."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Event

from kiosk.outbox import Held
from kiosk.receipt import ProblemType
from sync.answers import problem_of, setback
from sync.line import Line
from sync.portal import Setback
from sync.transport import JSON_MEDIA_TYPE, Answer, Call

PIECE_MEDIA_TYPE = "application/octet-stream"
_NO_CONTENT = ""
_SENDINGS = 3  # of one piece that arrives damaged; more is a matter for the next round


class PieceSender:
    """Sends pieces over several lines at once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

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
                    problem = _bring_one(line, waiting.get_nowait(), piece, look_first=look_first)
                    if problem is not None:
                        return problem
            except Empty:
                return None
            finally:
                ended.set()
            return None

        with ThreadPoolExecutor(len(self._lines), "pieces") as pool:
            setbacks = [found for found in pool.map(work, self._lines) if found is not None]
        # What holds the whole queue says more than what befell one piece.
        return min(setbacks, key=lambda found: not isinstance(found, Held), default=None)


def _bring_one(line: Line, digest: str, piece: Callable[[str], bytes], *, look_first: bool) -> Setback | None:
    path = f"/v1/blobs/{digest}"
    if look_first:
        answer = line.send(Call("HEAD", path, (_NO_CONTENT, PIECE_MEDIA_TYPE, JSON_MEDIA_TYPE)))
        if not isinstance(answer, Answer):
            return answer
        if answer.good:
            return None
        if answer.status != HTTPStatus.NOT_FOUND:
            return setback(answer)
    return _send_one(line, Call("PUT", path, (_NO_CONTENT, JSON_MEDIA_TYPE), piece(digest), PIECE_MEDIA_TYPE))


def _send_one(line: Line, call: Call) -> Setback | None:
    result: Setback | None = None
    for _ in range(_SENDINGS):
        answer = line.send(call)
        if not isinstance(answer, Answer):
            return answer
        if answer.good:
            return None
        result = setback(answer)
        problem = problem_of(answer)
        if problem is None or problem.type != ProblemType.DIGEST_MISMATCH:
            break
    return result
