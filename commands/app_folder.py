"""Where this program keeps what is its own, by the system's custom."""

from pathlib import Path

import platformdirs

APP = "diem-truy-cap"


def default_data_folder() -> Path:
    """Where the kiosk keeps its store unless the settings say otherwise."""
    return platformdirs.user_data_path(APP, appauthor=False) / "kiosk"
