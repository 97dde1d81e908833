"""What is shown can be read by what reads the slip, in every contrast."""

import pytest
from pytestqt.qtbot import QtBot

from devices.code_reader import ZxingCodeReader
from kiosk.ports import Frame
from ui.qr_code import QrCode
from ui.theme import Theme
from ui.tokens import Contrast, TextSize

TEXT = "DTC1:AAECAwQFBgcICQoLDA0ODw"


@pytest.mark.parametrize("contrast", Contrast)
def test_the_code_is_read_back(theme: Theme, qtbot: QtBot, contrast: Contrast) -> None:
    theme.set_look(TextSize.NORMAL, contrast)
    code = QrCode(theme, TEXT)
    qtbot.addWidget(code)
    image = code.grab().toImage()
    colours = [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]
    rgb = bytes(level for colour in colours for level in (colour.red(), colour.green(), colour.blue()))
    assert ZxingCodeReader().read(Frame(rgb, image.width(), image.height())) == TEXT


def test_it_is_large_enough_for_a_telephone(theme: Theme, qtbot: QtBot) -> None:
    code = QrCode(theme, TEXT)
    qtbot.addWidget(code)
    assert code.width() >= theme.metrics.px(35)
    assert code.accessibleName() == "Mã vuông của phiếu"
