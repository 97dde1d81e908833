"""A kiosk with a citizen who has only keys and a screen reader, in a session of its own.

Run as `dbus-run-session -- python -m tests.journeys.screen_reader_child FOLDER LOG` with a display.
"""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from commands.composition import load_shipped
from commands.embedded_portal import EmbeddedPortal
from commands.robot import Robot
from kiosk.visit import Step
from tests.journeys.counter import SIZE, KioskOfTest
from tests.journeys.typist import Typist
from ui.theme import Theme
from ui.tokens import Panel
from ui.window import KioskWindow

PAUSE_MS = 30  # so long is there for a screen reader to ask what has the focus
TO_BE_HEARD_MS = 120
ROWS_LISTENED_TO = 20


class SlowTypist(Typist):
    """Listens to what is said of each key before the next one."""

    def __init__(self, window: KioskWindow, folder: Path | None, _pause_ms: int) -> None:
        super().__init__(window, folder, PAUSE_MS)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and a while to listen."""
        super().press(key, modifier)
        timer = QElapsedTimer()
        timer.start()
        self.wait_for("it to be heard", lambda: timer.elapsed() > TO_BE_HEARD_MS)


def main(folder: Path, log: Path) -> None:
    """Play the visit, from the first page to the first page."""
    ears = subprocess.Popen([sys.executable, "-m", "tests.journeys.at_spi", str(log)], stdout=subprocess.PIPE)
    try:
        assert ears.stdout is not None
        assert ears.stdout.readline() == b"listening\n"
        _visit(folder)
    finally:
        ears.terminate()
        ears.wait(10)


def _visit(folder: Path) -> None:
    app = QApplication([])
    app.setDoubleClickInterval(60)
    portal = EmbeddedPortal(folder / "portal")
    portal.prepare()
    with portal:
        portal.start()
        kiosk = KioskOfTest(folder / "kiosk", portal, load_shipped(), Theme(app, Panel(*SIZE, 21.5)))
        kiosk.enrol()
        kiosk.open(make_robot=SlowTypist)
        try:
            kiosk.robot.wait_for("the accessibility bus", QAccessible.isActive)
            _play(kiosk, kiosk.robot)
        finally:
            kiosk.close()


def _play(kiosk: KioskOfTest, robot: Robot) -> None:
    """The whole visit; the review is gone through row by row, and the pledge is forgotten at first."""
    assert isinstance(robot, SlowTypist)
    citizen = kiosk.citizen()
    citizen.play(until=Step.REVIEW)
    for _row in range(ROWS_LISTENED_TO):
        robot.press(Qt.Key.Key_Tab)
    citizen.play(until=Step.FILE)
    robot.press(Qt.Key.Key_F1)
    robot.press(Qt.Key.Key_Escape)
    robot.go_on()
    citizen.play()
    kiosk.wait_for_slip()
    robot.go_on()
    assert kiosk.step() is Step.HOME
    robot.press(Qt.Key.Key_Tab)
    assert (robot.taps, robot.lost) == (0, [])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
