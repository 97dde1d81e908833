"""A strip of receipt paper, written from the top down: wrapped text, rules, boxes, rows; knows nothing of slips."""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

# Be Vietnam Pro, measured: the marks of a bold Ẳ reach 1.223 em above the baseline, Ạ 0.247 em below. Within a text the
# lines are closer than that: they are drawn on one canvas, so nothing is cut off, and the two extremes rarely meet.
_ASCENT_EM = 1.25
_PITCH_EM = 1.34
_LAST_LINE_EM = 1.5
_BESIDE_MOST = 0.45  # of the paper's width, for the short text of a row
_BLACK_BELOW = 140  # of 255: where an anti-aliased edge becomes ink; thin strokes stay whole at 203 dpi


class Face(StrEnum):
    """The weights used on paper; the values end the names of the font files."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Paper:
    """The printable width in dots, and the dots per inch, of a printer's head."""

    width_px: int
    dpi: int

    def points(self, size_pt: float) -> int:
        """Typographic points (1/72 inch) in dots."""
        return round(size_pt * self.dpi / 72)

    def mm(self, size_mm: float) -> int:
        """Millimetres in dots."""
        return round(size_mm * self.dpi / 25.4)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written. `align` is "left", "centre" or "right"."""

    size_pt: float
    face: Face = Face.REGULAR
    align: str = "left"


class Sheet:
    """Grows downwards; `finish` gives the one-bit picture. Positions are dots."""

    def __init__(self, paper: Paper, fonts: Path) -> None:
        self.paper = paper
        self._fonts = fonts
        self._picture = Image.new("L", (paper.width_px, paper.mm(100)), 255)
        self._draw = ImageDraw.Draw(self._picture)
        self.y = 0

    def space(self, size_mm: float) -> None:
        """Leave paper free."""
        self.y += self.paper.mm(size_mm)

    def text(self, text: str, style: Style, left: int = 0, right: int = 0) -> None:
        """Write the text in as many lines as it takes, between margins of `left` and `right` dots."""
        font = self._font(style)
        room = self.paper.width_px - left - right
        breaking = balanced if style.align == "centre" else wrap
        lines = breaking(unicodedata.normalize("NFC", text), font, room)
        self._grow(round(font.size * (len(lines) * _PITCH_EM + _LAST_LINE_EM)))
        for line in lines:
            width = round(font.getlength(line))
            shift = {"left": 0, "centre": (room - width) // 2, "right": room - width}[style.align]
            baseline = (left + shift, self.y + round(font.size * _ASCENT_EM))
            self._draw.text(baseline, line, font=font, fill=0, anchor="ls")
            self.y += round(font.size * _PITCH_EM)
        self.y += round(font.size * (_LAST_LINE_EM - _PITCH_EM)) if lines else 0

    def line(self, text: str, style: Style, least_pt: float) -> None:
        """Write the text in one line, smaller if it must be; under `least_pt` it is broken instead."""
        size_pt = style.size_pt
        while size_pt > least_pt and self._font(replace(style, size_pt=size_pt)).getlength(text) > self._box_room():
            size_pt -= 0.5
        margin = (self.paper.width_px - self._box_room()) // 2
        self.text(text, replace(style, size_pt=size_pt), left=margin, right=margin)

    def row(self, left_text: str, right_text: str, style: Style) -> None:
        """A text that wraps, and a short one (a count, an amount) at the right edge of its first line.

        On narrow paper, where the short one would take too much of the line, it comes below.
        """
        start = self.y
        right_px = round(self._font(style).getlength(right_text)) + self.paper.mm(3)
        beside = right_px <= _BESIDE_MOST * self.paper.width_px
        self.text(left_text, style, right=right_px if beside else 0)
        end = self.y
        self.y = start if beside else end
        self.text(right_text, replace(style, align="right"))
        self.y = max(end, self.y)

    def rule(self) -> None:
        """A thin line across, with air above and below."""
        self.space(1.8)
        self._grow(2)
        self._draw.rectangle((0, self.y, self.paper.width_px, self.y + 1), fill=0)
        self.y += 2
        self.space(1.8)

    def box(self, top: int, width: int = 3) -> None:
        """A frame around everything written since `top`."""
        self._grow(width)
        self._draw.rounded_rectangle(
            (0, top, self.paper.width_px - 1, self.y - 1), radius=self.paper.mm(1.5), outline=0, width=width
        )

    def band(self, text: str, style: Style) -> None:
        """White on black across the paper."""
        start = self.y
        self.space(1.2)
        self.text(text, style, left=self.paper.mm(2), right=self.paper.mm(2))
        self.space(1.2)
        region = (0, start, self.paper.width_px, self.y)
        self._grow(0)
        self._picture.paste(self._picture.crop(region).point(lambda grey: 255 - grey), region)

    def picture(self, picture: Image.Image) -> None:
        """A black and white picture, centred."""
        self._grow(picture.height)
        self._picture.paste(picture, ((self.paper.width_px - picture.width) // 2, self.y))
        self.y += picture.height

    def finish(self) -> Image.Image:
        """The strip so far, in one bit a dot: 0 is ink."""
        self._grow(0)
        strip = self._picture.crop((0, 0, self.paper.width_px, self.y))
        return strip.point(lambda grey: 0 if grey < _BLACK_BELOW else 255).convert("1")

    def _box_room(self) -> int:
        """The width inside a box."""
        return self.paper.width_px - 2 * self.paper.mm(2)

    def _font(self, style: Style) -> ImageFont.FreeTypeFont:
        return _load(self._fonts / f"BeVietnamPro-{style.face}.ttf", self.paper.points(style.size_pt))

    def _grow(self, height: int) -> None:
        """Make the strip long enough for `height` more dots."""
        if self.y + height <= self._picture.height:
            return
        longer = Image.new("L", (self.paper.width_px, 2 * self._picture.height + height), 255)
        longer.paste(self._picture, (0, 0))
        self._picture, self._draw = longer, ImageDraw.Draw(longer)


@cache
def _load(path: Path, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)


def wrap(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    """Lines of at most `room` dots, broken at spaces, after hyphens where a word is too long, else anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _break_word(word, font, room)
        lines.extend(full)
    return [*lines, line] if line else lines


def balanced(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    """As `wrap`; where a short last line would be left alone, as many lines of nearly the same length."""
    lines = wrap(text, font, room)
    if not lines or font.getlength(lines[-1]) > room / 3:
        return lines
    longest_px = max(font.getlength(part) for part in re.findall(r"[^\s-]+-?", text))
    while (room := room - 8) >= longest_px:
        narrower = wrap(text, font, room)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _break_word(word: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    pieces: list[str] = []
    while font.getlength(word) > room:
        fitting = max((end for end in range(1, len(word)) if font.getlength(word[:end]) <= room), default=1)
        hyphen = word.rfind("-", 0, fitting)
        end = hyphen + 1 if hyphen > 0 else fitting
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]
