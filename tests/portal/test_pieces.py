"""Tests of portal/pieces.py and of every shelf that pieces lie on: sealed, whole or absent, and mended."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.manifest import sha256_hex
from portal.bucket_shelf import BucketPlace, BucketShelf
from portal.folder_shelf import UNFINISHED_MAX_AGE_S, FolderShelf
from portal.pieces import PieceStore
from portal.sealing import Damaged, Sealing
from portal.shelf import Shelf
from tests.portal.object_store import ObjectStore

CANARY = "NGUYỄN VĂN MẪU 001099000123".encode()
DIGEST = sha256_hex(CANARY)


@pytest.fixture(scope="module", params=["folder", "bucket"])
def object_store(request: pytest.FixtureRequest) -> Iterator[ObjectStore | None]:
    """A server that speaks S3, for the tests of buckets."""
    if request.param == "folder":
        yield None
        return
    with ObjectStore() as running:
        yield running


@pytest.fixture
def shelf(object_store: ObjectStore | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    if object_store is None:
        return FolderShelf(tmp_path)
    for name, value in object_store.keys.items():
        monkeypatch.setenv(name, value)
    return BucketShelf(BucketPlace.of(object_store.new_place()))


@pytest.fixture
def pieces(shelf: Shelf) -> PieceStore:
    return PieceStore(shelf, Sealing(bytes(32)))


def test_a_piece_is_kept_once(pieces: PieceStore) -> None:
    assert not pieces.has(DIGEST)
    assert pieces.get(DIGEST) is None
    pieces.put(DIGEST, CANARY)
    pieces.put(DIGEST, CANARY)
    assert pieces.has(DIGEST)
    assert pieces.get(DIGEST) == CANARY
    assert [shelved.name for shelved in pieces.shelf.listed()] == [pieces.name(DIGEST)]


def test_neither_content_nor_name_tells_what_is_kept(pieces: PieceStore) -> None:
    pieces.put(DIGEST, CANARY)
    [shelved] = pieces.shelf.listed()
    assert DIGEST[:8] not in shelved.name
    lying = pieces.shelf.get(shelved.name)
    assert lying is not None
    assert CANARY[:10] not in lying
    assert len(lying) == shelved.size


def test_a_damaged_piece_is_put_aside_and_may_come_again(pieces: PieceStore) -> None:
    pieces.shelf.put(pieces.name(DIGEST), b"damaged")
    assert pieces.has(DIGEST)
    assert pieces.get(DIGEST) is None
    assert not pieces.has(DIGEST)
    assert list(pieces.shelf.listed()) == []
    pieces.put(DIGEST, CANARY)
    assert pieces.get(DIGEST) == CANARY


def test_a_damaged_piece_is_mended_when_it_is_brought(pieces: PieceStore) -> None:
    pieces.shelf.put(pieces.name(DIGEST), b"damaged")
    pieces.put(DIGEST, CANARY)
    assert pieces.get(DIGEST) == CANARY


def test_reading_stops_loudly_where_a_piece_is_gone(pieces: PieceStore) -> None:
    pieces.put(DIGEST, CANARY)
    reading = pieces.read(iter([DIGEST, sha256_hex(b"gone")]))
    assert next(reading) == CANARY
    with pytest.raises(Damaged):
        next(reading)


def test_what_is_removed_is_gone_and_may_be_removed_again(pieces: PieceStore) -> None:
    pieces.put(DIGEST, CANARY)
    for _ in range(2):
        pieces.shelf.remove(pieces.name(DIGEST))
    assert not pieces.has(DIGEST)
    assert list(pieces.shelf.listed()) == []


def test_all_are_listed_with_when_they_were_put(pieces: PieceStore) -> None:
    contents = [bytes([number]) * 100 for number in range(30)]
    for content in contents:
        pieces.put(sha256_hex(content), content)
    listed = list(pieces.shelf.listed())
    assert {shelved.name for shelved in listed} == {pieces.name(sha256_hex(content)) for content in contents}
    now = datetime.now(UTC)
    assert all(abs(now - shelved.put_at) < timedelta(minutes=5) for shelved in listed)


def test_what_a_power_cut_left_unfinished_is_removed_unless_it_may_be_at_work(tmp_path: Path) -> None:
    unfinished = tmp_path / "unfinished"
    unfinished.mkdir()
    old, young = unfinished / "old.part", unfinished / "young.part"
    for path in (old, young):
        path.write_bytes(b"half")
    hours_ago = old.stat().st_mtime - UNFINISHED_MAX_AGE_S - 60
    os.utime(old, (hours_ago, hours_ago))
    FolderShelf(tmp_path)
    assert os.listdir(unfinished) == ["young.part"]
