"""What the portal accepts at most, and the guard that no request body gets past."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.manifest import PIECE_MAX_BYTES
from kiosk.receipt import Limits, ProblemType
from portal.problems import Refused

MIB = 1024 * 1024
BODY_MAX_BYTES = 2 * MIB  # of any request: a manifest, a form; a piece has its own, smaller limit
BODY_TIMEOUT_S = 300.0  # a piece at 4 kB/s still arrives
LIMITS = Limits(piece_max_bytes=PIECE_MAX_BYTES, document_max_bytes=50 * MIB, dossier_max_bytes=200 * MIB)


class BodyGuard:
    """ASGI middleware: stops a body that is too large or too slow, and reads the rest of one that was refused early.

    A server that answers and closes while the body still comes makes the sender lose the answer (the connection is
    reset): then a kiosk would see a broken line in place of "the token is expired".
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, Headers(scope=scope))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                await body.drain()
            await send(message)

        await self._app(scope, body.receive, answer)


class _Body:
    """The body of one request as it comes in."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self._receive = receive
        self._read_bytes = 0
        self._announced_bytes = _number(headers.get("content-length", "0"))
        self._complete = self._announced_bytes == 0 and "transfer-encoding" not in headers
        self._deadline = asyncio.get_running_loop().time() + BODY_TIMEOUT_S

    async def receive(self) -> Message:
        message = None if self._announced_bytes > BODY_MAX_BYTES else await self._next()
        if message is None or self._read_bytes > BODY_MAX_BYTES:
            raise Refused(ProblemType.TOO_LARGE, f"a request has at most {BODY_MAX_BYTES} bytes")
        return message

    async def drain(self) -> None:
        """Read on, without keeping it, as far as twice the limit."""
        try:
            while not self._complete and max(self._announced_bytes, self._read_bytes) <= 2 * BODY_MAX_BYTES:
                await self._next()
        except Refused:
            self._complete = True

    async def _next(self) -> Message:
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise Refused(ProblemType.TRY_LATER, "the body came too slowly") from None
        self._read_bytes += len(message.get("body", b""))
        self._complete = message["type"] != "http.request" or not message.get("more_body", False)
        return message


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
