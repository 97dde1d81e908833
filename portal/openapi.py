"""The OpenAPI document: what the framework writes, with our media type on every problem."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kiosk.manifest import Manifest
from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem

Responses = dict[int | str, dict[str, Any]]

_REASONS = {
    401: "Not authenticated (unauthenticated), or the caller's clock is wrong (clock): compare the Date header",
    403: "The kiosk was revoked (kiosk-revoked), or the enrolment code cannot be used (enrol-code)",
    404: "Not found",
    409: "The reference was committed with other content (different-content)",
    410: "The dossier was withdrawn, before or after it came (withdrawn)",
    413: "Too large (too-large)",
    415: "This version of the protocol is not spoken here (update-needed)",
    422: "The request does not hold: missing-pieces, digest-mismatch, invalid-manifest, invalid-withdrawal, "
    "or a malformed member",
    429: "Over a limit of the caller's own; come again after Retry-After (try-later)",
    503: "Nothing was changed; come again (try-later)",
    507: "The disk is nearly full; come again after Retry-After (try-later)",
}


def problems(*statuses: int) -> Responses:
    """The descriptions of a call's problems; any call may answer 503."""
    return {status: {"model": Problem, "description": _REASONS[status]} for status in (*statuses, 503)}


def describe_api(app: FastAPI, description: str) -> None:
    """Make the app answer /openapi.json with problems under their own media type."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = get_openapi(
                title=app.title, version=app.version, description=description, routes=app.routes
            )
            _give_problems_their_media_type(app.openapi_schema)
            _add_manifest(app.openapi_schema)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the framework's documented way to change it


def _give_problems_their_media_type(schema: dict[str, Any]) -> None:
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {PROBLEM_MEDIA_TYPE: next(iter(response["content"].values()))}


def _add_manifest(schema: dict[str, Any]) -> None:
    """The manifest is read as bytes, so the framework does not know its shape."""
    manifest = Manifest.model_json_schema(ref_template="#/components/schemas/{model}")
    components = schema["components"]["schemas"]
    for name, described in {**manifest.pop("$defs"), "Manifest": manifest}.items():
        components.setdefault(name, described)
