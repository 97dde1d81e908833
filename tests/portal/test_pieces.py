"""Tests of portal/pieces.py: encrypted, whole or absent, and asked for again when damaged."""

import os
from pathlib import Path

import pytest

from kiosk.manifest import sha256_hex
from portal.pieces import UNFINISHED_MAX_AGE_S, PieceStore
from portal.sealing import Damaged, Sealing

CANARY = "NGUYỄN VĂN MẪU 001099000123".encode()
DIGEST = sha256_hex(CANARY)


@pytest.fixture
def pieces(tmp_path: Path) -> PieceStore:
    return PieceStore(tmp_path, Sealing(bytes(32)))


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_piece_is_kept_once(pieces: PieceStore, tmp_path: Path) -> None:
    assert not pieces.has(DIGEST)
    assert pieces.get(DIGEST) is None
    assert pieces.put(DIGEST, CANARY)
    assert not pieces.put(DIGEST, CANARY)
    assert pieces.has(DIGEST)
    assert pieces.get(DIGEST) == CANARY
    assert len(files_below(tmp_path)) == 1


def test_neither_content_nor_name_tells_what_is_kept(pieces: PieceStore, tmp_path: Path) -> None:
    pieces.put(DIGEST, CANARY)
    [path] = files_below(tmp_path)
    assert CANARY[:10] not in path.read_bytes()
    assert DIGEST[:8] not in str(path)


def test_a_damaged_piece_is_put_aside_and_may_come_again(pieces: PieceStore, tmp_path: Path) -> None:
    pieces.put(DIGEST, CANARY)
    [path] = files_below(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert pieces.get(DIGEST) is None
    assert not pieces.has(DIGEST)
    assert pieces.put(DIGEST, CANARY)
    assert pieces.get(DIGEST) == CANARY


def test_reading_stops_loudly_where_a_piece_is_gone(pieces: PieceStore) -> None:
    pieces.put(DIGEST, CANARY)
    reading = pieces.read(iter([DIGEST, sha256_hex(b"gone")]))
    assert next(reading) == CANARY
    with pytest.raises(Damaged):
        next(reading)


def test_what_a_power_cut_left_unfinished_is_removed_unless_it_may_be_at_work(tmp_path: Path) -> None:
    unfinished = tmp_path / "unfinished"
    unfinished.mkdir()
    old, young = unfinished / "old.part", unfinished / "young.part"
    for path in (old, young):
        path.write_bytes(b"half")
    hours_ago = old.stat().st_mtime - UNFINISHED_MAX_AGE_S - 60
    os.utime(old, (hours_ago, hours_ago))
    PieceStore(tmp_path, Sealing(bytes(32)))
    assert os.listdir(unfinished) == ["young.part"]
