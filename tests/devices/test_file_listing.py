"""Tests of devices.file_listing: folders as a stranger could have filled them, on a real file system."""

import os
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.file_listing import MAX_FILE_BYTES, ListingCaps, list_files, read_file
from devices.sticks import Stick
from kiosk.capture import FileKind, FileProblem, FileRefused, StickFile
from tests.devices.pictures_made import RED, blank_pdf, encoded, plain

JPEG = encoded(plain(RED, (8, 8)))
ANY_FILE_NAME = st.binary(min_size=1, max_size=120).filter(lambda name: b"/" not in name and b"\x00" not in name)


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Stick("8:17", folder)


def names(stick: Stick, caps: ListingCaps | None = None) -> list[str]:
    return [file.name for file in list_files([stick], caps).files]


def refusal(stick: Stick, file: StickFile) -> FileProblem:
    with pytest.raises(FileRefused) as caught:
        list(read_file([stick], file))
    return caught.value.reason


def only(stick: Stick) -> StickFile:
    (file,) = list_files([stick]).files
    return file


def test_papers_come_newest_first_and_the_rest_is_counted(stick: Stick) -> None:
    below = stick.folder / "Hồ sơ" / "2026"
    below.mkdir(parents=True)
    for at_s, (path, content) in enumerate(
        [
            (stick.folder / "old.pdf", blank_pdf()),
            (below / "khai sinh.jpg", JPEG),
            (stick.folder / "to khai.docx", b"PK\x03\x04"),
            (stick.folder / "empty.pdf", b""),
        ]
    ):
        path.write_bytes(content)
        os.utime(path, (at_s, at_s))
    listing = list_files([stick])
    assert [(file.name, file.folder, file.kind) for file in listing.files] == [
        ("khai sinh.jpg", "Hồ sơ / 2026", FileKind.PICTURE),
        ("old.pdf", "", FileKind.PDF),
    ]
    assert listing.left_out == 2
    assert listing.files[0].size_bytes == len(JPEG)


def test_the_name_says_nothing_about_the_kind(stick: Stick) -> None:
    (stick.folder / "picture.pdf").write_bytes(JPEG)
    (stick.folder / "scan").write_bytes(blank_pdf())
    assert {file.name: file.kind for file in list_files([stick]).files} == {
        "picture.pdf": FileKind.PICTURE,
        "scan": FileKind.PDF,
    }


def test_hidden_and_system_files_are_neither_shown_nor_counted(stick: Stick) -> None:
    for folder in ("System Volume Information", "$RECYCLE.BIN", ".Trashes"):
        (stick.folder / folder).mkdir()
        (stick.folder / folder / "a.jpg").write_bytes(JPEG)
    for name in (".hidden.jpg", "~$to khai.jpg", "AUTORUN.INF"):
        (stick.folder / name).write_bytes(JPEG)
    listing = list_files([stick])
    assert (listing.files, listing.left_out) == ((), 0)


