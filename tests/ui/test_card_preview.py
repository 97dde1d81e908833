"""Only the code is sharp: neither the card's print nor a bystander's papers can be read from the screen."""

from itertools import pairwise

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.card_preview import CardPreview
from ui.theme import Theme


def stripes() -> QImage:
    """Black and white columns, one pixel each: letters would be coarser than this."""
    image = QImage(960, 540, QImage.Format.Format_RGB32)
    for x in range(image.width()):
        for y in range(image.height()):
            image.setPixelColor(x, y, QColor("#000000" if x % 8 < 4 else "#ffffff"))
    return image


def changes(image: QImage, y: int, left: int, right: int) -> int:
    """How often light and dark follow each other on a line."""
    light = [image.pixelColor(x, y).lightness() > 128 for x in range(left, right)]
    return sum(one is not other for one, other in pairwise(light))


def test_a_bystanders_papers_cannot_be_read(theme: Theme, qtbot: QtBot) -> None:
    preview = CardPreview(theme)
    qtbot.addWidget(preview)
    preview.resize(960, 540)
    preview.show_image(stripes())
    shown = preview.grab().toImage()
    assert changes(shown, 8, 0, 160) < 10
    assert changes(shown, 270, 400, 560) < 10


def test_the_code_is_sharp_where_it_was_found(theme: Theme, qtbot: QtBot) -> None:
    preview = CardPreview(theme)
    qtbot.addWidget(preview)
    preview.resize(960, 540)
    preview.show_image(stripes(), ((400.0, 200.0), (560.0, 200.0), (560.0, 340.0), (400.0, 340.0)))
    shown = preview.grab().toImage()
    assert changes(shown, 270, 400, 560) > 30
    assert changes(shown, 270, 200, 360) < 10


def test_without_a_picture_it_says_so(theme: Theme, qtbot: QtBot) -> None:
    preview = CardPreview(theme)
    qtbot.addWidget(preview)
    preview.resize(960, 540)
    empty = preview.grab().toImage()
    preview.show_image(stripes())
    preview.show_image(None)
    assert not preview.shows
    assert preview.grab().toImage() == empty
