"""Tests of devices.code_place: the one hint for each trouble, and where the code is."""

from dataclasses import replace

import numpy as np
import pytest

from commands.card_frames import frame_of
from commands.card_scenes import CODE_BOX, Scene, Trouble, code_corners, scene_of, to_frame_turn
from devices.code_place import Sight, sight_of, wanted_hint
from kiosk.capture import CardHint
from tests.devices.card_pictures import Grey, grey_of

SIZE = (1920, 1080)
PLACE = ((800.0, 400.0), (1100.0, 400.0), (1100.0, 700.0), (800.0, 700.0))
CARD = ((300.0, 300.0), (1300.0, 300.0), (1300.0, 930.0), (300.0, 930.0))
FINE = Sight(PLACE, CARD, light=200.0, glare=0.0)


def scene(width_px: float, trouble: Trouble) -> Scene:
    """A card straight before the camera."""
    height = width_px * 54 / 85.6
    left, top = (SIZE[0] - width_px) / 2, (SIZE[1] - height) / 2
    corners = ((left, top), (left + width_px, top), (left + width_px, top + height), (left, top + height))
    return replace(scene_of(11, 0.0), corners=corners, trouble=trouble, mirrored=False, back=False)


def test_a_code_is_placed_where_it_lies() -> None:
    straight = scene(1100, Trouble(defocus=0.8))
    code = sight_of(grey_of(frame_of(straight))).code
    assert code is not None
    wanted = code_corners(to_frame_turn(straight.corners), straight.back)
    middle = np.array(code).mean(axis=0)
    assert np.abs(middle - wanted.mean(axis=0)).max() < 25
    assert CODE_BOX[False][0] > 600  # the code of the front is at the right, so the middle says something


@pytest.mark.parametrize(
    ("sight", "hint"),
    [
        (FINE, CardHint.HOLD_STILL),
        (replace(FINE, light=40.0), CardHint.MORE_LIGHT),
        (replace(FINE, code=None, card=None), CardHint.SHOW),
        (replace(FINE, code=None), CardHint.HOLD_STILL),
        (replace(FINE, code=None, glare=0.01), CardHint.LESS_GLARE),
        (replace(FINE, code=None, card=PLACE), CardHint.CLOSER),
        (replace(FINE, glare=0.05), CardHint.LESS_GLARE),
        (replace(FINE, code=tuple((x / 4, y / 4) for x, y in PLACE)), CardHint.CLOSER),
        (replace(FINE, code=tuple((3 * x - 1900, 3 * y - 1150) for x, y in PLACE)), CardHint.FARTHER),
    ],
)
def test_each_trouble_has_its_hint(sight: Sight, hint: CardHint) -> None:
    assert wanted_hint(sight, SIZE) is hint


@pytest.mark.parametrize(
    ("width_px", "trouble", "hint"),
    [
        (1100, Trouble(defocus=1.4), CardHint.HOLD_STILL),
        (1100, Trouble(glare=(0.5, 0.5, 0.4, 500.0)), CardHint.LESS_GLARE),
        (1100, Trouble(light=0.12), CardHint.MORE_LIGHT),
        (440, Trouble(), CardHint.CLOSER),
    ],
)
def test_a_picture_with_a_trouble_gets_its_hint(width_px: float, trouble: Trouble, hint: CardHint) -> None:
    assert wanted_hint(sight_of(grey_of(frame_of(scene(width_px, trouble)))), SIZE) is hint


@pytest.mark.parametrize(
    "picture", [np.full((1080, 1920), 140, np.uint8), np.tile(np.arange(240, dtype=np.uint8), (720, 5))]
)
def test_where_nothing_is_nothing_is_seen(picture: Grey) -> None:
    assert wanted_hint(sight_of(picture), SIZE) is CardHint.SHOW
