"""Bearer tokens for a kiosk: an assertion signed by its own key is exchanged for one (RFC 7523)."""

from datetime import timedelta
from threading import Lock
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.ports import Clock
from kiosk.receipt import Enrolment, TokenAnswer
from sync.answers import setback
from sync.server_time import ServerTime
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, Transport

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASSERTION_LIFE = timedelta(minutes=2)
_EARLY_S = 60.0
_CLOCK_STEP_S = 5.0


class TokenSource:
    """The kiosk's current token, fetched when there is none; safe for several threads."""

    def __init__(
        self, enrolment: Enrolment, device_key: Ed25519PrivateKey, server_time: ServerTime, clock: Clock
    ) -> None:
        self._enrolment = enrolment
        self._device_key = device_key
        self._server_time = server_time
        self._clock = clock
        self._lock = Lock()
        self._token = ""
        self._good_until_s = 0.0

    def bearer(self, transport: Transport) -> str | Held | TryLater:
        """A token that is good for a minute at least, or why there is none."""
        with self._lock:
            if self._token and self._clock.monotonic_s() < self._good_until_s:
                return self._token
            return self._fetch(transport)

    def forget(self, token: str) -> None:
        """The portal did not take this token; a newer one that another thread has fetched since stays."""
        with self._lock:
            if token == self._token:
                self._token = ""

    def _fetch(self, transport: Transport) -> str | Held | TryLater:
        before_s = self._server_time.offset_s or 0.0
        result = self._exchange(transport)
        moved_s = (self._server_time.offset_s or 0.0) - before_s
        if isinstance(result, Held) and abs(moved_s) > _CLOCK_STEP_S:
            # The refusal itself told the portal's time: the assertion's own was wrong.
            result = self._exchange(transport)
        return result

    def _exchange(self, transport: Transport) -> str | Held | TryLater:
        form = urlencode({"grant_type": GRANT_TYPE, "assertion": self._assertion()})
        answer = transport.send(
            Call("POST", "/v1/token", (JSON_MEDIA_TYPE,), form.encode(), "application/x-www-form-urlencoded")
        )
        if not isinstance(answer, Answer):
            return answer
        if not answer.good:
            result = setback(answer)
            # Nothing here belongs to a dossier: whatever the portal refuses, it refuses the kiosk.
            return result if isinstance(result, Held | TryLater) else Held(QueueCondition.AUTH, result.reason)
        try:
            granted = TokenAnswer.model_validate_json(answer.body)
        except ValidationError:
            return TryLater("unknown:token")
        self._token = granted.access_token
        self._good_until_s = self._clock.monotonic_s() + granted.expires_in - min(_EARLY_S, granted.expires_in / 2)
        return self._token

    def _assertion(self) -> str:
        now = self._server_time.now()
        claims = {
            "iss": self._enrolment.kiosk_id,
            "sub": self._enrolment.kiosk_id,
            "aud": self._enrolment.token_audience,
            "iat": now,
            "exp": now + _ASSERTION_LIFE,
            "jti": str(uuid4()),
        }
        return jwt.encode(claims, self._device_key, algorithm="EdDSA")
