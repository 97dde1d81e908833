"""Bearer tokens for a kiosk: an assertion signed by its own key is exchanged for one (RFC 7523)."""

from datetime import timedelta
from threading import Lock
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from kiosk.errors import StoreProblem
from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.ports import Clock
from kiosk.receipt import Enrolment, ProblemType, TokenAnswer
from sync.answers import problem_of, setback
from sync.server_time import ServerTime
from sync.token_chain import TokenChain
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, Transport

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASSERTION_LIFE = timedelta(minutes=2)
_EARLY_S = 60.0
_CLOCK_STEP_S = 5.0


class TokenSource:
    """The kiosk's current token, fetched when there is none; safe for several threads.

    `chain` shows the portal that this is the disk that asked last (docs/portal-contract.md, "Tokens"). There is one
    source for a kept chain: two would look like two disks. Without a chain no link is ever shown.
    """

    def __init__(
        self,
        enrolment: Enrolment,
        device_key: Ed25519PrivateKey,
        server_time: ServerTime,
        clock: Clock,
        chain: TokenChain | None = None,
    ) -> None:
        self._enrolment = enrolment
        self._device_key = device_key
        self._server_time = server_time
        self._clock = clock
        self._chain = chain
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
        answer = self._ask(transport)
        moved_s = (self._server_time.offset_s or 0.0) - before_s
        refused = isinstance(answer, Answer) and not answer.good and isinstance(setback(answer), Held)
        if refused and (abs(moved_s) > _CLOCK_STEP_S or _is_used(answer)):
            # The refusal itself told the portal's time, and the assertion's own was wrong; or the transport has sent
            # the assertion twice, for it repeats what a connection lost, and an assertion is good for once.
            answer = self._ask(transport)
        if self._chain is not None and (rejoin := _rejoin_of(answer)):
            self._chain.went_back()
            answer = self._ask(transport, rejoin)
        return self._taken(answer)

    def _ask(self, transport: Transport, rejoin: str = "") -> Answer | Held | TryLater:
        form = urlencode({"grant_type": GRANT_TYPE, "assertion": self._assertion(rejoin)})
        return transport.send(
            Call("POST", "/v1/token", (JSON_MEDIA_TYPE,), form.encode(), "application/x-www-form-urlencoded")
        )

    def _taken(self, answer: Answer | Held | TryLater) -> str | Held | TryLater:
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
        if self._chain is not None and granted.link:
            # Before the token is used: a crash from here on must not make this disk look like an older one.
            try:
                self._chain.keep(granted.link)
            except StoreProblem as error:
                return TryLater(f"link_not_kept:{error.key}")
        self._token = granted.access_token
        self._good_until_s = self._clock.monotonic_s() + granted.expires_in - min(_EARLY_S, granted.expires_in / 2)
        return self._token

    def _assertion(self, rejoin: str) -> str:
        now = self._server_time.now()
        after = self._chain.kept() if self._chain is not None else ""
        claims = {
            "iss": self._enrolment.kiosk_id,
            "sub": self._enrolment.kiosk_id,
            "aud": self._enrolment.token_audience,
            "iat": now,
            "exp": now + _ASSERTION_LIFE,
            "jti": str(uuid4()),
            **({"after": after} if after else {}),
            **({"rejoin": rejoin} if rejoin else {}),
        }
        return jwt.encode(claims, self._device_key, algorithm="EdDSA")


def _is_used(answer: Answer | Held | TryLater) -> bool:
    problem = problem_of(answer) if isinstance(answer, Answer) else None
    return problem is not None and problem.type == ProblemType.UNAUTHENTICATED


def _rejoin_of(answer: Answer | Held | TryLater) -> str:
    """What a portal that knows a newer disk of this kiosk wants to hear; "" from any other answer."""
    problem = problem_of(answer) if isinstance(answer, Answer) else None
    return problem.rejoin if problem is not None and problem.type == ProblemType.KIOSK_BEHIND else ""
