"""Every refusal as an RFC 9457 problem, whoever found it: our checks, the web framework, or a fault."""

import logging
import math
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem, ProblemType

NO_TYPE = "about:blank"  # RFC 9457 §4.2.1: no more is known than the status says
# Kiosks that were refused together come back apart: each is given a time of its own.
RETRY_AFTER_S = (10, 40)
DESCRIBED_MAX = 10

_log = logging.getLogger(__name__)

_MEANING: Mapping[ProblemType, tuple[int, str]] = {
    ProblemType.MISSING_PIECES: (422, "Pieces are missing"),
    ProblemType.DIGEST_MISMATCH: (422, "The digest does not fit the content"),
    ProblemType.DIFFERENT_CONTENT: (409, "This reference was committed with other content"),
    ProblemType.INVALID_MANIFEST: (422, "The manifest is not valid"),
    ProblemType.INVALID_WITHDRAWAL: (422, "The withdrawal is not valid"),
    ProblemType.TOO_LARGE: (413, "The content is too large"),
    ProblemType.UNAUTHENTICATED: (401, "The caller is not authenticated"),
    ProblemType.CLOCK: (401, "The caller's clock is wrong"),
    ProblemType.REVOKED: (403, "The kiosk was revoked"),
    ProblemType.KIOSK_BEHIND: (409, "This is not the disk that asked last"),
    ProblemType.CLONED: (403, "Two machines call with the key of this kiosk"),
    ProblemType.ENROL_CODE: (403, "The enrolment code cannot be used"),
    ProblemType.WITHDRAWN: (410, "This dossier was withdrawn"),
    ProblemType.ENROL_FOLLOWS: (403, "The enrolment code does not follow the kiosk whose dossiers are held"),
    ProblemType.NOT_FOUND: (404, "Not found"),
    ProblemType.TRY_LATER: (503, "Try again later"),
    ProblemType.UPDATE_NEEDED: (415, "This version of the protocol is not spoken here"),
}


class Refused(HTTPException):
    """A request is refused with a problem. A kind of HTTPException, so that the framework lets it pass."""

    def __init__(
        self, kind: ProblemType, detail: str, *, missing: tuple[str, ...] = (), sha256: str = "", rejoin: str = ""
    ) -> None:
        status, title = _MEANING[kind]
        headers: dict[str, str] = {}
        if status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        if kind is ProblemType.TRY_LATER:
            headers["Retry-After"] = str(secrets.choice(range(*RETRY_AFTER_S)))
        super().__init__(status, detail, headers)
        self.problem = Problem(
            type=kind, title=title, status=status, detail=detail, missing=missing, sha256=sha256, rejoin=rejoin
        )


def too_many(detail: str, wait_s: float) -> Refused:
    """The caller is over a limit that is its own (429, RFC 6585 §4); in `wait_s` it may come again."""
    return _later(HTTPStatus.TOO_MANY_REQUESTS, detail, str(max(1, math.ceil(wait_s))))


def no_room(detail: str) -> Refused:
    """The disk is nearly full (507, RFC 4918 §11.5): a matter of hours, and of a person."""
    return _later(HTTPStatus.INSUFFICIENT_STORAGE, detail, str(secrets.choice(range(300, 900))))


def _later(status: int, detail: str, retry_after: str) -> Refused:
    refused = Refused(ProblemType.TRY_LATER, detail)
    refused.status_code = status
    refused.problem = refused.problem.model_copy(update={"status": status})
    refused.headers = {"Retry-After": retry_after}
    return refused


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as an answer."""
    return Response(
        problem.model_dump_json(exclude_defaults=True),
        problem.status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=PROBLEM_MEDIA_TYPE,
    )


def answer_with_problems(app: FastAPI) -> None:
    """Make every error answer of the app a problem."""
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    # PostgreSQL's deadlocks and failed serialisations are operational errors too, and so is a line that broke.
    for unavailable in (OperationalError, InterfaceError, NoConnectionFree, OSError):
        app.add_exception_handler(unavailable, _on_unavailable)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)
    app.add_exception_handler(Exception, _on_fault)


def _plain(status: int, detail: str = "", kind: str = NO_TYPE) -> Problem:
    return Problem(type=kind, title=HTTPStatus(status).phrase, status=status, detail=detail)


def _on_http_exception(_request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return problem_response(error.problem, error.headers)
    if not isinstance(error, HTTPException):
        raise TypeError(type(error).__name__)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem_response(Refused(ProblemType.NOT_FOUND, "no such address").problem)
    return problem_response(_plain(error.status_code, str(error.detail)), error.headers)


def _on_invalid_request(_request: Request, error: Exception) -> Response:
    """Names the members that are wrong, never what was in them."""
    if not isinstance(error, RequestValidationError):
        raise TypeError(type(error).__name__)
    return problem_response(_plain(422, describe(error.errors())))


def _on_unavailable(_request: Request, error: Exception) -> Response:
    """Disk or database cannot take it now: nothing was changed, the same request may come again."""
    _log.warning("storage unavailable: %s", error)
    refused = Refused(ProblemType.TRY_LATER, "storage is not available at present")
    return problem_response(refused.problem, refused.headers)


def _on_disconnect(_request: Request, _error: Exception) -> Response:
    """The line broke while the body came: an everyday thing. Nobody is there to read this."""
    return problem_response(_plain(400, "the body ended early"))


def _on_fault(_request: Request, _error: Exception) -> Response:
    return problem_response(_plain(500, "a fault of the portal; it was logged"))


def describe(errors: Sequence[Any]) -> str:
    """The places and reasons of validation errors, without the values: those may be personal data."""
    return "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in errors[:DESCRIBED_MAX])
