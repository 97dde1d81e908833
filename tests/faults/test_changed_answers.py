"""A portal of another version: members that are new are ignored, without those that are needed nothing changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jwt.utils import base64url_decode
from pydantic import BaseModel

from kiosk.outbox import UNSENT, State
from kiosk.receipt import Receipt, ReconcileAnswer, SignedKeys, SignedReceipt, TokenAnswer
from sync.receipts import RECEIPT_TYP
from tests.fakes_http import Altered, Reply, Say
from tests.fakes_portal import FakePortal, sign
from tests.faults.filed import CALLS, Filed

ANSWERS: dict[str, type[BaseModel]] = {
    "token": TokenAnswer,
    "check-up": ReconcileAnswer,
    "keys": SignedKeys,
    "commit": SignedReceipt,
}
Change = Callable[[dict[str, Any]], dict[str, Any]]


def needed(kind: type[BaseModel]) -> list[str]:
    return [name for name, member in kind.model_fields.items() if member.is_required()]


def without(name: str) -> Change:
    return lambda content: {key: value for key, value in content.items() if key != name}


def with_news(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"new": {"deep": [1, None]}, "status": "a state that nobody knew"}


def body(change: Change) -> Reply:
    """The right answer with another body."""
    return Altered(lambda said: replace(said, body=json.dumps(change(json.loads(said.body))).encode()))


def receipt(server: FakePortal, change: Change) -> Reply:
    """The right answer with another receipt, well signed."""

    def alter(said: Say) -> Say:
        payload = json.loads(base64url_decode(json.loads(said.body)["receipt"].split(".")[1]))
        changed = sign(json.dumps(change(payload)).encode(), server.signing, server.kid, RECEIPT_TYP)
        return replace(said, body=json.dumps({"receipt": changed}).encode())

    return Altered(alter)


@pytest.mark.parametrize(("call", "name"), [(call, name) for call, kind in ANSWERS.items() for name in needed(kind)])
def test_without_a_member_that_is_needed_nothing_changes(
    filed: Filed, server: FakePortal, call: str, name: str
) -> None:
    server.always(*CALLS[call][:2], body(without(name)))
    filed.desk.round()
    assert filed.states <= ({State.RECEIPTED} if call == "check-up" else UNSENT)
    filed.assert_all_is_well()


@pytest.mark.parametrize("name", needed(Receipt))
def test_a_receipt_without_a_member_is_none(filed: Filed, server: FakePortal, name: str) -> None:
    for call in ("commit", "recall"):
        server.always(*CALLS[call][:2], receipt(server, without(name)))
    assert filed.desk.round().postponed == 2
    assert filed.states == {State.COMMITTING}
    filed.assert_all_is_well()


@pytest.mark.parametrize("call", ANSWERS)
def test_members_that_are_new_mean_nothing(filed: Filed, server: FakePortal, call: str) -> None:
    server.always(*CALLS[call][:2], body(with_news))
    assert filed.desk.round().accepted == 2
    filed.assert_all_is_well()


def test_new_members_of_a_receipt_mean_nothing(filed: Filed, server: FakePortal) -> None:
    server.always(*CALLS["commit"][:2], receipt(server, with_news))
    assert filed.desk.round().accepted == 2
    assert filed.states == {State.RECEIPTED}
