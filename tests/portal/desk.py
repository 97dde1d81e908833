"""A kiosk as a portal sees it: plain calls over real HTTP, and made-up dossiers to send."""

import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk import manifest as wire
from kiosk.receipt import (
    PROBLEM_MEDIA_TYPE,
    WITHDRAWAL_MEDIA_TYPE,
    Enrolment,
    Problem,
    ProblemType,
    Receipt,
    SignedReceipt,
    SignedWithdrawal,
    WithdrawalAnswer,
    WithdrawalProof,
    WithdrawalRequest,
)
from portal.enrolment import Office

TIMEOUT_S = 30
WITHDRAWAL_TYP = WITHDRAWAL_MEDIA_TYPE.removeprefix("application/")
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
NAME = "NGUYỄN VĂN MẪU"
NUMBER = "001099000123"
OFFICE = Office("H32.15", "UBND phường Mẫu", "Bộ phận Một cửa phường Mẫu", "0299 000 0000")
NOON = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A manifest as it is sent, and the pieces that it lists."""

    client_ref: UUID
    content: bytes
    pieces: tuple[bytes, ...]


@dataclass
class Desk:
    """An enrolled kiosk. `call` authenticates; `http` alone does not."""

    url: str
    key: Ed25519PrivateKey
    enrolment: Enrolment
    http: requests.Session = field(default_factory=requests.Session)
    token: str = ""
    link: str = ""

    def call(self, method: str, path: str, body: bytes | None = None, media_type: str = "") -> requests.Response:
        """A call with a bearer token, which is fetched the first time."""
        self.token = self.token or self.exchange(self.assertion()).json()["access_token"]
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Content-Type": media_type} if media_type else {})
        return self.http.request(
            method, self.url + path, data=body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False
        )

    @contextmanager
    def sending(self, headers: dict[str, str]) -> Iterator[None]:
        """These headers go with every call inside the block."""
        self.http.headers.update(headers)
        try:
            yield
        finally:
            for name in headers:
                del self.http.headers[name]

    def assertion(self, **changes: Any) -> str:
        """A good assertion (RFC 7523 §3), but for the claims that are given; None leaves one out."""
        now = int(datetime.now(UTC).timestamp())
        claims = {
            "iss": self.enrolment.kiosk_id,
            "sub": self.enrolment.kiosk_id,
            "aud": self.enrolment.token_audience,
            "iat": now,
            "exp": now + 120,
            "jti": str(uuid.uuid4()),
            "after": self.link or None,
        } | changes
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.key, algorithm="EdDSA")

    def exchange(self, assertion: str) -> requests.Response:
        """Ask for a token; the link that comes with it is shown the next time."""
        form = {"grant_type": GRANT_TYPE, "assertion": assertion}
        answer = self.http.post(f"{self.url}/v1/token", data=form, timeout=TIMEOUT_S)
        if answer.status_code == 200:
            self.link = answer.json().get("link", "")
        return answer

    def put_piece(self, content: bytes, sha256: str = "") -> requests.Response:
        """Send a piece, under its own digest or under another."""
        path = f"/v1/blobs/{sha256 or wire.sha256_hex(content)}"
        return self.call("PUT", path, content, "application/octet-stream")

    def commit(self, dossier: Dossier) -> requests.Response:
        """Send the manifest."""
        return self.call("PUT", f"/v1/submissions/{dossier.client_ref}", dossier.content, wire.MEDIA_TYPE)

    def withdrawal(self, dossier: Dossier, typ: str = WITHDRAWAL_TYP, **changes: Any) -> str:
        """The kiosk's signed word that it wants the dossier back, but for what is changed."""
        told = WithdrawalRequest(
            client_ref=dossier.client_ref,
            kiosk_id=self.enrolment.kiosk_id,
            manifest_sha256=wire.sha256_hex(dossier.content),
            asked_at=NOON,
        ).model_copy(update=changes)
        payload = told.model_dump_json().encode()
        return jwt.PyJWS().encode(payload, self.key, algorithm="EdDSA", headers={"typ": typ})

    def withdraw(self, dossier: Dossier, signed: str = "") -> requests.Response:
        """Want the dossier back."""
        body = SignedWithdrawal(withdrawal=signed or self.withdrawal(dossier)).model_dump_json().encode()
        return self.call("PUT", f"/v1/submissions/{dossier.client_ref}/withdrawal", body, WITHDRAWAL_MEDIA_TYPE)

    def withdrawal_proof(self, answer: requests.Response) -> WithdrawalProof:
        """The proof in an answer, its signature verified from the pinned root on."""
        proof = WithdrawalAnswer.model_validate_json(answer.content).proof
        header = jwt.get_unverified_header(proof)
        assert header["typ"] == "vnd.diem-truy-cap.withdrawal-proof+json"
        payload = jwt.PyJWS().decode(proof, self.keys()[header["kid"]], algorithms=["EdDSA"])
        return WithdrawalProof.model_validate_json(payload)

    def file(self, dossier: Dossier) -> requests.Response:
        """Send everything, pieces first."""
        for piece in dossier.pieces:
            assert self.put_piece(piece).status_code in (200, 201)
        return self.commit(dossier)

    def receipt(self, answer: requests.Response) -> Receipt:
        """The receipt in an answer, its signature verified from the pinned root on."""
        signed = SignedReceipt.model_validate_json(answer.content).receipt
        kid = jwt.get_unverified_header(signed)["kid"]
        return Receipt.model_validate_json(jwt.PyJWS().decode(signed, self.keys()[kid], algorithms=["EdDSA"]))

    def keys(self) -> dict[str, Ed25519PublicKey]:
        """The portal's signing keys by kid, verified by the pinned root."""
        signed = self.http.get(f"{self.url}/v1/keys", timeout=TIMEOUT_S).json()["keys"]
        payload = jwt.PyJWS().decode(signed, public_key(self.enrolment.root_key), algorithms=["EdDSA"])
        return {jwk["kid"]: public_key(jwk) for jwk in json.loads(payload)["keys"]}

    def manifest(self, *documents: wire.DocumentRecord, **changes: Any) -> wire.Manifest:
        """A manifest of this kiosk for a made-up person."""
        return sample_manifest(self.enrolment, documents).model_copy(update=changes)

    def dossier(self, *papers: bytes, **changes: Any) -> Dossier:
        """A dossier with these papers (one small one of its own if none are given)."""
        contents = papers or (uuid.uuid4().bytes,)
        sealed = self.manifest(*(document(content) for content in contents), **changes)
        return dossier_of(sealed, *contents)


