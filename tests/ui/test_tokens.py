"""Sizes are the same on every panel when measured with a ruler."""

import pytest

from ui.tokens import Metrics, Panel, Role, TextSize

PANELS = [
    Panel(1366, 768, 15.6),
    Panel(1920, 1080, 15.6),
    Panel(1920, 1080, 21.5),
    Panel(1080, 1920, 21.5),
    Panel(1920, 1080, 27),
    Panel(3840, 2160, 32),
]
CAPITAL_EM = 0.74
"""Height of a capital of Be Vietnam Pro in em."""


def test_the_desk_panel_has_four_pixels_to_the_millimetre() -> None:
    assert Panel(1920, 1080, 21.5).px_per_mm == pytest.approx(4.034, abs=0.001)


@pytest.mark.parametrize("panel", PANELS, ids=str)
@pytest.mark.parametrize("text_size", TextSize)
def test_floors_hold_on_every_panel(panel: Panel, text_size: TextSize) -> None:
    metrics = Metrics(panel, text_size)
    half_px_mm = 0.5 / panel.px_per_mm
    for height in (metrics.touch_px, metrics.control_px, metrics.primary_px, metrics.key_px):
        assert height / panel.px_per_mm >= 12.7 - half_px_mm
    for gap in (metrics.gap_px, metrics.key_gap_px):
        assert gap / panel.px_per_mm >= 2.54 - half_px_mm
    assert metrics.ring_px >= 4


@pytest.mark.parametrize("panel", PANELS, ids=str)
def test_letters_are_as_high_as_the_standards_ask(panel: Panel) -> None:
    def capital_mm(role: Role, text_size: TextSize) -> float:
        return Metrics(panel, text_size).text_px(role) / panel.px_per_mm * CAPITAL_EM

    # VVSG 2.0 bands; EN 301 549 5.1.4: 0.7 degrees at 50 cm is 6.1 mm, at 60 cm 7.3 mm.
    assert capital_mm(Role.BODY, TextSize.NORMAL) >= 4.8
    assert capital_mm(Role.BODY, TextSize.LARGE) >= 6.1
    assert capital_mm(Role.BODY, TextSize.LARGEST) >= 7.3
    assert min(capital_mm(role, TextSize.NORMAL) for role in Role) >= 4.2


@pytest.mark.parametrize(("panel", "compact"), [(PANELS[0], True), (PANELS[1], True), (PANELS[2], False)], ids=str)
def test_low_panels_are_compact(panel: Panel, compact: bool) -> None:
    assert Metrics(panel).compact is compact
    assert Metrics(panel).folds is compact
