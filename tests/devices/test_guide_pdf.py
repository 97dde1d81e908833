"""The printed guide: one A4 page of PDF/A, whatever there is to tell, and every text taken literally."""

import sys
import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from commands.composition import load_shipped
from devices.guide_pdf import GuidePdf
from kiosk.guide import Guide, make_guide
from kiosk.visit import Visit
from tests.devices.guides import OFFICE, endless_guide, extract_guide, hostile_guide
from tests.sample_forms import RESOURCES, TODAY

WORKER = (sys.executable, str(RESOURCES.parent / "main.py"), "typst-worker")
WRITER = GuidePdf(WORKER, RESOURCES / "declarations", RESOURCES / "icons", RESOURCES / "fonts")


def read(pdf: bytes) -> tuple[int, str, float]:
    """Number of pages, the text, and the size of the largest letters in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        text = unicodedata.normalize("NFC", page.get_text_range())
        largest = max(raw.FPDFText_GetFontSize(page, index) for index in range(page.count_chars()))
        return len(document), " ".join(text.split()), largest
    finally:
        document.close()


@pytest.mark.parametrize(
    "guide", [extract_guide(), endless_guide(), hostile_guide()], ids=["usual", "endless", "hostile"]
)
def test_it_is_one_page_of_pdf_a_with_all_fonts_in_it(guide: Guide) -> None:
    with pikepdf.open(BytesIO(WRITER.render(guide))) as pdf:
        assert pdf.open_metadata().pdfa_status == "2B"
        assert len(pdf.pages) == 1
        assert [float(number) for number in pdf.pages[0].mediabox][2:] == pytest.approx((595.3, 841.9), abs=0.2)


def bare(text: str) -> str:
    """Without spaces and hyphens: where a line was broken, PDFium tells either as something else."""
    return "".join(letter for letter in text if letter not in "-\ufffe\u200b" and not letter.isspace())


def test_it_tells_everything() -> None:
    guide = extract_guide()
    _pages, text, _largest = read(WRITER.render(guide))
    told = [guide.name, guide.code, OFFICE.name, OFFICE.phone, OFFICE.hours, guide.checked, *guide.notes]
    told += [words for paper in guide.papers for words in (paper.name, paper.kind, *paper.notes)]
    told += [words for row in guide.rows for words in (row.label, row.text, *row.more)]
    assert [words for words in told if bare(words) not in bare(text)] == []


def test_texts_are_no_markup() -> None:
    guide = hostile_guide()
    text = read(WRITER.render(guide))[1]
    assert guide.name in text
    assert "= Tiêu đề" in text


def test_a_rehearsal_says_so() -> None:
    assert "BẢN THỬ" in read(WRITER.render(extract_guide(), demo=True))[1]
    assert "BẢN THỬ" not in read(WRITER.render(extract_guide()))[1]


def test_short_guides_have_large_letters() -> None:
    catalog = load_shipped().catalog
    service = min(catalog.services, key=lambda each: len(each.parts) + len(each.notes))
    guide = make_guide(Visit(service=service, route=service.route), catalog, OFFICE, TODAY)
    pages, _text, title_pt = read(WRITER.render(guide))
    assert pages == 1
    assert title_pt == pytest.approx(1.5 * 14)
