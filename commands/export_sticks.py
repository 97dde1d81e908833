"""Which USB sticks the queue can be copied to: those of the page of files, as far as they can be written to."""

import os
from pathlib import Path

from devices.sticks import mounted_sticks
from kiosk.config import DeviceSettings
from kiosk.staff_queue import ExportStick


def export_sticks(files: DeviceSettings) -> tuple[ExportStick, ...]:
    """The sticks of that driver: what is mounted now, or the folder that stands for a stick. Blocks for a moment."""
    match files.driver:
        case "sticks":
            folders = [stick.folder for stick in mounted_sticks()]
        case "folder":
            folders = [Path(files.option("source"))]
        case _:
            folders = []
    return tuple(
        ExportStick(folder.name, folder) for folder in folders if folder.is_dir() and os.access(folder, os.W_OK)
    )
