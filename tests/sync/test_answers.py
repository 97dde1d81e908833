"""Tests of sync/answers.py: which answer holds the queue, which postpones a dossier, which parks it."""

import pytest

from kiosk.outbox import Held, QueueCondition, Refused, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE, ProblemType
from sync.answers import problem_of, retry_after_s, setback
from sync.transport import JSON_MEDIA_TYPE, Answer
from tests.fakes_portal import problem


def answer(status: int, kind: str = "", media_type: str = JSON_MEDIA_TYPE, **headers: str) -> Answer:
    if not kind:
        return Answer(status, media_type, b"{}", **headers)
    return Answer(status, PROBLEM_MEDIA_TYPE, problem(kind, status, detail="why").body, **headers)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ProblemType.DIFFERENT_CONTENT, Refused(ProblemType.DIFFERENT_CONTENT, "why")),
        (ProblemType.INVALID_MANIFEST, Refused(ProblemType.INVALID_MANIFEST, "why")),
        (ProblemType.TOO_LARGE, Refused(ProblemType.TOO_LARGE, "why")),
        (ProblemType.ENROL_CODE, Refused(ProblemType.ENROL_CODE, "why")),
        (ProblemType.UNAUTHENTICATED, Held(QueueCondition.AUTH, ProblemType.UNAUTHENTICATED)),
        (ProblemType.REVOKED, Held(QueueCondition.AUTH, ProblemType.REVOKED)),
        (ProblemType.CLOCK, Held(QueueCondition.CLOCK, ProblemType.CLOCK)),
        (ProblemType.UPDATE_NEEDED, Held(QueueCondition.UPDATE_NEEDED, ProblemType.UPDATE_NEEDED)),
        (ProblemType.NOT_FOUND, TryLater(ProblemType.NOT_FOUND)),
        (ProblemType.TRY_LATER, TryLater(ProblemType.TRY_LATER)),
        (ProblemType.MISSING_PIECES, TryLater(ProblemType.MISSING_PIECES)),
        (ProblemType.DIGEST_MISMATCH, TryLater(ProblemType.DIGEST_MISMATCH)),
    ],
)
@pytest.mark.parametrize("status", [400, 403, 409, 422, 500, 503])
def test_the_problems_type_decides_whatever_the_status(
    kind: ProblemType, expected: Refused | Held | TryLater, status: int
) -> None:
    assert setback(answer(status, kind)) == expected


def test_every_type_of_problem_was_thought_of() -> None:
    undecided = [kind for kind in ProblemType if setback(answer(418, kind)) == Refused(kind, "why")]
    assert set(undecided) == {
        ProblemType.DIFFERENT_CONTENT,
        ProblemType.INVALID_MANIFEST,
        ProblemType.TOO_LARGE,
        ProblemType.INVALID_WITHDRAWAL,
        ProblemType.WITHDRAWN,
        ProblemType.ENROL_CODE,
        ProblemType.ENROL_FOLLOWS,
    }


HELD = {401: QueueCondition.AUTH}
HELD |= dict.fromkeys((412, 415, 426, 428), QueueCondition.UPDATE_NEEDED)
LATER = [404, 408, 409, 423, 425, 429, 500, 501, 502, 503, 504, 507, 599, 202, 203, 206]


@pytest.mark.parametrize("kind", ["urn:example:never-heard-of", "about:blank"])
@pytest.mark.parametrize("status", [*HELD, *LATER, 400, 402, 403, 405, 406, 410, 411, 413, 414, 417, 422, 431, 451])
def test_without_a_known_type_the_status_decides(status: int, kind: str) -> None:
    result = setback(answer(status, kind))
    if status in HELD:
        assert result == Held(HELD[status], kind)
    elif status in LATER:
        assert result == TryLater(kind)
    else:
        assert result == Refused(kind, "why")


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", JSON_MEDIA_TYPE, ""])
@pytest.mark.parametrize("status", [*HELD, *LATER, 400, 402, 403, 405, 410, 413, 422, 451])
def test_what_no_portal_wrote_neither_parks_a_dossier_nor_stops_the_others(status: int, media_type: str) -> None:
    assert setback(answer(status, media_type=media_type)) == TryLater(f"http-{status}")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"type": 5}', b"\xff"])
def test_a_problem_that_cannot_be_read_is_none(body: bytes) -> None:
    broken = Answer(422, PROBLEM_MEDIA_TYPE, body)
    assert problem_of(broken) is None
    assert setback(broken) == Refused("http-422")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("315360000", 315360000.0),
        ("9" * 400, 999999999.0),
        ("Mon, 16 Nov 2026 01:02:00 GMT", 120.0),
        ("Mon, 16 Nov 2020 01:02:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Mon, 16 Nov 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after_may_be_seconds_a_date_or_nonsense(text: str, seconds: float | None) -> None:
    told = answer(503, retry_after=text, date="Mon, 16 Nov 2026 01:00:00 GMT")
    assert retry_after_s(told) == seconds
    assert setback(told) == TryLater("http-503", seconds)


def test_a_date_to_retry_after_means_nothing_without_the_answers_own() -> None:
    assert retry_after_s(answer(503, retry_after="Mon, 16 Nov 2026 01:02:00 GMT")) is None
