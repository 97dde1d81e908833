"""Tests of devices.page_finder on made pictures: hard tables and light, bare tables, cut off, large, or no picture."""

from collections.abc import Iterable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from commands.bench_page import overlap
from commands.specimen_photos import EVERYDAY, KINDS, Photo, empty_tables, photos
from devices.page_finder import find_page, followed_corners
from devices.pictures import to_frame
from kiosk.ports import Frame
from tests.devices.pictures_made import plain, sheet_on_table

SHEETS = [
    [(380.0, 90.0), (900.0, 90.0), (900.0, 830.0), (380.0, 830.0)],
    [(420.0, 110.0), (870.0, 140.0), (960.0, 860.0), (330.0, 820.0)],
    [(200.0, 260.0), (980.0, 160.0), (1060.0, 700.0), (270.0, 820.0)],
]


@pytest.mark.parametrize("corners", SHEETS)
def test_the_corners_are_found_clockwise_from_the_top_left(corners: list[tuple[float, float]]) -> None:
    found = find_page(to_frame(sheet_on_table(corners)))
    assert found.corners is not None
    assert found.problems == ()
    for (x, y), (expected_x, expected_y) in zip(found.corners, corners, strict=True):
        assert abs(x - expected_x) < 2
        assert abs(y - expected_y) < 2


def test_corners_are_in_the_pictures_own_pixels() -> None:
    large = sheet_on_table(SHEETS[0]).resize((2560, 1920), Image.Resampling.LANCZOS)
    found = find_page(to_frame(large))
    assert found.corners is not None
    assert abs(found.corners[2][0] - 1800) < 4


def test_a_bare_table_has_no_page() -> None:
    found = find_page(to_frame(plain((96, 74, 58), (1280, 960))))
    assert found.corners is None
    assert "no_page" in found.problems


def test_a_dark_picture_says_so() -> None:
    dark = ImageEnhance.Brightness(sheet_on_table(SHEETS[1])).enhance(0.2)
    assert "dark" in find_page(to_frame(dark)).problems


def test_a_blurred_picture_says_so() -> None:
    blurred = sheet_on_table(SHEETS[1]).filter(ImageFilter.GaussianBlur(9))
    assert "blurred" in find_page(to_frame(blurred)).problems


def frame_of(pixels: np.ndarray) -> Frame:
    return Frame(pixels.tobytes(), pixels.shape[1], pixels.shape[0])


def overlaps(made: Iterable[Photo]) -> list[float]:
    return [overlap(find_page(frame_of(photo.pixels)).corners, photo.corners) for photo in made]


def test_everyday_scenes_are_found() -> None:
    assert min(overlaps(photos(2, 5, (EVERYDAY,)))) >= 0.95


@pytest.mark.parametrize("kind", ["clutter", "shadow", "glare", "hand"])
def test_hard_scenes_are_found(kind: str) -> None:
    assert overlaps(photos(2, 1, (kind,)))[0] >= 0.95


@pytest.mark.proof
def test_every_kind_of_hard_scene_is_found_mostly() -> None:
    found = overlaps(photos(2, 3 * len(KINDS)))
    assert sum(value >= 0.95 for value in found) >= 0.8 * len(found), found


def test_tables_with_other_things_have_no_page() -> None:
    found = [find_page(frame_of(table.pixels)).corners for table in empty_tables(2, 4)]
    assert found == [None] * 4


def test_a_sheet_that_all_but_touches_the_border_is_found() -> None:
    corners = [(300.0, 8.0), (960.0, 8.0), (960.0, 950.0), (300.0, 950.0)]
    assert overlap(find_page(to_frame(sheet_on_table(corners))).corners, np.array(corners, np.float32)) > 0.98


def test_a_dark_head_belongs_to_the_sheet() -> None:
    corners = SHEETS[0]
    picture = sheet_on_table(corners)
    ImageDraw.Draw(picture).rectangle((380, 90, 900, 170), fill=(30, 60, 120))
    assert overlap(find_page(to_frame(picture)).corners, np.array(corners, np.float32)) > 0.98


def test_a_sheet_is_followed_for_a_few_pixels() -> None:
    picture = np.asarray(sheet_on_table(SHEETS[1]))
    moved = np.add(SHEETS[1], (3, -2), dtype=np.float32)
    assert np.abs(followed_corners(picture, moved) - SHEETS[1]).max() < 1.5


def test_a_picture_of_twelve_megapixels_upright_and_lying() -> None:
    photo = next(photos(3, 1))
    large = cv2.resize(photo.pixels, (4000, 2250), interpolation=cv2.INTER_CUBIC)
    large = cv2.copyMakeBorder(large, 0, 750, 0, 0, cv2.BORDER_REFLECT_101)
    assert photo.corners is not None
    true = (photo.corners + 0.5) * (4000 / 1920) - 0.5
    assert overlap(find_page(frame_of(large)).corners, true) > 0.98
    turned = cv2.rotate(large, cv2.ROTATE_90_CLOCKWISE)
    beside = np.stack([2999 - true[:, 1], true[:, 0]], axis=1)
    assert overlap(find_page(frame_of(turned)).corners, beside) > 0.98


def test_a_corner_outside_the_picture_is_told() -> None:
    found = find_page(to_frame(sheet_on_table([(300.0, -25.0), (820.0, 60.0), (720.0, 800.0), (180.0, 720.0)])))
    assert found.corners is not None
    assert found.problems == ("not_whole",)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (640, 480)])
@pytest.mark.parametrize("level", [0, 255])
def test_pictures_of_nothing_have_no_page(size: tuple[int, int], level: int) -> None:
    assert find_page(to_frame(plain((level,) * 3, size))).corners is None


def test_noise_has_no_page() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1080, 1920, 3), np.uint8)
    assert find_page(frame_of(noise)).corners is None
