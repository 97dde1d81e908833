"""Tests of devices.paper_sheet: nothing is cut off, lost or drawn beyond the paper."""

import unicodedata

import pytest
from PIL import Image, ImageFont, ImageOps

from devices.paper_sheet import Face, Paper, Sheet, Style, balanced, wrap
from kiosk.resources import resource_path

FONTS = resource_path("fonts")
PAPER = Paper(576, 203)
VOWELS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
]
LETTERS = [*VOWELS, "Đ", "đ"]


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything black."""
    box = ImageOps.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def font(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{face}.ttf", size_px, layout_engine=ImageFont.Layout.BASIC)


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("size_pt", [12, 27])
def test_no_vietnamese_letter_reaches_beyond_its_line(face: Face, size_pt: float) -> None:
    """On the first line the paper's edge would cut it off; one free row above and below proves that it did not."""
    for letter in LETTERS:
        sheet = Sheet(PAPER, FONTS)
        sheet.text(letter, Style(size_pt, face))
        sheet.space(5)
        _left, top, _right, bottom = ink(sheet.finish())
        assert top > 0, letter
        assert bottom < sheet.y, letter


@pytest.mark.parametrize("face", list(Face))
def test_every_vietnamese_letter_has_its_own_shape(face: Face) -> None:
    shapes = {letter: bytes(font(face, 34).getmask(letter)) for letter in [*LETTERS, "\uffff"]}
    missing = shapes.pop("\uffff")
    assert [letter for letter, shape in shapes.items() if shape == missing] == []
    assert len(set(shapes.values())) == len(LETTERS)


def test_decomposed_letters_are_written_as_whole_ones() -> None:
    pictures = []
    for form in ("NFC", "NFD"):
        sheet = Sheet(PAPER, FONTS)
        sheet.text(unicodedata.normalize(form, "NGUYỄN VĂN MẪU"), Style(12))
        pictures.append(sheet.finish().tobytes())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("room", [100, 250, 576])
def test_wrapped_lines_fit_and_lose_nothing(room: int) -> None:
    text = "Cấp bản sao trích lục hộ tịch 000.00.00.H26-20261116-0012 " + "A" * 60
    lines = wrap(text, font(Face.REGULAR, 34), room)
    assert all(font(Face.REGULAR, 34).getlength(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_code_breaks_after_a_hyphen() -> None:
    assert wrap("H26.21.3-261116-0012", font(Face.BOLD, 56), 520) == ["H26.21.3-261116-", "0012"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Hồ sơ đã lưu an toàn tại máy này nhưng CHƯA NỘP.", ["Hồ sơ đã lưu an toàn tại máy", "này nhưng CHƯA NỘP."]),
        ("H26.21.3-261116-0012", ["H26.21.3-", "261116-0012"]),
        ("Một dòng", ["Một dòng"]),
        ("", []),
    ],
)
def test_a_short_last_line_is_not_left_alone(text: str, lines: list[str]) -> None:
    size = 56 if text.startswith("H26") else 34
    assert balanced(text, font(Face.BOLD, size), 520) == lines


@pytest.mark.parametrize("room", [60, 250, 576])
def test_balancing_adds_no_line_and_loses_nothing(room: int) -> None:
    text = "Bộ phận Tiếp nhận và Trả kết quả xã Thường Tín " + "A" * 30
    even, greedy = balanced(text, font(Face.BOLD, 34), room), wrap(text, font(Face.BOLD, 34), room)
    assert len(even) == len(greedy)
    assert "".join(even).replace(" ", "") == text.replace(" ", "")


def test_no_text_is_no_line() -> None:
    assert wrap("  ", font(Face.REGULAR, 34), 100) == []


@pytest.mark.parametrize(("align", "near"), [("left", 0), ("centre", 270), ("right", 540)])
def test_text_stands_where_it_is_aligned(align: str, near: int) -> None:
    sheet = Sheet(PAPER, FONTS)
    sheet.text("M", Style(12, align=align))
    left, _top, _right, _bottom = ink(sheet.finish())
    assert abs(left - near) < 12


def test_a_line_shrinks_to_fit_but_not_below_the_least_size() -> None:
    one, broken = Sheet(PAPER, FONTS), Sheet(PAPER, FONTS)
    one.line("7K2M9-PQR4D", Style(40, Face.BOLD), 20)
    broken.line("H26.21.3-261116-0012", Style(40, Face.BOLD), 20)
    assert PAPER.points(20) < one.y < PAPER.points(40)
    assert 2 * PAPER.points(20) < broken.y < 3.1 * PAPER.points(20)


def test_a_row_keeps_its_amount_beside_the_first_line() -> None:
    sheet = Sheet(PAPER, FONTS)
    sheet.row("Phí cấp bản sao trích lục hộ tịch từ cơ sở dữ liệu", "16.000 đồng", Style(12))
    picture = sheet.finish()
    amount = picture.crop((400, 0, 576, picture.height))
    assert ink(amount)[2] > 170
    assert ink(amount)[3] < PAPER.points(12 * 1.6)
    assert ink(picture)[3] > PAPER.points(12 * 2.4)


def test_on_narrow_paper_the_amount_comes_below() -> None:
    sheet = Sheet(Paper(384, 203), FONTS)
    sheet.row("Phí", "16.000 đồng", Style(12))
    left, top, right, _bottom = ink(sheet.finish().crop((60, 0, 384, sheet.y)))
    assert top > PAPER.points(12 * 1.4)
    assert right > 315
    assert left > 80


def test_a_band_is_white_on_black_and_a_box_goes_around() -> None:
    sheet = Sheet(PAPER, FONTS)
    sheet.band("CHƯA NỘP", Style(17, Face.BOLD, "centre"))
    band = sheet.y
    sheet.space(5)
    top = sheet.y
    sheet.space(10)
    sheet.box(top)
    picture = sheet.finish()
    assert picture.getpixel((1, band // 2)) == 0
    assert picture.getpixel((288, top)) == 0
    assert picture.getpixel((0, (top + sheet.y) // 2)) == 0
    assert picture.getpixel((288, (top + sheet.y) // 2)) == 255


def test_the_strip_is_as_long_as_what_is_on_it() -> None:
    sheet = Sheet(PAPER, FONTS)
    for _line in range(60):
        sheet.text("Giấy tờ", Style(12))
    picture = sheet.finish()
    assert picture.size == (576, sheet.y)
    assert picture.mode == "1"
    assert ink(picture)[3] > sheet.y - 40
