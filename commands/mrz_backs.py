"""Draws backs of made-up identity cards (TD1) before a camera, for the bench and for tests. Everything is by a seed."""

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from devices.frames import Pixels, frame_from_bgr, rgb_pixels
from kiosk.mrz import LINE_LENGTH, MrzRead, check_digit
from kiosk.ports import Frame

# Debian's fonts-ocr-b (permissive, public domain), not in the repository: the bench and some tests draw with it.
OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
FRAME_PX = (1920, 1080)
CARD_MM = (85.6, 53.98)  # ISO/IEC 7810 ID-1
_PX_PER_MM = 20
_PITCH_MM = 2.54  # ten letters an inch
_FAMILIES = ("NGUYEN", "TRAN", "LE", "PHAM", "HOANG", "PHAN", "VU", "DANG", "BUI", "DO", "KSOR", "H")
_GIVEN = ("VAN", "THI", "MAU", "THU", "A", "B", "KHONG", "CO", "THAT", "QUYNH", "XUAN", "ZIL", "OANH", "SI")


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a picture is: standard deviations in pixels and grey values, the rest as largest amounts."""

    name: str
    blur_px: float
    noise: float
    tilt_deg: float
    dark_side: float  # how much of the light is missing at one side, 0 to 1


LEVELS = (Level("clean", 0.4, 2, 0.3, 0.0), Level("mild", 0.8, 5, 1.5, 0.0), Level("hard", 1.6, 12, 4.0, 0.5))


def mrz_lines(card: MrzRead, *, tail: str = "", born: str = "", end: str = "") -> tuple[str, str, str]:
    """The lines with check digits that hold; `tail`, `born` and `end` stand in place of what the card has."""
    tail = tail or card.number[3:]
    born = born or f"{card.birth_date:%y%m%d}"
    end = end or (f"{card.expires_on:%y%m%d}" if card.expires_on else "991231")
    first = f"IDVNM{_checked(tail)}{card.number}<<{check_digit(card.number)}"
    second = f"{_checked(born)}{'M' if card.sex == 'Nam' else 'F'}{_checked(end)}VNM{'<' * 11}"
    over_all = check_digit(first[5:] + second[:7] + second[8:15] + second[18:])
    family, *given = card.plain_name.split()
    name = "<<".join([family, "<".join(given)]) if given else family
    return first, second + over_all, name[:LINE_LENGTH].ljust(LINE_LENGTH, "<")


def made_up(dice: random.Random) -> MrzRead:
    """A card of nobody, whose number's digits say what Circular 59/2021 gave them to say."""
    born = date.fromordinal(dice.randint(date(1940, 1, 1).toordinal(), date(2010, 12, 28).toordinal()))
    sex = dice.choice(("Nam", "Nữ"))
    century_and_sex = 2 * (born.year // 100 - 19) + (sex == "Nữ")
    number = f"{dice.randint(1, 96):03}{century_and_sex}{born:%y}{dice.randint(0, 999_999):06}"
    age_at_end = next((age for age in (25, 40, 60) if born.year + age > 2027), None)
    end = date(born.year + age_at_end, born.month, min(born.day, 28)) if age_at_end else None
    name = " ".join([dice.choice(_FAMILIES), *dice.sample(_GIVEN, dice.randint(1, 3))])
    return MrzRead(number, name, born, sex, end)


def draw_frame(lines: tuple[str, str, str], level: Level, dice: random.Random) -> Frame:
    """A full-HD frame with the card, 900 to 1,400 pixels wide, somewhere on a table."""
    noise = np.random.default_rng(dice.getrandbits(64))
    seen = _on_table(_card(lines, noise), level, dice, noise).astype(np.float64)
    frame: NDArray[np.float64] = cv2.GaussianBlur(seen, (0, 0), level.blur_px).astype(np.float64)
    if level.dark_side:
        across = np.linspace(1.0, 1.0 - level.dark_side, FRAME_PX[0])
        frame = frame * (across if dice.random() < 0.5 else across[::-1])[None, :, None]
    frame = frame + noise.normal(0, level.noise, frame.shape)
    jpeg = cv2.imencode(".jpg", np.clip(frame, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    decoded = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    assert decoded is not None
    return frame_from_bgr(decoded)


def damaged(frame: Frame, dice: random.Random) -> Frame:
    """The frame with a fault that hides or changes letters: a shine, a thumb, a shake, or a coarse, small picture."""
    picture: Any = rgb_pixels(frame).copy()
    place = (dice.randint(500, 1420), dice.randint(500, 900))
    match dice.randrange(4):
        case 0:
            shine = np.zeros(picture.shape[:2], np.float32)
            cv2.ellipse(
                shine, place, (dice.randint(60, 260), dice.randint(20, 70)), dice.randint(0, 180), 0, 360, 1, -1
            )
            shine = cv2.GaussianBlur(shine, (0, 0), 25)[..., None]
            picture = (picture * (1 - 0.9 * shine) + 255 * 0.9 * shine).astype(np.uint8)
        case 1:
            cv2.ellipse(picture, place, (dice.randint(40, 110), dice.randint(60, 150)), 0, 0, 360, (205, 150, 125), -1)
        case 2:
            picture = cv2.blur(picture, (dice.randint(7, 19), dice.randint(1, 5)))
        case _:
            share = dice.uniform(0.28, 0.5)
            small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
            picture = cv2.resize(small, (frame.width_px, frame.height_px), interpolation=cv2.INTER_LINEAR)
    return Frame(np.ascontiguousarray(picture).tobytes(), frame.width_px, frame.height_px)


def _checked(text: str) -> str:
    return text + check_digit(text)


def _card(lines: tuple[str, str, str], noise: np.random.Generator) -> Pixels:
    """The card flat, in blue, green, red: pale, with waves of grey, a chip, print, and the three lines at the foot."""
    width, height = (round(mm * _PX_PER_MM) for mm in CARD_MM)
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    phase, bend = noise.uniform(0, 6, 2)
    waves = 14 * np.sin(across / 19 + 2.5 * np.sin(down / 61 + phase)) + 9 * np.sin(
        down / 13 + np.sin(across / 47 + bend)
    )
    paper = np.clip(214 + waves, 0, 255).astype(np.uint8)
    card = Image.fromarray(np.dstack([paper, paper, np.clip(paper.astype(int) - 12, 0, 255).astype(np.uint8)]))
    pen = ImageDraw.Draw(card)
    pen.rounded_rectangle([_px(6), _px(8), _px(19), _px(18)], _px(1.5), fill=(120, 170, 190), outline=(70, 100, 110))
    small = ImageFont.truetype(OCR_B, _px(2.1))
    for row, words in enumerate(
        ("DAC DIEM NHAN DANG / PERSONAL IDENTIFICATION", "NOT RUOI C 1CM DUOI MAT MAU", "21/11/2026")
    ):
        pen.text((_px(22), _px(6 + 4 * row)), words, fill=(60, 50, 60), font=small)
    letters = ImageFont.truetype(OCR_B, _PITCH_MM / 0.723 * _PX_PER_MM)  # a letter's share of the font's size
    left = (CARD_MM[0] - LINE_LENGTH * _PITCH_MM) / 2
    spacing = noise.uniform(5.2, 6.35)
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            corner = (_px(left + column * _PITCH_MM), _px(CARD_MM[1] - 4.2 - _PITCH_MM - (2 - row) * spacing))
            pen.text(corner, letter, fill=(38, 32, 35), font=letters)
    return np.asarray(card)


def _on_table(card: Pixels, level: Level, dice: random.Random, noise: np.random.Generator) -> Pixels:
    """The card on a table of a plain colour with a coarse grain, turned, and seen a little from aside (1 %)."""
    width, height = FRAME_PX
    grain = cv2.resize(noise.normal(0, 18, (54, 96)), FRAME_PX, interpolation=cv2.INTER_CUBIC)
    table = np.array([dice.randint(30, 210) for _channel in range(3)])
    frame = np.clip(table + grain[..., None], 0, 255).astype(np.uint8)
    wide = dice.uniform(900, 1400)
    tall = wide * CARD_MM[1] / CARD_MM[0]
    middle = np.array([width / 2 + dice.uniform(-1, 1) * (width - wide) / 3, height / 2 + dice.uniform(-1, 1) * 60])
    turn = np.deg2rad(dice.uniform(-level.tilt_deg, level.tilt_deg))
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]) / 2 @ turned.T + middle
    corners = corners + noise.uniform(-0.01, 0.01, (4, 2)) * wide
    flat = np.array([(0, 0), (card.shape[1], 0), (card.shape[1], card.shape[0]), (0, card.shape[0])], np.float32)
    view = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    there = cv2.warpPerspective(np.full(card.shape[:2], 255, np.uint8), view, FRAME_PX, flags=cv2.INTER_AREA)
    seen = cv2.warpPerspective(cv2.GaussianBlur(card, (0, 0), 0.35 * card.shape[1] / wide), view, FRAME_PX)
    share: NDArray[np.float64] = there[..., None] / 255
    return (frame * (1 - share) + seen * share).astype(np.uint8)


def _px(mm: float) -> int:
    return round(mm * _PX_PER_MM)
