"""A portal that speaks our own contract (version 1), as the queue sees portals."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from pydantic import ValidationError

from kiosk.manifest import MEDIA_TYPE, Manifest
from kiosk.outbox import Accepted, Held, QueueCondition, Refused, TryLater, Withdrawal
from kiosk.receipt import (
    RECEIPT_MEDIA_TYPE,
    ProblemType,
    ReconcileAnswer,
    ReconcileRequest,
    SignedReceipt,
)
from sync.answers import problem_of, setback
from sync.line import Line
from sync.pieces import PieceSender, out_of_step
from sync.portal import CheckUp, Parcel, Setback, Withdrawn
from sync.receipts import PortalKeys, verify_receipt
from sync.roster_calls import RosterCalls
from sync.signing import Signer
from sync.transport import JSON_MEDIA_TYPE, Answer, Call
from sync.withdrawal_calls import WithdrawalCalls

LINES = 2  # pieces in flight
_COMMITS = 3  # of one dossier whose pieces the portal asks for again; more is a matter for the next round
_ASKED_AT_ONCE = 1000


class KioskPortal:
    """Pieces first, then one commit that may be repeated: the portal answers a replay with the same receipt."""

    def __init__(
        self,
        lines: Sequence[Line],
        keys: PortalKeys,
        signer: Signer,
        *,
        rosters: RosterCalls | None = None,
        help_line: Line | None = None,
    ) -> None:
        """`rosters` asks for the list of helpers, `help_line` is for calls for help (sync/help_calls.py), each in a
        thread of its own: whoever starts that ends it."""
        self.rosters = rosters
        self.help_line = help_line
        self._lines = lines
        self._line = lines[0]
        self._keys = keys
        self._pieces = PieceSender(lines)
        self._withdrawals = WithdrawalCalls(lines[0], keys, signer)

    def reserve(self, _parcel: Parcel) -> Setback | None:
        """Nothing to do: the kiosk's own client_ref is the dossier's place."""
        return None

    def upload(self, parcel: Parcel) -> Setback | None:
        """Bring the pieces that the portal does not hold."""
        wanted = out_of_step(Manifest.model_validate_json(parcel.manifest).pieces())
        return self._pieces.bring(wanted, parcel.piece, look_first=not parcel.fresh)

    def commit(self, parcel: Parcel) -> Accepted | Setback:
        """Send the manifest's bytes as they were sealed; pieces that the portal asks for go out again, then it."""
        path, body = _path(parcel.client_ref), parcel.manifest
        call = Call("PUT", path, (RECEIPT_MEDIA_TYPE,), body, MEDIA_TYPE, digested=True)
        result: Setback = TryLater("unknown:commit")
        for _ in range(_COMMITS):
            answer = self._line.send(call)
            if not isinstance(answer, Answer):
                return answer
            if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
                return self._verify(answer, parcel)
            result = setback(answer)
            wanted = _asked_again(answer, parcel.manifest)
            problem = self._pieces.bring(wanted, parcel.piece, look_first=False) if wanted else result
            if problem is not None:
                return problem
        return result

    def recall(self, parcel: Parcel) -> Accepted | Setback | None:
        """The receipt of an earlier commit; None when the portal itself says that it has no such dossier."""
        answer = self._line.send(Call("GET", _path(parcel.client_ref), (JSON_MEDIA_TYPE,)))
        if not isinstance(answer, Answer):
            return answer
        if answer.status == HTTPStatus.OK:
            return self._verify(answer, parcel)
        problem = problem_of(answer)
        if problem is not None and problem.type == ProblemType.NOT_FOUND:
            return None
        return setback(answer)

    def check_up(self, client_refs: Sequence[UUID]) -> CheckUp | Held | TryLater:
        """Reconcile: which of these are in the portal's backup, and which it does not know."""
        durable: set[UUID] = set()
        unknown: set[UUID] = set()
        highest_seq: int | None = None
        for start in range(0, max(1, len(client_refs)), _ASKED_AT_ONCE):
            part = self._reconcile(client_refs[start : start + _ASKED_AT_ONCE])
            if not isinstance(part, ReconcileAnswer):
                return part
            durable.update(part.durable)
            unknown.update(part.unknown)
            highest_seq = part.highest_seq
        asked = frozenset(client_refs)
        return CheckUp(asked & durable, asked & unknown, highest_seq)

    def withdraw(self, wish: Withdrawal) -> Withdrawn | Setback:
        """Send the kiosk's signed word; believe the portal's signed proof."""
        return self._withdrawals.withdraw(wish)

    def withdrawn(self, client_ref: UUID, manifest_sha256: str) -> Withdrawn | Setback | None:
        """The proof of an earlier withdrawal; None when the portal itself says that it has none."""
        return self._withdrawals.withdrawn(client_ref, manifest_sha256)

    def abort(self) -> None:
        """End what is under way on every line."""
        for line in self._lines:
            line.transport.abort()

    def close(self) -> None:
        """Close idle connections."""
        for line in self._lines:
            line.transport.close()

    def _reconcile(self, client_refs: Sequence[UUID]) -> ReconcileAnswer | Held | TryLater:
        body = ReconcileRequest(client_refs=tuple(client_refs)).model_dump_json().encode()
        path = "/v1/submissions/reconcile"
        answer = self._line.send(Call("POST", path, (JSON_MEDIA_TYPE,), body, JSON_MEDIA_TYPE))
        if not isinstance(answer, Answer):
            return answer
        if answer.status != HTTPStatus.OK:
            result = setback(answer)
            if not isinstance(result, Refused):
                return result
            # Nothing here belongs to a dossier: whom the portal forbids to ask, it forbids the kiosk.
            forbidden = answer.status == HTTPStatus.FORBIDDEN
            return Held(QueueCondition.AUTH, result.reason) if forbidden else TryLater(result.reason)
        try:
            return ReconcileAnswer.model_validate_json(answer.body)
        except ValidationError:
            return TryLater("unknown:reconcile")

    def _verify(self, answer: Answer, parcel: Parcel) -> Accepted | Held | TryLater:
        try:
            signed = SignedReceipt.model_validate_json(answer.body)
        except ValidationError:
            return TryLater("unknown:receipt_form")
        return verify_receipt(signed.receipt, parcel.manifest, self._keys, self._line.transport)


def _path(client_ref: UUID) -> str:
    return f"/v1/submissions/{client_ref}"


def _asked_again(answer: Answer, manifest: bytes) -> tuple[str, ...]:
    """The dossier's own pieces that a refused commit asks for, by name or by a document whose digest did not fit."""
    problem = problem_of(answer)
    if problem is None or problem.type not in {ProblemType.MISSING_PIECES, ProblemType.DIGEST_MISMATCH}:
        return ()
    sealed = Manifest.model_validate_json(manifest)
    unfit = {
        piece.sha256 for document in sealed.documents if document.sha256 == problem.sha256 for piece in document.pieces
    }
    named = {*problem.missing, problem.sha256}
    return tuple(piece.sha256 for piece in sealed.pieces() if piece.sha256 in named | unfit)
