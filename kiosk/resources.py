"""Find the read-only files that ship with the program, whether it runs from a checkout or frozen."""

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Path of a file or folder below `resources/`, for example `resource_path("icons", "check.svg")`.

    A frozen build (PyInstaller) unpacks its files below `sys._MEIPASS`; a checkout has them beside the
    packages. The path is not checked: the reader of a missing file raises the plainer error.
    """
    frozen_root = getattr(sys, "_MEIPASS", None)
    root = Path(frozen_root) if frozen_root else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
