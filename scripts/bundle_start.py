"""Runs first in a bundle: programs of the system that the kiosk starts (`lp`) must not load the bundle's libraries."""

import os

_PATH = "LD_LIBRARY_PATH"  # PyInstaller's loader sets it for this process, which has read it by now

if (original := os.environ.pop(f"{_PATH}_ORIG", None)) is None:
    os.environ.pop(_PATH, None)
else:
    os.environ[_PATH] = original
