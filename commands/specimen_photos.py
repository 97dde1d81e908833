"""Makes photos of papers on tables from a seed, with the true corners: what the page finder is measured on."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from commands.specimen_papers import DOTS_PER_MM, Sheet, draw_sheet, fold_corner
from commands.specimen_tables import Plane, clutter, noise, table

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]

SIZE_PX = (1920, 1080)
KINDS = (
    "wood",
    "cloth",
    "clutter",
    "white_desk",
    "shadow",
    "glare",
    "dark",
    "hand",
    "curled",
    "folded",
    "tilted",
    "coloured",
    "small",
)
NONE = "none"
EVERYDAY = "everyday"
_SHADOW_PX = 60


@dataclass(frozen=True, slots=True)
class Photo:
    """RGB pixels, the sheet's true corners in them (clockwise as laid down; None: no sheet), and the kind of scene."""

    pixels: Pixels
    corners: Quad | None
    kind: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What is put before the camera."""

    kind: str
    table: str
    paper: str
    things: int
    tilt_deg: float
    coloured: bool = False
    curl: float = 0.0


def photos(seed: int, count: int, kinds: Sequence[str] = KINDS) -> Iterator[Photo]:
    """`count` photos with a sheet, the kinds of scene in turn: of KINDS, which are hard, or EVERYDAY."""
    for number in range(count):
        kind = kinds[number % len(kinds)]
        dice = random.Random(f"{seed} {number} {kind}")  # noqa: S311 - pictures, no secrets
        yield _photo(dice, _everyday(dice) if kind == EVERYDAY else _scene(dice, kind))


def empty_tables(seed: int, count: int) -> Iterator[Photo]:
    """`count` photos without a sheet: tables of every kind with things on them."""
    for number in range(count):
        dice = random.Random(f"{seed} {number} {NONE}")  # noqa: S311 - pictures, no secrets
        yield _photo(dice, replace(_scene(dice, NONE), things=dice.randint(0, 6)))


def _everyday(dice: random.Random) -> Scene:
    """An office's desk with little on it, seen nearly from above."""
    desk = dice.choices(("plain", "wood", "stone", "cloth", "white"), (10, 6, 1, 1, 1))[0]
    light = dice.choices((EVERYDAY, "shadow", "glare"), (8, 1, 1))[0]
    return Scene(light, desk, dice.choices(("a4", "a5"), (9, 1))[0], dice.choice((0, 0, 0, 1)), dice.uniform(0, 20))


def _scene(dice: random.Random, kind: str) -> Scene:
    tables = {"wood": "wood", "cloth": "cloth", "white_desk": "white"}
    paper = dice.choices(("a4", "a5"), (4, 1))[0]
    return Scene(
        kind,
        tables.get(kind) or dice.choice(("wood", "cloth", "stone", "plain", "white" if kind == NONE else "plain")),
        dice.choice(("card", "card", "a5")) if kind == "small" else paper,
        {"clutter": dice.randint(4, 9), "small": dice.randint(0, 3)}.get(kind, dice.choice((0, 0, 1, 2))),
        dice.uniform(22, 38) if kind == "tilted" else dice.uniform(0, 18),
        coloured=kind == "coloured" or (kind == "small" and dice.random() < 0.3),
        curl=dice.uniform(0.008, 0.02) if kind == "curled" else 0.0,
    )


def _photo(dice: random.Random, scene: Scene) -> Photo:
    shape = SIZE_PX[::-1]
    picture = table(dice, scene.table, shape)
    clutter(dice, picture, scene.things)
    corners = None
    if scene.kind != NONE:
        sheet = draw_sheet(dice, scene.paper, coloured=scene.coloured, landscape=dice.random() < 0.25)
        if scene.kind == "folded":
            sheet = fold_corner(sheet, dice)
        corners = _place(dice, sheet, scene)
        _lay(dice, picture, sheet, corners, scene)
    if scene.kind == "hand" and corners is not None:
        _hand(dice, picture, corners)
    return Photo(_seen(dice, _lit(dice, picture, scene, corners), scene), corners, scene.kind)


