"""Tests of devices.file_form: which fields PDFium draws itself, and which of those lose letters."""

import pypdfium2
import pytest

from devices.file_form import field_drawings, loses_letters
from tests.devices.hostile_files import filled_form
from tests.devices.pictures_made import blank_pdf


def loses(pdf: bytes) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        before = field_drawings(document, 0)
        return loses_letters(document[0], before)
    finally:
        document.close()


@pytest.mark.parametrize("value", ["", "NGUYEN VAN MAU", "café"])
def test_latin_letters_are_drawn_whole(value: str) -> None:
    assert not loses(filled_form(value, anew=True))


def test_other_letters_are_lost_where_pdfium_draws_them() -> None:
    assert loses(filled_form("NGUYỄN VĂN MẪU"))
    assert loses(filled_form("NGUYỄN VĂN MẪU", drawn=True, anew=True))


def test_other_letters_are_kept_where_the_file_has_them_drawn() -> None:
    assert not loses(filled_form("NGUYỄN VĂN MẪU", drawn=True))


def test_a_page_without_fields_loses_nothing() -> None:
    assert not loses(blank_pdf())


def test_the_drawings_are_told_in_their_order() -> None:
    document = pypdfium2.PdfDocument(filled_form("x", drawn=True))
    try:
        (drawing,) = field_drawings(document, 0)
        assert drawing.split() == ["0", "0", "180", "40", "re", "f"]
    finally:
        document.close()
