"""The guide on the paper of a receipt printer: as wide as the head, as long as it takes, with everything on it."""

from dataclasses import replace

import pytest

from devices.paper_sheet import Paper
from devices.slip_layout import SlipLayout
from kiosk.guide import Guide
from kiosk.resources import resource_path
from tests.devices.guides import extract_guide, hostile_guide

LAYOUT = SlipLayout(resource_path("fonts"))
WIDE, NARROW = Paper(576, 203), Paper(384, 203)


@pytest.mark.parametrize("paper", [WIDE, NARROW], ids=["80 mm", "58 mm"])
@pytest.mark.parametrize("guide", [extract_guide(), hostile_guide()], ids=["usual", "hostile"])
def test_it_is_as_wide_as_the_paper(paper: Paper, guide: Guide) -> None:
    strip = LAYOUT.render(guide, paper)
    assert (strip.width, strip.mode) == (paper.width_px, "1")
    assert strip.getbbox() is not None


@pytest.mark.parametrize(
    "without",
    [{"papers": ()}, {"rows": ()}, {"notes": ()}, {"checked": ""}, {"code": ""}],
    ids=lambda changed: next(iter(changed)),
)
def test_everything_takes_its_room(without: dict[str, object]) -> None:
    guide = extract_guide()
    shorter = replace(guide, **without)  # type: ignore[arg-type]  # one field of the guide
    assert LAYOUT.render(shorter, WIDE).height < LAYOUT.render(guide, WIDE).height


def test_what_must_be_seen_first_is_boxed() -> None:
    guide = extract_guide()
    boxed = replace(guide, closed="Máy chưa nhận hồ sơ thủ tục này.", linked="Nên làm gộp: Liên thông mẫu.")
    assert LAYOUT.render(boxed, WIDE).height > LAYOUT.render(guide, WIDE).height
