"""Makes the tables that papers lie on from a seed, seen from above: wood, cloth, stone, desks, and things."""

import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

WOODS = ((96, 62, 40), (150, 108, 70), (186, 146, 104), (206, 178, 140), (70, 46, 34))
CLOTHS = ((60, 74, 110), (120, 50, 56), (96, 104, 92), (190, 182, 168), (40, 42, 48), (150, 160, 176))
STONES = ((150, 148, 144), (196, 192, 186), (96, 98, 102), (216, 214, 208))
PLAINS = ((44, 46, 50), (110, 116, 124), (62, 90, 76), (170, 164, 152), (128, 84, 60), (176, 186, 198))


def noise(dice: random.Random, shape: tuple[int, int], grain_px: tuple[float, float]) -> Plane:
    """Smooth noise of mean 0 and deviation 1; `grain_px` is the size of its spots across and down."""
    cells = (max(2, round(shape[0] / grain_px[1])), max(2, round(shape[1] / grain_px[0])))
    cv2.setRNGSeed(dice.randrange(1 << 30))
    coarse = cv2.randn(np.empty(cells, np.float32), np.zeros(1), np.ones(1))
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _coloured(colour: tuple[float, float, float], lightness: Plane) -> Plane:
    """A colour made lighter and darker; `lightness` is around 0, in levels of 255."""
    share = np.asarray(1 + lightness / 128, np.float32)
    return np.asarray(cv2.merge([np.float32(level) * share for level in colour]), np.float32)


def wood(dice: random.Random, shape: tuple[int, int]) -> Plane:
    """Planks with grain along them, seams between them, and rings of knots."""
    long = dice.uniform(120, 500)
    grain = noise(dice, shape, (long, 3)) * dice.uniform(3, 11) + noise(dice, shape, (long * 2, 14)) * 6
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    rings = np.sin((y + 40 * noise(dice, shape, (500, 160))) / dice.uniform(6, 16)) * dice.uniform(0, 9)
    lightness = grain + rings
    if dice.random() < 0.6:
        step = dice.uniform(90, 320)
        plank = np.floor(y / step)
        lightness = lightness + 9 * np.sin(plank * 12.9) - 34 * (np.abs(y - plank * step) < dice.uniform(1, 2.5))
    return _coloured(dice.choice(WOODS), np.broadcast_to(lightness, shape))


def cloth(dice: random.Random, shape: tuple[int, int]) -> Plane:
    """Weave, with stripes, checks or a small pattern."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    picture = _coloured(
        dice.choice(CLOTHS), noise(dice, shape, (1.5, 1.5)) * dice.uniform(3, 9) + noise(dice, shape, (200, 200)) * 6
    )
    step, other = dice.uniform(24, 130), np.asarray(dice.choice((*CLOTHS, (224, 220, 214))), np.float32)
    pattern = dice.choice(("none", "stripes", "checks", "dots", "squares"))
    if pattern == "stripes":
        picture[(x % step) < step * 0.4] = other
    elif pattern == "checks":
        share = 0.35 * ((x % step) < step / 2) + 0.35 * ((y % step) < step / 2)
        picture = picture * (1 - share[..., None]) + other * share[..., None]
    elif pattern == "squares":
        picture[((x // step) + (y // step)) % 2 == 0] = other
    elif pattern == "dots":
        picture[np.hypot(x % step - step / 2, y % step - step / 2) < step * 0.22] = other
    return picture * (1 + 0.02 * noise(dice, shape, (1.2, 1.2))[..., None])


def stone(dice: random.Random, shape: tuple[int, int]) -> Plane:
    """Speckled stone, with joints of tiles sometimes."""
    speckle = noise(dice, shape, (4, 4)) * dice.uniform(4, 16) + noise(dice, shape, (60, 60)) * 7
    if dice.random() < 0.5:
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        step, width = dice.uniform(200, 520), dice.uniform(2, 6)
        speckle = speckle - 30 * (((x % step) < width) | ((y % step) < width))
    return _coloured(dice.choice(STONES), speckle)


def plain(dice: random.Random, shape: tuple[int, int]) -> Plane:
    """A painted or laminated desk."""
    lightness = noise(dice, shape, (2, 2)) * dice.uniform(0, 3) + noise(dice, shape, (500, 500)) * 4
    return _coloured(dice.choice(PLAINS), lightness)


def white_desk(dice: random.Random, shape: tuple[int, int]) -> Plane:
    """White or nearly so: the paper differs from it by little more than its shadow."""
    level = dice.uniform(196, 240)
    tint = (level + dice.uniform(-7, 4), level, level + dice.uniform(-9, 5))
    return _coloured(tint, noise(dice, shape, (3, 3)) * dice.uniform(0, 2) + noise(dice, shape, (400, 300)) * 2)


TABLES: dict[str, Callable[[random.Random, tuple[int, int]], Plane]] = {
    "wood": wood,
    "cloth": cloth,
    "stone": stone,
    "plain": plain,
    "white": white_desk,
}


def table(dice: random.Random, kind: str, shape: tuple[int, int]) -> Plane:
    """A table of a kind named in TABLES turned by some angle, as float32 RGB; in one of four its edge is seen."""
    side = int(np.hypot(*shape)) + 2
    flat = TABLES[kind](dice, (side, side))
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), dice.uniform(0, 360), 1.0)
    turn[:, 2] = turn[:, 2] + (np.array(shape[::-1]) - side) / 2
    seen = np.asarray(cv2.warpAffine(flat, turn, shape[::-1], borderMode=cv2.BORDER_REFLECT), np.float32)
    if dice.random() < 0.25:
        _edge(dice, seen)
    return seen


def _edge(dice: random.Random, scene: Plane) -> None:
    """Beyond the table's edge there is the floor."""
    height, width = scene.shape[:2]
    left, right = (dice.uniform(0.02, 0.22) * height for _ in range(2))
    floor = np.array([(0, 0), (width, 0), (width, right), (0, left)], np.int32)
    if dice.random() < 0.5:
        floor[:, 1] = height - floor[:, 1]
    level = dice.uniform(20, 150)
    cv2.fillPoly(scene, [floor], (level * dice.uniform(0.9, 1.1), level, level), cv2.LINE_AA)


