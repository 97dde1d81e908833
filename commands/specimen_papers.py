"""Draws made-up papers from a seed, flat, as the bench lays them before a camera: nobody's name, no real form."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kiosk.resources import resource_path

Pixels = NDArray[np.uint8]

DOTS_PER_MM = 4.0  # 100 dpi: a camera of 1080 lines sees an A4 page no finer
SIZES_MM = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "card": (85.6, 54.0)}  # ISO 216, ISO/IEC 7810
CARD_RADIUS_MM = 3.18  # ISO/IEC 7810

WHITE = ((250, 249, 245), (255, 255, 255), (244, 241, 230), (238, 240, 244))
COLOURED = ((250, 214, 222), (206, 232, 250), (214, 240, 208), (252, 240, 176), (232, 216, 180), (224, 208, 240))
CARD_TINTS = ((214, 232, 226), (212, 226, 240), (236, 222, 206))
INK = (34, 38, 46)
SEAL_RED = (198, 34, 40)
TEXT = (
    "Tôi là NGUYỄN VĂN MẪU, trú tại Thôn Mẫu, xã Hòa Bình, đề nghị cơ quan có thẩm quyền xem xét cấp bản sao trích "
    "lục theo quy định của pháp luật. Tôi xin chịu trách nhiệm về những lời khai trên đây. Giấy tờ kèm theo gồm bản "
    "chính và bản chụp để đối chiếu. Họ, chữ đệm, tên người mẹ: LÊ THỊ MẪU. Quốc tịch: Việt Nam. Dân tộc: Kinh."
)
WORDS = tuple(TEXT.split())
TITLES = ("GIẤY KHAI SINH", "TỜ KHAI", "GIẤY ỦY QUYỀN", "ĐƠN ĐỀ NGHỊ", "GIẤY XÁC NHẬN", "PHIẾU TIẾP NHẬN")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper drawn flat: RGB pixels, and how much of each is paper (255) or cut away at a corner (0)."""

    pixels: Pixels
    cover: Pixels


def draw_sheet(dice: random.Random, size: str, *, coloured: bool = False, landscape: bool = False) -> Sheet:
    """One paper of a size named in SIZES_MM: a letter, a form, a table, a page with a photo or a dark head, or bare."""
    width_mm, height_mm = SIZES_MM[size]
    if landscape and size != "card":
        width_mm, height_mm = height_mm, width_mm
    shape = (round(width_mm * DOTS_PER_MM), round(height_mm * DOTS_PER_MM))
    colours = CARD_TINTS if size == "card" else COLOURED if coloured else WHITE
    picture = Image.new("RGB", shape, dice.choice(colours))
    if size == "card":
        _card(picture, dice)
    else:
        dice.choice(_LAYOUTS)(picture, dice)
    pixels = np.asarray(picture).copy()
    cover = np.full(pixels.shape[:2], 255, np.uint8)
    if size == "card":
        cover = _rounded(cover, round(CARD_RADIUS_MM * DOTS_PER_MM))
    return Sheet(pixels, cover)


def fold_corner(sheet: Sheet, dice: random.Random) -> Sheet:
    """One corner folded back: what it covered of the table is seen, and the paper's plain back lies on the front."""
    height, width = sheet.cover.shape
    side = dice.uniform(0.05, 0.13) * min(width, height)
    corner_x, corner_y = dice.choice(((0, 0), (width, 0), (width, height), (0, height)))
    inward_x, inward_y = (1 if corner_x == 0 else -1), (1 if corner_y == 0 else -1)
    along_x = (corner_x + inward_x * side * dice.uniform(0.7, 1.3), corner_y)
    along_y = (corner_x, corner_y + inward_y * side * dice.uniform(0.7, 1.3))
    tip = (along_x[0], along_y[1])
    pixels, cover = sheet.pixels.copy(), sheet.cover.copy()
    cv2.fillPoly(pixels, [np.array([along_x, along_y, tip], np.int32)], (226, 224, 218), cv2.LINE_AA)
    cv2.fillPoly(cover, [np.array([along_x, along_y, (corner_x, corner_y)], np.int32)], 0, cv2.LINE_AA)
    return Sheet(pixels, cover)


def _rounded(cover: Pixels, radius: int) -> Pixels:
    picture = Image.new("L", (cover.shape[1], cover.shape[0]), 0)
    ImageDraw.Draw(picture).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), radius, fill=255)
    return np.asarray(picture).copy()


def _font(size_px: float, face: str = "LiberationSerif-Regular") -> ImageFont.FreeTypeFont:
    path = resource_path("fonts", f"{face}.ttf")
    return ImageFont.truetype(path, max(6, round(size_px)), layout_engine=ImageFont.Layout.BASIC)


def _lines(picture: Image.Image, dice: random.Random, box: tuple[float, float, float, float]) -> None:
    """Lines of words in a part of the page (left, top, right, bottom as shares of it)."""
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = (share * side for share, side in zip(box, picture.size * 2, strict=True))
    size_px = dice.uniform(0.020, 0.026) * max(picture.size) ** 0.5 * 30
    font, step, y, at = _font(size_px), size_px * dice.uniform(1.25, 1.7), top, dice.randrange(len(WORDS))
    while y + step < bottom:
        line = ""
        while draw.textlength(line, font) < (right - left) * dice.uniform(0.8, 0.96):
            line += WORDS[at % len(WORDS)] + " "
            at += 1
        draw.text((left, y), line.rsplit(" ", 2)[0], font=font, fill=INK)
        y += step * (2 if dice.random() < 0.08 else 1)


