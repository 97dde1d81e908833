"""Made-up cards before a webcam, from a seed: where they lie, and what spoils their pictures, more or less of it.

commands.card_frames draws them. Random numbers are Python's and OpenCV's: the bundle is built without numpy.random.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from commands.specimen_card import CARD_PX

Floats = NDArray[np.float32]
Point = tuple[float, float]

CODE_BOX = {False: (972, 128), True: (972, 96)}  # the code's top left on the front (2021) and on the back (2024)
CODE_PX = 270
_SURNAMES = ("NGUYỄN VĂN", "TRẦN THỊ", "LÊ", "PHẠM HỮU", "H'HEN", "HOÀNG THỊ NGỌC", "ĐỖ", "VŨ ĐÌNH")
_PLACES = ("Thôn Mẫu", "Hòa Bình", "Thường Tín", "Hà Nội", "Xóm Thử", "Tổ dân phố 00", "Phường Giả Định", "Đắk Mẫu")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What one picture suffers from. Blurs are in modules of the code, light is a factor, noise in levels of 255."""

    defocus: float = 0.0
    shake: float = 0.0
    shake_angle: float = 0.0
    light: float = 1.0
    slope: float = 0.0
    glare: tuple[float, float, float, float] | None = None  # x and y on the code (0 to 1), radius in codes, strength
    noise: float = 2.0
    jpeg: int = 92
    sharpening: float = 0.0
    wear: float = 0.0
    bend: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A card in a place: `corners` of the card in the frame, the code's version, level and text."""

    seed: int
    text: str
    version: int
    level: str
    back: bool
    mirrored: bool
    corners: tuple[Point, ...]
    trouble: Trouble
    size_px: tuple[int, int] = (1920, 1080)

    @property
    def modules(self) -> int:
        """Modules on a side of the code."""
        return 17 + 4 * self.version


def made_up_text(source: random.Random, back: bool) -> str:
    """A text as the codes of cards carry it: made-up numbers and names that are no person's."""
    number = f"0{source.randrange(10, 97)}{source.randrange(10**9):09d}"
    old_number = f"{source.randrange(10**9):09d}" if source.random() < 0.5 else ""
    name = f"{source.choice(_SURNAMES)} {source.choice(('MẪU', 'THỬ', 'NIÊ', 'GIẢ ĐỊNH'))}"
    born = f"{source.randrange(1, 29):02d}{source.randrange(1, 13):02d}{source.randrange(1935, 2010)}"
    address = ", ".join(source.sample(_PLACES, source.randrange(3, 6)))
    issued = f"{source.randrange(1, 29):02d}{source.randrange(1, 13):02d}{2025 if back else 2022}"
    parents = "||TRẦN VĂN THỬ|LÊ THỊ MẪU|" if back else ""
    return f"{number}|{old_number}|{name}|{born}|{source.choice(('Nam', 'Nữ'))}|{address}|{issued}{parents}"


def scene_of(seed: int, hardness: float = 1.0, size_px: tuple[int, int] = (1920, 1080)) -> Scene:
    """A card from a seed. `hardness` scales all troubles: 0 is a fine picture, 1 a desk as it comes."""
    source = random.Random(seed)  # noqa: S311 -- pictures, no secrets
    back = source.random() < 0.5
    text = made_up_text(source, back)
    level = source.choice("LLLLMMQ")
    least = segno.make_qr(text, error=level, boost_error=False).version
    version = min(14, int(least) + source.choice((0, 0, 0, 0, 1, 2)))
    scale = size_px[1] / 1080
    modules_px = source.uniform(2.7, 3.4) if source.random() < 0.35 else source.uniform(3.4, 7.0)
    width_px = modules_px * scale * (17 + 4 * version + 4) * CARD_PX[0] / CODE_PX
    width_px = min(width_px, 1.35 * size_px[0])
    trouble = _trouble(source, hardness)
    corners = _corners(source, width_px, size_px, back)
    mirrored = source.random() < 0.3
    return Scene(seed, text, version, level, back, mirrored, corners, trouble, size_px)


def _trouble(source: random.Random, hardness: float) -> Trouble:
    def mostly_little(most: float) -> float:
        return hardness * most * source.random() ** 2

    glare = None
    if source.random() < 0.25 * hardness:
        glare = (source.random(), source.random(), source.uniform(0.1, 0.45), source.uniform(60, 400))
    return Trouble(
        defocus=0.2 + mostly_little(1.0),
        shake=mostly_little(2.2) if source.random() < 0.5 else 0.0,
        shake_angle=source.uniform(0, math.pi),
        light=1 - mostly_little(0.75),
        slope=mostly_little(0.6),
        glare=glare,
        noise=1.5 + mostly_little(9),
        jpeg=int(95 - mostly_little(45)),
        sharpening=source.uniform(0, 1.2) if source.random() < 0.4 else 0.0,
        wear=mostly_little(1.0) if source.random() < 0.4 else 0.0,
        bend=mostly_little(0.012),
    )


def _corners(source: random.Random, width_px: float, size_px: tuple[int, int], back: bool) -> tuple[Point, ...]:
    """The card turned, tilted and placed so that its code is whole in the frame."""
    half = np.array([width_px / 2, width_px / 2 * CARD_PX[1] / CARD_PX[0]])
    angle = source.gauss(0, 0.25) if source.random() < 0.8 else source.uniform(-math.pi, math.pi)
    turned = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    tilt = np.array([source.gauss(0, 0.10), source.gauss(0, 0.10)]).clip(-0.22, 0.22)
    points = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        near = 1 + tilt[0] * x + tilt[1] * y
        points.append(turned @ (half * (x, y)) * near)
    spots = np.array(points, np.float32)
    code = code_corners(to_frame_turn(spots), back)
    least, most = 12 - code.min(axis=0), np.array(size_px) - 12 - code.max(axis=0)
    middle = np.array(size_px) / 2 + (source.gauss(0, 80), source.gauss(0, 60))
    spots += np.clip(middle, np.minimum(least, most), np.maximum(least, most)).astype(np.float32)
    return tuple((float(px), float(py)) for px, py in spots)


def to_frame_turn(corners: Sequence[Point] | Floats) -> Floats:
    """The perspective from the flat card's pixels to the frame's."""
    outline = np.array([(0, 0), (CARD_PX[0], 0), CARD_PX, (0, CARD_PX[1])], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(outline, np.array(corners, np.float32)), np.float32)


def code_corners(turn: Floats, back: bool) -> Floats:
    """(4, 2) pixels of the frame: the code with its border, clockwise from its top left."""
    x, y = CODE_BOX[back]
    box = np.array([[(x, y), (x + CODE_PX, y), (x + CODE_PX, y + CODE_PX), (x, y + CODE_PX)]], np.float32)
    return np.asarray(cv2.perspectiveTransform(box, turn)[0], np.float32)
