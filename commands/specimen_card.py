"""Made-up identity cards, drawn flat: for the demo, for measurements and for tests.

Nothing here copies a real card: the layouts are plain, and every card says that it is a specimen.
"""

import io
from dataclasses import dataclass

import segno
from PIL import Image, ImageDraw, ImageFont

from devices.paper_sheet import wrap
from kiosk.resources import resource_path

CARD_PX = (1284, 810)  # ID-1 (85.6 x 54 mm, ISO/IEC 7810) at 15 dots a millimetre
INK = (32, 36, 44)
SPECIMEN = "THẺ MẪU – KHÔNG CÓ GIÁ TRỊ"
_MACHINE_LINES = ("IDVNM0000004560190190000456<<0", "9009023F3009022VNM<<<<<<<<<<<8", "TRAN<<THI<THU<<<<<<<<<<<<<<<<<")


@dataclass(frozen=True, slots=True)
class Card:
    """A made-up person's card: what is printed, and the fields of its code in the order of the real ones."""

    title: str
    rows: tuple[tuple[str, str], ...]
    code: str
    tint: tuple[int, int, int]


CARD_2021 = Card(
    title="CĂN CƯỚC CÔNG DÂN",
    rows=(
        ("Số", "001058000123"),
        ("Họ và tên", "NGUYỄN VĂN MẪU"),
        ("Ngày sinh", "01/01/1958"),
        ("Giới tính", "Nam"),
        ("Nơi thường trú", "Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội"),
    ),
    code="001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|15082021",
    tint=(214, 232, 226),
)
# From 1 July 2024 the code also carries the parents' names (Circular 16/2024/TT-BCA).
CARD_2024 = Card(
    title="CĂN CƯỚC",
    rows=(
        ("Số định danh", "019190000456"),
        ("Họ, chữ đệm và tên", "TRẦN THỊ THỬ"),
        ("Ngày sinh", "02/09/1990"),
        ("Giới tính", "Nữ"),
        ("Nơi cư trú", "Xóm Mẫu, Tân Cương, Thành phố Thái Nguyên, Thái Nguyên"),
    ),
    code=(
        "019190000456||TRẦN THỊ THỬ|02091990|Nữ|Xóm Mẫu, Tân Cương, Thành phố Thái Nguyên, Thái Nguyên|20082024"
        "||TRẦN VĂN THỬ|LÊ THỊ MẪU|"
    ),
    tint=(212, 226, 240),
)


def font(size_px: int, face: str = "Regular") -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro at a size in pixels."""
    return ImageFont.truetype(
        resource_path("fonts", f"BeVietnamPro-{face}.ttf"), size_px, layout_engine=ImageFont.Layout.BASIC
    )


def qr_picture(text: str, side_px: int) -> Image.Image:
    """The code as cards carry it, without a border."""
    buffer = io.BytesIO()
    segno.make_qr(text, error="L", boost_error=False).save(buffer, kind="png", scale=10, border=2)
    return Image.open(buffer).convert("RGB").resize((side_px, side_px), Image.Resampling.LANCZOS)


def draw_card(card: Card) -> Image.Image:
    """The front of the card, flat."""
    picture = Image.new("RGB", CARD_PX, card.tint)
    draw = ImageDraw.Draw(picture)
    for x in range(-CARD_PX[1], CARD_PX[0], 36):
        draw.line((x, CARD_PX[1], x + CARD_PX[1], 0), fill=tuple(level - 8 for level in card.tint), width=3)
    draw.rectangle((0, 0, CARD_PX[0], 92), fill=(120, 30, 40))
    draw.text((CARD_PX[0] // 2, 46), SPECIMEN, font=font(46, "Bold"), fill="white", anchor="mm")
    draw.text((378, 158), card.title, font=font(46, "Bold"), fill=(150, 30, 40), anchor="lm")
    draw.rounded_rectangle((48, 240, 330, 612), radius=16, fill=(236, 238, 240), outline=(150, 156, 164), width=3)
    draw.ellipse((124, 300, 254, 430), fill=(176, 182, 190))
    draw.pieslice((84, 440, 294, 740), 180, 360, fill=(176, 182, 190))
    draw.text((189, 660), "ẢNH MẪU", font=font(36, "SemiBold"), fill=(110, 116, 124), anchor="mm")
    y = 208
    for label, value in card.rows:
        draw.text((378, y), label, font=font(25), fill=(70, 76, 86))
        for line in wrap(value, font(35, "SemiBold"), 520 if y < 420 else 860):
            draw.text((378, y + 36), line, font=font(35, "SemiBold"), fill=INK)
            y += 46
        y += 62
    picture.paste(qr_picture(card.code, 270), (CARD_PX[0] - 270 - 42, 128))
    return watermark(picture, "MẪU", 300, 34)


def watermark(picture: Image.Image, text: str, size_px: int, strength: int) -> Image.Image:
    """A large slanted word across the picture; codes stay readable under it."""
    layer = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(layer)
    draw.text((picture.width // 2, picture.height // 2), text, font=font(size_px, "Bold"), fill=strength, anchor="mm")
    layer = layer.rotate(24, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", picture.size, (170, 20, 30)), picture, layer)


def draw_back(card: Card) -> Image.Image:
    """The back of a card of 2024, flat: rows of print at the left, the code at the top right, lines for machines."""
    picture = Image.new("RGB", CARD_PX, card.tint)
    draw = ImageDraw.Draw(picture)
    for y in range(-200, CARD_PX[1], 22):
        draw.arc((-300, y, CARD_PX[0] + 300, y + 420), 180, 360, fill=tuple(level - 10 for level in card.tint), width=2)
    draw.text((48, 44), SPECIMEN, font=font(34, "Bold"), fill=(150, 30, 40))
    for row, (label, value) in enumerate(card.rows[2:]):
        draw.text((48, 110 + 106 * row), label, font=font(24), fill=(70, 76, 86))
        for line, words in enumerate(wrap(value, font(30, "SemiBold"), 620)):
            draw.text((48, 142 + 106 * row + 38 * line), words, font=font(30, "SemiBold"), fill=INK)
    draw.rounded_rectangle((700, 380, 830, 490), radius=18, fill=(206, 178, 98), outline=(140, 116, 60), width=3)
    for row, letters in enumerate(_MACHINE_LINES):
        for place, letter in enumerate(letters):
            draw.text((70 + 39 * place, 570 + 74 * row), letter, font=font(44, "SemiBold"), fill=INK, anchor="ma")
    picture.paste(qr_picture(card.code, 270), (CARD_PX[0] - 270 - 42, 96))
    return watermark(picture, "MẪU", 300, 34)
