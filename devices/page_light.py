"""Evens the light on a picture of paper: the paper becomes near white, inks keep their colours, photos stay photos."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.frames import Pixels

PAPER_LEVEL = 250
# Light that is weaker than this is not made up for in full: more gain shows noise instead of print, and the page
# stays dark, which the citizen is then told.
_LEAST_PAPER = 62
_DIM = 110  # below this a sharper picture would be sharper grain
_MAP_DPI = 50
_STROKE_PX = 13  # 6.6 mm on that map: print up to 36 pt, and the ring of a seal, are closed over
_COARSER = 4  # what is filled in is smooth anyway
_SHADOW = 0.45  # of the paper's light around: less is a photo or a dark field, not a shadow
_TINT = 0.13  # of the light: a colour farther from the paper's own is print
_COLOURED_PAPER = 0.16  # a ground of more colour is meant so: a card, a red book
_LEAST_PAPER_SHARE = 0.2
# Above this share of the paper's level, what is left of noise and show-through fades into the paper.
_FADE_FROM = 0.86


def evened(pixels: Pixels, dpi: int, sharpen: float = 0.0) -> Pixels:
    """Pixels (height, width, 3) of a flat page in even light; as they are where hardly any paper is seen.

    `sharpen` is how much of what a blur of one dot takes away is added once more.
    """
    ground = paper_ground(pixels, dpi)
    if ground is None:
        return pixels
    size_px = (pixels.shape[1], pixels.shape[0])
    if float(np.median(ground)) < _DIM:
        pixels, sharpen = np.asarray(cv2.GaussianBlur(pixels, (3, 3), 0), np.uint8), 0.0
    level = cv2.resize(ground, size_px, interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(pixels, level, scale=PAPER_LEVEL)
    if sharpen > 0:
        flat = cv2.addWeighted(flat, 1 + sharpen, cv2.GaussianBlur(flat, (5, 5), 1.0), -sharpen, 0)
    return np.asarray(cv2.LUT(flat, _CURVE), np.uint8)


def paper_ground(pixels: Pixels, dpi: int) -> Pixels | None:
    """The paper's own light and tint without what is printed on it, (height, width, 3) at 50 dots an inch.

    None where less than a fifth of the picture is paper.
    """
    scale = min(1.0, _MAP_DPI / dpi)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_STROKE_PX, _STROKE_PX))
    closed = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, brush), (0, 0), 2).astype(np.float32)
    light = closed.mean(axis=2)
    paper = light > _SHADOW * float(np.percentile(light, 90))
    tints = closed / (light[..., None] + 1)
    tint = np.median(tints[paper], axis=0)
    if float(np.abs(tint - 1).max()) > _COLOURED_PAPER:
        closed, tint = np.repeat(light[..., None], 3, axis=2), np.ones(3, np.float32)
    else:
        paper &= np.abs(tints - tint).max(axis=2) < _TINT
    mask = cv2.erode(paper.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.float32)
    if float(mask.mean()) < _LEAST_PAPER_SHARE:
        return None
    ground = _filled(closed, mask)
    gain = np.maximum(1.0, _LEAST_PAPER / np.maximum(ground.mean(axis=2, keepdims=True), 1.0))
    return np.asarray(np.clip(np.round(ground * gain), 1, 255), np.uint8)


def _filled(closed: NDArray[np.float32], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """What lies outside the mask from what lies around it: near first, far where nothing is near."""
    size_px = (mask.shape[1], mask.shape[0])
    small_px = (-(-size_px[0] // _COARSER), -(-size_px[1] // _COARSER))
    weight = cv2.resize(mask, small_px, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(closed * mask[..., None], small_px, interpolation=cv2.INTER_AREA)
    filled = np.full_like(sums, float(closed[mask > 0].mean()))
    for spread_px in (12.0, 3.0, 0.8):
        share = cv2.GaussianBlur(weight, (0, 0), spread_px)[..., None]
        around = cv2.GaussianBlur(sums, (0, 0), spread_px) / np.maximum(share, 1e-4)
        known = np.clip(share * 8, 0, 1)
        filled = known * around + (1 - known) * filled
    known = cv2.blur(mask, (5, 5))[..., None]
    return np.asarray(known * closed + (1 - known) * cv2.resize(filled, size_px), np.float32)


def _curve() -> Pixels:
    """Straight up to near the paper's level, steeper there, flat at the paper."""
    level = np.arange(256, dtype=np.float32) / PAPER_LEVEL
    above = np.clip((level - _FADE_FROM) / (0.97 - _FADE_FROM), 0, 1)
    lifted = np.where(level < _FADE_FROM, level, _FADE_FROM + (1 - _FADE_FROM) * above)
    dark = np.clip((lifted - 0.06) / (1 - 0.06), 0, 1)  # ink in even light is never quite black
    return np.asarray(np.clip(dark * PAPER_LEVEL, 0, 255), np.uint8)


_CURVE = _curve()
