"""Papers made from a seed for measurements and tests: forms with seals and signatures, tables, photos, cards; then how
a scanner and a camera see them."""

import math
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kiosk.capture import Corners
from kiosk.ports import Frame
from kiosk.resources import resource_path

Pixels = NDArray[np.uint8]

DPI = 300
A4_PX = (2480, 3508)
_MARGIN_PX = 300
_INK, _SEAL, _PEN = (28, 28, 34), (196, 24, 40), (24, 48, 150)
_SYLLABLES = """
người được nghị định thường trú giấy đăng ký khai sinh xác nhận của ủy ban nhân dân xã phường công chứng thực quyền lợi
hợp pháp theo quy luật tại địa chỉ nơi cư quốc tịch dân tộc kinh họ tên chữ đệm ngày tháng năm số định danh cá cơ quan
cấp mẹ cha vợ chồng con yêu cầu đề nghị cam đoan nội dung trên đúng sự thật và chịu trách nhiệm trước pháp nếu có gian
dối hồ sơ kèm gồm bản sao chính tờ lý lịch tư nhà đất ruộng vườn thửa bìa hộ khẩu
""".split()  # noqa: SIM905 -- as a list it would be a page long
_LABELS = ("Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Dân tộc", "Nơi cư trú", "Số định danh cá nhân", "Quan hệ")


@dataclass(frozen=True, slots=True)
class PaperLook:
    """What is on a made paper. `filling` changes only what is written into it: the same form of another person."""

    seed: int
    filling: int = 0
    lines: int = 30
    size_pt: float = 13.0
    seal: bool = True
    table: bool = False
    photo: bool = False
    ink: tuple[int, int, int] = _INK


def paper(look: PaperLook) -> Pixels:
    """An A4 page at 300 dpi as RGB pixels (3508, 2480, 3)."""
    picture = Image.new("RGB", A4_PX, (255, 255, 255))
    form = _Form(picture, look)
    form.header()
    if look.photo:
        _photo(picture, (_MARGIN_PX, 760), np.random.default_rng(look.seed))
        form.y = 1300
    if look.table:
        form.table()
    while form.y < A4_PX[1] - 900 and form.written < look.lines:
        form.paragraph() if form.written % 7 > 4 else form.row()
    pixels = np.array(picture)
    return _signed(pixels, look) if look.seal else pixels


class _Form:
    """Writes one form from the top down."""

    def __init__(self, picture: Image.Image, look: PaperLook) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._look = look
        self._print = np.random.default_rng(look.seed)
        self._hand = np.random.default_rng((look.seed, look.filling))
        self._pitch = round(1.45 * look.size_pt * DPI / 72)
        self.y = 260
        self.written = 0

    def header(self) -> None:
        """The name of the state, and a title of the form's own."""
        self._centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold")
        self._centred("Độc lập - Tự do - Hạnh phúc", 13, "Bold")
        self.y += self._pitch
        self._centred(" ".join(self._words(5, self._print)).upper(), 15, "Bold")
        self.y += self._pitch // 2

    def row(self) -> None:
        """A label with what a person filled in, and dots after it."""
        label = f"{self._print.choice(_LABELS)}: "
        self._line(label + " ".join(self._words(int(self._hand.integers(3, 7)), self._hand)).title() + " ")

    def paragraph(self) -> None:
        """Print over the whole width, the last line shorter."""
        for _line in range(2):
            self._line(" ".join(self._words(13, self._print)), dots=False)
        self._line(" ".join(self._words(int(self._print.integers(3, 9)), self._print)) + ".", dots=False)

    def table(self) -> None:
        """Six rows of four cells with thin rules."""
        height, right = self._pitch + 20, A4_PX[0] - _MARGIN_PX
        columns = np.linspace(_MARGIN_PX, right, 5).astype(int)
        for row in range(7):
            y = self.y + row * height
            self._draw.line((_MARGIN_PX, y, right, y), fill=self._look.ink, width=3)
            for x in columns[:-1] if row < 6 else ():
                words = " ".join(self._words(2, self._hand if row else self._print))
                self._draw.text((x + 20, y + 8), words, fill=self._look.ink, font=_font("Regular", 11))
        for x in columns:
            self._draw.line((x, self.y, x, self.y + 6 * height), fill=self._look.ink, width=3)
        self.y += 7 * height

    def _line(self, text: str, *, dots: bool = True) -> None:
        font, room = _font("Regular", self._look.size_pt), A4_PX[0] - 2 * _MARGIN_PX
        while font.getlength(text) > room:
            text = text.rsplit(" ", 1)[0]
        if dots:
            text += "." * int((room - font.getlength(text)) / font.getlength("."))
        self._draw.text((_MARGIN_PX, self.y), text, fill=self._look.ink, font=font)
        self.y += self._pitch
        self.written += 1

    def _centred(self, text: str, size_pt: float, face: str) -> None:
        font = _font(face, size_pt)
        self._draw.text(((A4_PX[0] - font.getlength(text)) / 2, self.y), text, fill=self._look.ink, font=font)
        self.y += self._pitch

    def _words(self, count: int, source: np.random.Generator) -> list[str]:
        return [str(word) for word in source.choice(_SYLLABLES, count)]