def clutter(dice: random.Random, scene: Plane, count: int) -> None:
    """Lay things on the table: pens, a telephone, a keyboard, a cup, books, papers that reach out of the picture."""
    for _thing in range(count):
        dice.choice((_pen, _pen, _telephone, _keyboard, _cup, _book, _part_of_a_paper))(dice, scene)


def _somewhere(dice: random.Random, scene: Plane) -> tuple[float, float]:
    return dice.uniform(0, scene.shape[1]), dice.uniform(0, scene.shape[0])


def _block(
    scene: Plane,
    middle: tuple[float, float],
    size: tuple[float, float],
    angle_deg: float,
    colour: tuple[float, float, float],
) -> None:
    """A turned rectangle with a soft shadow beside it."""
    box = cv2.boxPoints((middle, size, angle_deg))
    shadow = np.zeros(scene.shape[:2], np.float32)
    cv2.fillPoly(shadow, [(box + 6).astype(np.int32)], 0.4)
    scene *= 1 - cv2.blur(shadow, (17, 17))[..., None]
    cv2.fillPoly(scene, [box.astype(np.int32)], colour, cv2.LINE_AA)


def _pen(dice: random.Random, scene: Plane) -> None:
    colour = dice.choice(((30, 50, 140), (30, 30, 34), (180, 30, 40), (230, 230, 226), (200, 170, 60)))
    middle, angle, long = _somewhere(dice, scene), dice.uniform(0, 180), dice.uniform(260, 420)
    _block(scene, middle, (long, dice.uniform(14, 26)), angle, colour)
    cap = (middle[0] + 0.35 * long * np.cos(np.radians(angle)), middle[1] + 0.35 * long * np.sin(np.radians(angle)))
    _block(scene, cap, (0.3 * long, 22), angle, (0.6 * colour[0], 0.6 * colour[1], 0.6 * colour[2]))


def _telephone(dice: random.Random, scene: Plane) -> None:
    middle, angle = _somewhere(dice, scene), dice.uniform(0, 180)
    _block(scene, middle, (220, 430), angle, (24, 24, 28))
    _block(scene, middle, (200, 380), angle, (44, 50, 62))


def _keyboard(dice: random.Random, scene: Plane) -> None:
    middle, angle = _somewhere(dice, scene), dice.uniform(-30, 30)
    light = dice.random() < 0.3
    _block(scene, middle, (900, 300), angle, (200, 200, 200) if light else (40, 40, 44))
    turn = cv2.getRotationMatrix2D((0, 0), -angle, 1.0)[:, :2]
    for row in range(5):
        for column in range(14):
            place = turn @ np.array([(column - 6.5) * 62, (row - 2) * 56]) + middle
            key = cv2.boxPoints(((float(place[0]), float(place[1])), (52, 46), angle))
            cv2.fillPoly(scene, [key.astype(np.int32)], (230,) * 3 if light else (66, 66, 72), cv2.LINE_AA)


def _cup(dice: random.Random, scene: Plane) -> None:
    x, y = (round(value) for value in _somewhere(dice, scene))
    colour = dice.choice(((236, 234, 228), (180, 60, 50), (60, 90, 120)))
    cv2.circle(scene, (x + 8, y + 8), 128, (50, 48, 46), -1, cv2.LINE_AA)
    cv2.circle(scene, (x, y), 122, colour, -1, cv2.LINE_AA)
    cv2.circle(scene, (x, y), 108, (70, 42, 26), -1, cv2.LINE_AA)


def _book(dice: random.Random, scene: Plane) -> None:
    colour = (dice.uniform(30, 190), dice.uniform(30, 140), dice.uniform(30, 150))
    reach = dice.choice((-0.02, 1.02))  # books stand at the rim: a whole one would be as good a page as any
    middle = (reach * scene.shape[1], dice.uniform(0, 1) * scene.shape[0])
    _block(scene, middle, (dice.uniform(300, 500), dice.uniform(400, 600)), dice.uniform(0, 180), colour)


def _part_of_a_paper(dice: random.Random, scene: Plane) -> None:
    level = dice.uniform(215, 250)
    middle = (dice.choice((-0.03, 1.03)) * scene.shape[1], dice.uniform(0, 1) * scene.shape[0])
    angle = dice.uniform(0, 180)
    _block(scene, middle, (dice.uniform(300, 560), dice.uniform(500, 700)), angle, (level, level, level - 6))
