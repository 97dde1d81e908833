"""How many small dossiers a second one portal process takes, on SQLite and on PostgreSQL, everything durable.

A small dossier is a manifest and one paper of 20 kB: three requests (is the paper there, here it is, the commit). The
client is this process, which sends bytes that were made before; server and client share the machine.
"""

import json
import os
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.embedded_portal import DEMO_OFFICE, EmbeddedPortal
from commands.own_postgres import OwnPostgres, find_programs
from commands.specimen_manifest import specimen_document, specimen_manifest
from kiosk import manifest as wire
from kiosk.receipt import Enrolment, EnrolRequest
from portal.jwk import signing_jwk
from portal.setup import prepare

LINES = 8
ROUNDS = 3
PER_ROUND = 200
WARMING = 40
PAPER_BYTES = 20_000
AT_LEAST_PER_S = 150.0
SHARE_ON_POSTGRESQL = 0.8
TIMEOUT_S = 60.0
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the line, and the status that it has to come to."""

    method: str
    path: str
    status: int
    body: bytes | None = None
    media_type: str = ""


def measure() -> list[Figure]:
    """Rounds on SQLite, then on PostgreSQL if there is a server here."""
    figures = []
    with scratch() as folder:
        with EmbeddedPortal(folder / "sqlite") as portal:
            code = portal.prepare()
            portal.start()
            on_sqlite = _rounds(portal, code)
        figures += _told("portal: a small dossier, SQLite", on_sqlite, 1000 / AT_LEAST_PER_S)
        programs = find_programs()
        if programs is not None:
            with _postgresql(programs, folder) as portal:
                code = prepare(portal.settings, DEMO_OFFICE)
                portal.start()
                target_ms = min(1000 / AT_LEAST_PER_S, *on_sqlite.wall_ms) / SHARE_ON_POSTGRESQL
                figures += _told("portal: a small dossier, PostgreSQL", _rounds(portal, code), target_ms)
    return figures


Parcel = Sequence[Request]  # one dossier, in order


@dataclass(frozen=True, slots=True)
class Taken:
    """What each round took per dossier: on the wall, and of the server's processor."""

    wall_ms: Sequence[float]
    cpu_ms: Sequence[float]


@contextmanager
def _postgresql(programs: Path, folder: Path) -> Iterator[EmbeddedPortal]:
    server = OwnPostgres(programs, durable=True)
    try:
        with EmbeddedPortal(folder / "postgresql", server.new_database()) as portal:
            yield portal
    finally:
        server.remove()


def _told(name: str, taken: Taken, target_ms: float) -> list[Figure]:
    best = min(taken.wall_ms)
    per_s = f"{1000 / best:.0f} a second; {1000 / min(taken.cpu_ms):.0f} a second for each core of the portal"
    wall = figure_of(name, "ms", taken.wall_ms).judged_by(best, "best round", target_ms)
    return [wall.with_details(lines=[per_s]), figure_of(f"{name}, processor", "ms", taken.cpu_ms)]


def _rounds(portal: EmbeddedPortal, code: str) -> Taken:
    kiosk = BenchKiosk(portal.port, code)
    kiosk.send(WARMING)
    wall_ms, cpu_ms = [], []
    for _ in range(ROUNDS):
        parcels = [kiosk.parcel() for _ in range(PER_ROUND)]
        cpu_s, start_s = _cpu_s(portal.pid), time.perf_counter()
        kiosk.send_all(parcels)
        wall_ms.append(1000 * (time.perf_counter() - start_s) / PER_ROUND)
        cpu_ms.append(1000 * (_cpu_s(portal.pid) - cpu_s) / PER_ROUND)
    return Taken(wall_ms, cpu_ms)


def _cpu_s(pid: int) -> float:
    """Processor time that a process has taken (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class BenchKiosk:
    """An enrolled kiosk that only sends."""

    def __init__(self, port: int, code: str) -> None:
        self._port = port
        key = Ed25519PrivateKey.generate()
        request = EnrolRequest(code=code, public_key=signing_jwk(key.public_key()), device_name="máy đo")
        http = self._line()
        call = Request("POST", "/v1/kiosks/enrol", 201, request.model_dump_json().encode(), "application/json")
        body = _answer(http, call)
        self._enrolment = Enrolment.model_validate_json(body)
        form = urlencode({"grant_type": GRANT, "assertion": self._assertion(key)}).encode()
        token = _answer(http, Request("POST", "/v1/token", 200, form, "application/x-www-form-urlencoded"))
        self._bearer = {"Authorization": f"Bearer {json.loads(token)['access_token']}"}
        http.close()

    def send(self, count: int) -> None:
        """Make that many dossiers and send them."""
        self.send_all([self.parcel() for _ in range(count)])

    def send_all(self, parcels: Sequence[Parcel]) -> None:
        """Over LINES lines at once; each answer is looked at."""
        with ThreadPoolExecutor(LINES) as threads:
            list(threads.map(self._send_share, [parcels[number::LINES] for number in range(LINES)]))

    def parcel(self) -> Parcel:
        """A new small dossier."""
        paper = os.urandom(PAPER_BYTES)
        sealed = bench_manifest(self._enrolment, paper)
        digest = wire.sha256_hex(paper)
        commit = f"/v1/submissions/{sealed.client_ref}"
        return (
            Request("HEAD", f"/v1/blobs/{digest}", 404),
            Request("PUT", f"/v1/blobs/{digest}", 201, paper, "application/octet-stream"),
            Request("PUT", commit, 201, sealed.to_bytes(), wire.MEDIA_TYPE),
        )

    def _send_share(self, parcels: Sequence[Parcel]) -> None:
        http = self._line()
        for parcel in parcels:
            for request in parcel:
                _answer(http, request, self._bearer)
        http.close()

    def _line(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_S)

    def _assertion(self, key: Ed25519PrivateKey) -> str:
        now, kiosk = int(time.time()), self._enrolment.kiosk_id
        claims = {"iss": kiosk, "sub": kiosk, "aud": self._enrolment.token_audience, "iat": now, "exp": now + 60}
        return jwt.encode(claims | {"jti": str(uuid.uuid4())}, key, algorithm="EdDSA")


def _answer(http: HTTPConnection, request: Request, headers: Mapping[str, str] | None = None) -> bytes:
    """The answer's body. Raises ValueError for any other status than the request is to come to."""
    http.request(request.method, request.path, request.body, {"Content-Type": request.media_type, **(headers or {})})
    answer = http.getresponse()
    content = answer.read()
    if answer.status != request.status:
        raise ValueError(f"{request.method} {request.path}: {answer.status} {content[:200]!r}")
    return content


def bench_manifest(enrolment: Enrolment, paper: bytes) -> wire.Manifest:
    """A small dossier of a made-up person, with this one paper."""
    return specimen_manifest(
        uuid.uuid4(),
        (specimen_document(uuid.uuid4(), paper),),
        kiosk_id=enrolment.kiosk_id,
        test=enrolment.test,
        agency=enrolment.agency,
    )
