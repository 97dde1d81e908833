"""Draws a QR code from its modules, clean, and lets zxing-cpp decode it."""

import numpy as np
from numpy.typing import NDArray

from devices.code_reader import codes_in

_MODULE_PX = 4
_QUIET_MODULES = 4  # ISO/IEC 18004:2015, 6.3.8


def clean_text(signs: NDArray[np.int8]) -> str | None:
    """The text of a code of (n, n) signs, dark ones over 0. None for a grid that is no code, or an empty one."""
    light = np.where(signs > 0, 0, 255).astype(np.uint8)
    with_border = np.pad(light, _QUIET_MODULES, constant_values=255)
    codes = codes_in(with_border.repeat(_MODULE_PX, axis=0).repeat(_MODULE_PX, axis=1))
    return codes[0].text if codes else None