def _place(dice: random.Random, sheet: Sheet, scene: Scene) -> Quad:
    """Where a camera above the table sees the sheet's corners, by its tilt and turn; all of them in the picture."""
    height, width = (side / DOTS_PER_MM for side in sheet.cover.shape)
    flat = np.array([(-width, -height), (width, -height), (width, height), (-width, height)]) / 2
    roll = np.radians(
        dice.choice((0, 90, 180, 270)) + dice.gauss(0, 8) if dice.random() < 0.5 else dice.uniform(0, 360)
    )
    tilt, toward = np.radians(scene.tilt_deg), dice.uniform(0, 2 * np.pi)
    turned = flat @ np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    axis = np.array([np.cos(toward), np.sin(toward)])
    along = turned @ axis
    depth = 1 - along * np.sin(tilt) / (2.2 * max(height, width))  # the camera stands a little over two sheets away
    seen = (turned + np.outer(along * (np.cos(tilt) - 1), axis)) / depth[:, None]
    seen -= seen.min(axis=0)
    room = np.array(SIZE_PX) * (1 - 2 * 0.02)
    largest = float((room / seen.max(axis=0)).min())
    scale = largest * (dice.uniform(0.4, 0.75) if scene.kind == "small" else dice.uniform(0.62, 1.0))
    seen *= scale
    spare = room - seen.max(axis=0)
    shift = np.array([dice.uniform(0, float(left)) for left in spare]) + np.array(SIZE_PX) * 0.02
    return np.asarray(seen + shift, np.float32)


