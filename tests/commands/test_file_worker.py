"""The hidden command draws one file: the same messages through `kiosk file-worker` as through its module."""

from commands.self_command import self_command
from devices.file_pages import FilePages
from kiosk.ports import PageImage
from tests.devices.pictures_made import blank_pdf


def test_a_file_becomes_pages() -> None:
    pages: list[PageImage] = []
    FilePages(self_command("file-worker")).draw(iter([blank_pdf(2)]), 50, pages.append, lambda: False)
    assert [(page.width_px, page.height_px) for page in pages] == [(1653, 2339)] * 2
