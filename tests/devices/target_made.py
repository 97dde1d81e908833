"""The printed target of the acceptance test as a picture: drawn from its PDF once, and worn as a test wants."""

from functools import cache

import pypdfium2
from PIL import Image

from commands.acceptance_target import acceptance_target


@cache
def target_pdf() -> bytes:
    return acceptance_target()


@cache
def _page(number: int, dpi: int) -> Image.Image:
    with pypdfium2.PdfDocument(target_pdf()) as document:
        picture: Image.Image = document[number].render(scale=dpi / 72).to_pil().convert("RGB")
    return picture


def target_picture(dpi: int = 200) -> Image.Image:
    """The target as a perfect scanner would give it."""
    return _page(0, dpi).copy()


def card_sheet(dpi: int = 200) -> Image.Image:
    """The page with the specimen card."""
    return _page(1, dpi).copy()
