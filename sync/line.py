"""An authorised line to a portal: each call carries the kiosk's token, which is renewed once when it is not taken."""

from http import HTTPStatus

from kiosk.outbox import Held, TryLater
from sync.tokens import TokenSource
from sync.transport import Answer, Call, Transport


class Line:
    """A transport with the kiosk's token; for one thread at a time, like its transport."""

    def __init__(self, transport: Transport, tokens: TokenSource) -> None:
        self.transport = transport
        self._tokens = tokens

    def send(self, call: Call) -> Answer | Held | TryLater:
        """The answer to the call. A 401 stays the answer only if a fresh token did not help."""
        answer = self._send(call)
        if isinstance(answer, Answer) and answer.status == HTTPStatus.UNAUTHORIZED:
            answer = self._send(call)
        return answer

    def _send(self, call: Call) -> Answer | Held | TryLater:
        token = self._tokens.bearer(self.transport)
        if not isinstance(token, str):
            return token
        answer = self.transport.send(call, token)
        if isinstance(answer, Answer) and answer.status == HTTPStatus.UNAUTHORIZED:
            self._tokens.forget(token)
        return answer
