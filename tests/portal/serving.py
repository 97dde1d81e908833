"""The application behind real HTTP on loopback, in a thread of the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from portal.server import PortalServer, listen, url_of
from tests.portal.desk import TIMEOUT_S


@contextmanager
def serving(app: FastAPI, tls: tuple[Path, Path] | None = None) -> Iterator[str]:
    """The base URL, for as long as the block lasts; afterwards every request has been dealt with to its end."""
    ready = threading.Event()
    with listen("127.0.0.1", 0) as listener:
        server = PortalServer(app, listener, ready.set, tls)
        thread = threading.Thread(target=server.serve_until_told)
        thread.start()
        try:
            assert ready.wait(TIMEOUT_S)
            yield url_of(listener, tls is not None)
        finally:
            server.should_exit = True
            thread.join(TIMEOUT_S)
