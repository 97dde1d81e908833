"""Tests of the made-up cards: the same seed gives the same frame, and what is asked for is drawn."""

import random

import numpy as np
import pytest

from commands.card_frames import frame_of
from commands.card_scenes import Trouble, made_up_text, scene_of
from commands.specimen_card import CARD_2024, CARD_PX, draw_back
from devices.code_reader import ZxingCodeReader
from devices.frames import rgb_pixels
from kiosk.card import CardRead, parse_card
from tests.devices.card_pictures import small_scene


@pytest.mark.parametrize("back", [False, True])
def test_made_up_texts_are_cards(back: bool) -> None:
    for seed in range(50):
        assert isinstance(parse_card(made_up_text(random.Random(seed), back)), CardRead)


def test_a_seed_gives_the_same_frame_and_another_moment_another() -> None:
    scene = small_scene(4, Trouble(defocus=0.3))
    assert frame_of(scene) == frame_of(scene)
    assert frame_of(scene, 1) != frame_of(scene)


def test_fine_pictures_are_read_by_anybody() -> None:
    scenes = [small_scene(seed, Trouble()) for seed in range(8)]
    assert [ZxingCodeReader().read(frame_of(scene)) for scene in scenes] == [scene.text for scene in scenes]
    assert {scene.mirrored for scene in scenes} == {False, True}


@pytest.mark.proof
def test_scenes_are_of_many_kinds() -> None:
    scenes = [scene_of(seed) for seed in range(300)]
    assert {scene.back for scene in scenes} == {False, True}
    assert {scene.level for scene in scenes} == {"L", "M", "Q"}
    assert {scene.version for scene in scenes} >= set(range(5, 13))
    assert any(scene.trouble.glare for scene in scenes)


def test_little_light_gives_a_dark_frame() -> None:
    dark, fine = (rgb_pixels(frame_of(small_scene(4, Trouble(light=light)))).mean() for light in (0.2, 1.0))
    assert dark < 0.4 * fine


def test_the_back_of_a_card_says_that_it_is_a_specimen() -> None:
    back = np.asarray(draw_back(CARD_2024))
    assert back.shape[:2] == CARD_PX[::-1]
    assert ((back[:90] - np.array((150, 30, 40), np.uint8)).max(axis=2) < 8).any()  # red words at the top
