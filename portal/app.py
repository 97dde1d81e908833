"""The web application over an open portal."""

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from portal import api, call_pages, pages
from portal.accounts import Accounts
from portal.gate import Gate
from portal.limits import BodyGuard
from portal.openapi import describe_api
from portal.opening import Portal
from portal.problems import answer_with_problems
from portal.site import LogInFirst, make_site, to_log_in

DESCRIPTION = (
    "Receives dossiers from kiosks, each exactly once. Every error is an RFC 9457 problem with a stable type. "
    "A dossier is filed when the answer to its commit is a receipt whose signature and digests agree, and only then."
)
# The framework can trace requests with what people wrote in them: none of that here.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def make_app(portal: Portal) -> FastAPI:
    """The application: the calls of kiosks below /v1, and the pages of people."""
    app = FastAPI(
        title="Điểm Truy Cập: portal",
        version="1",
        docs_url=None,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.portal = portal
    app.state.site = make_site(portal, Accounts(portal.database, portal.now))
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(call_pages.router)
    app.add_middleware(Gate, portal.capacity.in_flight)
    app.add_middleware(BodyGuard)  # around the gate: a body that is refused there is read to its end too
    answer_with_problems(app)
    app.add_exception_handler(LogInFirst, to_log_in)
    describe_api(app, DESCRIPTION)
    return app
