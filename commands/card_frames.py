"""Draws the frames of a scene of commands.card_scenes, from the desk to the JPEG that a webcam gives."""

import io
import math
import random
from dataclasses import replace

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image

from commands.card_scenes import CODE_PX, Scene, Trouble, code_corners, to_frame_turn
from commands.specimen_card import CARD_2021, CARD_2024, CARD_PX, draw_back, draw_card
from kiosk.ports import Frame

Floats = NDArray[np.float32]

_TEXTURE_MODULE_PX = 12
_SUPERSAMPLED = 3


def frame_of(scene: Scene, moment: int = 0) -> Frame:
    """One frame of the scene. Another `moment` is the same hand a little later: moved a little, other noise."""
    source = random.Random(scene.seed * 1009 + moment)  # noqa: S311 -- pictures, no secrets
    cv2.setRNGSeed(source.randrange(2**31))
    if moment:
        scene = _later(scene, source)
    pixels = _desk(source, scene.size_px)
    pixels = _lay_card(pixels, scene, source)
    pixels = _through_lens(pixels, scene)
    bgr = _through_sensor(pixels, scene.trouble)
    if scene.mirrored:
        bgr = np.ascontiguousarray(bgr[:, ::-1])
    _encoded, jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, scene.trouble.jpeg])
    decoded = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    assert decoded is not None
    rgb = cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)
    return Frame(rgb.tobytes(), *scene.size_px)


def _later(scene: Scene, source: random.Random) -> Scene:
    move = (source.gauss(0, 4), source.gauss(0, 4))
    corners = tuple((x + move[0] + source.gauss(0, 1), y + move[1] + source.gauss(0, 1)) for x, y in scene.corners)
    trouble = scene.trouble
    trouble = replace(
        trouble,
        defocus=trouble.defocus * source.uniform(0.75, 1.15),
        shake=trouble.shake * source.uniform(0.2, 1.2),
        shake_angle=trouble.shake_angle + source.gauss(0, 0.5),
    )
    return replace(scene, corners=corners, trouble=trouble)


def _desk(source: random.Random, size_px: tuple[int, int]) -> Floats:
    """Wood, cloth, paper with print, or a plain table."""
    width, height = size_px
    kind = source.choice(("wood", "cloth", "print", "plain"))
    level = np.array([source.uniform(50, 210) for _ in range(3)], np.float32)
    grain = np.zeros((height, width), np.float32)
    if kind == "wood":
        stripe = _noise((height, 1), 1)
        grain = np.repeat(cv2.GaussianBlur(stripe, (1, 31), 0) * 60, width, axis=1)
    elif kind == "cloth":
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        pitch = source.uniform(3, 12)
        grain = 12 * (np.sin(6.2832 * x / pitch) * np.sin(6.2832 * y / pitch))
    elif kind == "print":
        for y in range(30, height, 34):
            for x in range(20, width - 60, source.randrange(40, 90)):
                cv2.rectangle(grain, (x, y), (x + source.randrange(8, 38), y + 12), -120, -1)
        level = np.full(3, 225, np.float32)
    return level[None, None, :] + grain[..., None]


def _lay_card(desk: Floats, scene: Scene, source: random.Random) -> Floats:
    card = (draw_back if scene.back else draw_card)(CARD_2024 if scene.back else CARD_2021)
    flat = np.asarray(card, np.float32)[..., ::-1]
    turn = to_frame_turn(scene.corners)
    width, height = scene.size_px
    laid = cv2.warpPerspective(flat, turn, (width, height), flags=cv2.INTER_AREA)
    mask = np.asarray(cv2.warpPerspective(np.ones(flat.shape[:2], np.float32), turn, (width, height)))
    shadow = np.asarray(cv2.GaussianBlur(np.pad(mask, ((14, 0), (10, 0)))[:height, :width], (0, 0), 12))
    pixels = desk * (1 - 0.4 * shadow[..., None]) * (1 - mask[..., None]) + laid * mask[..., None]
    _lay_code(pixels, scene, code_corners(turn, scene.back), code_texture(scene, source))
    for _finger in range(source.choice((0, 0, 1, 2))):
        _lay_finger(pixels, scene, source)
    return pixels


def _lay_code(pixels: Floats, scene: Scene, spots: Floats, texture: Floats) -> None:
    """The code from a texture of its own, supersampled, and bent a little, as cards are."""
    left, top = (int(v) for v in np.maximum(np.floor(spots.min(axis=0)) - 4, 0))
    right, bottom = (int(v) for v in np.minimum(np.ceil(spots.max(axis=0)) + 4, scene.size_px))
    side = texture.shape[0]
    whole = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    back = cv2.getPerspectiveTransform(((spots - (left, top)) * _SUPERSAMPLED).astype(np.float32), whole)
    y, x = np.mgrid[0 : _SUPERSAMPLED * (bottom - top), 0 : _SUPERSAMPLED * (right - left)].astype(np.float32)
    u, v, w = (row[0] * x + row[1] * y + row[2] for row in back.astype(np.float32))
    u, v = u / w, v / w
    v = v + scene.trouble.bend * side * (4 * (u / side) * (1 - u / side))
    inside = ((u >= 0) & (u < side) & (v >= 0) & (v < side)).astype(np.float32)
    code = np.asarray(cv2.remap(texture, u, v, cv2.INTER_LINEAR)) * inside
    small = (right - left, bottom - top)
    share = np.asarray(cv2.resize(inside, small, interpolation=cv2.INTER_AREA))
    region = pixels[top:bottom, left:right]
    region *= 1 - share[..., None]
    region += np.asarray(cv2.resize(code, small, interpolation=cv2.INTER_AREA))[..., None]