def test_what_is_no_plain_file_is_never_opened(stick: Stick, tmp_path: Path) -> None:
    """A FIFO that were opened for reading would wait for ever."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(JPEG)
    (stick.folder / "link.jpg").symlink_to(outside / "secret.jpg")
    (stick.folder / "folder link").symlink_to(outside)
    (stick.folder / "loop").symlink_to(stick.folder)
    os.mkfifo(stick.folder / "fifo.jpg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(stick.folder / "socket.jpg"))
        (stick.folder / "true.jpg").write_bytes(JPEG)
        assert names(stick) == ["true.jpg"]


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_what_is_swapped_for_a_link_after_the_listing_is_not_followed(
    stick: Stick, tmp_path: Path, swapped: str
) -> None:
    folder, outside = stick.folder / "a", tmp_path / "outside"
    folder.mkdir()
    (folder / "x.jpg").write_bytes(JPEG)
    file = only(stick)
    folder.rename(outside)
    if swapped == "folder":
        folder.symlink_to(outside)
    else:
        folder.mkdir()
        (folder / "x.jpg").symlink_to(outside / "x.jpg")
    assert refusal(stick, file) is FileProblem.GONE


def test_levels_and_numbers_have_an_end(stick: Stick) -> None:
    deep = stick.folder
    for level in range(6):
        (deep / f"{level}.jpg").write_bytes(JPEG)
        deep = deep / "d"
        deep.mkdir()
    assert sorted(names(stick)) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]
    assert len(names(stick, ListingCaps(shown=2))) == 2
    assert list_files([stick], ListingCaps(shown=2)).left_out == 2
    assert len(names(stick, ListingCaps(entries=3))) < 3


def test_a_slow_stick_shows_what_was_seen_in_time(stick: Stick) -> None:
    for number in range(5):
        (stick.folder / f"{number}.jpg").write_bytes(JPEG)
    ticks = iter(range(100))
    listing = list_files([stick], ListingCaps(total_s=3.0), monotonic_s=lambda: float(next(ticks)))
    assert (len(listing.files), listing.left_out) == (2, 3)


def test_a_stick_that_is_gone_is_no_empty_one(stick: Stick) -> None:
    stick.folder.rmdir()
    with pytest.raises(OSError, match="No such file"):
        list_files([stick])


def test_the_whole_file_comes_in_pieces(stick: Stick) -> None:
    content = JPEG + os.urandom(3_000_000)
    (stick.folder / "a.jpg").write_bytes(content)
    pieces = list(read_file([stick], only(stick)))
    assert b"".join(pieces) == content
    assert len(pieces) > 1


def test_another_file_at_the_same_place_is_not_taken(stick: Stick) -> None:
    path = stick.folder / "a.jpg"
    path.write_bytes(JPEG)
    file = only(stick)
    path.write_bytes(JPEG + b"more")
    assert refusal(stick, file) is FileProblem.GONE
    path.unlink()
    assert refusal(stick, file) is FileProblem.GONE
    assert refusal(Stick("8:33", stick.folder), file) is FileProblem.GONE


def test_a_file_that_becomes_shorter_while_it_is_read_is_gone(stick: Stick) -> None:
    path = stick.folder / "a.jpg"
    path.write_bytes(JPEG + bytes(3_000_000))
    reading = read_file([stick], only(stick))
    next(reading)
    os.truncate(path, 1000)
    with pytest.raises(FileRefused) as caught:
        list(reading)
    assert caught.value.reason is FileProblem.GONE


def test_a_file_over_the_cap_is_listed_and_refused(stick: Stick) -> None:
    with (stick.folder / "film.jpg").open("wb") as opened:
        opened.write(JPEG)
        opened.truncate(MAX_FILE_BYTES + 1)  # a hole: it takes no room on the disk
    assert refusal(stick, only(stick)) is FileProblem.TOO_LARGE


@pytest.mark.parametrize("path", ["../secret.jpg", "/etc/passwd", "a/../../secret.jpg", "./secret.jpg", "", "a//b"])
def test_a_key_that_leads_elsewhere_is_refused(stick: Stick, path: str) -> None:
    """Everything else about these keys is right: another file's place is all that is wrong with them."""
    (stick.folder / "a").mkdir()
    for secret in (stick.folder.parent / "secret.jpg", stick.folder / "secret.jpg"):
        secret.write_bytes(JPEG)
        os.utime(secret, ns=(0, 0))
    assert refusal(stick, StickFile(f"8:17|0|{path}", "x", FileKind.PICTURE, len(JPEG))) is FileProblem.GONE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=ANY_FILE_NAME)
def test_any_name_that_a_file_system_takes_is_found_again(stick: Stick, name: bytes) -> None:
    path = os.fsencode(stick.folder) + b"/" + name
    if name in (b".", b"..") or name.startswith((b".", b"~$")):
        return
    with open(path, "wb") as opened:
        opened.write(JPEG)
    try:
        file = only(stick)
        assert b"".join(read_file([stick], file)) == JPEG
        assert "\n" not in file.name
    finally:
        os.unlink(path)


def test_reading_a_fifo_in_place_of_the_stick_does_not_wait(stick: Stick) -> None:
    os.mkfifo(stick.folder / "x.jpg")
    file = StickFile("8:17|0|x.jpg", "x", FileKind.PICTURE, 10)
    done = threading.Event()

    def read() -> None:
        assert refusal(stick, file) is FileProblem.GONE
        done.set()

    threading.Thread(target=read, daemon=True).start()
    assert done.wait(10.0)
