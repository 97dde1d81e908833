"""The wire: what is sealed comes back the same from its bytes, and what does not fit is refused."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk import manifest as wire
from tests.factories import LATER, make_dossier, make_visit
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH

SHA = "0123456789abcdef" * 4


def sealed(**answers: Any) -> wire.Manifest:
    visit = make_visit(values={**OWN_BIRTH, **answers})
    return make_dossier(visit).manifest(kiosk_id="kiosk-01", seq=7, audit_head=SHA, sealed_at=LATER)


def spoiled(path: str, value: object) -> str:
    """The manifest as JSON with one member changed; the path is written with dots."""
    members = json.loads(sealed().to_bytes())
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = members
    for part in parents:
        place = place[part]
    place[last] = value
    return json.dumps(members)


@pytest.mark.parametrize("values", [OWN_BIRTH, FATHERS_DEATH], ids=["own birth", "father's death"])
def test_the_bytes_mean_what_was_sealed(values: Any) -> None:
    dossier = make_dossier(make_visit(values=values))
    manifest = dossier.manifest(kiosk_id="kiosk-01", seq=7, audit_head=SHA, sealed_at=LATER)
    again = wire.Manifest.model_validate_json(manifest.to_bytes())
    assert again == manifest
    assert again.to_bytes() == manifest.to_bytes()


def test_answers_keep_their_kind() -> None:
    again = wire.Manifest.model_validate_json(sealed().to_bytes())
    values = {answer.field: answer.value for answer in again.answers}
    assert values["copies"] == 2
    assert type(values["copies"]) is int
    assert values["has_old_copy"] is True
    assert values["event"] == "0"  # a code, not a number


def test_what_a_newer_kiosk_adds_is_passed_over() -> None:
    members = json.loads(sealed().to_bytes())
    members["mood"] = "good"
    members["owner"]["title"] = "Ông"
    assert wire.Manifest.model_validate_json(json.dumps(members)) == sealed()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_name", "diem-truy-cap/manifest/2"),
        ("client_ref", "7"),
        ("seq", 0),
        ("route", "prepare"),
        ("channel", "online"),
        ("audit_head", SHA[:-1]),
        ("slip_token_sha256", SHA.upper()),
        ("slip_token_sha256", SHA + "\n"),
        ("owner.birth_date", "27/03/1958"),
        ("owner.birth_date", "1958-3"),
        ("owner.birth_date", "١٩٥٨"),
        ("owner.assurance.level", "verified"),
        ("owner.name", None),
        ("delivery.by", "pigeon"),
        ("answers.0.source", "guess"),
        ("answers.0.at", "2026-11-21T02:00:00"),
        ("sealed_at.at", "2026-11-21T02:00:00"),
        ("sealed_at.at", "yesterday"),
        ("documents.0.sha256", "0" * 63),
        ("documents.0.size", 0),
        ("documents.0.page_count", 0),
        ("documents.0.copy_kind", "photo"),
        ("documents.0.origin", "internet"),
        ("documents.0.pieces.0.sha256", "z" * 64),
        ("documents.0.pieces.0.size", wire.PIECE_MAX_BYTES + 1),
        ("copies_count", 0),
        ("fees.0.amount_vnd", -1),
        ("fees.0.amount_vnd", 8000.5),
        ("fees.0.quantity", 0),
        ("fees.0.kind", "tip"),
        ("consents.0.text_sha256", ""),
        ("helper.kind", "robot"),
        ("events.0.actor", "nobody"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(path: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        wire.Manifest.model_validate_json(spoiled(path, value))
    assert path.split(".") == [str(part) for part in refused.value.errors()[0]["loc"][: path.count(".") + 1]]


def test_an_instant_needs_its_time_zone() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        wire.WireInstant(at=datetime(2026, 11, 21, 2))  # noqa: DTZ001 - that is what is refused


def test_nothing_in_it_can_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        sealed().seq = 8


@given(st.binary(max_size=3000), st.integers(1, 700))
def test_pieces_are_the_document_in_order(content: bytes, piece_bytes: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "PIECE_MAX_BYTES", piece_bytes)
        pieces = wire.cut(content)
    starts = [sum(piece.size for piece in pieces[:index]) for index in range(len(pieces))]
    parts = [content[start : start + piece.size] for start, piece in zip(starts, pieces, strict=True)]
    assert b"".join(parts) == content
    assert [wire.sha256_hex(part) for part in parts] == [piece.sha256 for piece in pieces]
    assert all(piece.size == piece_bytes for piece in pieces[:-1])


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        (1, [1]),
        (wire.PIECE_MAX_BYTES, [wire.PIECE_MAX_BYTES]),
        (wire.PIECE_MAX_BYTES + 1, [wire.PIECE_MAX_BYTES, 1]),
    ],
)
def test_a_piece_holds_a_mebibyte(size: int, sizes: list[int]) -> None:
    assert [piece.size for piece in wire.cut(bytes(size))] == sizes


def test_a_piece_that_two_documents_share_is_sent_once() -> None:
    manifest = sealed()
    twice = manifest.model_copy(update={"documents": (*manifest.documents, *manifest.documents)})
    assert twice.pieces() == manifest.pieces()


def test_the_digest_is_that_of_the_standard() -> None:
    """FIPS 180-4's own example."""
    assert wire.sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
