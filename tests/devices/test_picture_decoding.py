"""Tests of devices.picture_decoding that the files from sticks do not make: 16 bits, and what it must not load."""

import io
import subprocess
import sys

import numpy as np
from PIL import Image

from devices.picture_decoding import open_picture


def test_16_bits_keep_their_shades() -> None:
    shades = np.tile(np.arange(0, 65536, 256, dtype=np.uint16), (8, 1))
    content = io.BytesIO()
    Image.fromarray(shades).save(content, "PNG")
    picture = open_picture(content.getvalue())
    assert picture is not None
    assert np.abs(np.asarray(picture)[0].astype(int) - np.arange(256)).max() <= 1


def test_it_loads_neither_opencv_nor_numpy() -> None:
    """The worker has 512 MB of addresses for everything; those two take 430 of them."""
    program = "import sys, devices.file_worker; print(sorted({'cv2', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"[]"