def code_texture(scene: Scene, source: random.Random) -> Floats:
    """The printed code with a border of two modules: paper white, ink dark grey, scratched and faded by `wear`."""
    code = segno.make_qr(scene.text, version=scene.version, error=scene.level, boost_error=False)
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=_TEXTURE_MODULE_PX, border=2)
    picture = np.asarray(Image.open(buffer).convert("L"), np.float32)
    ink, paper = source.uniform(10, 70), source.uniform(200, 245)
    texture = ink + (paper - ink) * picture / 255
    wear, side = scene.trouble.wear, texture.shape[0]
    for _scratch in range(int(wear * 9)):
        ends = [(source.randrange(side), source.randrange(side)) for _end in range(2)]
        cv2.line(texture, ends[0], ends[1], source.uniform(ink, paper), source.randrange(2, 12), cv2.LINE_AA)
    if wear:
        patches = cv2.resize(_noise((9, 9), 0.5 * wear), (side, side), interpolation=cv2.INTER_CUBIC)
        fading = np.clip(np.asarray(patches, np.float32), 0, 0.7)
        texture += (paper - texture) * fading
    return texture.astype(np.float32)


def _lay_finger(pixels: Floats, scene: Scene, source: random.Random) -> None:
    """A finger that holds the card at its left edge or its lower one, away from the code."""
    (ax, ay), (bx, by) = ((scene.corners[0], scene.corners[3]), (scene.corners[3], scene.corners[2]))[
        source.randrange(2)
    ]
    share = source.uniform(0.35, 0.65)
    middle = (int(ax + (bx - ax) * share), int(ay + (by - ay) * share))
    length = 0.12 * math.dist(scene.corners[0], scene.corners[1])
    skin = (source.uniform(90, 140), source.uniform(120, 165), source.uniform(170, 220))
    axes = (max(2, int(length)), max(2, int(length * 0.45)))
    cv2.ellipse(pixels, middle, axes, source.uniform(0, 180), 0, 360, skin, -1, cv2.LINE_AA)


def _through_lens(pixels: Floats, scene: Scene) -> Floats:
    """Out of focus, shaken, unevenly lit, glaring."""
    trouble = scene.trouble
    module_px = math.dist(scene.corners[0], scene.corners[1]) * CODE_PX / CARD_PX[0] / (scene.modules + 4)
    pixels = np.asarray(cv2.filter2D(pixels, -1, _disc(trouble.defocus * module_px)), np.float32)
    if trouble.shake:
        streak = _streak(trouble.shake * module_px, trouble.shake_angle)
        pixels = np.asarray(cv2.filter2D(pixels, -1, streak), np.float32)
    across = np.linspace(-0.5, 0.5, scene.size_px[0], dtype=np.float32)
    pixels *= (trouble.light * (1 + trouble.slope * across))[None, :, None]
    if trouble.glare:
        x, y, radius, strength = trouble.glare
        corner, right, _far, down = code_corners(to_frame_turn(scene.corners), scene.back)
        spot = corner + x * (right - corner) + y * (down - corner)
        radius_px = radius * module_px * scene.modules
        v, u = np.mgrid[0 : scene.size_px[1], 0 : scene.size_px[0]].astype(np.float32)
        far = ((u - spot[0]) / radius_px) ** 2 + ((v - spot[1]) / (0.6 * radius_px)) ** 2
        pixels += (strength * np.exp(-far))[..., None]
    return pixels


def _disc(radius_px: float) -> Floats:
    """An even disc: a lens out of focus. Its rim is smooth, for radii of part of a pixel."""
    reach = math.ceil(radius_px + 1)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius_px + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(disc / disc.sum(), np.float32)


def _streak(length_px: float, angle: float) -> Floats:
    """A short bent line: a hand that shakes while the shutter is open."""
    reach = math.ceil(length_px / 2 + 2)
    streak = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for along in np.linspace(-0.5, 0.5, 25):
        bent = angle + 0.8 * along
        x, y = reach + length_px * along * math.cos(bent), reach + length_px * along * math.sin(bent)
        streak[round(y), round(x)] += 1
    soft = np.asarray(cv2.GaussianBlur(streak, (3, 3), 0.5), np.float32)
    return np.asarray(soft / soft.sum(), np.float32)


def _through_sensor(pixels: Floats, trouble: Trouble) -> NDArray[np.uint8]:
    """Noise, what webcams do against it (sharpening), and eight bits."""
    pixels = pixels + _noise(pixels.shape, trouble.noise)
    if trouble.sharpening:
        pixels = pixels + trouble.sharpening * (pixels - cv2.GaussianBlur(pixels, (0, 0), 1.2))
    return np.clip(pixels, 0, 255).astype(np.uint8)


def _noise(shape: tuple[int, ...], level: float) -> Floats:
    noise = np.zeros(shape, np.float32)
    cv2.randn(noise, np.zeros(1), np.full(1, level))
    return noise