def _head(picture: Image.Image, dice: random.Random) -> None:
    draw, middle = ImageDraw.Draw(picture), picture.width / 2
    unit = picture.height / 100
    draw.text((middle, 7 * unit), "GIẤY TỜ MẪU", font=_font(2 * unit, "LiberationSerif-Bold"), fill=INK, anchor="mm")
    draw.line((middle - 12 * unit, 9 * unit, middle + 12 * unit, 9 * unit), fill=INK, width=1)
    title = dice.choice(TITLES)
    draw.text((middle, 14 * unit), title, font=_font(3 * unit, "LiberationSerif-Bold"), fill=INK, anchor="mm")


def _letter(picture: Image.Image, dice: random.Random) -> None:
    _head(picture, dice)
    _lines(picture, dice, (0.11, 0.2, 0.93, dice.uniform(0.5, 0.8)))
    _seal(picture, dice)


def _seal(picture: Image.Image, dice: random.Random) -> None:
    draw, radius = ImageDraw.Draw(picture), 0.07 * max(picture.size)
    x, y = dice.uniform(0.6, 0.8) * picture.width, dice.uniform(0.8, 0.88) * picture.height
    for share, width in ((1.0, 4), (0.85, 2)):
        reach = share * radius
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=SEAL_RED, width=width)
    draw.text((x, y), "MẪU", font=_font(radius * 0.6, "LiberationSerif-Bold"), fill=SEAL_RED, anchor="mm")


def _table(picture: Image.Image, dice: random.Random) -> None:
    _head(picture, dice)
    draw, margin = ImageDraw.Draw(picture), dice.uniform(0.05, 0.11)
    left, right = margin * picture.width, (1 - margin) * picture.width
    top, bottom = 0.2 * picture.height, dice.uniform(0.6, 0.93) * picture.height
    rows, columns, width = dice.randint(5, 22), dice.randint(2, 6), dice.choice((1, 2, 3))
    ys = np.linspace(top, bottom, rows + 1)
    xs = np.concatenate(([left], np.sort([dice.uniform(left, right) for _ in range(columns - 1)]), [right]))
    if dice.random() < 0.5:
        draw.rectangle((left, top, right, ys[1]), fill=dice.choice(((200, 206, 214), (70, 90, 130), (226, 220, 200))))
    for y in ys:
        draw.line((left, y, right, y), fill=INK, width=width)
    for x in xs:
        draw.line((x, top, x, bottom), fill=INK, width=width)
    font = _font(0.45 * (ys[1] - ys[0]))
    for y in ys[:-1]:
        draw.text((left + 6, y + 2), dice.choice(WORDS), font=font, fill=INK)


def _with_photo(picture: Image.Image, dice: random.Random) -> None:
    _head(picture, dice)
    width, height = round(dice.uniform(0.2, 0.6) * picture.width), round(dice.uniform(0.15, 0.35) * picture.height)
    cv2.setRNGSeed(dice.randrange(1 << 30))
    cells = cv2.randu(np.empty((5, 5, 3), np.uint8), np.full(3, 20.0), np.full(3, 230.0))
    photo = Image.fromarray(cv2.resize(np.asarray(cells), (width, height), interpolation=cv2.INTER_CUBIC))
    x = round(dice.uniform(0.06, 0.94) * (picture.width - width))
    picture.paste(photo, (x, round(0.22 * picture.height)))
    _lines(picture, dice, (0.1, 0.62, 0.92, dice.uniform(0.7, 0.94)))


def _dark_head(picture: Image.Image, dice: random.Random) -> None:
    draw, bottom = ImageDraw.Draw(picture), dice.uniform(0.06, 0.16) * picture.height
    inset = dice.choice((0.0, 0.0, 0.02, 0.05)) * picture.width
    colour = dice.choice(((30, 60, 120), (150, 30, 36), (40, 44, 50), (20, 100, 80)))
    draw.rectangle((inset, inset, picture.width - inset, inset + bottom), fill=colour)
    font = _font(0.35 * bottom, "BeVietnamPro-Bold")
    draw.text((picture.width / 2, inset + bottom / 2), dice.choice(TITLES), font=font, fill="white", anchor="mm")
    _lines(picture, dice, (0.08, 0.2, 0.93, dice.uniform(0.4, 0.95)))
    _seal(picture, dice)


def _framed(picture: Image.Image, dice: random.Random) -> None:
    """A certificate: an ornamental frame near the edge."""
    draw, inset = ImageDraw.Draw(picture), dice.uniform(0.03, 0.07) * picture.width
    colour = dice.choice(((170, 40, 40), (150, 120, 60), (60, 90, 150)))
    for step, width in ((0.0, 5), (10.0, 2)):
        box = (inset + step, inset + step, picture.width - inset - step, picture.height - inset - step)
        draw.rectangle(box, outline=colour, width=width)
    _letter(picture, dice)


def _bare(picture: Image.Image, dice: random.Random) -> None:
    """Hardly anything on it: a few lines at some height."""
    top = dice.uniform(0.05, 0.7)
    _lines(picture, dice, (0.12, top, 0.9, top + dice.uniform(0.0, 0.15)))


def _card(picture: Image.Image, dice: random.Random) -> None:
    draw, (width, height) = ImageDraw.Draw(picture), picture.size
    draw.rectangle((0, 0, width, 0.13 * height), fill=dice.choice(((120, 30, 40), (40, 60, 120), (214, 232, 226))))
    draw.rectangle((0.05 * width, 0.32 * height, 0.27 * width, 0.8 * height), fill=(188, 192, 200))
    for row in range(5):
        y = (0.26 + 0.14 * row) * height
        draw.text((0.32 * width, y), " ".join(dice.sample(WORDS, 4)), font=_font(0.07 * height), fill=INK)


_LAYOUTS: tuple[Callable[[Image.Image, random.Random], None], ...] = (
    _letter,
    _table,
    _with_photo,
    _dark_head,
    _framed,
    _bare,
)
