"""Why a portal's certificate was not believed, with its dates beside the clock's: a person sees which is off."""

import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from kiosk.outbox import Held, QueueCondition

# X509_V_ERR_* of OpenSSL (x509_vfy.h).
_NOT_YET_VALID = 9  # nearly always the kiosk's own clock, which is set back
_HAS_EXPIRED = 10
_TIME_FORMAT = "%Y-%m-%d %H:%M UTC"

Opened = Callable[[socket.socket], None]


def certificate_failure(error: BaseException) -> tuple[Held, bool]:
    """What holds the queue after a handshake that failed, and whether it failed for a date."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Held(QueueCondition.CERTIFICATE, "no TLS"), False
    condition = QueueCondition.CLOCK if cause.verify_code == _NOT_YET_VALID else QueueCondition.CERTIFICATE
    return Held(condition, cause.verify_message), cause.verify_code in {_NOT_YET_VALID, _HAS_EXPIRED}


def validity(url: str, now: datetime, timeout_s: float, opened: Opened) -> str:
    """What the server's certificate says of its own time, and the clock of now. Nothing is sent to the server, and
    nothing that it says is believed. `opened` gets the connection. Raises OSError, ValueError."""
    place = urlsplit(url)
    host, port = place.hostname or "", place.port or 443
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname = False
    anyone.verify_mode = ssl.CERT_NONE  # only to read dates
    line = socket.create_connection((host, port), timeout_s)
    with anyone.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False) as tls:
        opened(tls)
        tls.do_handshake()
        presented = x509.load_der_x509_certificate(tls.getpeercert(binary_form=True) or b"")
    begins, ends = presented.not_valid_before_utc, presented.not_valid_after_utc
    return f"valid from {begins:{_TIME_FORMAT}} to {ends:{_TIME_FORMAT}}, the clock says {now:{_TIME_FORMAT}}"
