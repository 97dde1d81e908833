"""Two figures of a camera's picture that need no target: how bright it is, and how sharp."""

from dataclasses import dataclass

import cv2

from devices.frames import rgb_pixels
from kiosk.ports import Frame


@dataclass(frozen=True, slots=True)
class PictureFigures:
    """`brightness` is the mean of the grey values, 0 to 255. `sharpness` is the variance of the Laplacian of the middle
    ninth: some tens for a blurred picture, some hundreds for a sharp one of print; it grows with what is shown, so only
    pictures of the same thing can be compared."""

    brightness: float
    sharpness: float


def measure_picture(frame: Frame) -> PictureFigures:
    """Both figures of one frame."""
    grey = cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    middle = grey[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3]
    sharpness = float(cv2.Laplacian(middle, cv2.CV_64F).var())
    return PictureFigures(round(float(grey.mean()), 1), round(sharpness, 1))
