"""Tests of portal/openapi.py: the document describes every call, and every described call is there."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import requests

from kiosk.manifest import MEDIA_TYPE
from kiosk.receipt import PROBLEM_MEDIA_TYPE, RECEIPT_MEDIA_TYPE
from tests.portal.desk import TIMEOUT_S, Desk

CALLS = {
    ("post", "/v1/kiosks/enrol"),
    ("post", "/v1/token"),
    ("get", "/v1/keys"),
    ("head", "/v1/blobs/{sha256}"),
    ("put", "/v1/blobs/{sha256}"),
    ("put", "/v1/submissions/{client_ref}"),
    ("get", "/v1/submissions/{client_ref}"),
    ("put", "/v1/submissions/{client_ref}/withdrawal"),
    ("get", "/v1/submissions/{client_ref}/withdrawal"),
    ("post", "/v1/submissions/reconcile"),
    ("put", "/v1/calls/{call_id}"),
    ("get", "/v1/catalog"),
    ("get", "/v1/roster"),
}
OPEN = {"/v1/kiosks/enrol", "/v1/token", "/v1/keys"}


@pytest.fixture
def schema(url: str) -> dict[str, Any]:
    document: dict[str, Any] = requests.get(f"{url}/openapi.json", timeout=TIMEOUT_S).json()
    return document


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for member in part.values():
            yield from references(member)
    elif isinstance(part, list):
        for member in part:
            yield from references(member)


def test_the_document_describes_exactly_the_contract(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    assert {"title", "version", "description"} <= set(schema["info"])
    assert {(method, path) for method, path, _ in operations(schema)} == CALLS


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    assert {"Manifest", "SignedReceipt", "Problem"} <= set(components)
    assert {ref.removeprefix("#/components/schemas/") for ref in references(schema)} <= set(components)
    for described in components.values():
        jsonschema.Draft202012Validator.check_schema(described)


def test_every_call_says_what_it_answers(schema: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(set(ids)) == len(ids)
    for method, path, operation in operations(schema):
        assert operation["summary"]
        assert operation["description"]
        statuses = set(operation["responses"])
        assert any(status.startswith("2") for status in statuses), (method, path)
        assert "503" in statuses, (method, path)
        for status, response in operation["responses"].items():
            assert response["description"]
            if status >= "400":
                assert list(response["content"]) == [PROBLEM_MEDIA_TYPE], (method, path, status)
        assert ("security" in operation) == (path not in OPEN), (method, path)
        assert ("401" in statuses) == (path not in OPEN - {"/v1/token"}), (method, path)


def test_the_commit_names_its_media_types(schema: dict[str, Any]) -> None:
    commit = schema["paths"]["/v1/submissions/{client_ref}"]["put"]
    assert list(commit["requestBody"]["content"]) == [MEDIA_TYPE]
    for status in ("200", "201"):
        assert list(commit["responses"][status]["content"]) == [RECEIPT_MEDIA_TYPE]


def test_every_described_call_answers_as_described(schema: dict[str, Any], desk: Desk) -> None:
    values = {"{sha256}": "0" * 64, "{client_ref}": "00000000-0000-7000-8000-000000000000"}
    for method, path, operation in operations(schema):
        for name, value in values.items():
            path = path.replace(name, value)  # noqa: PLW2901 (the path with its values)
        answer = desk.call(method.upper(), path, b"" if method in ("put", "post") else None)
        assert str(answer.status_code) in operation["responses"], (method, path, answer.status_code)


def test_a_manifest_fits_the_described_schema(schema: dict[str, Any], desk: Desk) -> None:
    described = {"$ref": "#/components/schemas/Manifest", "components": schema["components"]}
    manifest = desk.manifest().model_dump(mode="json")
    jsonschema.Draft202012Validator(described).validate(manifest)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(described).validate(manifest | {"copies_count": 0})