def enrol(url: str, code: str, key: Ed25519PrivateKey | None = None) -> Desk:
    """Enrol a kiosk with a one-time code."""
    key = key or Ed25519PrivateKey.generate()
    answer = enrol_call(url, code, jwk_of(key))
    assert answer.ok, answer.text
    desk = Desk(url, key, Enrolment.model_validate_json(answer.content))
    desk.http.trust_env = False
    return desk


def enrol_call(url: str, code: str, jwk: dict[str, str]) -> requests.Response:
    """The call alone."""
    body = {"code": code, "public_key": jwk, "device_name": "máy thử"}
    return requests.post(f"{url}/v1/kiosks/enrol", json=body, timeout=TIMEOUT_S)


def problem(answer: requests.Response, status: int, kind: ProblemType | None = None) -> Problem:
    """The problem in an answer of that status, and of that type if one is given."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == PROBLEM_MEDIA_TYPE
    read = Problem.model_validate_json(answer.content)
    assert read.status == status
    assert kind is None or read.type == kind
    return read


def jwk_of(key: Ed25519PrivateKey) -> dict[str, str]:
    """The public half as a JWK (RFC 8037)."""
    x = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x}


def public_key(jwk: dict[str, str]) -> Ed25519PublicKey:
    """The key of a JWK."""
    key = jwt.PyJWK(jwk, algorithm="EdDSA").key
    assert isinstance(key, Ed25519PublicKey)
    return key


def document(content: bytes, **changes: Any) -> wire.DocumentRecord:
    """A scanned paper of that content."""
    made = wire.DocumentRecord(
        id=uuid.uuid4(),
        part=wire.WireCode(code="giay-to", name="Giấy tờ chứng minh", scheme="test"),
        file_name="giấy tờ.pdf",
        media_type="application/pdf",
        sha256=wire.sha256_hex(content),
        size=len(content),
        page_count=1,
        copy_kind="copy",
        origin="scanner",
        pieces=wire.cut(content),
    )
    return made.model_copy(update=changes)


def dossier_of(sealed: wire.Manifest, *papers: bytes) -> Dossier:
    """The manifest as it is sent, with the papers cut into pieces."""
    size = wire.PIECE_MAX_BYTES
    pieces = [paper[start : start + size] for paper in papers for start in range(0, len(paper), size)]
    return Dossier(sealed.client_ref, sealed.to_bytes(), tuple(pieces))


def sample_manifest(enrolment: Enrolment, documents: tuple[wire.DocumentRecord, ...]) -> wire.Manifest:
    """A whole manifest: every kind of member is there."""
    procedure = wire.WireCode(code="2.000635", name="Cấp bản sao trích lục hộ tịch", scheme="test")
    commune = wire.WireCode(code="00001", name="Phường Mẫu", scheme="test")
    owner = wire.Party(
        name=NAME,
        birth_date="1958-03",
        sex="Nam",
        ids=(wire.PersonalId(kind="cccd", number=NUMBER, issued_on="2021-05-01", issued_by="Nơi cấp Mẫu"),),
        address=wire.WireAddress(commune=commune, line="Số 1 đường Mẫu"),
        phone="0900000000",
        assurance=wire.Assurance(level="card_code"),
    )
    at = wire.WireInstant(at=NOON)
    text = "Tôi cam đoan lời khai là đúng."
    return wire.Manifest(
        client_ref=uuid.uuid4(),
        slip_code="7K3M9PQRS2",
        kiosk_id=enrolment.kiosk_id,
        seq=1,
        test=enrolment.test,
        route="desk",
        catalog_version="1",
        form_version="1",
        procedure=procedure,
        domain=wire.WireCode(code="ho-tich", name="Hộ tịch", scheme="test"),
        agency=enrolment.agency,
        summary="Xin 2 bản sao trích lục khai sinh",
        owner=owner,
        submitter=owner.model_copy(update={"relation_to_owner": "bản thân"}),
        delivery=wire.Delivery(by="desk", receiver=owner),
        answers=sample_answers(),
        documents=documents,
        copies_count=2,
        fees=(sample_fee(),),
        consents=(
            wire.Consent(kind="declaration", text=text, text_sha256=wire.sha256_hex(text.encode()), accepted_at=at),
        ),
        helper=wire.HelperRecord(kind="volunteer", name="LÊ THỊ VÍ DỤ", unit="Đoàn phường Mẫu"),
        sealed_at=at,
        events=(wire.EventRecord(kind="sealed", at=at, actor="citizen"),),
        slip_token_sha256="0" * 64,
        audit_head="0" * 64,
    )


def sample_answers() -> tuple[wire.AnswerRecord, ...]:
    """One answer from each source."""
    return (
        wire.AnswerRecord(field="name", label="Họ và tên", value=NAME, text=NAME, source="card", at=NOON),
        wire.AnswerRecord(field="kind", label="Loại giấy", value="birth", text="Khai sinh", source="citizen", at=NOON),
        wire.AnswerRecord(field="copies", label="Số bản", value=2, text="2 bản", source="helper", at=NOON),
        wire.AnswerRecord(field="book", label="Số quyển", value=None, text="", source="citizen", at=NOON, unknown=True),
    )


def sample_fee() -> wire.FeeLine:
    """Two copies at the rate of Circular 281/2016/TT-BTC."""
    return wire.FeeLine(
        code="trich-luc",
        name="Phí cấp bản sao trích lục",
        kind="phi",
        unit_vnd=8000,
        quantity=2,
        amount_vnd=16000,
        reason="Thông tư 281/2016/TT-BTC",
        payment="at_counter",
    )
