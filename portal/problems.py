"""Every refusal as an RFC 9457 problem, whoever found it: our checks, the web framework, or a fault."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem, ProblemType

NO_TYPE = "about:blank"  # RFC 9457 §4.2.1: no more is known than the status says
RETRY_AFTER_S = 30
DESCRIBED_MAX = 10

_log = logging.getLogger(__name__)

_MEANING: Mapping[ProblemType, tuple[int, str]] = {
    ProblemType.MISSING_PIECES: (422, "Pieces are missing"),
    ProblemType.DIGEST_MISMATCH: (422, "The digest does not fit the content"),
    ProblemType.DIFFERENT_CONTENT: (409, "This reference was committed with other content"),
    ProblemType.INVALID_MANIFEST: (422, "The manifest is not valid"),
    ProblemType.TOO_LARGE: (413, "The content is too large"),
    ProblemType.UNAUTHENTICATED: (401, "The caller is not authenticated"),
    ProblemType.CLOCK: (401, "The caller's clock is wrong"),
    ProblemType.REVOKED: (403, "The kiosk was revoked"),
    ProblemType.ENROL_CODE: (403, "The enrolment code cannot be used"),
    ProblemType.NOT_FOUND: (404, "Not found"),
    ProblemType.TRY_LATER: (503, "Try again later"),
    ProblemType.UPDATE_NEEDED: (415, "This version of the protocol is not spoken here"),
}


class Refused(HTTPException):
    """A request is refused with a problem. A kind of HTTPException, so that the framework lets it pass."""

    def __init__(self, kind: ProblemType, detail: str, *, missing: tuple[str, ...] = (), sha256: str = "") -> None:
        status, title = _MEANING[kind]
        headers = {}
        if status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        if kind is ProblemType.TRY_LATER:
            headers["Retry-After"] = str(RETRY_AFTER_S)
        super().__init__(status, detail, headers)
        self.problem = Problem(type=kind, title=title, status=status, detail=detail, missing=missing, sha256=sha256)


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
    app.add_exception_handler(OperationalError, _on_unavailable)
    app.add_exception_handler(OSError, _on_unavailable)
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
