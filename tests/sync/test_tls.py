"""Tests of sync/transport.py over HTTPS: only the pinned authority's word counts, and a bad one has its reason."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kiosk.outbox import Held, QueueCondition
from sync.certificate import validity
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, ExchangeLimits, Transport
from tests.fakes import FakeClock
from tests.fakes_http import Drip, FakeServer, Say
from tests.sync.desk import QUICK

GET = Call("GET", "/x", (JSON_MEDIA_TYPE,))
TODAY = datetime.now(UTC)
YEAR = timedelta(days=365)


class Authority:
    """A certificate authority of our own."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        self.certificate = self._signed(self.name, self.key, TODAY - YEAR, TODAY + YEAR).sign(self.key, None)

    def pem(self, folder: Path) -> Path:
        path = folder / "ca.pem"
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path

    def server(self, folder: Path, begins: datetime, ends: datetime, address: str) -> ssl.SSLContext:
        """A server's TLS with a certificate for that address and time."""
        key = Ed25519PrivateKey.generate()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal")])
        alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        certificate = self._signed(subject, key, begins, ends).add_extension(alternative, critical=False)
        pem = folder / "server.pem"
        pem.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.sign(self.key, None).public_bytes(Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context

    def _signed(
        self, subject: x509.Name, key: Ed25519PrivateKey, begins: datetime, ends: datetime
    ) -> x509.CertificateBuilder:
        is_authority = subject == self.name
        return (
            x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number(), begins, ends)
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )


@contextmanager
def https(context: ssl.SSLContext, clock: FakeClock) -> Iterator[FakeServer]:
    server = FakeServer(clock.now)
    server.use_tls(context)
    with server.running():
        yield server


def test_the_pinned_authority_is_believed(tmp_path: Path, clock: FakeClock) -> None:
    authority = Authority()
    with https(authority.server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1"), clock) as server:
        server.script("GET", "/x", Say(200, b"{}", JSON_MEDIA_TYPE))
        transport = Transport(server.url, ServerTime(clock), authority.pem(tmp_path), QUICK)
        assert isinstance(transport.send(GET), Answer)
        transport.close()


@pytest.mark.parametrize(
    ("certificate", "condition", "reason"),
    [
        ((TODAY - 2 * YEAR, TODAY - YEAR, "127.0.0.1"), QueueCondition.CERTIFICATE, "certificate has expired"),
        ((TODAY + YEAR, TODAY + 2 * YEAR, "127.0.0.1"), QueueCondition.CLOCK, "certificate is not yet valid"),
        ((TODAY - YEAR, TODAY + YEAR, "127.0.0.9"), QueueCondition.CERTIFICATE, "IP address mismatch"),
    ],
    ids=["expired", "not-yet-valid", "wrong-host"],
)
def test_a_bad_certificate_holds_the_queue(
    tmp_path: Path,
    clock: FakeClock,
    certificate: tuple[datetime, datetime, str],
    condition: QueueCondition,
    reason: str,
) -> None:
    authority = Authority()
    with https(authority.server(tmp_path, *certificate), clock) as server:
        result = Transport(server.url, ServerTime(clock), authority.pem(tmp_path), QUICK).send(GET)
        assert isinstance(result, Held)
        assert result.condition is condition
        assert reason in result.detail
        begins, ends, _ = certificate
        dates = f"valid from {begins:%Y-%m-%d %H:%M} UTC to {ends:%Y-%m-%d %H:%M} UTC"
        told = f"{dates}, the clock says {clock.now():%Y-%m-%d %H:%M} UTC"
        assert (told in result.detail) is ("127.0.0.1" in certificate)
        assert server.seen == []


def test_a_server_that_shows_its_dates_too_slowly_is_not_waited_for(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority()

    expired = authority.server(tmp_path, TODAY - 2 * YEAR, TODAY - YEAR, "127.0.0.1")
    with https(expired, clock) as server, socket.create_server(("127.0.0.1", 0)) as silent:
        nobody = f"https://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr("sync.transport.validity", lambda _url, *rest: validity(nobody, *rest))
        limits = ExchangeLimits(base_s=0.3)
        result = Transport(server.url, ServerTime(clock), authority.pem(tmp_path), limits).send(GET)
    assert result == Held(QueueCondition.CERTIFICATE, "certificate has expired")


def test_another_authority_is_not_believed(tmp_path: Path, clock: FakeClock) -> None:
    with https(Authority().server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1"), clock) as server:
        for ca_file in (Authority().pem(tmp_path), None):
            result = Transport(server.url, ServerTime(clock), ca_file, QUICK).send(GET)
            assert isinstance(result, Held)
            assert result.condition is QueueCondition.CERTIFICATE


def test_a_server_without_tls_holds_the_queue(tmp_path: Path, clock: FakeClock) -> None:
    server = FakeServer(clock.now)
    with server.running():
        url = server.url.replace("http:", "https:")
        result = Transport(url, ServerTime(clock), Authority().pem(tmp_path), QUICK).send(GET)
        assert isinstance(result, Held)
        assert result.condition is QueueCondition.CERTIFICATE


def test_a_server_that_drips_over_tls_meets_the_deadline(tmp_path: Path, clock: FakeClock) -> None:
    authority = Authority()
    with https(authority.server(tmp_path, TODAY - YEAR, TODAY + YEAR, "127.0.0.1"), clock) as server:
        server.always("GET", "/", Drip())
        limits = ExchangeLimits(base_s=0.3)
        result = Transport(server.url, ServerTime(clock), authority.pem(tmp_path), limits).send(GET)
        assert getattr(result, "reason", "") == "deadline"
