"""Reads the two-dimensional codes of identity cards and slips."""

from dataclasses import dataclass

import cv2
import zxingcpp
from cv2.typing import MatLike

from devices.frames import rgb_pixels
from kiosk.capture import Corners
from kiosk.ports import Frame


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code's text, never empty, and where it lies in the picture."""

    text: str
    place: Corners


class ZxingCodeReader:
    """QR codes through zxing-cpp: about 6 ms for a full-HD frame."""

    def read(self, frame: Frame) -> str | None:
        """The text of the first code that decodes to a non-empty text, else None."""
        codes = codes_in(cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY))
        return codes[0].text if codes else None


def codes_in(grey: MatLike) -> list[ReadCode]:
    """The codes of a grey picture.

    zxing-cpp can return an empty text for a grid that is garbage: that is no reading.
    """
    # Made anew each time: one that lives as long as the program is said to be leaked at its end.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    codes = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return [ReadCode(text, _corners(code.position)) for code in codes if (text := _text(code.bytes, code.text))]


def _text(content: bytes, guess: str) -> str:
    """The bytes as UTF-8, which cards and slips are; zxing-cpp's guess of the encoding only for bytes that are not."""
    try:
        return content.decode("utf-8").strip()
    except UnicodeDecodeError:
        return guess.strip()


def _corners(position: "zxingcpp.Position") -> Corners:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((float(point.x), float(point.y)) for point in points)
