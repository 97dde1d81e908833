"""What an answer that is not a success means: the problem's type decides first (RFC 9457), the status second."""

from http import HTTPStatus

from pydantic import ValidationError

from kiosk.outbox import Held, QueueCondition, Refused, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem, ProblemType
from sync.server_time import parse_http_date
from sync.transport import Answer

# Not 403: a revoked kiosk is told so by type, and an unknown reason may be about one dossier alone.
_HELD_BY_STATUS = {
    401: QueueCondition.AUTH,
    412: QueueCondition.UPDATE_NEEDED,
    415: QueueCondition.UPDATE_NEEDED,
    426: QueueCondition.UPDATE_NEEDED,
    428: QueueCondition.UPDATE_NEEDED,
}
# A missing route is a deployment under way; 409 and 423 are work under way: none of them judges the dossier.
_LATER_STATUSES = frozenset({404, 408, 409, 423, 425, 429})


def problem_of(answer: Answer) -> Problem | None:
    """The problem that an answer carries, if it carries a readable one."""
    if answer.media_type != PROBLEM_MEDIA_TYPE:
        return None
    try:
        return Problem.model_validate_json(answer.body)
    except ValidationError:
        return None


def setback(answer: Answer) -> Refused | TryLater | Held:
    """What to do after an answer that is not the success hoped for, a 2xx that was not expected among them."""
    problem = problem_of(answer)
    if problem is None:
        return _by_status(answer, f"http-{answer.status}", "")
    match problem.type:
        case (
            ProblemType.DIFFERENT_CONTENT
            | ProblemType.INVALID_MANIFEST
            | ProblemType.INVALID_WITHDRAWAL
            | ProblemType.WITHDRAWN
            | ProblemType.TOO_LARGE
            | ProblemType.ENROL_CODE
            | ProblemType.ENROL_FOLLOWS
        ):
            return Refused(problem.type, problem.detail)
        case ProblemType.CLONED:
            return Held(QueueCondition.CLONED, problem.type, retry_after_s(answer))
        case ProblemType.UNAUTHENTICATED | ProblemType.REVOKED | ProblemType.KIOSK_BEHIND:
            return Held(QueueCondition.AUTH, problem.type, retry_after_s(answer))
        case ProblemType.CLOCK:
            return Held(QueueCondition.CLOCK, problem.type, retry_after_s(answer))
        case ProblemType.UPDATE_NEEDED:
            return Held(QueueCondition.UPDATE_NEEDED, problem.type, retry_after_s(answer))
        case ProblemType.TRY_LATER if answer.status == HTTPStatus.INSUFFICIENT_STORAGE:
            return _by_status(answer, f"http-{answer.status}", "")  # people should hear of it (sync/alarms.py)
        case ProblemType.MISSING_PIECES | ProblemType.DIGEST_MISMATCH | ProblemType.NOT_FOUND | ProblemType.TRY_LATER:
            return TryLater(problem.type, retry_after_s(answer))
        case _:
            return _by_status(answer, problem.type, problem.detail)


def retry_after_s(answer: Answer) -> float | None:
    """Retry-After in seconds (RFC 9110 §10.2.3), from either form; None when it is absent or unreadable.

    A date is measured against the answer's own Date, so the kiosk's clock does not matter.
    """
    text = answer.retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until, since = parse_http_date(text), parse_http_date(answer.date)
    if until is None or since is None:
        return None
    return max(0.0, (until - since).total_seconds())


def _by_status(answer: Answer, reason: str, detail: str) -> Refused | TryLater | Held:
    status = answer.status
    judged = 400 <= status < 500 and status not in _LATER_STATUSES
    # Every error of the portal is a problem document (RFC 9457). Anything else was written by a box on the way, which
    # may dislike one dossier's content: it neither judges the dossier nor may it stop the others.
    if not judged or answer.media_type != PROBLEM_MEDIA_TYPE:
        return TryLater(reason, retry_after_s(answer))
    if status in _HELD_BY_STATUS:
        return Held(_HELD_BY_STATUS[status], reason, retry_after_s(answer))
    return Refused(reason, detail)