@cache
def _font(face: str, size_pt: float) -> ImageFont.FreeTypeFont:
    path = resource_path("fonts", f"LiberationSerif-{face}.ttf")
    return ImageFont.truetype(path, round(size_pt * DPI / 72), layout_engine=ImageFont.Layout.BASIC)


def _signed(pixels: Pixels, look: PaperLook) -> Pixels:
    """With a round red seal, 36 mm wide, over a blue signature at the bottom right; inks darken each other."""
    layer = Image.new("RGB", A4_PX, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    hand = np.random.default_rng((look.seed, look.filling, 1))
    x, y = 1750, 2900
    reach = np.cumsum(hand.normal(0, 60, (14, 2)), axis=0) + np.array((x, y))
    draw.line([(float(a), float(b)) for a, b in reach], fill=_PEN, width=8, joint="curve")
    stamp = Image.new("RGB", A4_PX, (255, 255, 255))
    draw = ImageDraw.Draw(stamp)
    for radius, width in ((212, 10), (190, 4), (110, 4)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_SEAL, width=width)
    star = [_around(x, y, 80 if point % 2 == 0 else 32, -90 + 36 * point) for point in range(10)]
    draw.polygon(star, fill=_SEAL)
    for place, letter in enumerate("ỦY BAN NHÂN DÂN XÃ MẪU"):
        draw.text(_around(x, y, 150, 160 + 10 * place), letter, fill=_SEAL, font=_font("Bold", 8), anchor="mm")
    inked: Pixels = np.minimum(np.minimum(pixels, np.asarray(layer)), np.asarray(stamp))
    return inked


def _around(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    return x + radius * math.cos(math.radians(degrees)), y + radius * math.sin(math.radians(degrees))


def _photo(picture: Image.Image, place: tuple[int, int], source: np.random.Generator) -> None:
    """A soft portrait of nobody, 30 x 40 mm, on a blue ground."""
    width, height = 354, 472
    ground = Image.new("RGB", (width, height), (70, 120, 190))
    draw = ImageDraw.Draw(ground)
    draw.ellipse((100, 90, 254, 290), fill=(214, 170, 140))
    draw.ellipse((90, 60, 264, 170), fill=(30, 24, 22))
    draw.ellipse((20, 300, 334, 700), fill=tuple(int(value) for value in source.integers(30, 120, 3)))
    picture.paste(Image.fromarray(cv2.GaussianBlur(np.asarray(ground), (0, 0), 3)), place)


def card(seed: int) -> Pixels:
    """A made-up card of ID-1 size at 600 dpi: a coloured ground with waves, print, a portrait."""
    width, height = 2022, 1276
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = 10 * np.sin(x / 23 + 3 * np.sin(y / 90)) + 8 * np.sin(y / 31)
    ground = np.stack([176 + waves + x / 90, 214 + waves, 206 + waves - y / 60], axis=2)
    picture = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8))
    _photo(picture, (120, 480), np.random.default_rng(seed))
    draw = ImageDraw.Draw(picture)
    draw.text((700, 90), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", fill=_INK, font=_font("Bold", 14))
    draw.text((800, 240), "CĂN CƯỚC CÔNG DÂN", fill=_SEAL, font=_font("Bold", 22))
    for row, text in enumerate(
        ("Số: 001099000001", "NGUYỄN VĂN MẪU", "01/01/1999", "Nam   Việt Nam", "Xã Mẫu, Hà Nội")
    ):
        draw.text((640, 420 + 150 * row), text, fill=_INK, font=_font("Regular", 19))
    return np.array(picture)


@dataclass(frozen=True, slots=True)
class ScanLook:
    """How a scanner sees a page; lengths in mm on the paper, levels from 0 to 255."""

    seed: int = 0
    turned_deg: float = 0.0
    shift_mm: tuple[float, float] = (0.0, 0.0)
    blur_px: float = 0.7
    noise: float = 3.0
    paper_level: float = 240.0
    tint: tuple[float, float, float] = (1.0, 1.0, 0.985)
    lid: int | None = None  # the grey of what lies around the sheet; None: the sheet's own white
    dpi: int = DPI


def scanned(pixels: Pixels, look: ScanLook) -> Pixels:
    """The page as a scanner gives it, at the scanner's resolution."""
    scale = look.dpi / DPI
    height, width = (round(side * scale) for side in pixels.shape[:2])
    turn = cv2.getRotationMatrix2D((A4_PX[0] / 2, A4_PX[1] / 2), look.turned_deg, 1.0)
    turn[:, 2] = turn[:, 2] + np.array(look.shift_mm) / 25.4 * DPI
    ground = 255 if look.lid is None else look.lid
    area = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    seen = cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderValue=(ground, ground, ground))
    seen = cv2.resize(seen, (width, height), interpolation=area)
    return _sensed(seen, np.full((1, 1), look.paper_level / 255, np.float32), look)


