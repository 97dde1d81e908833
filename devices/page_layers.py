"""A page as mixed raster content: sharp print in one bit a dot, its colours and the paper behind it in few dots."""

import io
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from devices.frames import Pixels
from devices.page_geometry import MM_PER_INCH
from devices.page_jpeg import has_colour
from devices.pictures import to_page

# Colours of ink and of paper change slowly once the outlines of print are kept apart (ITU-T T.44 works the same way).
_GROUND_DPI = 100
_INK_DPI = 75
_GROUND_QUALITY = 50
_INK_QUALITY = 45
_NEAR_MM = 3.0  # ink is darker than what lies this near
_LEAST_CONTRAST = 30
_GRAIN = 2.0  # levels: with more, single dots of noise would become ink
_FAR = 0.004  # what is farther away counts so much of what is near
_BROAD_MM = 2.0  # what is dark over more than this is a photo or a filled field, and stays a picture
_BROAD_SHARE = 0.4
_STRIP_OFFSETS, _STRIP_BYTE_COUNTS, _ROWS_PER_STRIP = 273, 279, 278  # TIFF 6.0, section 8


@dataclass(frozen=True, slots=True)
class Layers:
    """`mask` is CCITT Group 4 (ITU-T T.6) with 0 for ink, `width_px` by `height_px`; `ground` and `ink` are JPEGs of
    fewer dots that cover the same page, in RGB or both in grey."""

    mask: bytes
    width_px: int
    height_px: int
    ground: bytes
    ink: bytes
    ground_px: tuple[int, int]
    ink_px: tuple[int, int]
    grey: bool

    @property
    def size_bytes(self) -> int:
        """What the layers take together."""
        return len(self.mask) + len(self.ground) + len(self.ink)


def layers_of(pixels: Pixels, dpi: int) -> Layers:
    """The page (height, width, 3) in layers."""
    height, width = pixels.shape[:2]
    mask = ink_mask(pixels, dpi)
    grey = not has_colour(pixels)
    ground = _fewer(pixels, cv2.bitwise_not(cv2.dilate(mask, np.ones((3, 3), np.uint8))), _GROUND_DPI / dpi)
    ink = _fewer(pixels, _hearts(mask), _INK_DPI / dpi)
    return Layers(
        _group4(mask),
        width,
        height,
        _jpeg(ground, _GROUND_QUALITY, grey=grey),
        _jpeg(ink, _INK_QUALITY, grey=grey),
        (ground.shape[1], ground.shape[0]),
        (ink.shape[1], ink.shape[0]),
        grey,
    )


def ink_mask(pixels: Pixels, dpi: int) -> Pixels:
    """255 where a stroke of ink of any colour lies on the paper, 0 elsewhere; photos and filled fields are left out."""
    # Of the three channels the darkest: a red seal is as dark in blue as black print is.
    darkest = cv2.min(cv2.min(pixels[..., 0], pixels[..., 1]), pixels[..., 2])
    calm = cv2.GaussianBlur(darkest, (3, 3), 0)
    grain = float(np.percentile(cv2.absdiff(calm, darkest)[::4, ::4], 60))
    scale = 50 / dpi
    small = cv2.resize(darkest, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    reach = _odd(_NEAR_MM / MM_PER_INCH * 50)
    near = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    paper = cv2.resize(cv2.GaussianBlur(near, (0, 0), 3), darkest.shape[::-1])
    depth = cv2.subtract(paper, calm if grain > _GRAIN else darkest)
    # The outline runs where the edge is half as deep as the stroke, however thin or pale this is.
    half = cv2.convertScaleAbs(cv2.dilate(depth, np.ones((7, 7), np.uint8)), alpha=0.45)
    least = np.full_like(half, min(255, max(_LEAST_CONTRAST, round(5 * grain))))
    ink = cv2.compare(depth, cv2.max(half, least), cv2.CMP_GT)
    return np.asarray(cv2.subtract(ink, _pictures(np.asarray(ink, np.uint8), dpi)), np.uint8)


def _pictures(ink: Pixels, dpi: int) -> Pixels:
    """255 where a patch is no print: a good part of it is broad."""
    quarter = cv2.threshold(cv2.resize(ink, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), 127, 1, 0)[1]
    broad = _odd(_BROAD_MM / MM_PER_INCH * dpi / 4)
    solid = cv2.morphologyEx(quarter, cv2.MORPH_OPEN, np.ones((broad, broad), np.uint8))
    count, labels = cv2.connectedComponents(quarter, connectivity=8, ltype=cv2.CV_16U)
    whole, broad_part = (np.bincount(labels.ravel(), weights.ravel(), count) for weights in (quarter, solid))
    patches = np.asarray(broad_part > _BROAD_SHARE * np.maximum(whole, 1), np.uint8)
    patches[0] = 0
    found = cv2.dilate(np.maximum(patches[labels], solid) * np.uint8(255), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.resize(found, ink.shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _odd(size_px: float) -> int:
    return 2 * max(1, round(size_px / 2)) + 1


def _hearts(mask: Pixels) -> Pixels:
    """The middles of strokes, where the ink has its full colour; whole strokes where they are thin."""
    heart = cv2.erode(mask, np.ones((3, 3), np.uint8))
    around = cv2.dilate(heart, np.ones((7, 7), np.uint8))
    return np.asarray(cv2.max(heart, cv2.subtract(mask, around)), np.uint8)


def _fewer(pixels: Pixels, known: MatLike, scale: float) -> Pixels:
    """The picture in fewer dots, by its known dots (255) alone; between them from farther and farther away."""
    height, width = known.shape
    size_px = (max(1, round(width * scale)), max(1, round(height * scale)))
    sums = cv2.resize(cv2.copyTo(pixels, known), size_px, interpolation=cv2.INTER_AREA).astype(np.float32)
    shares = cv2.resize(known, size_px, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    layers: list[tuple[MatLike, MatLike]] = [(sums, shares)]
    while min(layers[-1][1].shape) > 4:
        layers.append((cv2.pyrDown(layers[-1][0]), cv2.pyrDown(layers[-1][1])))
    filled = np.full((*layers[-1][1].shape, 3), 255, np.float32)
    for colours, share in reversed(layers):
        around = cv2.resize(filled, share.shape[::-1], interpolation=cv2.INTER_LINEAR)
        filled = (colours + _FAR * around) / (share + _FAR)[..., None]
    return np.asarray(np.clip(np.round(filled), 0, 255), np.uint8)


def _jpeg(pixels: Pixels, quality: int, *, grey: bool) -> bytes:
    shown = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if grey else pixels
    return to_page(Image.fromarray(np.asarray(shown, np.uint8)), _GROUND_DPI, quality).content


def _group4(mask: Pixels) -> bytes:
    """The mask's bare Group 4 code."""
    height, width = mask.shape
    picture, buffer = Image.frombytes("1", (width, height), np.packbits(mask, axis=1).tobytes()), io.BytesIO()
    picture.save(buffer, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: height})
    buffer.seek(0)
    tiff = TiffImageFile(buffer)
    (start,), (length,) = tiff.tag_v2[_STRIP_OFFSETS], tiff.tag_v2[_STRIP_BYTE_COUNTS]
    return buffer.getvalue()[start : start + length]
