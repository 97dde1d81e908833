"""Keeps what is in this program's memory out of files, and overwrites what is freed, as far as the system can do it."""

import ctypes
import logging
import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_M_PERTURB = -6  # malloc.h: freed memory is filled with this byte
_FILL = 0xA5

CLEAN_MEMORY = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
"""The environment in which `overwrite_what_is_freed` reaches everything: Python then takes also small texts from the C
library, and the library sets nothing aside that it would not overwrite. To be set before the program starts."""

_log = logging.getLogger(__name__)


def keep_out_of_dumps() -> bool:
    """No core file of this process, and no other account's debugger: for `kiosk run`. Whether the system can do that;
    where it cannot, what docs/operations.md says about dumps is all there is."""
    if sys.platform != "linux":
        return False
    import resource  # noqa: PLC0415 - only where there is such a module

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the workers that this program starts inherit it
    return bool(_libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def overwrite_what_is_freed() -> bool:
    """From now on the C library fills every block of memory as it is freed: pictures, texts of Qt, and of Python all
    that is larger than half a kilobyte. Whether the C library can do that."""
    if sys.platform != "linux":
        return False
    try:
        return bool(_libc().mallopt(_M_PERTURB, _FILL) == 1)
    except AttributeError:
        return False


def give_back_unused() -> None:
    """Hand memory that nobody uses back to the system, which empties it before anybody else gets it."""
    if sys.platform == "linux":
        try:
            _libc().malloc_trim(0)
        except AttributeError:
            _log.debug("this C library gives nothing back")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
