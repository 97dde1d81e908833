"""A server that speaks S3, in this process: moto's, with a line before it that can be told to fail."""

import io
import logging
import socket
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import requests
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

TIMEOUT_S = 30
SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"


@dataclass
class ObjectStore:
    """One server with as many buckets as are asked for. `faults` says what befalls the next requests, one each."""

    keys: dict[str, str] = field(
        default_factory=lambda: {"AWS_ACCESS_KEY_ID": "mau", "AWS_SECRET_ACCESS_KEY": "khong-bi-mat"}
    )
    faults: list[str] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    checksums: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, name="object-store")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(TIMEOUT_S)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def new_place(self) -> str:
        """The URL, as `--files` takes it, of a new bucket."""
        name = f"giay-to-{uuid4()}"  # this process has one memory for all such servers
        assert requests.put(f"{self.url}/{name}", timeout=TIMEOUT_S).status_code == HTTPStatus.OK
        self.seen.clear()
        return f"s3://{name}/portal?endpoint={self.url}"

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        self.seen.append((request.method, request.path))
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "slow down":
            request.get_data()
            return Response(SLOW_DOWN, 503, content_type="application/xml")(environ, start_response)
        if fault == "cut":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError
        self.checksums.append(request.headers.get("x-amz-checksum-sha256", ""))
        if fault == "bent":
            # What arrives is not what was sent. Amazon's S3 would refuse it by its checksum; this server does not look.
            body = bytearray(request.get_data())
            body[-1] ^= 1
            environ["wsgi.input"] = io.BytesIO(bytes(body))
        return self._app(environ, start_response)
