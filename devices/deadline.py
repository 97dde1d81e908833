"""A total time limit for blocking calls of drivers that have none of their own."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from kiosk.ports import DeviceProblem, DeviceReason

T = TypeVar("T")
K = TypeVar("K", bound=str)


def within(timeout_s: float, work: Callable[[], T], what: str) -> T:
    """What `work` returns or raises, if it does so in time; else DeviceProblem(TIMEOUT).

    Python cannot stop a call that hangs in a driver: its daemon thread is left to end when the driver lets it go.
    """
    return _Call(work, what).result(timeout_s)


def all_within(timeout_s: float, works: Mapping[K, Callable[[], T]]) -> dict[K, T | DeviceProblem]:
    """What each of `works` returns, all called at the same time and with one limit for all of them together. One that
    takes longer is DeviceProblem(TIMEOUT) and hides no other; so is one that raises DeviceProblem. Others raise."""
    until_s = time.monotonic() + timeout_s
    calls = {name: _Call(work, name) for name, work in works.items()}
    results: dict[K, T | DeviceProblem] = {}
    for name, call in calls.items():
        try:
            results[name] = call.result(max(0.0, until_s - time.monotonic()))
        except DeviceProblem as problem:
            results[name] = problem
    return results


class _Call(Generic[T]):
    """A call that runs in a daemon thread from now on."""

    def __init__(self, work: Callable[[], T], what: str) -> None:
        self._work = work
        self._what = what
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name=what, daemon=True)
        self._thread.start()

    def result(self, timeout_s: float) -> T:
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise DeviceProblem(DeviceReason.TIMEOUT, f"{self._what} took longer than {timeout_s:g} s")
        if self._errors:
            raise self._errors[0]
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 -- raised again in the caller's thread, whatever it is
            self._errors.append(error)
