"""Tests of devices.file_worker in a real process under its real limits: what is refused and why, what is drawn."""

import io
import sys

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from devices.file_pages import FilePages
from kiosk.capture import FileProblem, FileRefused
from kiosk.ports import PageImage
from tests.devices import hostile_files as hostile
from tests.devices.pictures_made import RED, blank_pdf, encoded, plain

WORKER = (sys.executable, "-m", "devices.file_worker")
UPRIGHT = 6  # EXIF: the camera was held a quarter turn to the left


def drawn(content: bytes, max_pages: int = 50) -> list[PageImage]:
    pages: list[PageImage] = []
    FilePages(WORKER).draw(iter([content]), max_pages, pages.append, lambda: False)
    return pages


def refused(content: bytes, max_pages: int = 50) -> FileProblem:
    with pytest.raises(FileRefused) as caught:
        drawn(content, max_pages)
    return caught.value.reason


def grey(page: PageImage) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.content)).convert("L"))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def turned(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT
    return saved(hostile.lettered((1169, 827)).rotate(90, expand=True), kind, exif=exif)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", FileProblem.BROKEN),
        (b"PK\x03\x04", FileProblem.WRONG_KIND),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), FileProblem.WRONG_KIND),
        (encoded(plain(RED), "TIFF"), FileProblem.WRONG_KIND),
        (hostile.cut(encoded(hostile.lettered())), FileProblem.BROKEN),
        (hostile.cut(encoded(hostile.lettered(), "PNG")), FileProblem.BROKEN),
        (hostile.cut(encoded(hostile.lettered(), "WEBP")), FileProblem.BROKEN),
        (hostile.cut(blank_pdf(3), 0.9), FileProblem.BROKEN),
        (b"%PDF-1.7\n%%EOF", FileProblem.BROKEN),
        (hostile.looping_pdf(), FileProblem.BROKEN),
        (hostile.locked_pdf(), FileProblem.ENCRYPTED),
        (hostile.huge_png(), FileProblem.PICTURE_TOO_LARGE),
        (hostile.text_bomb_png(), FileProblem.BROKEN),
    ],
    ids=lambda value: value.value if isinstance(value, FileProblem) else "",
)
def test_each_has_its_reason(content: bytes, reason: FileProblem) -> None:
    assert refused(content) is reason


@pytest.mark.proof
def test_bombs_in_a_pdf_are_refused() -> None:
    assert refused(hostile.image_bomb_pdf()) is FileProblem.PICTURE_TOO_LARGE
    assert refused(hostile.stream_bomb_pdf()) is FileProblem.TOO_HARD
    assert refused(hostile.endless_pdf()) is FileProblem.TOO_HARD


def test_too_many_pages_are_refused_before_the_first() -> None:
    assert refused(hostile.many_pages(10_000)) is FileProblem.TOO_MANY_PAGES
    assert refused(blank_pdf(3), max_pages=2) is FileProblem.TOO_MANY_PAGES
    assert len(drawn(blank_pdf(2), max_pages=2)) == 2


@pytest.mark.proof
def test_pages_before_a_bad_one_stay_given() -> None:
    made = pikepdf.open(io.BytesIO(blank_pdf(1)))
    made.pages.extend(pikepdf.open(io.BytesIO(hostile.endless_pdf())).pages)
    pages: list[PageImage] = []
    with pytest.raises(FileRefused) as caught:
        FilePages(WORKER).draw(iter([hostile.saved(made)]), 50, pages.append, lambda: False)
    assert caught.value.reason is FileProblem.TOO_HARD
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("points", "size_px", "dpi"),
    [
        ((595, 842), (1653, 2339), 200),
        ((842, 1191), (2339, 3309), 200),
        ((1684, 2384), (2338, 3310), 100),  # A1 as small as A3
        ((243, 153), (675, 425), 200),  # an ID card
        ((14_400, 3), None, None),
    ],
)
def test_a_page_has_its_real_size(
    points: tuple[float, float], size_px: tuple[int, int] | None, dpi: int | None
) -> None:
    content = hostile.drawn_pdf(b"", points)
    (page,) = drawn(content)
    if size_px is None:
        assert max(page.width_px, page.height_px) <= 3310
        return
    assert abs(page.width_px - size_px[0]) <= 2
    assert abs(page.height_px - size_px[1]) <= 2
    assert abs(page.dpi - (dpi or 0)) <= 1


def test_letters_whose_font_is_not_in_the_file_are_drawn() -> None:
    (page,) = drawn(hostile.drawn_pdf(b"BT /F1 40 Tf 50 700 Td (Giay khai sinh) Tj ET"))
    assert (grey(page) < 100).sum() > 2000


