"""Tests of commands.bench_card: its arithmetic."""

from commands.bench_card import opencv_reader, tally, wrong_texts
from commands.card_frames import frame_of
from commands.card_scenes import Trouble
from tests.devices.card_pictures import small_scene

SCENES = [small_scene(seed, Trouble()) for seed in (3, 4, 5, 6)]
FRAMES = [frame_of(scene) for scene in SCENES]


def test_right_missed_and_wrong_texts_are_told_apart() -> None:
    texts = iter([SCENES[0].text, None, "something else", SCENES[3].text])
    counted = tally(lambda _frame: next(texts), SCENES, FRAMES)
    assert counted.right == (True, False, False, True)
    assert (counted.missed, counted.wrong, len(counted.ms)) == (50.0, 1, 4)


def test_a_reader_that_makes_texts_up_is_found_out() -> None:
    assert wrong_texts(lambda _frame: "made up", 0, 7) == 7
    assert wrong_texts(lambda _frame: None, 0, 7) == 0


def test_opencv_reads_a_fine_picture_or_says_nothing() -> None:
    assert set(tally(opencv_reader(), SCENES, FRAMES).right) <= {True, False}
