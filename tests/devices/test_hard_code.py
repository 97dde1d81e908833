"""Tests of devices.hard_code on codes that zxing-cpp alone does not read."""

import cv2
import numpy as np
import pytest

from commands.card_frames import frame_of
from commands.card_scenes import Trouble
from devices.code_reader import codes_in
from devices.hard_code import read_hard_code
from tests.devices.card_pictures import (
    CARD_TEXT,
    SHORT_TEXT,
    Grey,
    code_grey,
    code_signs,
    grey_of,
    no_code,
    small_scene,
)


def hard(version: int, level: str = "L", module_px: float = 4.0, text: str = CARD_TEXT) -> Grey:
    return code_grey(code_signs(text, version, level), module_px, blur_px=0.95 * module_px, turn=11)


@pytest.mark.parametrize(
    ("version", "level"), [(4, "L"), (5, "M"), (6, "L"), (7, "M"), (8, "M"), (9, "Q"), (10, "L"), (12, "M"), (14, "Q")]
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_blurred_code_of_any_version_is_read(version: int, level: str, mirrored: bool) -> None:
    text = CARD_TEXT if version > 5 else SHORT_TEXT
    grey = hard(version, level, text=text)
    grey = np.ascontiguousarray(grey[:, ::-1]) if mirrored else grey
    assert codes_in(grey) == []
    look = read_hard_code(grey, lambda: True)
    assert look.text == text
    assert look.module_px == pytest.approx(4.0, rel=0.1)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_it_is_read_in_any_turn(quarters: int) -> None:
    assert read_hard_code(np.ascontiguousarray(np.rot90(hard(7), quarters)), lambda: True).text == CARD_TEXT


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(defocus=0.9, noise=4.0),
        Trouble(defocus=0.4, shake=1.8, shake_angle=0.7),
        Trouble(defocus=0.8, light=0.25, noise=3.0),
        Trouble(defocus=0.7, glare=(0.5, 0.5, 0.12, 300.0)),
        Trouble(defocus=0.8, jpeg=55),
        Trouble(defocus=0.85, bend=0.008),
    ],
)
def test_what_spoils_a_card_does_not_keep_it_from_being_read(trouble: Trouble) -> None:
    scenes = [small_scene(seed, trouble) for seed in (3, 11, 12)]
    read = [read_hard_code(grey_of(frame_of(scene)), lambda: True).text == scene.text for scene in scenes]
    assert sum(read) >= 2, read


def test_a_mark_under_glare_is_found_by_the_rest_of_a_tilted_code() -> None:
    """The third mark is some modules away from where the two others alone would have it."""
    grey = code_grey(code_signs(CARD_TEXT, 9, "Q"), 4.0, blur_px=2)
    height, width = grey.shape
    whole = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    tilted = np.array([(60, 40), (width, 0), (width - 20, height), (0, height - 80)], np.float32)
    way = cv2.getPerspectiveTransform(whole, tilted)
    seen = cv2.warpPerspective(grey, way, (width, height), borderValue=180)
    mark = cv2.perspectiveTransform(np.array([[(width / 2 - 92, height / 2 - 92)]], np.float32), way)[0, 0]
    cv2.circle(seen, (int(mark[0]), int(mark[1])), 20, 255, -1)
    assert codes_in(seen) == []
    assert read_hard_code(seen, lambda: True).text == CARD_TEXT


def test_a_picture_without_a_code_has_no_text() -> None:
    for seed in range(6):
        assert read_hard_code(no_code(seed), lambda: True).text is None


def test_a_code_of_random_words_has_no_text() -> None:
    """All marks of a code are there; what they frame was never written by anybody."""
    signs = code_signs(CARD_TEXT, 7)
    random = np.random.default_rng(2)
    for _round in range(6):
        signs[9:-9, 9:-9] = random.choice(np.array([-1, 1], np.int8), signs[9:-9, 9:-9].shape)
        assert read_hard_code(code_grey(signs, 4.0, blur_px=2), lambda: True).text is None


def test_without_time_it_ends_after_the_first_place() -> None:
    asked: list[bool] = []

    def in_time() -> bool:
        asked.append(False)
        return False

    read_hard_code(no_code(1), in_time)
    assert len(asked) <= 1
