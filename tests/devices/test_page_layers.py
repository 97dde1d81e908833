"""Tests of devices.page_layers and devices.page_pdf: layers are small, look like the page, and are PDF/A-2b."""

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest

from commands.bench_papers import PaperLook, ScanLook, paper, scanned
from devices.page_jpeg import page_pixels, small_page
from devices.page_layers import ink_mask
from devices.page_light import evened
from devices.page_pdf import layered_pdf, plain_pdf
from devices.pages import PicturePages
from kiosk.ports import PageImage


@pytest.fixture(scope="module")
def page() -> PageImage:
    return small_page(evened(scanned(paper(PaperLook(5, photo=True)), ScanLook(dpi=200)), 200), 200)


def shown(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return np.asarray(document[0].render(scale=200 / 72).to_pil().convert("RGB"), np.int16)
    finally:
        document.close()


def test_a_layered_page_is_small_and_looks_the_same(page: PageImage) -> None:
    pdf = layered_pdf([page], "Mẫu")
    assert len(pdf) < 120_000 < len(page.content)
    difference = np.abs(shown(pdf)[:, : page.width_px] - page_pixels(page))
    assert float(difference.mean()) < 3
    assert float(np.percentile(difference.reshape(-1, 3).max(axis=1), 99)) < 90


def test_a_seal_is_red_in_layers_too(page: PageImage) -> None:
    seal = shown(layered_pdf([page], "Mẫu"))[1800:2070, 1020:1310].reshape(-1, 3)
    assert np.count_nonzero((seal[:, 0] > 140) & (seal[:, 1] < 100)) > 1000


def test_layers_are_pdf_a_2b_in_the_papers_size(page: PageImage) -> None:
    validator = pytest.importorskip(
        "pikepdf.pdfa", reason="pikepdf's PDF/A validator needs fonttools: pip install fonttools", exc_type=ImportError
    )
    pdf = layered_pdf([page, page], "Giấy ủy quyền")
    assert validator.validate_written(io.BytesIO(pdf), "2b").findings == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(side) for side in document.pages[0].mediabox] == pytest.approx([0, 0, 595.4, 842], abs=0.5)
        ink = document.pages[0].Resources.XObject.Ink
        assert bool(ink.Mask.ImageMask)
        assert not bool(ink.Mask.Interpolate)
        assert "/SMask" not in ink


def test_a_photo_is_no_ink(page: PageImage) -> None:
    mask = ink_mask(page_pixels(page), 200)
    assert float(mask[530:800, 220:420].mean()) < 5
    assert float(mask[860:1400, 200:1400].mean()) > 5


def test_pages_are_layered_only_where_the_file_would_be_too_large(page: PageImage) -> None:
    pages = [page] * 3
    assert PicturePages().to_pdf(pages, "x") == plain_pdf(pages, "x")
    assert PicturePages(pdf_bytes=300_000).to_pdf(pages, "x") == layered_pdf(pages, "x")
