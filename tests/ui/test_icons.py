"""Icons take the colour asked for, and all vendored ones can be drawn."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from kiosk.resources import resource_path
from ui.icons import icon

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_its_colour(qapp: QApplication, name: str) -> None:
    image = icon(name, "#8c1d18", 48).toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = {(pixel.red(), pixel.green(), pixel.blue()) for pixel in pixels if pixel.alpha() == 255}
    assert solid
    # Where strokes cross, blending may be off by one.
    assert all(max(abs(a - b) for a, b in zip(rgb, (0x8C, 0x1D, 0x18), strict=True)) <= 1 for rgb in solid)


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    assert icon("check", "#000000", 40).cacheKey() == icon("check", "#000000", 40).cacheKey()
    assert icon("check", "#ffffff", 40).toImage().pixelColor(17, 26) != QColor("#000000")


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000", 40)


def test_the_licences_are_vendored() -> None:
    assert "ISC License" in resource_path("icons", "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in resource_path("fonts", "OFL.txt").read_text(encoding="utf-8").upper()
