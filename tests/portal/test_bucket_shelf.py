"""Tests of portal/bucket_shelf.py: where a bucket may be, and a store that is slow, cut off or wrong."""

import base64
import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.manifest import sha256_hex
from kiosk.receipt import ProblemType
from portal.app import make_app
from portal.bucket_shelf import BucketPlace, BucketShelf, BucketUnreachable
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.pieces import PieceStore
from portal.sealing import Sealing
from portal.settings import CannotStart, Settings, StartProblem
from tests.portal.desk import NAME, Desk, problem
from tests.portal.object_store import ObjectStore
from tests.portal.serving import serving

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture(scope="module")
def store() -> Iterator[ObjectStore]:
    with ObjectStore() as running:
        yield running


@pytest.fixture
def place(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, and the keys to it."""
    for name, value in store.keys.items():
        monkeypatch.setenv(name, value)
    return store.new_place()


@pytest.fixture
def pieces(place: str) -> PieceStore:
    return PieceStore(BucketShelf(BucketPlace.of(place)), Sealing(bytes(32)))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("s3://papers", BucketPlace("papers")),
        ("s3://papers/a/b/", BucketPlace("papers", "a/b")),
        (
            "s3://papers/a?endpoint=https://s3.example&region=hn",
            BucketPlace("papers", "a", "https://s3.example", "hn"),
        ),
        ("s3://papers?endpoint=http://127.0.0.1:9000", BucketPlace("papers", "", "http://127.0.0.1:9000")),
    ],
)
def test_a_bucket_is_named_by_a_url(url: str, place: BucketPlace) -> None:
    assert BucketPlace.of(url) == place


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "https://papers",
        "s3://key:secret@papers",
        "s3://papers?endpoint=http://s3.example",
        "s3://papers?endpoint=s3.example",
        "s3://papers?secret=x",
        "s3://papers?endpoint",
    ],
)
def test_what_names_none_or_an_open_line_or_a_secret_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"s3://|HTTPS|bad query"):
        BucketPlace.of(url)


def test_a_store_that_asks_for_patience_gets_it(store: ObjectStore, pieces: PieceStore) -> None:
    store.faults[:] = ["slow down"]
    pieces.put(sha256_hex(b"piece"), b"piece")
    assert pieces.get(sha256_hex(b"piece")) == b"piece"
    assert store.faults == []


@pytest.mark.parametrize("fault", ["slow down", "cut"])
def test_what_goes_on_for_too_long_is_told_and_nothing_is_there(
    store: ObjectStore, pieces: PieceStore, fault: str
) -> None:
    store.faults[:] = [fault] * 10
    with pytest.raises(BucketUnreachable):
        pieces.put(sha256_hex(b"piece"), b"piece")
    store.faults.clear()
    assert not pieces.has(sha256_hex(b"piece"))
    pieces.put(sha256_hex(b"piece"), b"piece")
    assert pieces.get(sha256_hex(b"piece")) == b"piece"


def test_what_was_bent_on_the_way_is_found_out_and_asked_for_again(store: ObjectStore, pieces: PieceStore) -> None:
    """By the store, to which the digest is sent along; by us, when it is read, where the store does not look."""
    digest = sha256_hex(b"piece")
    store.faults[:] = ["bent"]
    pieces.put(digest, b"piece")
    [name] = [shelved.name for shelved in pieces.shelf.listed()]
    bent = pieces.shelf.get(name)
    assert bent is not None
    mended = bent[:-1] + bytes([bent[-1] ^ 1])
    assert base64.b64encode(hashlib.sha256(mended).digest()).decode() in store.checksums
    assert pieces.get(digest) is None
    assert not pieces.has(digest)
    pieces.put(digest, b"piece")
    assert pieces.get(digest) == b"piece"


def test_an_unreachable_store_is_not_mistaken_for_an_absent_piece(store: ObjectStore, pieces: PieceStore) -> None:
    digest = sha256_hex(b"piece")
    pieces.put(digest, b"piece")
    for ask in (pieces.has, pieces.get):
        store.faults[:] = ["slow down"] * 10
        with pytest.raises(BucketUnreachable):
            ask(digest)
    store.faults.clear()
    assert pieces.has(digest)


@pytest.fixture
def in_bucket(settings: Settings, place: str) -> Iterator[Portal]:
    portal = open_portal(dataclasses.replace(settings, bucket_url=place), utc_now)
    yield portal
    portal.database.close()


def test_a_portal_keeps_its_papers_in_a_bucket_and_none_of_it_in_the_clear(
    store: ObjectStore, in_bucket: Portal, desk: Desk
) -> None:
    """`desk` knows another portal on the same database and keys, whose papers are in a folder."""
    paper = f"%PDF {NAME}".encode()
    dossier = desk.dossier(paper)
    with serving(make_app(in_bucket)) as desk.url:
        assert desk.file(dossier).status_code == 201
        [shelved] = in_bucket.pieces.shelf.listed()
        lying = in_bucket.pieces.shelf.get(shelved.name)
        assert lying is not None
        assert NAME.encode() not in lying
        assert sha256_hex(paper)[:10] not in str(store.seen)
        store.faults[:] = ["slow down"] * 10
        problem(desk.put_piece(b"another"), 503, ProblemType.TRY_LATER)
        store.faults.clear()
        assert desk.put_piece(b"another").status_code == 201


def test_another_portals_bucket_is_refused(in_bucket: Portal, settings: Settings, place: str, tmp_path: Path) -> None:
    other = dataclasses.replace(
        settings, bucket_url=place, database_url=f"sqlite:///{tmp_path / 'drill' / 'portal.db'}"
    )
    with pytest.raises(CannotStart) as refused:
        open_portal(other, utc_now)
    assert refused.value.problem is StartProblem.OTHER_PAPERS
    assert list(in_bucket.pieces.shelf.listed()) == []


@pytest.mark.parametrize("url", ["s3://", "s3://nosuchbucket?endpoint=http://127.0.0.1:1"])
def test_a_portal_whose_bucket_cannot_be_used_does_not_start(
    settings: Settings, url: str, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store.keys.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as refused:
        open_portal(dataclasses.replace(settings, bucket_url=url), utc_now)
    assert refused.value.problem is StartProblem.BUCKET
