"""Our portal contract in memory over real HTTP, with the faults of fakes_http in front of it."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.manifest import PIECE_MAX_BYTES, Manifest, WireCode, content_digest, sha256_hex
from kiosk.receipt import (
    PROBLEM_MEDIA_TYPE,
    RECEIPT_MEDIA_TYPE,
    WITHDRAWAL_MEDIA_TYPE,
    Enrolment,
    EnrolRequest,
    Limits,
    Problem,
    ProblemType,
    Receipt,
    ReceiptDocument,
    SignedWithdrawal,
    WithdrawalAnswer,
    WithdrawalProof,
    WithdrawalRequest,
)
from tests.fakes_http import Caller, FakeServer, Reply, Say

JSON = "application/json"
WITHDRAWAL_TYP = WITHDRAWAL_MEDIA_TYPE.removeprefix("application/")
PROOF_TYP = "vnd.diem-truy-cap.withdrawal-proof+json"
KIOSK_ID = "kiosk-1"
CODE = "ABCD-EFGH-JKMN"
CLOCK_TOLERANCE_S = 120


def problem(kind: str, status: int, headers: dict[str, str] | None = None, **members: Any) -> Say:
    """An RFC 9457 problem."""
    body = Problem(type=kind, title="x", status=status, **members).model_dump_json().encode()
    return Say(status, body, PROBLEM_MEDIA_TYPE, headers or {})


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def jwk_of(key: Ed25519PrivateKey, kid: str = "") -> dict[str, str]:
    """The public half as a JWK."""
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_key().public_bytes_raw())}
    return jwk | ({"kid": kid} if kid else {})


def sign(payload: bytes, key: Ed25519PrivateKey, kid: str, typ: str) -> str:
    """A compact JWS."""
    return jwt.PyJWS().encode(payload, key, algorithm="EdDSA", headers={"kid": kid, "typ": typ})


class FakePortal(FakeServer):
    """One portal with at most one kiosk."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(now)
        self.root, self.signing = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        self.recovery = X25519PrivateKey.generate()
        self.kid = "k1"
        self.retired: dict[str, Ed25519PrivateKey] = {}
        self.kiosk_id = KIOSK_ID
        self.test = True
        self.device_jwk: dict[str, str] = {}
        self.pieces: dict[str, bytes] = {}
        self.manifests: dict[UUID, bytes] = {}
        self.receipts: dict[UUID, str] = {}
        self.durable: set[UUID] = set()
        self.withdrawn: dict[UUID, str] = {}
        self.token = ""
        self.tokens_given = 0
        self.claims: list[dict[str, Any]] = []
        self.change_receipt: Callable[[Receipt], Receipt] = lambda receipt: receipt

    def enrolment(self) -> Enrolment:
        """What the kiosk pins."""
        return Enrolment(
            kiosk_id=self.kiosk_id,
            agency=WireCode(code="H26.01", name="UBND phường Mẫu", scheme="20/2020/QĐ-TTg"),
            office_name="Bộ phận Một cửa phường Mẫu",
            hotline="19000000",
            limits=Limits(piece_max_bytes=PIECE_MAX_BYTES, document_max_bytes=10**8, dossier_max_bytes=10**9),
            root_key=jwk_of(self.root),
            recovery_key_id="r1",
            recovery_public_key=base64url(self.recovery.public_key().public_bytes_raw()),
            token_audience=self.url,
            test=self.test,
        )

    def answer(self, call: Caller) -> Reply:
        method, path = call.command, call.path.removeprefix("/v1/")
        match method, path.split("/"):
            case "POST", ["kiosks", "enrol"]:
                return self._enrol(call.body)
            case "POST", ["token"]:
                return self._give_token(call.body)
            case "GET", ["keys"]:
                return self._keys()
        if not self.token or call.headers.get("Authorization") != f"Bearer {self.token}":
            return problem(ProblemType.UNAUTHENTICATED, 401)
        match method, path.split("/"):
            case "HEAD", ["blobs", digest]:
                return Say(200) if digest in self.pieces else problem(ProblemType.NOT_FOUND, 404)
            case "PUT", ["blobs", digest]:
                return self._keep_piece(digest, call.body)
            case "POST", ["submissions", "reconcile"]:
                return self._reconcile(call.body)
            case _, ["submissions", ref, "withdrawal"]:
                return self._withdraw(UUID(ref), call.body) if method == "PUT" else self._withdrawal(UUID(ref))
            case "PUT", ["submissions", ref]:
                if call.headers.get("Content-Digest") != content_digest(call.body):
                    return problem(ProblemType.DIGEST_MISMATCH, 422)
                return self._commit(UUID(ref), call.body)
            case "GET", ["submissions", ref]:
                return self._status(UUID(ref))
        return problem(ProblemType.NOT_FOUND, 404)

    def rotate(self, kid: str) -> None:
        """Sign with a new key from now on; the old one stays in the set."""
        self.retired[self.kid] = self.signing
        self.kid, self.signing = kid, Ed25519PrivateKey.generate()

    def receipt_of(self, content: bytes) -> Receipt:
        """The receipt that these manifest bytes deserve."""
        manifest = Manifest.model_validate_json(content)
        return Receipt(
            client_ref=manifest.client_ref,
            kiosk_id=manifest.kiosk_id,
            manifest_sha256=sha256_hex(content),
            documents=tuple(ReceiptDocument(id=d.id, sha256=d.sha256, size=d.size) for d in manifest.documents),
            remote_id=f"remote-{len(self.receipts) + 1}",
            national_code=f"H26.01-20261116-{len(self.receipts) + 1:04d}",
            received_at=self.now(),
        )

    def _enrol(self, body: bytes) -> Reply:
        request = EnrolRequest.model_validate_json(body)
        if request.code != CODE:
            return problem(ProblemType.ENROL_CODE, 403)
        self.device_jwk = request.public_key
        return Say(201, self.enrolment().model_dump_json().encode(), JSON)

    def _give_token(self, body: bytes) -> Reply:
        form = parse_qs(body.decode())
        options: Any = {"verify_exp": False, "verify_iat": False}
        key = jwt.PyJWK(self.device_jwk, algorithm="EdDSA")
        claims = jwt.decode(form["assertion"][0], key, ["EdDSA"], options, audience=self.url, issuer=self.kiosk_id)
        self.claims.append(claims)
        if abs(claims["iat"] - self.now().timestamp()) > CLOCK_TOLERANCE_S:
            return problem(ProblemType.CLOCK, 401)
        self.tokens_given += 1
        self.token = f"token-{self.tokens_given}"
        return Say(
            200, json.dumps({"access_token": self.token, "token_type": "Bearer", "expires_in": 600}).encode(), JSON
        )

    def _keys(self) -> Reply:
        keys = {**self.retired, self.kid: self.signing}
        key_set = json.dumps({"keys": [jwk_of(key, kid) for kid, key in keys.items()]}).encode()
        return Say(200, json.dumps({"keys": sign(key_set, self.root, "root", "jwk-set+json")}).encode(), JSON)

    def _keep_piece(self, digest: str, body: bytes) -> Reply:
        if sha256_hex(body) != digest:
            return problem(ProblemType.DIGEST_MISMATCH, 422, sha256=digest)
        self.pieces[digest] = body
        return Say(201)

    def _reconcile(self, body: bytes) -> Reply:
        asked = [UUID(text) for text in json.loads(body)["client_refs"]]
        durable = [str(ref) for ref in asked if ref in self.durable]
        held = [str(ref) for ref in asked if ref in self.receipts and ref not in self.durable]
        unknown = [str(ref) for ref in asked if ref not in self.receipts]
        return Say(200, json.dumps({"held": held, "durable": durable, "unknown": unknown}).encode(), JSON)

    def _withdraw(self, ref: UUID, body: bytes) -> Reply:
        signed = SignedWithdrawal.model_validate_json(body).withdrawal
        key = jwt.PyJWK(self.device_jwk, algorithm="EdDSA")
        content = jwt.PyJWS().decode_complete(signed, key, ["EdDSA"])
        request = WithdrawalRequest.model_validate_json(content["payload"])
        if (request.client_ref, content["header"]["typ"]) != (ref, WITHDRAWAL_TYP):
            return problem(ProblemType.INVALID_WITHDRAWAL, 422)
        self.withdraw(request)
        return self._withdrawal(ref)

    def withdraw(self, request: WithdrawalRequest) -> None:
        """Note a withdrawal, as if the kiosk had asked for it."""
        proof = WithdrawalProof(
            client_ref=request.client_ref,
            kiosk_id=request.kiosk_id,
            manifest_sha256=request.manifest_sha256,
            withdrawn_at=self.now(),
        )
        signed = sign(
            proof.model_dump_json().encode(), self.signing, self.kid, "vnd.diem-truy-cap.withdrawal-proof+json"
        )
        self.withdrawn.setdefault(request.client_ref, signed)

    def _withdrawal(self, ref: UUID) -> Reply:
        if ref not in self.withdrawn:
            return problem(ProblemType.NOT_FOUND, 404)
        answer = WithdrawalAnswer(withdrawal="", proof=self.withdrawn[ref])
        return Say(200, answer.model_dump_json().encode(), WITHDRAWAL_MEDIA_TYPE)

    def _commit(self, ref: UUID, body: bytes) -> Reply:
        if ref in self.withdrawn and ref not in self.receipts:
            return problem(ProblemType.WITHDRAWN, 410)
        if self.manifests.get(ref, body) != body:
            return problem(ProblemType.DIFFERENT_CONTENT, 409)
        pieces = Manifest.model_validate_json(body).pieces()
        missing = tuple(piece.sha256 for piece in pieces if piece.sha256 not in self.pieces)
        if missing:
            return problem(ProblemType.MISSING_PIECES, 422, missing=missing)
        if ref not in self.receipts:
            receipt = self.change_receipt(self.receipt_of(body))
            typ = RECEIPT_MEDIA_TYPE.removeprefix("application/")
            self.receipts[ref] = sign(receipt.model_dump_json().encode(), self.signing, self.kid, typ)
            self.manifests[ref] = body
        return Say(201, json.dumps({"receipt": self.receipts[ref]}).encode(), RECEIPT_MEDIA_TYPE)

    def _status(self, ref: UUID) -> Reply:
        if ref not in self.receipts:
            gone = ref in self.withdrawn
            return problem(ProblemType.WITHDRAWN, 410) if gone else problem(ProblemType.NOT_FOUND, 404)
        state = {"receipt": self.receipts[ref], "status": "received", "durable": ref in self.durable}
        return Say(200, json.dumps(state).encode(), JSON)
