"""Receipts that are not the one, and keys that change: nothing passes for filed, nothing is asked in circles."""

import json
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.utils import base64url_decode

from kiosk.outbox import QueueCondition, State
from kiosk.receipt import Receipt
from sync.alarms import SyncAlarm
from sync.receipts import RECEIPT_TYP
from tests.fakes_http import Altered, LoseAnswer, Reply, Say
from tests.fakes_portal import FakePortal, sign
from tests.faults.filed import CALLS, Filed

CLEAR = QueueCondition.CLEAR


def payload_of(jws: str) -> bytes:
    """What is signed, whoever signed it."""
    return base64url_decode(jws.split(".")[1])


def changed_receipt(server: FakePortal, change: Callable[[Receipt], Receipt]) -> Reply:
    """The right answer, with another receipt in it, well signed."""

    def alter(said: Say) -> Say:
        content = json.loads(said.body)
        payload = Receipt.model_validate_json(payload_of(content["receipt"]))
        content["receipt"] = sign(change(payload).model_dump_json().encode(), server.signing, server.kid, RECEIPT_TYP)
        return replace(said, body=json.dumps(content).encode())

    return Altered(alter)


def changed_text(change: Callable[[str], object]) -> Callable[[FakePortal], Reply]:
    """The right answer, with something else in the receipt's place."""

    def alter(said: Say) -> Say:
        content = json.loads(said.body)
        return replace(said, body=json.dumps(content | {"receipt": change(content["receipt"])}).encode())

    return lambda _server: Altered(alter)


def resigned(key: Ed25519PrivateKey | None, kid: str, typ: str = RECEIPT_TYP) -> Callable[[FakePortal], Reply]:
    """The right receipt under another signature: of another key, of another name, for another use."""

    def reply(server: FakePortal) -> Reply:
        def again(jws: str) -> str:
            return sign(payload_of(jws), key or server.signing, kid or server.kid, typ)

        return changed_text(again)(server)

    return reply


def field(**changes: object) -> Callable[[FakePortal], Reply]:
    return lambda server: changed_receipt(server, lambda receipt: receipt.model_copy(update=changes))


WRONG_RECEIPTS: dict[str, Callable[[FakePortal], Reply]] = {
    "another-dossiers": field(client_ref=UUID(int=77)),
    "another-kiosks": field(kiosk_id="kiosk-2"),
    "other-bytes": field(manifest_sha256="0" * 64),
    "no-papers": field(documents=()),
    "bad-signature": changed_text(lambda jws: jws[:-4] + ("AAAA" if jws[-4:] != "AAAA" else "BBBB")),
    "cut-short": changed_text(lambda jws: jws[: len(jws) // 2]),
    "not-a-text": changed_text(lambda _: 5),
    "empty": changed_text(lambda _: ""),
    "anothers-key": resigned(Ed25519PrivateKey.generate(), ""),
    "unknown-kid": resigned(Ed25519PrivateKey.generate(), "k9"),
    "another-use": resigned(None, "", "jwk-set+json"),
}


@pytest.mark.parametrize("wrong", WRONG_RECEIPTS)
@pytest.mark.parametrize("call", ["commit", "recall"])
def test_a_receipt_that_is_not_the_one_is_an_alarm_and_files_nothing(
    filed: Filed, server: FakePortal, call: str, wrong: str
) -> None:
    for each in ("commit", "recall"):
        server.always(*CALLS[each][:2], WRONG_RECEIPTS[wrong](server))
    if call == "recall":
        filed.desk.round()
        filed.desk.clock.advance(3600)
    server.seen.clear()
    report = filed.desk.round()
    assert (report.condition, report.postponed, report.alarms) == (CLEAR, 2, (SyncAlarm.WRONG_RECEIPT,))
    assert filed.states == {State.COMMITTING}
    assert server.count("GET", "/v1/keys") <= 2, "once for each try of a dossier at the most"
    filed.assert_all_is_well()
    assert filed.desk.round().alarms == ()


def test_a_flood_of_unknown_keys_does_not_become_a_flood_of_questions(filed: Filed, server: FakePortal) -> None:
    def under_a_new_name(jws: str) -> str:
        return sign(payload_of(jws), server.signing, str(uuid4()), RECEIPT_TYP)

    for each in ("commit", "recall"):
        server.always(*CALLS[each][:2], changed_text(under_a_new_name)(server))
    for _ in range(5):
        filed.desk.round()
        filed.desk.clock.advance(3600)
    assert server.count("GET", "/v1/keys") <= 2 * 5
    filed.assert_all_is_well()


def test_a_new_key_of_the_portal_is_fetched_once_and_the_old_one_is_believed_for_ever(
    filed: Filed, server: FakePortal
) -> None:
    first = filed.promises[0].client_ref
    server.script("PUT", f"/v1/submissions/{first}", LoseAnswer())  # signed with the old key, and never heard of
    filed.desk.round()
    server.rotate("k2")
    filed.desk.clock.advance(90 * 86400)  # months later
    filed.desk.start_again()  # and has no keys
    filed.desk.round()
    assert filed.states == {State.RECEIPTED}
    assert server.count("GET", "/v1/keys") <= 2
