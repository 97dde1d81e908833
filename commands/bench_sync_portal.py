"""The portal of a measurement in its own process: our own, and beside it one plain PUT with digest and fsync."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from starlette.types import ASGIApp, Receive, Scope, Send

from commands.embedded_portal import DEMO_OFFICE, EmbeddedPortal
from commands.self_command import self_command
from portal.app import make_app
from portal.instants import utc_now
from portal.opening import open_portal
from portal.server import PortalServer, listen, url_of
from portal.setup import prepare

PLAIN_PATH = "/plain"
_STOP_TIMEOUT_S = 30.0


@contextmanager
def bench_portal(folder: Path) -> Iterator[tuple[str, str]]:
    """Its address and a one-time code, while the block lasts."""
    code = prepare(EmbeddedPortal(folder).settings, DEMO_OFFICE)
    command = (*self_command("bench"), "--serve", str(folder))
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        assert child.stdout is not None
        yield child.stdout.readline().strip(), code
    finally:
        child.communicate(timeout=_STOP_TIMEOUT_S)  # closes its standard input, which ends it


def serve(folder: Path) -> int:
    """Serve until the standard input ends; the address is said first. Always 0."""
    portal = open_portal(EmbeddedPortal(folder).settings, utc_now)
    listener = listen("127.0.0.1", 0)
    app = _Plain(make_app(portal), folder / "plain")
    server = PortalServer(app, listener, lambda: print(url_of(listener, tls=False), flush=True))  # type: ignore[arg-type]  # any ASGI application is served

    def end_with_parent() -> None:
        sys.stdin.read()
        server.should_exit = True

    Thread(target=end_with_parent, daemon=True).start()
    server.serve_until_told()
    portal.database.close()
    return 0


class _Plain:
    """What sending is compared with: the bytes are hashed as they come, written, and on the disk before the answer."""

    def __init__(self, app: ASGIApp, path: Path) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PLAIN_PATH:
            await self._app(scope, receive, send)
            return
        digest, more = hashlib.sha256(), True
        with self._path.open("wb", buffering=0) as file:
            while more:
                message = await receive()
                digest.update(message.get("body", b""))
                file.write(message.get("body", b""))
                more = message.get("more_body", False)
            os.fsync(file.fileno())
        body = digest.hexdigest().encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
