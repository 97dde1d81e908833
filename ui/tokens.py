"""Sizes in millimetres of glass: the numbers that every screen is drawn with.

A finger and an eye are the same size in front of every panel, so nothing here is in pixels. Tappable floors
and text sizes follow the United States' VVSG 2.0 (12.7 mm touch area, 2.54 mm gaps, capital-letter bands) and
studies of older people at touch panels (16 mm controls, 19 mm for poor dexterity).
"""

from dataclasses import dataclass
from enum import StrEnum


class TextSize(StrEnum):
    """The three sizes that a citizen can choose."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Contrast(StrEnum):
    """The three colour schemes that a citizen can choose."""

    LIGHT = "light"
    BLACK_ON_WHITE = "black-on-white"
    WHITE_ON_BLACK = "white-on-black"


class Role(StrEnum):
    """What a text is for; it decides size and weight."""

    HEADING = "heading"
    TITLE = "title"
    FIELD = "field"
    BODY = "body"
    STRONG = "strong"
    ACTION = "action"
    LABEL = "label"
    HINT = "hint"
    PROGRESS = "progress"
    KEY = "key"
    TILE = "tile"
    SMALL = "small"
    PROBLEM = "problem"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Panel:
    """The piece of glass: its resolution in (logical) pixels and the diagonal in inches from the settings.

    `QScreen.physicalDotsPerInch()` is not used: it answers 100 offscreen and 157 over VNC for one 1080p panel.
    """

    width_px: int = 1920
    height_px: int = 1080
    diagonal_inch: float = 21.5

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre: 4.034 on a 21.5" 1920x1080 panel."""
        diagonal_px = (self.width_px**2 + self.height_px**2) ** 0.5
        return float(diagonal_px / (self.diagonal_inch * 25.4))

    @property
    def height_mm(self) -> float:
        """Height of the visible glass."""
        return self.height_px / self.px_per_mm


# Millimetres of the em square. A capital of Be Vietnam Pro is 0.74 em: body text is 5.5 / 6.6 / 7.7 mm high,
# which meets EN 301 549 5.1.4 (0.7 degrees) at 50 cm with LARGE and at 60 cm with LARGEST.
_TEXT_MM: dict[Role, tuple[float, float, float]] = {
    Role.FIGURE: (15.9, 17.4, 18.9),
    Role.HEADING: (11.4, 11.9, 12.9),
    Role.TITLE: (7.2, 8.2, 9.2),
    Role.FIELD: (8.7, 9.95, 11.4),
    Role.BODY: (7.45, 8.95, 10.45),
    Role.STRONG: (7.45, 8.95, 10.45),
    Role.ACTION: (7.45, 8.95, 10.45),
    Role.LABEL: (6.7, 7.9, 8.9),
    Role.HINT: (7.45, 8.95, 10.45),
    Role.PROGRESS: (6.5, 7.6, 8.9),
    Role.TILE: (9.2, 10.2, 11.4),
    Role.KEY: (8.4, 9.2, 10.2),
    Role.SMALL: (6.0, 7.0, 8.5),
    Role.PROBLEM: (7.45, 8.95, 10.45),
}
_COLUMN = {size: column for column, size in enumerate(TextSize)}
_WEIGHTS: dict[Role, int] = {
    Role.FIGURE: 700,
    Role.KEY: 500,
    Role.TILE: 600,
    Role.HEADING: 700,
    Role.TITLE: 600,
    Role.STRONG: 600,
    Role.ACTION: 600,
    Role.LABEL: 600,
    Role.PROBLEM: 600,
}