@pytest.mark.parametrize("anew", [False, True])
def test_what_was_filled_into_a_form_is_drawn(anew: bool) -> None:
    (page,) = drawn(hostile.filled_form("NGUYEN VAN MAU", anew=anew))
    assert (grey(page) < 100).sum() > 500


def test_a_field_with_a_drawing_of_its_own_is_drawn_so() -> None:
    (page,) = drawn(hostile.filled_form("NGUYỄN VĂN MẪU", drawn=True))
    assert (grey(page) < 100).sum() > 30_000


@pytest.mark.parametrize("own", [False, True])
def test_a_field_whose_letters_would_be_left_out_is_refused(own: bool) -> None:
    """A name that lacks two letters is worse than no page; the paper can be scanned."""
    assert refused(hostile.filled_form("NGUYỄN VĂN MẪU", drawn=own, anew=True)) is FileProblem.TOO_HARD


def test_nothing_of_an_active_file_comes_out() -> None:
    marker = b"KIOSK-MARKER-4711"
    (page,) = drawn(hostile.active_pdf(marker))
    assert page.media_type == "image/jpeg"
    assert marker not in page.content
    assert (grey(page) > 250).all()


def test_pdfium_has_no_interpreter_of_scripts() -> None:
    assert "V8" not in pypdfium2.PDFIUM_INFO.flags
    assert not hasattr(pypdfium2.raw, "FPDF_GetRecommendedV8Flags")


def test_notes_in_a_picture_do_not_come_out() -> None:
    exif = Image.Exif()
    exif[0x010E] = "KIOSK-MARKER-4711"
    (page,) = drawn(saved(hostile.lettered(), "JPEG", exif=exif, comment=b"KIOSK-MARKER-4711"))
    assert b"KIOSK-MARKER" not in page.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turned_picture_stands_upright(kind: str) -> None:
    """The black bar is at the top of the sheet, wherever the camera's top was."""
    (page,) = drawn(turned(kind))
    tones = grey(page)
    assert page.width_px > page.height_px
    assert tones[: len(tones) // 10].mean() < 20
    assert tones[len(tones) // 2 :].mean() > 235


def test_a_photograph_fills_an_a4_sheet() -> None:
    (page,) = drawn(saved(hostile.lettered((3000, 4000)), "JPEG", dpi=(72, 72)))
    assert (page.width_px, page.dpi) == (1654, 200)
    (small,) = drawn(saved(hostile.lettered((400, 566)), "JPEG"))
    assert (small.width_px, small.dpi) == (400, 48)


def test_a_scan_has_the_size_that_the_scanner_wrote() -> None:
    (page,) = drawn(saved(hostile.lettered((1011, 638)), "PNG", dpi=(300, 300)))
    assert abs(page.width_px - 674) <= 1
    assert page.dpi == 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_keeps_black_and_white(mode: str) -> None:
    if mode == "I;16":
        tones = np.asarray(hostile.lettered(mode="L")).astype(np.uint16) * 200  # white is 51000 of 65535
        (page,) = drawn(saved(Image.fromarray(tones), "PNG"))
        assert 190 < grey(page)[-1, -1] < 210
    else:
        (page,) = drawn(saved(hostile.lettered(mode=mode), "PNG"))
        assert grey(page)[-1, -1] > 245
    assert grey(page)[5, 5] < 10


def test_cmyk_keeps_black_white_and_red() -> None:
    picture = hostile.lettered()
    picture.paste((220, 30, 30), (0, 600, 827, 1169))
    (page,) = drawn(saved(picture.convert("CMYK"), "JPEG"))
    colours = np.asarray(Image.open(io.BytesIO(page.content)))
    assert colours[5, 5].max() < 40
    assert colours[300, 5].min() > 230
    assert colours[1000, 5, 0] > 180
    assert colours[1000, 5, 1:].max() < 90


def test_a_picture_of_a_telephone_with_another_in_it_is_its_first() -> None:
    content = io.BytesIO()
    hostile.lettered().save(content, "MPO", save_all=True, append_images=[plain(RED)])
    (page,) = drawn(content.getvalue())
    assert grey(page)[5, 5] < 10


@pytest.mark.proof
def test_the_largest_pictures_that_are_allowed_are_drawn() -> None:
    assert len(drawn(hostile.pixel_bomb_png())) == 1
    assert len(drawn(saved(Image.new("RGB", (8160, 6120), "white"), "JPEG"))) == 1
