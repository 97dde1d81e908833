"""PySide6 must not lose references to None: 6.12.0 on Python 3.11 drops one at every call that returns nothing.

None starts with some 5,000 references, so a kiosk on such a build aborts ("none_dealloc") within minutes. Measured:
1000 lost of 1000 calls with 6.12.0, none with 6.8.3, 6.10.1 and 6.11.1. From Python 3.12 on None is immortal.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from pytestqt.qtbot import QtBot

CALLS = 250  # each of four: enough to see it, too few to abort the test run
NOISE = 25


class Sender(QObject):
    """Has a signal to emit."""

    sent = Signal()

    def send(self) -> None:
        self.sent.emit()


def calls() -> dict[str, Callable[[], None]]:
    """One call of each kind: a setter, a setter of a number, a static method, a signal."""
    thing, timer, sender = QObject(), QTimer(), Sender()
    return {
        "setter": lambda: thing.setObjectName("x"),
        "number": lambda: timer.setInterval(1000),
        "static": QCoreApplication.processEvents,
        "signal": sender.send,
    }


@pytest.mark.parametrize("kind", ["setter", "number", "static", "signal"])
def test_a_call_that_returns_nothing_keeps_the_references_to_none(qtbot: QtBot, kind: str) -> None:
    call = calls()[kind]
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    assert abs(sys.getrefcount(None) - before) <= NOISE
