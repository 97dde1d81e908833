"""Tests of devices.paper_watch: which hint is told, that hints and corners keep calm, and one shot for each sheet."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from devices.paper_watch import SteadyPaperWatch
from devices.pictures import to_frame
from kiosk.capture import PaperHint, PaperLook
from kiosk.ports import Frame
from tests.devices.pictures_made import plain, sheet_on_table

FRAME_S = 0.1
LYING = [(380.0, 90.0), (900.0, 90.0), (900.0, 830.0), (380.0, 830.0)]
TABLE = to_frame(plain((96, 74, 58), (1280, 960)))


def laid(corners: Sequence[tuple[float, float]] = LYING, *, shift_px: float = 0.0) -> Image.Image:
    return sheet_on_table([(x + shift_px, y) for x, y in corners])


def other_sheet() -> Image.Image:
    """The same paper in the same place with something else on it."""
    picture = laid()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((420, 130, 860, 790), fill=(244, 243, 238))
    draw.ellipse((470, 300, 800, 640), outline=(30, 30, 40), width=24)
    draw.rectangle((440, 150, 800, 220), fill=(60, 60, 80))
    return picture


class Stream:
    """Frames ten times a second before one watch."""

    def __init__(self) -> None:
        self.watch = SteadyPaperWatch()
        self._at_s = 0.0

    def show(self, frame: Frame, seconds: float) -> list[PaperLook]:
        looks = []
        for _frame in range(round(seconds / FRAME_S)):
            looks.append(self.watch.look(frame, self._at_s))
            self._at_s += FRAME_S
        return looks


def last_hint(picture: Image.Image) -> PaperHint:
    return Stream().show(to_frame(picture), 0.8)[-1].hint


def test_a_sheet_that_lies_still_is_shot_once_after_a_second() -> None:
    looks = Stream().show(to_frame(laid()), 4.0)
    shots = [number for number, look in enumerate(looks) if look.shoot]
    assert len(shots) == 1
    assert 10 <= shots[0] <= 12
    assert looks[-1].hint is PaperHint.CHANGE


def test_the_corners_of_the_shot_are_those_of_its_own_frame() -> None:
    stream = Stream()
    stream.show(to_frame(laid(shift_px=-6.0)), 0.5)
    shot = next(look for look in stream.show(to_frame(laid()), 3.0) if look.shoot)
    assert shot.corners is not None
    assert np.abs(np.array(shot.corners) - np.array(LYING)).max() < 2.5


def test_a_sheet_that_moves_is_not_shot() -> None:
    stream = Stream()
    looks = [stream.show(to_frame(laid(shift_px=14.0 * step)), FRAME_S)[0] for step in range(20)]
    assert not any(look.shoot for look in looks)
    assert looks[-1].hint is PaperHint.HOLD_STILL


def test_the_next_sheet_is_shot_whether_or_not_the_table_was_seen_between() -> None:
    stream = Stream()
    for picture in (laid(), other_sheet()):
        assert sum(look.shoot for look in stream.show(to_frame(picture), 2.5)) == 1
    stream.show(TABLE, 1.0)
    assert sum(look.shoot for look in stream.show(to_frame(other_sheet()), 2.5)) == 1


def test_a_sheet_that_was_taken_is_not_shot_again_where_it_was_pushed_or_turned_to() -> None:
    stream = Stream()
    stream.show(to_frame(laid()), 2.5)
    assert not any(look.shoot for look in stream.show(to_frame(laid(shift_px=70.0)), 2.5))
    upside_down = to_frame(laid().rotate(180))
    assert not any(look.shoot for look in stream.show(upside_down, 2.5))


def test_a_press_takes_the_sheet_too() -> None:
    stream = Stream()
    stream.show(to_frame(laid()), 0.5)
    stream.watch.taken()
    assert not any(look.shoot for look in stream.show(to_frame(laid()), 2.5))


def dark_sheet() -> Image.Image:
    return ImageEnhance.Brightness(laid()).enhance(0.2)


def glaring_sheet() -> Image.Image:
    picture = ImageEnhance.Brightness(laid()).enhance(0.8)
    ImageDraw.Draw(picture).ellipse((480, 200, 760, 460), fill="white")
    return picture


HINTS = {
    "bare": (plain((96, 74, 58), (1280, 960)), PaperHint.NO_PAPER),
    "black": (plain((2, 2, 2), (1280, 960)), PaperHint.MORE_LIGHT),
    "dark": (dark_sheet(), PaperHint.MORE_LIGHT),
    "cut": (laid([(380, -260), (900, -260), (900, 480), (380, 480)]), PaperHint.NOT_WHOLE),
    "far": (laid([(540, 300), (740, 300), (740, 583), (540, 583)]), PaperHint.CLOSER),
    "aside": (laid([(500, 150), (830, 150), (960, 850), (370, 850)]), PaperHint.STRAIGHTEN),
    "glare": (glaring_sheet(), PaperHint.LESS_GLARE),
    "blurred": (laid().filter(ImageFilter.GaussianBlur(9)), PaperHint.HOLD_STILL),
    "good": (laid(), PaperHint.READY),
    "lying on its side": (laid([(170, 130), (1110, 130), (1110, 795), (170, 795)]), PaperHint.READY),
}


@pytest.mark.parametrize("name", HINTS)
def test_the_hint_is_what_helps_most(name: str) -> None:
    picture, hint = HINTS[name]
    assert last_hint(picture) is hint


def test_one_bad_frame_changes_neither_the_hint_nor_the_corners() -> None:
    stream = Stream()
    before = stream.show(to_frame(laid()), 0.8)[-1]
    hidden = stream.show(TABLE, FRAME_S)[0]
    assert hidden == before


def test_displayed_corners_shake_less_than_the_sheet() -> None:
    stream = Stream()
    looks = [stream.show(to_frame(laid(shift_px=3.0 * (step % 2))), FRAME_S)[0] for step in range(8)]
    lefts = [look.corners[0][0] for look in looks if look.corners is not None]
    assert len(lefts) == 8
    assert max(np.abs(np.diff(lefts[2:]))) < 2.2


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (64, 48)])
def test_frames_with_nothing_in_them_are_no_paper(size: tuple[int, int]) -> None:
    look = Stream().show(to_frame(plain((128, 128, 128), size)), 0.5)[-1]
    assert (look.corners, look.hint, look.shoot) == (None, PaperHint.NO_PAPER, False)
