"""Every picture is looked at for a card; the code's words are taken before those of the lines on the back."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from commands.gallery_visit import CARD_TEXT, made_up_card
from kiosk.capture import CardHint, CardLook
from kiosk.card import CardRead
from kiosk.mrz import MrzRead, as_card
from kiosk.ports import DeviceProblem, DeviceReason
from tests.ui.hand_devices import FRAME, HandCamera, HandCards
from ui.camera_run import PREVIEW_WIDTH_PX, Seen
from ui.card_reading import CardReading, CardSeen
from ui.context import Context

LINES = MrzRead("001099000123", "NGUYEN VAN A", date(1999, 1, 15), "Nam", None)


@dataclass
class Told:
    """What a reading has told its page."""

    seen: list[Seen[CardSeen]] = field(default_factory=list)
    done: list[CardRead | None] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


def start(context: Context, camera: HandCamera, cards: HandCards, owner: QObject) -> tuple[CardReading, Told]:
    told = Told()
    reading = CardReading(camera, lambda: cards, context.equipment.clock, context.tasks, owner)
    reading.start(told.seen.append, told.done.append, told.failed.append)
    return reading, told


def test_the_hint_of_the_moment_comes_with_the_picture(context: Context, qtbot: QtBot) -> None:
    owner, corners = QObject(), ((0.0, 0.0), (32.0, 0.0), (32.0, 24.0), (0.0, 24.0))
    reading, told = start(context, HandCamera(), HandCards([CardLook(CardHint.CLOSER, place=corners)]), owner)
    qtbot.waitUntil(lambda: bool(told.seen))
    reading.stop()
    qtbot.waitUntil(lambda: told.done == [None])
    assert told.seen[0].said.hint is CardHint.CLOSER
    assert told.seen[0].said.place is not None
    assert max(told.seen[0].said.place) == (
        PREVIEW_WIDTH_PX / 2,
        PREVIEW_WIDTH_PX / 2 * FRAME.height_px / FRAME.width_px,
    )


def test_the_first_card_ends_it(context: Context, qtbot: QtBot) -> None:
    cards = HandCards(
        [CardLook(CardHint.SHOW), CardLook(CardHint.SHOW, text="rác"), CardLook(CardHint.SHOW, CARD_TEXT)]
    )
    owner = QObject()
    _reading, told = start(context, HandCamera(), cards, owner)
    qtbot.waitUntil(lambda: told.done == [made_up_card()])
    assert (told.failed, cards.closed) == ([], 1)


def test_the_lines_of_the_back_are_a_card_too(context: Context, qtbot: QtBot) -> None:
    owner = QObject()
    _reading, told = start(context, HandCamera(), HandCards([CardLook(CardHint.SHOW, mrz=LINES)]), owner)
    qtbot.waitUntil(lambda: told.done == [as_card(LINES)])


def test_the_code_comes_before_the_lines(context: Context, qtbot: QtBot) -> None:
    owner = QObject()
    _reading, told = start(context, HandCamera(), HandCards([CardLook(CardHint.SHOW, CARD_TEXT, LINES)]), owner)
    qtbot.waitUntil(lambda: told.done == [made_up_card()])


def test_stopping_twice_is_stopping(context: Context, qtbot: QtBot) -> None:
    owner = QObject()
    reading, told = start(context, HandCamera(), HandCards(), owner)
    reading.stop()
    reading.stop()
    qtbot.waitUntil(lambda: told.done == [None])


def test_a_lost_camera_ends_the_watch_too(context: Context, qtbot: QtBot) -> None:
    owner, cards = QObject(), HandCards()
    camera = HandCamera(trouble=DeviceReason.NO_PICTURE, frames_left=2)
    _reading, told = start(context, camera, cards, owner)
    qtbot.waitUntil(lambda: bool(told.failed))
    assert isinstance(told.failed[0], DeviceProblem)
    assert (cards.closed, told.done) == (1, [])
