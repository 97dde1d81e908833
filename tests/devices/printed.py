"""Prints declarations with the templates of this release, and reads the text back from the PDF."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from devices.declaration_pdf import DeclarationPdf
from kiosk.declaration import DeclarationContent, Signing
from tests.sample_forms import RESOURCES, TODAY

WORKER = (sys.executable, str(RESOURCES.parent / "main.py"), "typst-worker")
TEMPLATES, FONTS = RESOURCES / "declarations", RESOURCES / "fonts"
SIGNING = Signing("Ủy ban nhân dân phường Mẫu Đơn", "phường Mẫu Đơn", TODAY, demo=False)


def render(made: DeclarationContent) -> bytes:
    return DeclarationPdf(WORKER, TEMPLATES, FONTS).render(made)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """All text, spaces and line ends as single spaces, dots of dotted lines taken away."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = unicodedata.normalize("NFC", " ".join(pages)).replace("\ufffe", "").replace("\u200b", "")
    return " ".join(word for word in text.split() if word.strip(".…"))


def assert_in_order(text: str, labels: list[str]) -> None:
    """Each label stands in the text, after the one before it."""
    place = 0
    for label in labels:
        assert label in text[place:], label
        place = text.index(label, place) + len(label)
