"""A program with a scanner whose driver never answers, in a process of its own: its end is what is tested.

Run as `python tests/commands/hanging_child.py run OPTION...`: `kiosk run`, which says "hangs" once the driver does.
Or as `... tour OPTION...`: a tour whose window could not end its lanes.
"""

import sys
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import pytest

from commands import kiosk_app, local_socket, office_devices, run, tour
from commands.hanging_driver import DriverHangs
from devices.folder_scanner import FolderScanner
from tests.faults.store_child import say

SHORT_S = 0.5


def hang() -> NoReturn:
    say("hangs")
    while True:
        Event().wait()


class HangingScanner(FolderScanner):
    """Nobody comes back from it."""

    def status(self) -> NoReturn:
        hang()


def play(_tour: tour.Tour) -> NoReturn:
    Thread(target=hang).start()
    raise DriverHangs("a device driver hangs")


if __name__ == "__main__":
    patch = pytest.MonkeyPatch()
    patch.setattr(kiosk_app, "TASKS_TIMEOUT_S", SHORT_S)
    patch.setattr(local_socket, "STOP_TIMEOUT_S", SHORT_S)
    patch.setattr(office_devices, "make_scanner", lambda _settings, _worker: HangingScanner(Path()))
    patch.setattr(tour.Tour, "play", play)
    command, *options = sys.argv[1:]
    sys.exit({"run": run.run, "tour": tour.run}[command](options))
