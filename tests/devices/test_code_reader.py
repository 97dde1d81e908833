"""Tests of devices.code_reader on the demo's own cards and on made codes."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.code_reader import ZxingCodeReader
from devices.pictures import read_picture, to_frame
from kiosk.card import CardRead, parse_card
from kiosk.resources import resource_path
from tests.devices.pictures_made import RED, code_picture, plain

READER = ZxingCodeReader()
CARDS = sorted(resource_path("demo", "cards").glob("card-*.jpg"))


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_the_demo_cards_are_read_and_are_cards(path: Path) -> None:
    picture = read_picture(path)
    assert picture is not None
    text = READER.read(to_frame(picture))
    assert text is not None
    assert isinstance(parse_card(text), CardRead)


def test_there_are_demo_cards() -> None:
    assert len(CARDS) == 2


@pytest.mark.parametrize(
    "text", ["NGUYỄN VĂN MẪU|Thôn Đông", "H'HEN NIÊ|Buôn Sứt M'Đưng", "DTC1:AAECAwQFBgcICQoLDA0ODw"]
)
def test_every_accent_comes_through(text: str) -> None:
    assert READER.read(to_frame(code_picture(text))) == text


@pytest.mark.parametrize("turn", [90, 180, 270, 33])
def test_a_turned_code_is_read(turn: int) -> None:
    picture = code_picture("MẪU").rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(150, 150, 150))
    assert READER.read(to_frame(picture)) == "MẪU"


def test_bytes_that_are_no_utf8_still_give_a_text() -> None:
    code = zxingcpp.create_barcode("caf\xe9".encode("latin-1"), zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=6)).convert("RGB")
    assert READER.read(to_frame(picture))


def test_a_picture_without_a_code_is_no_reading() -> None:
    assert READER.read(to_frame(plain(RED))) is None


def test_a_code_of_blanks_is_no_reading() -> None:
    assert READER.read(to_frame(code_picture("   "))) is None
