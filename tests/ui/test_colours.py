"""Every pair of colours that can meet is readable, in all three schemes."""

import pytest

from ui.colours import COLOURS
from ui.tokens import Contrast


def contrast(first: str, second: str) -> float:
    """Contrast ratio by WCAG 2.2, 1 to 21."""

    def luminance(colour: str) -> float:
        levels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in levels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_published_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#0b4f8a") == pytest.approx(8.40, abs=0.01)


@pytest.mark.parametrize("scheme", Contrast)
def test_letters_stand_out_seven_to_one(scheme: Contrast) -> None:
    weak = [(pair, contrast(*pair)) for pair in COLOURS[scheme].text_pairs() if contrast(*pair) < 7]
    assert weak == []


@pytest.mark.parametrize("scheme", Contrast)
def test_main_text_and_primary_button_stand_out_most(scheme: Contrast) -> None:
    colours = COLOURS[scheme]
    assert contrast(colours.text, colours.page) >= 10
    assert contrast(colours.primary_text, colours.primary) >= 8


@pytest.mark.parametrize("scheme", Contrast)
def test_outlines_stand_out_three_to_one(scheme: Contrast) -> None:
    weak = [(pair, contrast(*pair)) for pair in COLOURS[scheme].edge_pairs() if contrast(*pair) < 3]
    assert weak == []
