"""A total time limit for blocking calls of drivers that have none of their own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.ports import DeviceProblem, DeviceReason

T = TypeVar("T")


def within(timeout_s: float, work: Callable[[], T], what: str) -> T:
    """What `work` returns or raises, if it does so in time; else DeviceProblem(TIMEOUT).

    Python cannot stop a call that hangs in a driver: its daemon thread is left to end when the driver lets it go.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 -- raised again in the caller's thread, whatever it is
            errors.append(error)

    thread = threading.Thread(target=run, name=what, daemon=True)
    thread.start()
    thread.join(timeout_s)
    if thread.is_alive():
        raise DeviceProblem(DeviceReason.TIMEOUT, f"{what} took longer than {timeout_s} s")
    if errors:
        raise errors[0]
    return results[0]