@dataclass(frozen=True, slots=True)
class ShotLook(ScanLook):
    """How a camera sees a page on a table. `light` is what is left of it at the left and at the right edge."""

    size_px: tuple[int, int] = (4000, 3000)
    table: tuple[int, int, int] = (104, 78, 58)
    tilt_deg: float = 12.0
    light: tuple[float, float] = (0.95, 0.75)
    shadow: float = 1.0  # what is left of the light inside a hand's shadow
    fill: float = 0.92  # of the picture's height or width by the sheet


def photographed(pixels: Pixels, look: ShotLook) -> tuple[Frame, Corners]:
    """A camera's frame of the sheet, and where its corners are, clockwise from the sheet's own top left."""
    source = np.random.default_rng(look.seed)
    corners = seen_corners(pixels.shape[1] / pixels.shape[0], look)
    sheet = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * np.array(pixels.shape[1::-1], np.float32)
    turn = cv2.getPerspectiveTransform(sheet, corners.astype(np.float32))
    seen = np.full((look.size_px[1], look.size_px[0], 3), look.table, np.uint8)
    shrunk = cv2.GaussianBlur(pixels, (0, 0), 0.6)
    cv2.warpPerspective(shrunk, turn, look.size_px, dst=seen, borderMode=cv2.BORDER_TRANSPARENT)
    across = (
        np.linspace(*look.light, 64, dtype=np.float32)[None, :] * np.linspace(1.0, 0.92, 48, dtype=np.float32)[:, None]
    )
    if look.shadow < 1:
        mask = np.zeros_like(across)
        cv2.fillPoly(mask, [np.array([(0, 20), (34, 30), (30, 47), (0, 47)], np.int32)], 1.0)
        across = across * (1 - (1 - look.shadow) * cv2.GaussianBlur(mask, (0, 0), 1.0 + source.random()))
    light = cv2.resize(across, look.size_px, interpolation=cv2.INTER_CUBIC)
    frame = _sensed(seen, light, look)
    return Frame(frame.tobytes(), *look.size_px), tuple((float(x), float(y)) for x, y in corners)


def seen_corners(aspect: float, look: ShotLook) -> NDArray[np.float64]:
    """A sheet turned in its plane and tilted about its middle, through a pin-hole of 62 degrees, as near as it fits."""
    around, over, aside = (math.radians(angle) for angle in (look.turned_deg, look.tilt_deg, 0.6 * look.tilt_deg))
    rotation, _jacobian = cv2.Rodrigues(np.array([over, aside, 0.0]))
    spin, _jacobian = cv2.Rodrigues(np.array([0.0, 0.0, around]))
    corners = np.array([(-aspect, -1, 0), (aspect, -1, 0), (aspect, 1, 0), (-aspect, 1, 0)]) / 2
    turned = corners @ spin.T @ rotation.T
    focal_px, distance = 0.83 * look.size_px[0], 2.0
    for _round in range(20):
        seen: NDArray[np.float64] = focal_px * turned[:, :2] / (turned[:, 2:] + distance)
        distance *= float((np.abs(seen).max(axis=0) * 2 / (look.fill * np.array(look.size_px))).max())
    return seen + np.array(look.size_px) / 2


def _sensed(seen: MatLike, light: MatLike, look: ScanLook) -> Pixels:
    """Blurred, lit, tinted, with noise."""
    blurred = cv2.GaussianBlur(seen, (0, 0), look.blur_px) if look.blur_px > 0.2 else seen
    noise: MatLike = np.empty(blurred.shape, np.int16)
    cv2.setRNGSeed(look.seed + 1)
    cv2.randn(noise, np.zeros(3), np.full(3, look.noise))
    lit = blurred.astype(np.float32) * light[..., None] * np.array(look.tint, np.float32)
    sensed: Pixels = np.clip(lit + noise, 0, 255).astype(np.uint8)
    return sensed
