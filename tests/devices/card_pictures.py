"""Codes and cards drawn for the tests of the card's camera: small, from a seed, with one trouble at a time."""

import random
from dataclasses import replace

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from commands.card_frames import frame_of
from commands.card_scenes import Scene, Trouble, code_corners, scene_of, to_frame_turn
from devices.frames import rgb_pixels
from kiosk.ports import Frame

Grey = NDArray[np.uint8]
CARD_TEXT = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|15082021"

SHORT_TEXT = "001058000123||NGUYỄN VĂN MẪU|01011958|Nam|Hà Nội|15082021"  # version 4 is enough


def code_signs(text: str, version: int, level: str = "L") -> NDArray[np.int8]:
    """The modules of a code, dark ones +1, light ones -1."""
    code = segno.make_qr(text, version=version, error=level, boost_error=False)
    return np.array([[1 if module else -1 for module in row] for row in code.matrix], np.int8)


def code_grey(signs: NDArray[np.int8], module_px: float = 5.0, blur_px: float = 0.0, turn: float = 0.0) -> Grey:
    """The code in the middle of a grey picture, turned by degrees, out of focus by a radius in pixels."""
    fine = np.pad(np.where(signs > 0, 30, 225).astype(np.uint8), 4, constant_values=225)
    fine = fine.repeat(12, axis=0).repeat(12, axis=1)
    side = int(len(signs) * module_px * 1.9) + 60
    spin = cv2.getRotationMatrix2D((fine.shape[0] / 2, fine.shape[0] / 2), turn, module_px / 12)
    spin[:, 2] += side / 2 - fine.shape[0] / 2
    softened = cv2.GaussianBlur(fine, (0, 0), 12 / module_px * 0.4)
    picture = cv2.warpAffine(softened, spin, (side, side), flags=cv2.INTER_LINEAR, borderValue=180)
    if blur_px:
        reach = int(blur_px + 2)
        y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        disc = np.clip(blur_px + 0.5 - np.hypot(x, y), 0, 1)
        picture = cv2.filter2D(picture, -1, disc / disc.sum())
    return np.asarray(picture, np.uint8)


def small_scene(seed: int, trouble: Trouble) -> Scene:
    """A card of a seed whose picture ends soon around the code: quick to draw."""
    scene = scene_of(seed, 0.0)
    corners = code_corners(to_frame_turn(scene.corners), scene.back)
    left, top = (float(edge) - 70 for edge in corners.min(axis=0))
    right, bottom = (float(edge) + 70 for edge in corners.max(axis=0))
    moved = tuple((x - left, y - top) for x, y in scene.corners)
    return replace(scene, corners=moved, trouble=trouble, size_px=(int(right - left), int(bottom - top)))


def grey_of(frame: Frame) -> Grey:
    """The frame without colours."""
    return np.asarray(cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY), np.uint8)


def frame_of_grey(grey: Grey) -> Frame:
    """A grey picture as a camera's frame."""
    return Frame(grey.repeat(3).tobytes(), grey.shape[1], grey.shape[0])


def hard_frame(seed: int = 11) -> tuple[Frame, str]:
    """A frame that zxing-cpp cannot read and the equaliser can, and its text."""
    scene = small_scene(seed, Trouble(defocus=0.95, noise=2.0))
    return frame_of(scene), scene.text


def no_code(seed: int, side_px: int = 400) -> Grey:
    """Random cells, as small as modules, without any code among them."""
    source = random.Random(seed)
    cell = source.randrange(3, 8)
    cells = [[source.choice((40, 220)) for _column in range(side_px // cell)] for _row in range(side_px // cell)]
    return np.array(cells, np.uint8).repeat(cell, axis=0).repeat(cell, axis=1)
