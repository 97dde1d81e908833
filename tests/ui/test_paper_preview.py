"""Inside the sheet the picture is sharp; outside nothing can be read; without a sheet a person sees all."""

from pytestqt.qtbot import QtBot

from tests.ui.test_card_preview import changes, stripes
from ui.paper_preview import PaperPreview
from ui.theme import Theme

SHEET = ((240.0, 100.0), (720.0, 100.0), (720.0, 440.0), (240.0, 440.0))


def shown(theme: Theme, qtbot: QtBot, *, place: bool = True, good: bool = False) -> PaperPreview:
    preview = PaperPreview(theme)
    qtbot.addWidget(preview)
    preview.resize(960, 540)
    preview.show_image(stripes(), SHEET if place else None, good=good)
    return preview


def test_only_the_sheet_can_be_read(theme: Theme, qtbot: QtBot) -> None:
    picture = shown(theme, qtbot).grab().toImage()
    assert changes(picture, 270, 400, 560) > 30
    assert changes(picture, 270, 20, 180) < 10


def test_without_a_sheet_all_is_seen(theme: Theme, qtbot: QtBot) -> None:
    assert changes(shown(theme, qtbot, place=False).grab().toImage(), 270, 20, 180) > 30


def test_a_shot_that_is_coming_is_seen_at_the_outline(theme: Theme, qtbot: QtBot) -> None:
    dashed, full = (shown(theme, qtbot, good=good).grab().toImage() for good in (False, True))
    white = [sum(picture.pixelColor(x, 100).lightness() > 240 for x in range(250, 710)) for picture in (dashed, full)]
    assert white[0] < white[1]


def test_nothing_stays_of_a_picture(theme: Theme, qtbot: QtBot) -> None:
    preview = shown(theme, qtbot)
    preview.show_image(None)
    assert not preview.shows
    empty = PaperPreview(theme)
    qtbot.addWidget(empty)
    empty.resize(960, 540)
    assert preview.grab().toImage() == empty.grab().toImage()
