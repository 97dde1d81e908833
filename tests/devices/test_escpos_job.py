"""Tests of devices.escpos_job: what is sent to the printer is the picture, dot by dot."""

import pytest
import zxingcpp
from PIL import ImageChops

from devices.escpos_job import escpos_job, paper_of
from devices.paper_sheet import Paper
from devices.slip_layout import SlipLayout
from kiosk.resources import resource_path
from tests.devices.escpos_decoder import decode, printed_paper
from tests.devices.slips import filed

LAYOUT = SlipLayout(resource_path("fonts"))


@pytest.mark.parametrize("profile", ["TM-T20II", "TM-T88V", "POS-5890"])
def test_the_decoded_paper_is_the_layout(profile: str) -> None:
    picture = LAYOUT.render(filed(), paper_of(profile))
    paper = printed_paper(decode(escpos_job(picture, profile)))
    assert paper.size == picture.size
    assert ImageChops.difference(paper, picture.convert("L")).getbbox() is None
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [filed().qr_text]


def test_a_job_starts_clean_comes_in_small_pieces_and_ends_with_a_cut() -> None:
    names = [command.name for command in decode(escpos_job(LAYOUT.render(filed(), paper_of("TM-T20II")), "TM-T20II"))]
    assert names[0] == "initialise"
    assert names[-2:] == ["feed", "cut"]
    assert names.count("raster") > 10


def test_a_printer_without_a_cutter_only_feeds() -> None:
    names = [command.name for command in decode(escpos_job(LAYOUT.render(filed(), paper_of("POS-5890")), "POS-5890"))]
    assert names[-1] == "feed"


@pytest.mark.parametrize(
    ("profile", "paper"),
    [
        ("TM-T20II", Paper(576, 203)),
        ("POS-5890", Paper(384, 203)),
        ("TM-T88V", Paper(512, 180)),
        ("P822D", Paper(576, 203)),
    ],
)
def test_the_width_is_the_profiles_own(profile: str, paper: Paper) -> None:
    assert paper_of(profile) == paper


@pytest.mark.parametrize("profile", ["NO-SUCH-MODEL", "default", "TUP500"])
def test_a_profile_without_a_width_is_refused(profile: str) -> None:
    with pytest.raises(ValueError, match=profile):
        paper_of(profile)
