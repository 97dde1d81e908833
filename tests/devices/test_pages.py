"""Tests of devices.pages: turning, thumbnails, and a PDF that an independent validator takes for PDF/A-2b."""

import io
from dataclasses import replace
from types import ModuleType

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from devices.pages import PicturePages
from devices.pictures import read_picture, to_page
from kiosk.ports import PageImage
from kiosk.resources import resource_path
from tests.devices.pictures_made import BLUE, RED, encoded, plain

WORK = PicturePages()
A4_PX = (1654, 2339)  # at 200 dpi


@pytest.fixture(scope="module")
def validator() -> ModuleType:
    """pikepdf's own validator, by the rules of veraPDF."""
    pdfa: ModuleType = pytest.importorskip(
        "pikepdf.pdfa", reason="pikepdf's PDF/A validator needs fonttools: pip install fonttools", exc_type=ImportError
    )
    return pdfa


def two_coloured() -> PageImage:
    """Red left, blue right: 40 x 20."""
    picture = plain(RED, (40, 20))
    picture.paste(BLUE, (20, 0, 40, 20))
    return to_page(picture, 100, 95)


def pixels(page: PageImage) -> Image.Image:
    return Image.open(io.BytesIO(page.content)).convert("RGB")


def is_red(page: PageImage, place: tuple[int, int]) -> bool:
    red, _green, blue = pixels(page).crop((*place, place[0] + 1, place[1] + 1)).tobytes()
    return red > blue


@pytest.mark.parametrize(
    ("turns", "size", "red_at", "blue_at"),
    [
        (0, (40, 20), (5, 10), (35, 10)),
        (1, (20, 40), (10, 5), (10, 35)),
        (2, (40, 20), (35, 10), (5, 10)),
        (3, (20, 40), (10, 35), (10, 5)),
        (-1, (20, 40), (10, 35), (10, 5)),
        (5, (20, 40), (10, 5), (10, 35)),
    ],
)
def test_a_page_turns_clockwise(
    turns: int, size: tuple[int, int], red_at: tuple[int, int], blue_at: tuple[int, int]
) -> None:
    page = WORK.rotate(two_coloured(), turns)
    assert (page.width_px, page.height_px, page.dpi) == (*size, 100)
    assert pixels(page).size == size
    assert is_red(page, red_at)
    assert not is_red(page, blue_at)


def test_a_thumbnail_is_small_and_keeps_its_shape() -> None:
    thumbnail = WORK.thumbnail(to_page(plain(RED, (800, 400)), 200), 100)
    assert (thumbnail.width_px, thumbnail.height_px) == (100, 50)
    assert pixels(thumbnail).size == (100, 50)
    assert len(thumbnail.content) < 5000


def test_a_small_picture_is_not_blown_up() -> None:
    assert WORK.thumbnail(two_coloured(), 100).width_px == 40


def some_pages() -> list[PageImage]:
    colour = to_page(plain(RED, A4_PX), 200)
    grey = to_page(plain(RED, (827, 1169)).convert("L"), 100)
    png = PageImage(encoded(plain(BLUE, (100, 50)), "PNG"), "image/png", 100, 50, 50)
    return [colour, grey, WORK.rotate(colour, 1), png]


def test_the_pdf_is_pdf_a_2b(validator: ModuleType) -> None:
    report = validator.validate_written(io.BytesIO(WORK.to_pdf(some_pages(), "Giấy ủy quyền – Ẫ")), "2b")
    assert report.findings == []
    assert report.verdict == "pass"


def test_the_validator_would_see_a_pdf_that_is_not(validator: ModuleType) -> None:
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(WORK.to_pdf(some_pages(), "x"))) as document:
        del document.Root.OutputIntents
        document.save(broken)
    assert validator.validate_written(broken, "2b").verdict != "pass"


def test_pages_have_the_papers_real_size() -> None:
    with pikepdf.open(io.BytesIO(WORK.to_pdf(some_pages(), "x"))) as document:
        sizes_mm = [tuple(float(side) / 72 * 25.4 for side in page.mediabox[2:]) for page in document.pages]
    expected = [(210, 297), (210, 297), (297, 210), (50.8, 25.4)]
    assert sizes_mm == [pytest.approx(size, abs=0.2) for size in expected]


def test_the_title_and_the_colours_are_declared_and_no_script_is_there() -> None:
    with pikepdf.open(io.BytesIO(WORK.to_pdf(some_pages(), "Giấy ủy quyền – Ẫ"))) as document:
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Giấy ủy quyền – Ẫ"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        profile = document.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert profile == resource_path("icc", "sRGB.icc").read_bytes()
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root


def test_a_jpeg_goes_in_as_it_is() -> None:
    page = to_page(plain(RED, A4_PX), 200)
    with pikepdf.open(io.BytesIO(WORK.to_pdf([page], "x"))) as document:
        (image,) = document.pages[0].get_images().values()
        assert image.read_raw_bytes() == page.content


def test_a_red_seal_stays_red_when_the_pdf_is_shown() -> None:
    picture = read_picture(resource_path("demo", "papers", "paper-1.jpg"))
    assert picture is not None
    pdf = pypdfium2.PdfDocument(WORK.to_pdf([to_page(picture, 200)], "x"))
    try:
        shown = pdf[0].render(scale=200 / 72).to_pil().convert("RGB")
    finally:
        pdf.close()
    difference = max(
        abs(a - b) for a, b in zip(shown.resize((60, 80)).tobytes(), picture.resize((60, 80)).tobytes(), strict=True)
    )
    assert difference < 12


def test_a_page_at_200_dpi_stays_far_below_the_portals_6_mb() -> None:
    picture = read_picture(resource_path("demo", "papers", "paper-1.jpg"))
    assert picture is not None
    assert len(WORK.to_pdf([to_page(picture, 200)], "x")) < 600_000


def test_the_same_pages_give_the_same_pdf() -> None:
    assert WORK.to_pdf(some_pages(), "x") == WORK.to_pdf(some_pages(), "x")


def test_an_orientation_in_the_header_is_made_real() -> None:
    picture = plain(RED, (40, 20))
    exif = picture.getexif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    page = PageImage(buffer.getvalue(), "image/jpeg", 40, 20, 100)
    with pikepdf.open(io.BytesIO(WORK.to_pdf([page], "x"))) as document:
        (image,) = document.pages[0].get_images().values()
        assert (int(image.Width), int(image.Height)) == (20, 40)
        assert "/Rotate" not in document.pages[0]


def test_no_pages_and_no_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        WORK.to_pdf([], "x")
    with pytest.raises(ValueError, match="no picture"):
        WORK.to_pdf([replace(two_coloured(), content=b"broken")], "x")
    with pytest.raises(ValueError, match="no picture"):
        WORK.rotate(replace(two_coloured(), content=b"broken"), 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_a_pdf_are_counted(count: int) -> None:
    assert WORK.page_count(WORK.to_pdf([two_coloured()] * count, "Mẫu")) == count


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", b"picture"])
def test_what_is_no_pdf_has_no_pages(content: bytes) -> None:
    with pytest.raises(ValueError, match="no PDF"):
        WORK.page_count(content)
