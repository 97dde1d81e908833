"""Serve the application over HTTP: bind, say when it is ready, end when told."""

import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

BACKLOG = 128
SHUTDOWN_TIMEOUT_S = 5  # for what is under way; then idle TLS connections are cut, whose clients say no goodbye


class PortalServer(uvicorn.Server):
    """A server on a socket that is bound already, so that its port is known; calls `on_ready` when it answers."""

    def __init__(
        self,
        app: FastAPI,
        listener: socket.socket,
        on_ready: Callable[[], None],
        tls: tuple[Path, Path] | None = None,
    ) -> None:
        certificate, key = tls or (None, None)
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN_TIMEOUT_S,
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
        )
        self._listener = listener
        self._on_ready = on_ready

    def serve_until_told(self) -> None:
        """Blocks until `should_exit` is set or a signal comes."""
        self.run(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn inside its loop."""
        await super().startup(sockets)
        self._on_ready()


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening socket; port 0 takes a free one. `shared` lets several processes listen at one port, among which
    Linux divides the connections. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=shared)


def url_of(listener: socket.socket, tls: bool) -> str:
    """The base URL of what listens there."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{shown}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`. A name that is not "localhost" is not trusted."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
