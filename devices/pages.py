"""What is done to captured pages, in memory: clean, look over, turn, make small, bind into one PDF/A-2b."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pikepdf
from PIL import Image

from devices.frames import Pixels
from devices.page_checks import CHECK_DPI, fingerprint, is_blank, is_blurred, is_cut_off, is_dark
from devices.page_cleaning import clean_scan, clean_shot, print_lie_of, seems_turned
from devices.page_geometry import A4, CARD, MM_PER_INCH
from devices.page_jpeg import page_pixels, small_page
from devices.page_pdf import layered_pdf, plain_pdf
from devices.page_reader import PageReader
from devices.pictures import to_page
from kiosk.capture import Corners
from kiosk.ports import Frame, PageFault, PageImage, PageReport

# Turning decodes and encodes again: a high quality keeps what a second encoding would lose.
_TURNED_QUALITY = 90
_THUMBNAIL_DPI = 96
_TURNS = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
_PORTAL_BYTES = 6_000_000  # several portals take no more a file
_SHEET_DPI = 300
_OUTLINE_LEVEL = 190
_CARD_TOP_MM, _CARD_GAP_MM = 25.0, 15.0  # both sides lie in the upper half of A4


class PicturePages:
    """PageWork on pictures. A PDF larger than `pdf_bytes` is made in layers instead. With a `reader` of print it is
    also told whether a page is legible and bears one of the names."""

    def __init__(self, pdf_bytes: int = _PORTAL_BYTES, reader: PageReader | None = None) -> None:
        self._pdf_bytes = pdf_bytes
        self._reader = reader

    def from_shot(self, frame: Frame, corners: Corners | None) -> PageImage:
        """The sheet between the corners straight, upright, in even light and its real size; without corners the whole
        picture. A card keeps its ground and its light."""
        return clean_shot(frame, corners)

    def from_scan(self, page: PageImage) -> PageImage:
        """The page straight, upright, without the lid's dark border, at most 200 dpi and about 350 KB.

        Raises ValueError for a page that is no picture.
        """
        return clean_scan(page)

    def look_over(self, page: PageImage, names: Sequence[str] = ()) -> PageReport:
        """What a person should look at again, and the page's fingerprint. Raises ValueError for what is no picture."""
        pixels, dpi = _at_check_dpi(page_pixels(page), page.dpi)
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        if is_blank(grey, dpi):
            return PageReport(blank=True)
        found = {
            PageFault.BLURRED: is_blurred(grey, dpi),
            PageFault.DARK: is_dark(grey),
            PageFault.CUT_OFF: is_cut_off(grey, dpi),
            PageFault.UPSIDE_DOWN: seems_turned(print_lie_of(pixels, dpi)),
        }
        faults = {fault for fault, is_there in found.items() if is_there} | self._read_faults(page, names)
        ordered = tuple(fault for fault in PageFault if fault in faults)
        return PageReport(ordered, fingerprint=fingerprint(pixels, dpi))

    def card_sheet(self, sides: Sequence[PageImage]) -> PageImage:
        """A4 with the sides at 85.6 x 54 mm, below each other in the upper half, each in a thin grey line, at 300 dpi.

        Raises ValueError for no side, for more than two, or for one that is no picture.
        """
        if not 1 <= len(sides) <= 2:
            raise ValueError("a card has one or two sides")
        width, height = (round(side / MM_PER_INCH * _SHEET_DPI) for side in (A4.width_mm, A4.height_mm))
        card = tuple(round(side / MM_PER_INCH * _SHEET_DPI) for side in (CARD.width_mm, CARD.height_mm))
        sheet = np.full((height, width, 3), 255, np.uint8)
        left = (width - card[0]) // 2
        for place, side in enumerate(sides):
            pixels = _lying(page_pixels(side))
            top = round((_CARD_TOP_MM + place * (CARD.height_mm + _CARD_GAP_MM)) / MM_PER_INCH * _SHEET_DPI)
            sheet[top : top + card[1], left : left + card[0]] = cv2.resize(pixels, card, interpolation=cv2.INTER_AREA)
            frame = ((left - 2, top - 2), (left + card[0] + 1, top + card[1] + 1))
            cv2.rectangle(sheet, *frame, color=(_OUTLINE_LEVEL,) * 3, thickness=2)
        return small_page(sheet, _SHEET_DPI)

    def rotate(self, page: PageImage, quarter_turns: int) -> PageImage:
        """The page turned clockwise by quarter turns; real pixels, as not every reader honours a turn in a header."""
        turn = _TURNS.get(quarter_turns % 4)
        if turn is None:
            return page
        return to_page(Image.fromarray(cv2.rotate(page_pixels(page), turn)), page.dpi, _TURNED_QUALITY)

    def thumbnail(self, page: PageImage, max_px: int) -> PageImage:
        """A small JPEG whose longer side is at most `max_px`."""
        pixels = page_pixels(page)
        scale = min(1.0, max_px / max(pixels.shape[:2]))
        size_px = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        small = cv2.resize(pixels, size_px, interpolation=cv2.INTER_AREA)
        return to_page(Image.fromarray(small), _THUMBNAIL_DPI)

    def to_pdf(self, pages: Sequence[PageImage], title: str) -> bytes:
        """One PDF/A-2b with a page a picture, in the paper's real size: JPEG pages as they are, or all pages in layers
        where that would be larger than `pdf_bytes`. A file may still be larger: its pages are then too many.

        Raises ValueError for no pages, or for a page that is no picture.
        """
        if not pages:
            raise ValueError("a PDF needs at least one page")
        pdf = plain_pdf(pages, title)
        return pdf if len(pdf) <= self._pdf_bytes else layered_pdf(pages, title)

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has. Raises ValueError for what is none."""
        try:
            with pikepdf.open(io.BytesIO(pdf)) as document:
                return len(document.pages)
        except pikepdf.PdfError as error:
            raise ValueError("this is no PDF") from error

    def _read_faults(self, page: PageImage, names: Sequence[str]) -> set[PageFault]:
        reading = self._reader.read(page) if self._reader else None
        if reading is None:
            return set()
        if reading.quarter_turns:
            return {PageFault.UPSIDE_DOWN}
        if not reading.legible:
            return {PageFault.ILLEGIBLE}
        named = not names or any(reading.bears(name) for name in names)
        return set() if named else {PageFault.OTHER_NAME}


def _at_check_dpi(pixels: Pixels, dpi: int) -> tuple[Pixels, int]:
    """The measures are made for 200 dots an inch; fewer are left as they are."""
    if dpi <= CHECK_DPI:
        return pixels, dpi
    scale = CHECK_DPI / dpi
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8), CHECK_DPI


def _lying(pixels: Pixels) -> Pixels:
    """A card's side with its longer edge across."""
    upright = pixels.shape[0] > pixels.shape[1]
    return np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE) if upright else pixels, np.uint8)
