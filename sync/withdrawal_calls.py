"""The calls of a withdrawal in our own contract: the kiosk's signed word there, the portal's signed proof back."""

from http import HTTPStatus
from uuid import UUID

from pydantic import ValidationError

from kiosk.outbox import Held, Refused, TryLater, Withdrawal
from kiosk.receipt import (
    WITHDRAWAL_MEDIA_TYPE,
    ProblemType,
    SignedWithdrawal,
    WithdrawalAnswer,
    WithdrawalProof,
    WithdrawalRequest,
)
from sync.answers import problem_of, setback
from sync.line import Line
from sync.portal import Setback, Withdrawn
from sync.receipts import PortalKeys, portal_word
from sync.signing import Signer
from sync.transport import Answer, Call

REQUEST_TYP = WITHDRAWAL_MEDIA_TYPE.removeprefix("application/")
NO_TYPE = "about:blank"  # RFC 9457 §4.2.1
PROOF_TYP = "vnd.diem-truy-cap.withdrawal-proof+json"


class WithdrawalCalls:
    """Asks over one line; believes only what the portal has signed for this very dossier."""

    def __init__(self, line: Line, keys: PortalKeys, signer: Signer) -> None:
        self._line = line
        self._keys = keys
        self._signer = signer

    def withdraw(self, wish: Withdrawal) -> Withdrawn | Setback:
        """Tell the portal. It may be repeated: the portal answers the same each time."""
        request = WithdrawalRequest(
            client_ref=wish.client_ref,
            kiosk_id=self._signer.kiosk_id,
            manifest_sha256=wish.manifest_sha256,
            asked_at=wish.asked_at,
        )
        body = SignedWithdrawal(withdrawal=self._signer.sign(request, REQUEST_TYP)).model_dump_json().encode()
        path = _path(wish.client_ref)
        answer = self._line.send(Call("PUT", path, (WITHDRAWAL_MEDIA_TYPE,), body, WITHDRAWAL_MEDIA_TYPE))
        if not isinstance(answer, Answer):
            return answer
        if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            return _refusal(answer) or setback(answer)
        return self._verified(answer, wish.client_ref, wish.manifest_sha256)

    def withdrawn(self, client_ref: UUID, manifest_sha256: str) -> Withdrawn | Setback | None:
        """The proof of a withdrawal that this kiosk does not know of any more; None when the portal has none."""
        answer = self._line.send(Call("GET", _path(client_ref), (WITHDRAWAL_MEDIA_TYPE,)))
        if not isinstance(answer, Answer):
            return answer
        if answer.status == HTTPStatus.OK:
            return self._verified(answer, client_ref, manifest_sha256)
        problem = problem_of(answer)
        return None if problem is not None and problem.type == ProblemType.NOT_FOUND else setback(answer)

    def _verified(self, answer: Answer, client_ref: UUID, manifest_sha256: str) -> Withdrawn | Held | TryLater:
        try:
            proof = WithdrawalAnswer.model_validate_json(answer.body).proof
        except ValidationError:
            return TryLater("unknown:withdrawal_form")
        payload = portal_word(proof, PROOF_TYP, "withdrawal", self._keys, self._line.transport)
        if not isinstance(payload, bytes):
            return payload
        try:
            told = WithdrawalProof.model_validate_json(payload)
        except ValidationError:
            return TryLater("unknown:withdrawal_form")
        if (told.client_ref, told.manifest_sha256) != (client_ref, manifest_sha256):
            return TryLater("unknown:withdrawal_dossier")
        return Withdrawn(proof)


def _refusal(answer: Answer) -> Refused | None:
    """A 409 with a reason of the portal's own: here it is no work under way, but that the office has decided by now."""
    problem = problem_of(answer)
    if answer.status != HTTPStatus.CONFLICT or problem is None or problem.type in {NO_TYPE, *ProblemType}:
        return None
    return Refused(problem.type, problem.detail)


def _path(client_ref: UUID) -> str:
    return f"/v1/submissions/{client_ref}/withdrawal"
