"""A kiosk with a citizen before it, in a process of its own, so that a test can kill it at any moment.

Run as `python tests/faults/kiosk_child.py FOLDER`, where FOLDER holds a kiosk that is enrolled already. Says "filing"
before the citizen files, "sealed" when the window says so, and "done" on the last page; then it waits to be killed.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from commands.composition import load_shipped
from commands.embedded_portal import EmbeddedPortal
from kiosk.visit import Step
from tests.faults.store_child import say
from tests.journeys.counter import SIZE, KioskOfTest
from ui.theme import Theme
from ui.tokens import Panel


def main(folder: Path) -> None:
    """Play the visit."""
    app = QApplication([])
    app.setDoubleClickInterval(60)
    portal = EmbeddedPortal(folder / "nowhere")  # the test's own runs; the store knows its address
    kiosk = KioskOfTest(folder, portal, load_shipped(), Theme(app, Panel(*SIZE, 21.5)))
    kiosk.open()
    kiosk.window.sealed.connect(lambda _sealed: say("sealed"))
    citizen = kiosk.citizen()
    citizen.play(until=Step.FILE)
    say("filing")
    citizen.play()
    say("done")
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
