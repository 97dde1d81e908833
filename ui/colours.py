"""The three colour schemes and the pairs that must stay readable: 7:1 for letters, 3:1 for outlines (WCAG 2.2)."""

from dataclasses import dataclass

from ui.tokens import Contrast


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour scheme as `#rrggbb`. Which pairs meet is told by `text_pairs` and `edge_pairs`, and tested."""

    page: str
    text: str
    quiet_text: str
    link: str
    primary: str
    primary_text: str
    header: str
    header_text: str
    control: str
    control_text: str
    control_edge: str
    card: str
    card_edge: str
    rest: str
    focus_fill: str
    focus_ring: str
    focus_halo: str
    field_ring: str
    band: str
    band_text: str
    band_edge: str
    success: str
    success_fill: str
    warning: str
    warning_fill: str
    danger: str
    danger_text: str
    problem: str
    problem_fill: str
    chosen_fill: str
    key_area: str
    key: str
    key_special: str
    key_edge: str

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """(letters, ground) of every text that can occur: each at least 7:1 (WCAG 2.2 AAA)."""
        on_page = ("text", "quiet_text", "link", "problem", "success")
        pairs = [(name, "page") for name in on_page]
        grounds = ("control", "card", "focus_fill", "key", "key_special", "rest", "chosen_fill", "key_area")
        pairs += [("text", ground) for ground in grounds]
        pairs += [("quiet_text", "card"), ("quiet_text", "focus_fill"), ("link", "card"), ("link", "focus_fill")]
        pairs += [("primary_text", "primary"), ("header_text", "header"), ("control_text", "control")]
        pairs += [("band_text", "band"), ("danger_text", "danger"), ("problem", "problem_fill")]
        pairs += [("success", "success_fill"), ("warning", "warning_fill"), ("text", "success_fill")]
        pairs += [("text", "warning_fill"), ("link", "problem_fill"), ("text", "problem_fill")]
        return tuple((getattr(self, letters), getattr(self, ground)) for letters, ground in pairs)

    def edge_pairs(self) -> tuple[tuple[str, str], ...]:
        """(line, ground) of every outline that says where a control is: each at least 3:1 (WCAG 2.2 1.4.11)."""
        pairs = [("control_edge", "page"), ("card_edge", "page"), ("key_edge", "key"), ("key_edge", "key_area")]
        pairs += [("focus_ring", "page"), ("focus_ring", "focus_halo"), ("primary", "page")]
        pairs += [
            ("field_ring", "page"),
            ("field_ring", "focus_fill"),
            ("success", "success_fill"),
            ("problem", "problem_fill"),
        ]
        return tuple((getattr(self, line), getattr(self, ground)) for line, ground in pairs)


_LIGHT = Colours(
    page="#ffffff",
    text="#14213d",
    quiet_text="#3b4a63",
    link="#0b4f8a",
    primary="#0b4f8a",
    primary_text="#ffffff",
    header="#0b4f8a",
    header_text="#ffffff",
    control="#ffffff",
    control_text="#14213d",
    control_edge="#3b4a63",
    card="#f5f8fc",
    card_edge="#78869c",
    rest="#eef2f8",
    focus_fill="#fffbe6",
    focus_ring="#14213d",
    focus_halo="#ffdd00",
    field_ring="#0b4f8a",
    band="#fff3c4",
    band_text="#3d2e00",
    band_edge="#8a6d00",
    success="#125831",
    success_fill="#e8f5ec",
    warning="#5c3c00",
    warning_fill="#fff3d6",
    danger="#8c1d18",
    danger_text="#ffffff",
    problem="#8c1d18",
    problem_fill="#fdf0ef",
    chosen_fill="#e3effc",
    key_area="#e7ebf1",
    key="#ffffff",
    key_special="#dbe9fb",
    key_edge="#78869c",
)

_BLACK_ON_WHITE = Colours(
    page="#ffffff",
    text="#000000",
    quiet_text="#000000",
    link="#000000",
    primary="#000000",
    primary_text="#ffffff",
    header="#000000",
    header_text="#ffffff",
    control="#ffffff",
    control_text="#000000",
    control_edge="#000000",
    card="#ffffff",
    card_edge="#000000",
    rest="#ffffff",
    focus_fill="#fffbe6",
    focus_ring="#000000",
    focus_halo="#ffdd00",
    field_ring="#000000",
    band="#ffffff",
    band_text="#000000",
    band_edge="#000000",
    success="#000000",
    success_fill="#ffffff",
    warning="#000000",
    warning_fill="#ffffff",
    danger="#7a0000",
    danger_text="#ffffff",
    problem="#7a0000",
    problem_fill="#ffffff",
    chosen_fill="#e6e6e6",
    key_area="#ffffff",
    key="#ffffff",
    key_special="#ebebeb",
    key_edge="#000000",
)

_WHITE_ON_BLACK = Colours(
    page="#000000",
    text="#ffffff",
    quiet_text="#ffffff",
    link="#ffe066",
    primary="#ffe066",
    primary_text="#000000",
    header="#000000",
    header_text="#ffffff",
    control="#000000",
    control_text="#ffffff",
    control_edge="#ffffff",
    card="#111111",
    card_edge="#ffffff",
    rest="#1a1a1a",
    focus_fill="#332b00",
    focus_ring="#ffffff",
    focus_halo="#000000",
    field_ring="#ffe066",
    band="#332b00",
    band_text="#ffe066",
    band_edge="#ffe066",
    success="#8ff0b4",
    success_fill="#00260f",
    warning="#ffe066",
    warning_fill="#332b00",
    danger="#ffb4ab",
    danger_text="#000000",
    problem="#ffb4ab",
    problem_fill="#2b0000",
    chosen_fill="#26323f",
    key_area="#1a1a1a",
    key="#000000",
    key_special="#26323f",
    key_edge="#bfbfbf",
)

COLOURS: dict[Contrast, Colours] = {
    Contrast.LIGHT: _LIGHT,
    Contrast.BLACK_ON_WHITE: _BLACK_ON_WHITE,
    Contrast.WHITE_ON_BLACK: _WHITE_ON_BLACK,
}