def _lay(dice: random.Random, picture: Plane, sheet: Sheet, corners: Quad, scene: Scene) -> None:
    """The sheet on the table, bulging along its sides when it is curled, with its own soft shadow."""
    part = _around(corners)
    picture = picture[part]
    corners = corners - np.array((part[1].start, part[0].start), np.float32)
    height, width = sheet.cover.shape
    back = cv2.getPerspectiveTransform(
        corners, np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    )
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float32)
    below = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = ((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / below).astype(np.float32)
    v = ((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / below).astype(np.float32)
    shade = np.ones_like(u)
    if scene.curl:
        wave = np.sin(np.pi * np.clip(u / width, 0, 1))
        v += scene.curl * height * wave * dice.choice((-1, 1))
        shade -= 0.12 * wave * dice.uniform(0, 1)
    rim = 3  # so that the paper's edge is as soft as everything else
    pixels = cv2.copyMakeBorder(sheet.pixels, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    cover = cv2.copyMakeBorder(sheet.cover, rim, rim, rim, rim, cv2.BORDER_CONSTANT)
    u, v = u + rim - 0.5, v + rim - 0.5
    laid = cv2.remap(pixels, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    share = cv2.remap(cover, u, v, cv2.INTER_LINEAR).astype(np.float32) / 255
    reach = dice.uniform(3, 16)
    move = np.array([[1, 0, dice.uniform(-reach, reach)], [0, 1, dice.uniform(-reach, reach)]], np.float32)
    shadow = cv2.GaussianBlur(cv2.warpAffine(share, move, share.shape[::-1]), (0, 0), dice.uniform(2, 10))
    table = np.asarray((1 - dice.uniform(0.12, 0.5) * shadow) * (1 - share), np.float32)
    paper = np.asarray(share * shade, np.float32)
    picture[:] = cv2.multiply(picture, cv2.merge([table] * 3)) + cv2.multiply(laid, cv2.merge([paper] * 3))


def _around(corners: Quad) -> tuple[slice, slice]:
    """Rows and columns of the picture that a sheet and its shadow reach."""
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - _SHADOW_PX, 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + _SHADOW_PX, SIZE_PX)
    return slice(top, bottom), slice(left, right)


def _hand(dice: random.Random, picture: Plane, corners: Quad) -> None:
    """Fingers that hold the sheet at one side, or at two, and the hand that they belong to."""
    skin = dice.choice(((224, 178, 150), (196, 146, 112), (150, 104, 78)))
    for side in dice.sample(range(4), dice.choice((1, 1, 2))):
        start, end = corners[side], corners[(side + 1) % 4]
        along = (end - start) / np.linalg.norm(end - start)
        outward = np.array([along[1], -along[0]])
        grip = start + (end - start) * dice.uniform(0.25, 0.75)
        for finger in range(dice.choice((1, 3, 4))):
            tip = grip + along * (finger - 1.5) * 52 - outward * dice.uniform(20, 90)
            root = tip + outward * dice.uniform(160, 260) + along * dice.uniform(-30, 30)
            ends = [tuple(int(value) for value in point) for point in (tip, root)]
            cv2.line(picture, ends[0], ends[1], tuple(0.82 * level for level in skin), 52, cv2.LINE_AA)
            cv2.line(picture, ends[0], ends[1], skin, 44, cv2.LINE_AA)
        palm = grip + outward * 260
        cv2.circle(picture, (int(palm[0]), int(palm[1])), 130, skin, -1, cv2.LINE_AA)


def _lit(dice: random.Random, picture: Plane, scene: Scene, corners: Quad | None) -> Plane:
    """Uneven light, and what the kind of scene has of shadows, glare and darkness. Light changes slowly: it is made in
    a quarter of the size."""
    width, height = SIZE_PX[0] // 4, SIZE_PX[1] // 4
    y, x = np.mgrid[:height, :width].astype(np.float32)
    angle = dice.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * (x / width - 0.5) + np.sin(angle) * (y / height - 0.5)).astype(np.float32)
    light = 1 + dice.uniform(0.05, 0.4) * slope
    light -= dice.uniform(0, 0.25) * np.hypot(x / width - 0.5, y / height - 0.5)
    if scene.kind == "shadow" or (scene.kind == NONE and dice.random() < 0.3):
        for _cast in range(dice.choice((1, 1, 2))):
            light *= 1 - dice.uniform(0.25, 0.6) * _cast_shadow(dice)
    light = light * dice.uniform(0.75, 1.08)
    casts = (dice.uniform(0.9, 1.06), 1.0, dice.uniform(0.84, 1.06))
    lit = cv2.multiply(picture, cv2.resize(cv2.merge([light * np.float32(cast) for cast in casts]), SIZE_PX))
    if scene.kind == "glare" or (scene.kind == NONE and dice.random() < 0.2):
        middle = (
            np.array(SIZE_PX) / 2 if corners is None else corners.mean(axis=0) * 0.6 + corners[dice.randrange(4)] * 0.4
        )
        reach = (dice.uniform(90, 300) / 4, dice.uniform(90, 300) / 4)
        spot = np.exp(-(((x - middle[0] / 4) / reach[0]) ** 2) - (((y - middle[1] / 4) / reach[1]) ** 2))
        glare = cv2.resize(np.asarray(300 * dice.uniform(0.5, 1.0) * spot, np.float32), SIZE_PX)
        lit = cv2.add(lit, cv2.merge([glare] * 3))
    if scene.kind == "dark":
        lit = lit * dice.uniform(0.14, 0.4)
    return np.asarray(lit, np.float32)


def _cast_shadow(dice: random.Random) -> Plane:
    """The shadow of a head, an arm or a window's bar in a quarter of the size: 1 where it is full."""
    width, height = SIZE_PX[0] // 4, SIZE_PX[1] // 4
    shadow = np.zeros((height, width), np.float32)
    if dice.random() < 0.5:
        ends = [(dice.randrange(width), -12), (dice.randrange(width), height + 12)]
        cv2.line(shadow, ends[0], ends[1], 1.0, dice.randrange(15, 100), cv2.LINE_AA)
    else:
        middle = (dice.randrange(width), dice.randrange(height))
        reach = (dice.randrange(50, 175), dice.randrange(37, 100))
        cv2.ellipse(shadow, middle, reach, dice.uniform(0, 180), 0, 360, 1.0, -1)
    return np.asarray(cv2.GaussianBlur(shadow, (0, 0), dice.uniform(0.5, 12)), np.float32)


def _seen(dice: random.Random, lit: Plane, scene: Scene) -> Pixels:
    """What the camera makes of it: softness, clipping, noise, JPEG."""
    soft = cv2.GaussianBlur(lit, (0, 0), dice.uniform(0.5, 1.8))
    deviation = dice.uniform(3.0, 8.0) if scene.kind == "dark" else dice.uniform(0.8, 4.0)
    picture_shape = (lit.shape[0], lit.shape[1])
    for channel in range(3):
        soft[..., channel] = soft[..., channel] + deviation * noise(dice, picture_shape, (1.4, 1.4))
    pixels = np.clip(soft, 0, 255).astype(np.uint8)
    _encoded, content = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(45, 92)])
    seen = cv2.imdecode(content, cv2.IMREAD_COLOR)  # red and blue changed places twice
    assert seen is not None
    return np.asarray(seen, np.uint8)
