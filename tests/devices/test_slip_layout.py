"""Tests of devices.slip_layout: what a person and a reader must be able to find on the paper."""

import dataclasses
import io
from dataclasses import replace
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps

from devices.paper_sheet import Paper
from devices.slip_layout import SlipLayout, qr_picture
from kiosk.resources import resource_path
from kiosk.slip import Slip
from tests.devices.slips import filed, kept

LAYOUT = SlipLayout(resource_path("fonts"))
WIDE = Paper(576, 203)
PAPERS = [WIDE, Paper(384, 203), Paper(512, 180)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.width_px} dots")
@pytest.mark.parametrize("slip", [filed(), kept()], ids=["filed", "kept"])
def test_the_picture_has_the_printers_width_and_its_qr_is_read(slip: Slip, paper: Paper) -> None:
    picture = LAYOUT.render(slip, paper)
    assert (picture.mode, picture.width) == ("1", paper.width_px)
    codes = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.text for code in codes] == [slip.qr_text]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.width_px} dots")
def test_the_qr_is_25_mm_wide_with_a_quiet_zone(paper: Paper) -> None:
    picture = qr_picture("DTC1:AAECAwQFBgcICQoLDA0ODw", paper)
    box = ImageOps.invert(picture).getbbox()
    assert box is not None
    modules = segno.make_qr("DTC1:AAECAwQFBgcICQoLDA0ODw", error="Q").symbol_size(border=0)[0]
    dots = (box[2] - box[0]) // modules
    assert (box[2] - box[0]) / paper.dpi * 25.4 >= 25
    assert box[0] >= 4 * dots
    assert picture.width <= paper.width_px


def test_everything_that_differs_between_slips_is_on_the_paper() -> None:
    """Each text of the slip changes the picture: none of them is forgotten by the layout."""
    slip = replace(filed(), marks=("BẢN THỬ",), at_once=("Đưa bản chính.",))
    drawn = LAYOUT.render(slip, WIDE).tobytes()
    unchanged = []
    for field in dataclasses.fields(Slip):
        other: dict[str, Any] = {field.name: "KHÁC" if isinstance(getattr(slip, field.name), str) else ()}
        if field.name not in ("kind", "code_note") and LAYOUT.render(replace(slip, **other), WIDE).tobytes() == drawn:
            unchanged.append(field.name)
    assert unchanged == []
    assert LAYOUT.render(replace(kept(), code_note="KHÁC"), WIDE).tobytes() != LAYOUT.render(kept(), WIDE).tobytes()


def test_a_kept_slip_has_a_black_title() -> None:
    """Nobody takes a kept dossier for a filed one, not even from two metres."""

    def black_rows(slip: Slip) -> int:
        """In the left edge, above the box of the codes."""
        edge = LAYOUT.render(slip, WIDE).convert("L").crop((4, 0, 5, 240))
        return edge.tobytes().count(0)

    assert black_rows(kept()) > WIDE.points(17)
    assert black_rows(filed()) < WIDE.points(17)


def test_the_same_slip_gives_the_same_paper() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for buffer in (first, second):
        picture: Image.Image = LAYOUT.render(filed(), WIDE)
        picture.save(buffer, "PNG")
    assert first.getvalue() == second.getvalue()


def test_a_heading_stands_only_over_something() -> None:
    """Without papers the heading goes, and the rule under it, not only the line of a paper."""
    heights = [LAYOUT.render(replace(filed(), papers=filed().papers * count), WIDE).height for count in (0, 1, 2)]
    assert heights[1] - heights[0] > heights[2] - heights[1]
