"""A kiosk in a process of its own, steered line by line: plays a visit whose values stand nowhere in its code.

What it types comes to it written backwards and is pressed key by key: only the kiosk itself ever holds it whole.
"""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from commands.composition import load_shipped
from commands.memory_guard import overwrite_what_is_freed
from kiosk.visit import Step
from tests.journeys.counter import SIZE, KioskOfTest
from ui.cover import Cover
from ui.done_screen import DoneScreen
from ui.idle import IdleWatch
from ui.stop_panel import StopPanel
from ui.stopped_screen import StoppedScreen
from ui.tasks import Lane
from ui.theme import Theme
from ui.tokens import Panel
from ui.trouble_screen import TroubleScreen

QUICK_MS = 60


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def to_review(kiosk: KioskOfTest, backwards: str) -> None:
    """A whole visit up to the review, and there another telephone number is typed."""
    kiosk.citizen().play(until=Step.REVIEW)
    kiosk.robot.tap("edit:contact_phone")
    field = kiosk.robot.seen("field:contact_phone")
    assert isinstance(field, QLineEdit)
    field.clear()
    for place in range(len(backwards) - 1, -1, -1):
        QTest.keyClicks(field, backwards[place])
    kiosk.robot.go_on()
    assert kiosk.step() is Step.REVIEW
    page = next(iter(kiosk.window.visit.documents.values())).pages[0].image.content
    middle = len(page) // 2
    say("ready", page[middle : middle + 32].hex())


def end(kiosk: KioskOfTest, way: str) -> None:
    """One of the ways that a visit ends, and then nothing for a while."""
    window, robot, emptied = kiosk.window, kiosk.robot, list[None]()
    window.emptied.connect(lambda: emptied.append(None))
    tasks = window._context.tasks
    match way:
        case "leave" | "saved":
            robot.tap_widget(window.frame.header.exit_button)
            panel = window.frame.findChild(StopPanel)
            assert panel is not None
            robot.tap_widget(panel.leave_button if way == "leave" else panel.save_button)
            if way == "saved":
                robot.wait_for("the code", lambda: isinstance(window.frame.shown, StoppedScreen))
        case "idle":
            window.findChildren(IdleWatch)[0].idle.emit()
            [cover] = window.findChildren(Cover)
            cover.ended.emit()
        case "trouble":
            window.trouble()
            assert isinstance(window.frame.shown, TroubleScreen)
        case "done":
            kiosk.citizen().play()
            [ref] = window.visit.filed
            kiosk.delivered(ref)
            robot.wait_for(
                "the slip", lambda: isinstance(window.frame.shown, DoneScreen) and window.frame.shown.copies > 0
            )
            robot.go_on()
    if way in ("saved", "trouble"):
        robot.go_on()
    assert kiosk.step() is Step.HOME
    robot.wait_for("an empty memory", lambda: bool(emptied) and not tasks.works_in(*Lane))
    say("ended", way)


def main(folder: Path, portal_url: str, backwards: str) -> None:
    overwrite_what_is_freed()
    app = QApplication(sys.argv[:1])
    app.setAttribute(Qt.ApplicationAttribute.AA_SynthesizeMouseForUnhandledTouchEvents)
    app.setDoubleClickInterval(QUICK_MS)
    kiosk = KioskOfTest(folder, SimpleNamespace(url=portal_url), load_shipped(), Theme(app, Panel(*SIZE, 21.5)))  # type: ignore[arg-type]  # only its address is asked
    shutil.copy(folder / "canary.jpg", kiosk.cards / "card-1.jpg")
    kiosk.open()
    say("open")
    for line in sys.stdin:
        if line.strip() == "play":
            to_review(kiosk, backwards)
        elif line.strip() == "quit":
            break
        else:
            end(kiosk, line.strip())
    kiosk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
