"""A kiosk with a citizen who answers one question after the other, in a process of its own, to be killed at any moment.

Run as `python tests/faults/draft_child.py FOLDER`, where FOLDER holds a kiosk that is enrolled already. Says
"change DIGEST" for each change of the visit that is worth keeping, and "kept" each time something was kept: the n-th
"kept" means that the n-th change, or a later one, is on disk.
"""

import hashlib
import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from commands.composition import load_shipped
from commands.embedded_portal import EmbeddedPortal
from kiosk.draft import pack, worth_keeping
from kiosk.visit import Step, Visit
from tests.faults.store_child import say
from tests.journeys.counter import SIZE, KioskOfTest
from tests.sample_forms import AT
from ui.theme import Theme
from ui.tokens import Panel


def digest_of(state: bytes) -> str:
    """A digest of what the citizen has given, whenever it was kept."""
    given = json.loads(state)
    text = json.dumps([given["place"], given["answers"], given["documents"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def main(folder: Path) -> None:
    """Play the visit over and over: back to the first question, and through them again."""
    app = QApplication([])
    app.setDoubleClickInterval(60)
    portal = EmbeddedPortal(folder / "nowhere")  # the test's own has ended; nothing is filed
    kiosk = KioskOfTest(folder, portal, load_shipped(), Theme(app, Panel(*SIZE, 21.5)))
    kiosk.open()

    def look(visit: Visit) -> None:
        if worth_keeping(visit):
            say("change", digest_of(pack(visit, AT).state))

    kiosk.window.visit_changed.connect(look)
    kiosk.keeping.kept.connect(lambda: say("kept"))
    citizen = kiosk.citizen()
    while True:
        citizen.play(until=Step.REVIEW)
        while kiosk.step() is not Step.CONFIRM:
            kiosk.robot.tap("back")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
