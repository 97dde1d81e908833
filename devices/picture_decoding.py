"""Encoded pictures from outside, decoded: upright, opaque, with limits checked before anything is unpacked.

It knows no OpenCV and no numpy: those take 430 MB of addresses, and the worker that draws files has 512 MB for all.
"""

import io

from PIL import Image, ImageOps

# A page of A3 at 300 dpi has 17 million pixels; a picture of more than 50 million is a bomb or a mistake.
MAX_PIXELS = 50_000_000


def open_picture(content: bytes) -> Image.Image | None:
    """The picture upright (its EXIF orientation applied), as RGB or L; None if it is no whole JPEG or PNG."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        if picture.width * picture.height > MAX_PIXELS:
            return None
        return opaque(upright(picture))
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def upright(picture: Image.Image) -> Image.Image:
    """The same picture, turned as its EXIF entry says. No second one is made: a large one may not fit twice."""
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def opaque(picture: Image.Image) -> Image.Image:
    """The picture as RGB or L; what was transparent becomes white paper."""
    if picture.mode in {"RGB", "L"}:
        return picture
    if picture.mode in {"I;16", "I"}:  # 16 bits: convert() alone would cut all but the darkest 1/256 off to white
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"1", "F"}:
        return picture.convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")
