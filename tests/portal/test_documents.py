"""Tests of portal/documents.py: signed, and newer only."""

import json

import jwt
import pytest

from portal.documents import DOCUMENT_NAMES, DocumentName, publish
from portal.opening import Portal
from tests.portal.desk import NOON, TIMEOUT_S, Desk


def fetched(desk: Desk, name: str) -> tuple[dict[str, object], str]:
    answer = desk.call("GET", f"/v1/{name}")
    signed = answer.json()["document"]
    key = desk.keys()[jwt.get_unverified_header(signed)["kid"]]
    return json.loads(jwt.PyJWS().decode(signed, key, algorithms=["EdDSA"])), answer.headers["ETag"]


@pytest.mark.parametrize("name", DOCUMENT_NAMES)
def test_the_version_rises_with_each_document(portal: Portal, desk: Desk, name: DocumentName) -> None:
    empty, first_etag = fetched(desk, name)
    assert empty == {"name": name, "version": 0, "issued_at": None, "content": {}}
    with portal.database.write() as connection:
        assert publish(connection, name, {"a": 1}, NOON) == 1
        assert publish(connection, name, {"tên": "Mẫu"}, NOON) == 2
    newer, etag = fetched(desk, name)
    assert newer == {"name": name, "version": 2, "issued_at": NOON.isoformat(), "content": {"tên": "Mẫu"}}
    assert etag != first_etag
    headers = {"Authorization": f"Bearer {desk.token}", "If-None-Match": first_etag}
    assert desk.http.get(f"{desk.url}/v1/{name}", headers=headers, timeout=TIMEOUT_S).status_code == 200
