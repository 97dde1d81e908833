"""How a program ends of which a part hangs in a device's driver: nobody can stop that part, so the whole ends."""

import logging
import os
from typing import NoReturn

from kiosk.errors import KioskError

EXIT_CODE = 1


class DriverHangs(KioskError):
    """A thread that nobody can stop: Python would wait for it for ever, so only `end_at_once` ends the program."""

    key = "driver_hangs"


def end_at_once() -> NoReturn:
    """End the process, whatever its threads do. For the very end, when everything that can be closed is closed."""
    logging.shutdown()
    os._exit(EXIT_CODE)
