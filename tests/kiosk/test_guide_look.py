"""Everything that a guide can show has a picture and a heading."""

from kiosk.catalog import Picture
from kiosk.guide import Need, Topic
from kiosk.guide_look import paper_titles, picture_of_paper, picture_of_topic
from tests.sample_forms import RESOURCES


def test_every_picture_is_there() -> None:
    names = {*map(picture_of_paper, Picture), *map(picture_of_topic, Topic)}
    assert [name for name in names if not (RESOURCES / "icons" / f"{name}.svg").is_file()] == []


def test_every_need_has_a_heading() -> None:
    assert set(paper_titles()) == set(Need)
