"""A page printer on a real socket of this machine: HTTP and IPP read and written by its own few lines of code."""

import ssl
import struct
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

LIFE_S = 10.0

_PRINT, _CREATE, _SEND, _CANCEL, _JOB, _PRINTER = 0x0002, 0x0005, 0x0006, 0x0008, 0x0009, 0x000B
_JOB_DONE, _JOB_STOPPED, _JOB_WORKING = 9, 6, 5


class IppMachine:
    """Listens on a free port. Set the public attributes before asking; `documents` is what was printed, `cancelled`
    the numbers of the jobs that were taken back, `attributes` what the last job was asked with."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """`tls`: it speaks ipps."""
        self._scheme = "ipps" if tls else "ipp"
        self.state = 3
        self.reasons: tuple[str, ...] = ("none",)
        self.accepting = True
        self.formats: tuple[str, ...] = ("application/pdf", "image/pwg-raster")
        self.stops_while_printing: tuple[str, ...] = ()
        self.never_ends = False
        self.makes_jobs_first = True
        self.loses_the_answer = False
        self.job_status = 0x0000
        self.busy_turns = 0
        self.print_status = 0x0000
        self.http_status = 200
        self.media_type = "application/ipp"
        self.headers: dict[str, str] = {}
        self.raw_answer: bytes | None = None
        self.documents: list[bytes] = []
        self.cancelled: list[int] = []
        self.attributes: dict[str, list[bytes]] = {}
        self._asked_of_job = 0
        self._pulled = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="ipp machine")

    @property
    def address(self) -> str:
        """Its address as an office writes it."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}/ipp/print"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pull()

    def pull(self) -> None:
        """Take the printer off the network."""
        self._pulled.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(LIFE_S)
        self._server.server_close()

    def answer(self, body: bytes) -> bytes:
        """What the printer says to a request."""
        _version, operation, request_id = struct.unpack_from(">HHI", body)
        attributes, document = _read(body)
        if operation in (_PRINT, _CREATE):
            self.attributes = attributes
        if operation == _CREATE:
            return _message(self.print_status, request_id, {"job-id": 7, "job-state": 4})
        if operation in (_PRINT, _SEND):
            self.attributes |= attributes
            if self.print_status < 0x100:
                self.documents.append(document)
            if self.loses_the_answer:
                self._pulled.wait(LIFE_S)
            return _message(self.print_status, request_id, {"job-id": 7, "job-state": 3})
        if operation == _CANCEL:
            self.cancelled.append(struct.unpack(">i", attributes["job-id"][0])[0])
            return _message(0, request_id, {})
        if operation == _JOB and self.busy_turns:
            self.busy_turns -= 1
            return _message(0x0507, request_id, {})
        if operation == _JOB:
            return _message(self.job_status, request_id, self._job() if self.job_status < 0x100 else {})
        return _message(0, request_id, self._printer())

    def _job(self) -> Mapping[str, object]:
        self._asked_of_job += 1
        if self.stops_while_printing:
            self.state, self.reasons = 5, self.stops_while_printing
            return {"job-id": 7, "job-state": _JOB_STOPPED, "job-state-reasons": "printer-stopped"}
        working = self.never_ends or self._asked_of_job < 2
        return {"job-id": 7, "job-state": _JOB_WORKING if working else _JOB_DONE}

    def _printer(self) -> Mapping[str, object]:
        return {
            "printer-state": self.state,
            "printer-state-reasons": self.reasons,
            "printer-is-accepting-jobs": self.accepting,
            "printer-make-and-model": "Máy Mẫu 1",
            "document-format-supported": self.formats,
            "operations-supported": (2, 5, 6, 8, 9, 11) if self.makes_jobs_first else (2, 8, 9, 11),
            "media-supported": ("na_letter_8.5x11in", "iso_a4_210x297mm"),
        }

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        machine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                content = machine.answer(body) if machine.raw_answer is None else machine.raw_answer
                self.send_response(machine.http_status)
                self.send_header("Content-Type", machine.media_type)
                self.send_header("Content-Length", str(len(content)))
                for name, value in machine.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing on the terminal."""

        return Handler


def _read(body: bytes) -> tuple[dict[str, list[bytes]], bytes]:
    """The attributes with their raw values, and the document."""
    found: dict[str, list[bytes]] = {}
    at, name = 8, ""
    while body[at] != 3:
        if body[at] < 0x10:
            at += 1
            continue
        size = int.from_bytes(body[at + 1 : at + 3], "big")
        name = body[at + 3 : at + 3 + size].decode() or name
        at += 3 + size
        size = int.from_bytes(body[at : at + 2], "big")
        found.setdefault(name, []).append(body[at + 2 : at + 2 + size])
        at += 2 + size
    return found, body[at + 1 :]


def _message(status: int, request_id: int, attributes: Mapping[str, object]) -> bytes:
    head = struct.pack(">HHI", 0x0101, status, request_id) + b"\x01"
    head += _value(0x47, "attributes-charset", b"utf-8") + _value(0x48, "attributes-natural-language", b"vi")
    body = b"\x04" + _value(0x34, "media-col-default", b"") + _value(0x4A, "", b"media-size") + _value(0x37, "", b"")
    for name, values in attributes.items():
        several = values if isinstance(values, tuple) else (values,)
        for number, value in enumerate(several):
            shown = "" if number else name
            match value:
                case bool():
                    body += _value(0x22, shown, bytes([value]))
                case int():
                    body += _value(0x23, shown, struct.pack(">i", value))
                case _:
                    body += _value(0x44, shown, str(value).encode())
    return head + body + b"\x03"


def _value(tag: int, name: str, content: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(content)) + content
