"""A portal and everything that may happen to it and to its line, one method each.

The portal and HTTP are the real ones, in this process; the line is `tests/faults/fault_proxy.py`, and before the portal
stands one who answers falsely when told to.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import delete, select, update
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.manifest import Manifest
from kiosk.receipt import PROBLEM_MEDIA_TYPE, ProblemType
from portal.app import make_app
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.schema import metadata, submission, token
from portal.settings import Settings
from tests.faults.fault_proxy import FaultProxy
from tests.portal.serving import serving

COMMIT = "/v1/submissions/"


class Meddler:
    """Stands before the portal: repeats a commit, gives the answer of an earlier one, or refuses a dossier."""

    def __init__(self) -> None:
        self.app: ASGIApp = FastAPI()
        self.repeat = self.stale = False
        self.poisoned: set[str] = set()
        self._earlier: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or not path.startswith(COMMIT):
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        answer = await self._answer(scope, body)
        if path.removeprefix(COMMIT) in self.poisoned:
            answer = _refusal()
        elif self.repeat:
            self.repeat = False
            answer = await self._answer(scope, body)
        elif self.stale and self._earlier:
            self.stale, answer = False, self._earlier
        if answer[0]["status"] in (200, 201):
            self._earlier = answer
        for message in answer:
            await send(message)

    async def _answer(self, scope: Scope, body: bytes) -> list[Message]:
        said: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            said.append(message)

        if scope["path"].removeprefix(COMMIT) not in self.poisoned:
            await self.app(scope, receive, send)
        return said


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _refusal() -> list[Message]:
    body = json.dumps({"type": ProblemType.INVALID_MANIFEST, "title": "x", "status": 422}).encode()
    headers = [(b"content-type", PROBLEM_MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    return [
        {"type": "http.response.start", "status": 422, "headers": headers},
        {"type": "http.response.body", "body": body, "more_body": False},
    ]


class Log(logging.Handler):
    """Everything that is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class PortalWorld:
    """One portal behind its line, for all kiosks of a run."""

    settings: Settings
    meddler: Meddler = field(default_factory=Meddler)
    log: Log = field(default_factory=Log)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Until the block ends."""
        with ExitStack() as stack:
            logging.getLogger().addHandler(self.log)
            stack.callback(logging.getLogger().removeHandler, self.log)
            self.open()
            stack.callback(self._close)
            url = stack.enter_context(serving(self.meddler))  # type: ignore[arg-type]  # any ASGI application will do
            self.proxy = FaultProxy(int(url.rpartition(":")[2]))
            self.proxy.start()
            stack.callback(self.proxy.stop)
            yield

    def open(self) -> None:
        """Open the portal anew."""
        self.portal: Portal = open_portal(self.settings, utc_now)
        self.meddler.app = make_app(self.portal)

    def restart(self) -> None:
        """The portal ends and begins again."""
        self._close()
        self.open()
        self.proxy.cut()

    def back_up(self) -> None:
        """The night's backup: everything that came in is in it."""
        old = utc_now() - timedelta(days=2)
        with self.portal.database.write() as connection:
            connection.execute(update(submission).values(received_at=old))

    def restore(self) -> None:
        """The portal's disk is replaced by the last backup: what came later is gone."""
        late = submission.c.received_at > utc_now() - timedelta(days=1)
        lost = select(submission.c.client_ref).where(late).scalar_subquery()
        with self.portal.database.write() as connection:
            for table in reversed(metadata.sorted_tables):
                for key in table.foreign_keys:
                    if key.column.table is submission:
                        connection.execute(delete(table).where(key.parent.in_(lost)))
            connection.execute(delete(submission).where(late))
        self.lose_pieces()

    def lose_pieces(self) -> None:
        """Pieces that no dossier refers to are gone."""
        with self.portal.database.read() as connection:
            rows = connection.execute(select(submission.c.client_ref, submission.c.manifest_sealed)).all()
        manifests = [self.portal.sealing.open(row.manifest_sealed, row.client_ref) for row in rows]
        wanted = {piece.sha256 for content in manifests for piece in Manifest.model_validate_json(content).pieces()}
        names = {self.portal.sealing.hidden_name(sha256) for sha256 in wanted}
        for path in self.settings.files.glob("??/*"):
            if path.is_file() and path.name not in names:
                path.unlink()

    def forget_tokens(self) -> None:
        """Every token has expired."""
        with self.portal.database.write() as connection:
            connection.execute(delete(token))

    def _close(self) -> None:
        self.portal.database.close()