LOW_PANEL_MM = 220
"""Below this height the keyboard leaves too little room for the whole frame."""
_LOW_PAGE_EMS = LOW_PANEL_MM / _TEXT_MM[Role.BODY][0]
_NARROW_HEADER_EMS = 46
_TWO_COLUMNS_EMS = 40


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every size in pixels for one panel and one text size."""

    panel: Panel
    text_size: TextSize = TextSize.NORMAL

    def px(self, mm: float) -> int:
        """Whole pixels nearest to `mm`, at least 1."""
        return max(1, round(mm * self.panel.px_per_mm))

    def text_px(self, role: Role) -> int:
        """Size of the em square. On a low panel a heading is hardly larger than the text."""
        column = _COLUMN[self.text_size]
        size_mm = _TEXT_MM[role][column]
        if role is Role.HEADING and self.compact:
            size_mm = max(0.85 * size_mm, _TEXT_MM[Role.BODY][column])
        return self.px(size_mm)

    def weight(self, role: Role) -> int:
        """CSS weight of the role, 400 to 700."""
        return _WEIGHTS.get(role, 400)

    @property
    def compact(self) -> bool:
        """The panel is too low for a full frame with the keyboard open (15.6" is 194 mm high, 21.5" 268 mm)."""
        return self.panel.height_mm < LOW_PANEL_MM

    @property
    def folds(self) -> bool:
        """With the keyboard open, progress and hint give way: the panel is low, or low for so large a text."""
        return self.panel.height_px < _LOW_PAGE_EMS * self.text_px(Role.BODY)

    @property
    def header_has_icons(self) -> bool:
        """Whether four header buttons with icons leave room for the title beside them."""
        return self.portrait or self.panel.width_px > _NARROW_HEADER_EMS * self.text_px(Role.LABEL)

    @property
    def portrait(self) -> bool:
        """The panel stands upright: the header takes two rows."""
        return self.panel.width_px < self.panel.height_px

    @property
    def stacks(self) -> bool:
        """Two columns would be too narrow for so large a text: what stands beside a page goes below it."""
        return self.portrait or self.panel.width_px < _TWO_COLUMNS_EMS * self.text_px(Role.BODY)

    @property
    def touch_px(self) -> int:
        """Floor for anything tappable (VVSG 2.0: 12.7 mm)."""
        return self.px(12.7)

    @property
    def control_px(self) -> int:
        """Height of a field or a secondary control: 16 mm, the best for older people, more for large text."""
        return max(self.px(16), round(self.text_px(Role.BODY) * 1.9))

    @property
    def primary_px(self) -> int:
        """Height of primary buttons, fields and choice rows: 21 mm, 17 mm on a low panel."""
        return max(self.px(17 if self.compact else 21), round(self.text_px(Role.FIELD) * 1.75))

    @property
    def tile_px(self) -> int:
        """Least height of a tile (40 mm)."""
        return self.px(40)

    @property
    def gap_px(self) -> int:
        """Normal gap between targets (4 mm; the floor is 2.54 mm)."""
        return self.px(4)

    @property
    def radius_px(self) -> int:
        """Radius of rounded corners."""
        return self.px(2.5)

    @property
    def line_px(self) -> int:
        """Thickness of an outline that says where a control is."""
        return self.px(0.7)

    @property
    def hair_px(self) -> int:
        """Thickness of the outline of a quiet surface: a card, a key."""
        return self.px(0.5)

    @property
    def ring_px(self) -> int:
        """Thickness of the focus ring: at least 4 px."""
        return max(4, self.px(1.15))

    @property
    def slide_px(self) -> int:
        """How far a pressed finger may slide and still press (30 px on a 21.5" panel)."""
        return self.px(7.4)

    @property
    def header_px(self) -> int:
        """Height of the header bar."""
        return max(self.px(17 if self.compact else 21.8), self.touch_px + 2 * self.px(2))

    @property
    def margin_px(self) -> int:
        """Left and right edge of header and footer."""
        return self.px(6 if self.compact or self.portrait else 10)

    @property
    def column_px(self) -> int:
        """Widest reading column: 1080 px on a 21.5" panel, some 66 letters of normal text."""
        return self.px(268)

    @property
    def card_px(self) -> int:
        """Width of the side card."""
        return self.px(94 if self.compact else 119)

    @property
    def wide_card_px(self) -> int:
        """Width of the side card of a page that uses the whole width."""
        return self.px(94 if self.compact else 165)

    @property
    def key_gap_px(self) -> int:
        """Gap between keys (3 mm; on a low panel hardly more than the floor of 2.54 mm)."""
        return self.px(2.75 if self.compact else 3)

    @property
    def key_px(self) -> int:
        """Height of a key of the on-screen keyboard."""
        return self.px(15.5 if self.compact else 18.8)
