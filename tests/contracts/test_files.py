"""What every source of files does: one suite on a folder and on a stick in a prepared table of mounts."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.folder_files import FolderFiles
from devices.stick_files import StickFiles
from kiosk.capture import FileKind, FileProblem, FileRefused, FileSource, StickFile
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, Ready, Unavailable
from tests.devices.hostile_files import locked_pdf
from tests.devices.pictures_made import RED, blank_pdf, encoded, plain
from tests.devices.stick_rig import Machine

WORKER = (sys.executable, "-m", "devices.file_worker")


@dataclass
class Rig:
    """A source with files in `folder`, and how to pull it out."""

    source: FileSource
    folder: Path
    pull_out: Callable[[], object]


@pytest.fixture(params=["folder", "stick"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    machine = Machine(tmp_path)
    folder = machine.media / "GIAY TO"
    folder.mkdir(parents=True)
    (folder / "to khai.pdf").write_bytes(blank_pdf(2))
    (folder / "anh.jpg").write_bytes(encoded(plain(RED)))
    (folder / "notes.txt").write_bytes(b"text")
    if request.param == "folder":
        state = folder / "state.json"
        return Rig(FolderFiles(folder, WORKER), folder, lambda: state.write_text('{"status": "not_connected"}'))
    machine.plug_in("8:17", folder)
    return Rig(StickFiles(WORKER, machine.sticks), folder, lambda: machine.pull_out("8:17"))


def named(source: FileSource, name: str) -> StickFile:
    return next(file for file in source.files().files if file.name == name)


def pages_of(source: FileSource, name: str, max_pages: int = 50) -> list[PageImage]:
    pages: list[PageImage] = []
    source.pages(named(source, name), pages.append, lambda: False, max_pages)
    return pages


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.source.name
    assert isinstance(rig.source.status(), Ready)


def test_papers_are_listed_and_the_rest_is_counted(rig: Rig) -> None:
    listing = rig.source.files()
    assert {file.name: file.kind for file in listing.files} == {
        "to khai.pdf": FileKind.PDF,
        "anh.jpg": FileKind.PICTURE,
    }
    assert listing.left_out == 1


def test_a_file_comes_as_pages_of_pixels(rig: Rig) -> None:
    pages = pages_of(rig.source, "to khai.pdf")
    assert [(page.media_type, page.dpi) for page in pages] == [("image/jpeg", 200)] * 2
    assert len(pages_of(rig.source, "anh.jpg")) == 1


def test_a_file_is_refused_with_a_reason_and_the_source_goes_on(rig: Rig) -> None:
    (rig.folder / "locked.pdf").write_bytes(locked_pdf())
    with pytest.raises(FileRefused) as caught:
        pages_of(rig.source, "locked.pdf")
    assert caught.value.reason is FileProblem.ENCRYPTED
    with pytest.raises(FileRefused) as caught:
        pages_of(rig.source, "to khai.pdf", max_pages=1)
    assert caught.value.reason is FileProblem.TOO_MANY_PAGES
    assert len(pages_of(rig.source, "to khai.pdf")) == 2


def test_cancelling_keeps_what_was_given(rig: Rig) -> None:
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        rig.source.pages(named(rig.source, "to khai.pdf"), pages.append, lambda: bool(pages))
    assert caught.value.reason is DeviceReason.CANCELLED
    assert len(pages) == 1


def test_pulled_out_it_is_not_connected_and_its_files_are_gone(rig: Rig) -> None:
    file = named(rig.source, "to khai.pdf")
    rig.pull_out()
    status = rig.source.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as lost:
        rig.source.files()
    assert lost.value.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(FileRefused) as gone:
        rig.source.pages(file, lambda _page: None, lambda: False)
    assert gone.value.reason is FileProblem.GONE


def test_a_folder_that_vanishes_between_two_looks_is_gone(rig: Rig) -> None:
    """As a stick does whose table of mounts is still the old one."""
    file = named(rig.source, "to khai.pdf")
    rig.folder.rename(rig.folder.parent / "elsewhere")
    with pytest.raises(DeviceProblem) as lost:
        rig.source.files()
    assert lost.value.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(FileRefused) as gone:
        rig.source.pages(file, lambda _page: None, lambda: False)
    assert gone.value.reason is FileProblem.GONE
