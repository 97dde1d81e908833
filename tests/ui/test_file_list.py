"""The files of a stick: rows that say what they are, pages that turn, and what is said when there is none."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.capture import FileKind, StickFile, StickListing
from tests.ui.conftest import DESK, LOW, UPRIGHT, settle
from ui.buttons import TouchButton
from ui.file_list import FileList, about, name_lines
from ui.theme import Theme
from ui.tokens import Contrast, Panel, Role, TextSize

FILES = tuple(StickFile(str(number), f"Trang {number}.jpg", FileKind.PICTURE, 1_234_567) for number in range(23))
LONG = "W" * 80
SENTENCE = "Giấy xác nhận tình trạng hôn nhân của NGUYỄN VĂN MẪU bản sao có dấu.pdf"


def listed(theme: Theme, qtbot: QtBot, listing: StickListing | None, size: tuple[int, int] = (900, 620)) -> FileList:
    made = FileList(theme)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.show_files(listing)
    settle()
    return made


def rows(files: FileList) -> list[TouchButton]:
    return [row for row in files.findChildren(TouchButton, "file") if row.isVisible()]


def test_one_press_chooses(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, StickListing(FILES[:2]))
    with qtbot.waitSignal(files.chosen) as chosen:
        QTest.mouseClick(rows(files)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [FILES[1]]


def test_a_row_tells_screen_readers_all_that_it_shows(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, StickListing((StickFile("x", "sổ.pdf", FileKind.PDF, 40_000, "Hồ sơ / 2026"),)))
    (row,) = rows(files)
    assert row.accessibleName() == "sổ.pdf"
    assert row.accessibleDescription() == "Tệp PDF · 0,1 MB · Hồ sơ / 2026"
    assert files.first_row() is row


def test_every_file_has_its_row(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, StickListing(FILES))
    assert [row.text() for row in rows(files)] == [file.name for file in FILES]
    assert files.minimumSizeHint().height() > len(FILES) * theme.metrics.primary_px


def test_without_a_stick_it_asks_for_one(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, None)
    assert "cắm USB" in files.news.text()
    assert not files.note.isVisible()
    assert rows(files) == []
    assert files.first_row() is None


def test_a_stick_without_papers_says_so_and_counts_what_is_there(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, StickListing((), left_out=3))
    assert "không có" in files.news.text()
    assert "3" in files.note.text()
    assert files.note.isVisible()


def test_nothing_of_a_stick_stays_when_another_comes(theme: Theme, qtbot: QtBot) -> None:
    files = listed(theme, qtbot, StickListing(FILES))
    files.show_files(StickListing(FILES[5:8]))
    assert [row.text() for row in rows(files)] == [file.name for file in FILES[5:8]]
    assert not files.news.isVisible()
    kept = {row.text() for row in files.findChildren(TouchButton, "file")}
    assert kept == {"", *(file.name for file in FILES[5:8])}


@pytest.mark.parametrize("panel", [DESK, LOW, UPRIGHT], ids=["desk", "low", "upright"])
@pytest.mark.parametrize("text", TextSize)
def test_rows_hold_their_words_at_every_size(theme: Theme, qtbot: QtBot, panel: Panel, text: TextSize) -> None:
    theme.set_panel(panel)
    theme.set_look(text, Contrast.LIGHT)
    size = (panel.width_px * 2 // 3, panel.height_px // 2)
    names = (LONG, SENTENCE, "a.pdf")
    files = listed(theme, qtbot, StickListing(tuple(StickFile(name, name, FileKind.PDF, 1) for name in names)), size)
    for row in rows(files):
        assert row.height() >= theme.metrics.primary_px
        assert row.geometry().right() <= files.width()
    font = theme.font(Role.STRONG)
    for name in names:
        lines = name_lines(font, name, 400)
        assert len(lines) <= 2
        assert all(QFontMetrics(font).horizontalAdvance(line) <= 400 for line in lines)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"kind": FileKind.PDF, "size_bytes": 1_250_000}, "Tệp PDF · 1,2 MB"),
        ({"kind": FileKind.PICTURE, "size_bytes": 0}, "Ảnh · 0,1 MB"),
        ({"kind": FileKind.PICTURE, "size_bytes": 49_960_000, "folder": "DCIM"}, "Ảnh · 50,0 MB · DCIM"),
    ],
)
def test_what_else_tells_a_file_apart(file: dict[str, Any], said: str) -> None:
    assert about(StickFile(key="x", name="x", **file)) == said
