"""Back-pressure: no more requests at once than the machine can hold; the rest is asked to come again."""

from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.receipt import ProblemType
from portal.problems import Refused, problem_response


class Gate:
    """ASGI middleware: refuses with 503 and Retry-After what would be one request too many.

    Work that is begun is ended: a queue that grows makes every kiosk wait until it gives up and asks again.
    """

    def __init__(self, app: ASGIApp, in_flight: int) -> None:
        self._app = app
        self._free = in_flight

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._free <= 0:
            refused = Refused(ProblemType.TRY_LATER, "too many requests at once")
            await problem_response(refused.problem, refused.headers)(scope, receive, send)
            return
        self._free -= 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._free += 1
