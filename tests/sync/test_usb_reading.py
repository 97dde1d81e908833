"""Reading an export: each dossier is judged by its own signature, and what was done to the whole is told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import StoreCorrupt
from kiosk.manifest import Manifest, sha256_hex
from sync.usb_export import Watch
from sync.usb_format import DOSSIER_JWS, DOSSIERS, EXPORT_JWS, MANIFEST
from sync.usb_reading import (
    Export,
    Fault,
    NotWhole,
    OpenDossier,
    SetFault,
    Whole,
    find_exports,
    open_dossier,
    read_export,
)
from tests.fakes import FakeClock
from tests.sample_dossiers import RECOVERY_KEY, random_paper
from tests.sync.sticks import MIB, Counter, after, open_counter


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A kiosk that has exported two dossiers; each test works on a copy of the stick."""
    counter = open_counter(tmp_path_factory.mktemp("kiosk"), FakeClock())
    counter.seal(1, 2)
    counter.export()
    yield counter
    counter.store.close()


@pytest.fixture
def export(made: Counter, tmp_path: Path) -> Path:
    [finished] = made.stick.iterdir()
    return Path(shutil.copytree(finished, tmp_path / finished.name))


def judged(made: Counter, export: Path) -> tuple[SetFault | None, list[Fault | None]]:
    read = read_export(export, made.key_of)
    return read.fault, [each.fault if isinstance(each, NotWhole) else None for each in read.dossiers]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def link(path: Path) -> None:
    path.rename(path.with_name("9999"))
    path.symlink_to("9999")


def opened(dossier: Whole | NotWhole) -> OpenDossier:
    assert isinstance(dossier, Whole)
    found = open_dossier(dossier, RECOVERY_KEY)
    assert isinstance(found, OpenDossier)
    return found


def test_a_dossier_is_opened_by_the_recovery_key_alone_piece_by_piece(made: Counter, export: Path) -> None:
    read = read_export(export, made.key_of)
    assert read.fault is None
    first = opened(read.dossiers[0])
    assert first.manifest == made.store.manifest(UUID(int=1))
    content = dict(first.pieces())
    paper, shared = random_paper(1, 2 * MIB + 5), b"shared paper"
    assert b"".join(content.values()) == paper + shared
    assert list(content) == [piece.sha256 for piece in Manifest.model_validate_json(first.manifest).pieces()]


def test_pieces_in_another_order_are_found(made: Counter, export: Path) -> None:
    """The order of the files only saves time."""
    whole = read_export(export, made.key_of).dossiers[0]
    assert isinstance(whole, Whole)
    described = whole.described.model_copy(update={"files": tuple(reversed(whole.described.files))})
    found = dict(opened(Whole(whole.place, described)).pieces())
    assert all(sha256_hex(content) == sha256 for sha256, content in found.items())
    assert len(found) == 4


def test_another_recovery_key_opens_nothing(made: Counter, export: Path) -> None:
    whole = read_export(export, made.key_of).dossiers[0]
    assert isinstance(whole, Whole)
    assert open_dossier(whole, X25519PrivateKey.generate()) is Fault.OTHER_KEY


@pytest.mark.parametrize(
    ("change", "name", "fault"),
    [
        (flip, "0002", Fault.DAMAGED),
        (Path.unlink, "0002", Fault.DAMAGED),
        (lambda path: path.write_bytes(bytes(3 * MIB)), "0002", Fault.DAMAGED),
        (link, "0002", Fault.DAMAGED),
        (flip, MANIFEST, Fault.DAMAGED),
        (flip, DOSSIER_JWS, Fault.SIGNATURE),
        (lambda path: path.write_bytes(b"\xff" * 100), DOSSIER_JWS, Fault.SIGNATURE),
        (lambda path: path.write_bytes(b"e30.e30."), DOSSIER_JWS, Fault.SIGNATURE),
        (link, DOSSIER_JWS, Fault.DAMAGED),
        (Path.unlink, DOSSIER_JWS, Fault.UNFINISHED),
    ],
)
def test_what_was_changed_is_told_and_the_other_dossier_is_whole(
    made: Counter, export: Path, change: Callable[[Path], object], name: str, fault: Fault
) -> None:
    change(export / DOSSIERS / str(UUID(int=1)) / name)
    assert judged(made, export) == (SetFault.CHANGED, [fault, None])


def test_what_was_taken_away_or_added_is_told(made: Counter, export: Path) -> None:
    place = export / DOSSIERS
    (place / "holiday").mkdir()
    (place / "holiday" / "picture.jpg").write_bytes(b"not ours")
    assert judged(made, export) == (SetFault.CHANGED, [None, None])
    shutil.rmtree(place / "holiday")
    assert judged(made, export) == (None, [None, None])
    shutil.rmtree(place / str(UUID(int=1)))
    assert judged(made, export) == (SetFault.CHANGED, [None])


def test_a_dossier_under_anothers_name_is_not_believed(made: Counter, export: Path) -> None:
    place = export / DOSSIERS
    shutil.rmtree(place / str(UUID(int=2)))
    shutil.copytree(place / str(UUID(int=1)), place / str(UUID(int=2)))
    assert judged(made, export) == (SetFault.CHANGED, [None, Fault.SIGNATURE])


def test_a_linked_folder_is_no_dossier(made: Counter, export: Path) -> None:
    place = export / DOSSIERS / str(UUID(int=1))
    place.rename(export / "elsewhere")
    place.symlink_to(export / "elsewhere")
    assert judged(made, export) == (SetFault.CHANGED, [None])


def test_the_list_of_the_whole_has_its_own_signature(made: Counter, export: Path) -> None:
    flip(export / EXPORT_JWS)
    assert judged(made, export) == (SetFault.SIGNATURE, [None, None])
    (export / EXPORT_JWS).unlink()
    assert judged(made, export) == (SetFault.UNFINISHED, [None, None])


def test_a_kiosk_that_nobody_knows_is_not_believed(export: Path) -> None:
    read = read_export(export, lambda _kiosk_id: None)
    assert read == Export(
        export,
        SetFault.SIGNATURE,
        (NotWhole(UUID(int=1), Fault.SIGNATURE), NotWhole(UUID(int=2), Fault.SIGNATURE)),
    )


def test_a_file_that_changes_after_it_was_looked_at_is_not_given_out(made: Counter, export: Path) -> None:
    whole = read_export(export, made.key_of).dossiers[0]
    found = opened(whole)
    flip(export / DOSSIERS / str(UUID(int=1)) / "0001")
    with pytest.raises(StoreCorrupt):
        list(found.pieces())


def test_the_exports_of_a_stick_are_found_and_nothing_else(tmp_path: Path, clock: FakeClock) -> None:
    counter = open_counter(tmp_path, clock)
    counter.seal(1)
    finished = counter.export().folder
    clock.advance(60)
    counter.try_export(Watch(stopped=after(1)))
    (counter.stick / "diem-truy-cap-holiday").mkdir()
    (counter.stick / "diem-truy-cap-link").symlink_to(finished)
    (counter.stick / "System Volume Information").mkdir()
    found = find_exports(counter.stick)
    counter.store.close()
    assert len(found) == 2
    assert found[0] == finished
    assert find_exports(finished) == (finished,)
