"""Every picture is looked at for a code; pictures for the eye come only as fast as they can be shown."""

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from commands.gallery_visit import CARD_TEXT, made_up_card
from kiosk.card import CardRead
from tests.ui.counter import FRAME, HandCamera, HandCodes
from ui.card_reading import CardReading, Seen, preview
from ui.context import Context


@dataclass
class Told:
    """What a reading has told its page."""

    seen: list[Seen] = field(default_factory=list)
    done: list[CardRead | None] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


def start(context: Context, camera: HandCamera, codes: HandCodes, owner: QObject) -> tuple[CardReading, Told]:
    told = Told()
    reading = CardReading(camera, codes, context.tasks, owner)
    reading.start(told.seen.append, told.done.append, told.failed.append)
    return reading, told


def test_pictures_do_not_pile_up_before_a_busy_window(context: Context, qtbot: QtBot) -> None:
    enough = threading.Event()

    class Counting(HandCodes):
        def read(self, frame: object) -> str | None:
            self.frames += 1
            if self.frames == 100:
                enough.set()
            return None

    codes, owner = Counting(), QObject()
    reading, told = start(context, HandCamera(), codes, owner)
    assert enough.wait(10)  # this is the window's own thread: it was busy for a hundred pictures
    reading.stop()
    qtbot.waitUntil(lambda: told.done == [None])
    assert codes.frames >= 100
    assert len(told.seen) <= 2


def test_a_code_that_was_read_between_two_pictures_is_told_with_the_next(context: Context, qtbot: QtBot) -> None:
    owner = QObject()
    reading, told = start(context, HandCamera(), HandCodes(["", "x", "không phải thẻ"]), owner)
    qtbot.waitUntil(lambda: any(seen.other_code for seen in told.seen))
    reading.stop()
    qtbot.waitUntil(lambda: told.done == [None])


def test_the_first_card_ends_it(context: Context, qtbot: QtBot) -> None:
    owner, camera = QObject(), HandCamera()
    _reading, told = start(context, camera, HandCodes(["rác", CARD_TEXT, CARD_TEXT]), owner)
    qtbot.waitUntil(lambda: told.done == [made_up_card()])
    assert told.failed == []


def test_stopping_twice_is_stopping(context: Context, qtbot: QtBot) -> None:
    owner = QObject()
    reading, told = start(context, HandCamera(), HandCodes(), owner)
    reading.stop()
    reading.stop()
    qtbot.waitUntil(lambda: told.done == [None])


def test_a_preview_owns_its_pixels_and_keeps_the_shape() -> None:
    image = preview(FRAME)
    assert (image.width(), image.height()) == (960, 720)
