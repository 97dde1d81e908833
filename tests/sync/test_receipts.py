"""Tests of sync/receipts.py: nothing but the one exact receipt is believed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.outbox import Accepted, Held, QueueCondition, TryLater
from kiosk.receipt import Receipt, ReceiptDocument
from sync.receipts import KEYS_TYP, RECEIPT_TYP, PortalKeys, ed25519_key, verify_receipt
from sync.transport import JSON_MEDIA_TYPE, Transport
from tests.fakes_http import Reply, Say, html
from tests.fakes_portal import FakePortal, jwk_of, sign
from tests.sync.desk import Desk


@dataclass
class Case:
    """A sealed manifest and what is needed to judge receipts for it."""

    server: FakePortal
    transport: Transport
    manifest: bytes
    keys: PortalKeys

    def signed(self, receipt: Receipt, kid: str = "k1", typ: str = RECEIPT_TYP) -> str:
        return sign(receipt.model_dump_json().encode(), self.server.signing, kid, typ)

    def judge(self, jws: str) -> Accepted | Held | TryLater:
        return verify_receipt(jws, self.manifest, self.keys, self.transport)


@pytest.fixture
def case(desk: Desk, server: FakePortal) -> Case:
    manifest = desk.store.manifest(desk.file(1, b"first paper", b"second paper"))
    return Case(server, desk.transports[0], manifest, PortalKeys(jwk_of(server.root)))


def test_the_right_receipt_is_accepted(case: Case) -> None:
    receipt = case.server.receipt_of(case.manifest)
    jws = case.signed(receipt)
    assert case.judge(jws) == Accepted(receipt, jws)


def test_the_order_of_documents_means_nothing(case: Case) -> None:
    receipt = case.server.receipt_of(case.manifest)
    turned = receipt.model_copy(update={"documents": receipt.documents[::-1]})
    assert isinstance(case.judge(case.signed(turned)), Accepted)


def other_bytes(document: ReceiptDocument) -> ReceiptDocument:
    return document.model_copy(update={"sha256": "a" * 64})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: {"client_ref": uuid4()}, "client_ref"),
        (lambda r: {"kiosk_id": "kiosk-2"}, "kiosk_id"),
        (lambda r: {"manifest_sha256": "0" * 64}, "manifest"),
        (lambda r: {"documents": r.documents[:1]}, "documents"),
        (lambda r: {"documents": ()}, "documents"),
        (lambda r: {"documents": (*r.documents, r.documents[0])}, "documents"),
        (lambda r: {"documents": (other_bytes(r.documents[0]), r.documents[1])}, "documents"),
        (lambda r: {"documents": (r.documents[0].model_copy(update={"size": 1}), r.documents[1])}, "documents"),
        (lambda r: {"documents": (r.documents[0].model_copy(update={"id": UUID(int=9)}), r.documents[1])}, "documents"),
    ],
    ids=["ref", "kiosk", "manifest", "missing", "none", "twice", "digest", "size", "id"],
)
def test_a_receipt_for_anything_else_is_unknown(
    case: Case, change: Callable[[Receipt], dict[str, object]], reason: str
) -> None:
    receipt = case.server.receipt_of(case.manifest)
    wrong = receipt.model_copy(update=change(receipt))
    assert case.judge(case.signed(wrong)) == TryLater(f"unknown:receipt_{reason}")


def test_a_signature_by_another_key_is_not_believed(case: Case) -> None:
    receipt = case.server.receipt_of(case.manifest).model_dump_json().encode()
    forged = sign(receipt, Ed25519PrivateKey.generate(), "k1", RECEIPT_TYP)
    assert case.judge(forged) == TryLater("unknown:receipt_signature")


def test_another_kind_of_signed_thing_is_no_receipt(case: Case) -> None:
    jws = case.signed(case.server.receipt_of(case.manifest), typ="vnd.diem-truy-cap.catalog+json")
    assert case.judge(jws) == TryLater("unknown:receipt_signature")


def test_an_unsigned_receipt_or_one_by_a_shared_secret_is_not_believed(case: Case) -> None:
    payload = case.server.receipt_of(case.manifest).model_dump_json().encode()
    headers = {"kid": "k1", "typ": RECEIPT_TYP}
    public = case.server.signing.public_key().public_bytes_raw()
    for jws in (
        jwt.PyJWS().encode(payload, "", algorithm="none", headers=headers),
        jwt.PyJWS().encode(payload, public, algorithm="HS256", headers=headers),
    ):
        assert case.judge(jws) == TryLater("unknown:receipt_signature")


@pytest.mark.parametrize("jws", ["", "a.b", "a.b.c", "....", "é", "e30.e30.e30"])
def test_what_is_no_jws_is_unknown(case: Case, jws: str) -> None:
    result = case.judge(jws)
    assert isinstance(result, TryLater)
    assert result.reason.startswith("unknown:")


def test_a_payload_that_is_no_receipt_is_unknown(case: Case) -> None:
    assert case.judge(sign(b"{}", case.server.signing, "k1", RECEIPT_TYP)) == TryLater("unknown:receipt_form")


def test_keys_are_fetched_once_and_again_for_an_unknown_name(case: Case) -> None:
    receipt = case.server.receipt_of(case.manifest)
    for _ in range(3):
        case.judge(case.signed(receipt))
    assert case.server.count("GET", "/v1/keys") == 1
    case.server.kid = "k2"
    assert isinstance(case.judge(case.signed(receipt, "k2")), Accepted)
    assert case.server.count("GET", "/v1/keys") == 2


def test_a_name_that_stays_unknown_is_asked_for_once(case: Case) -> None:
    result = case.judge(case.signed(case.server.receipt_of(case.manifest), "retired"))
    assert result == TryLater("unknown:key")
    assert case.server.count("GET", "/v1/keys") == 1


def key_set(server: FakePortal, key: Ed25519PrivateKey, typ: str = KEYS_TYP, content: object = None) -> Reply:
    keys = {"keys": [jwk_of(server.signing, "k1")]} if content is None else content
    signed = sign(json.dumps(keys).encode(), key, "root", typ)
    return Say(200, json.dumps({"keys": signed}).encode(), JSON_MEDIA_TYPE)


def test_keys_that_the_pinned_root_has_not_signed_are_not_believed(case: Case) -> None:
    jws = case.signed(case.server.receipt_of(case.manifest))
    for reply in (
        key_set(case.server, Ed25519PrivateKey.generate()),
        key_set(case.server, case.server.signing),
        key_set(case.server, case.server.root, RECEIPT_TYP),
        key_set(case.server, case.server.root, content=[]),
        key_set(case.server, case.server.root, content={"keys": [{"kid": "k1", "kty": "oct", "k": "AAAA"}]}),
        key_set(case.server, case.server.root, content={"keys": [{"kty": "OKP"}]}),
        Say(200, b'{"keys": 1}', JSON_MEDIA_TYPE),
    ):
        case.server.script("GET", "/v1/keys", reply)
        assert case.judge(jws) == TryLater("unknown:keys")
    assert isinstance(case.judge(jws), Accepted)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (html(), Held(QueueCondition.CAPTIVE, "http-200 text/html")),
        (Say(503), TryLater("http-503")),
        (Say(400), TryLater("http-400")),
    ],
)
def test_keys_that_do_not_come_leave_the_receipt_unknown(case: Case, reply: Reply, expected: Held | TryLater) -> None:
    case.server.always("GET", "/v1/keys", reply)
    assert case.judge(case.signed(case.server.receipt_of(case.manifest))) == expected


def test_only_a_public_ed25519_jwk_is_a_key() -> None:
    good = jwk_of(Ed25519PrivateKey.generate())
    assert ed25519_key(good).public_bytes_raw()
    for bad in ({**good, "crv": "X25519"}, {**good, "kty": "EC"}, {**good, "x": "AA"}, {**good, "d": "A" * 43}, {}):
        with pytest.raises(ValueError, match="Ed25519"):
            ed25519_key(bad)
