"""Tests of devices.card_watch with the real worker, with dead, hanging and lying ones, and without any."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from commands.self_command import self_command
from devices.card_watch import CameraCardWatch
from kiosk.capture import CardHint, CardLook
from kiosk.ports import Frame
from tests.devices.card_pictures import CARD_TEXT, code_grey, code_signs, frame_of_grey, hard_frame
from tests.devices.side_workers import program
from tests.devices.test_side_worker import until

EASY = frame_of_grey(code_grey(code_signs(CARD_TEXT, 7)))
LINK_TEXT = "https://example.invalid"
LINK = frame_of_grey(code_grey(code_signs(LINK_TEXT, 3)))
NOTHING = frame_of_grey(np.full((540, 960), 150, np.uint8))
HARD, HARD_TEXT = hard_frame()


@contextmanager
def watching(command: list[str] | tuple[str, ...] = ()) -> Iterator[CameraCardWatch]:
    watch = CameraCardWatch(command)
    try:
        yield watch
    finally:
        watch.close()


def looks(watch: CameraCardWatch, frame: Frame, count: int, start_s: float = 0.0) -> list[CardLook]:
    """What 25 frames a second show."""
    return [watch.look(frame, start_s + number / 25) for number in range(count)]


def lies(text: object) -> list[str]:
    fields = json.dumps({"text": text, "place": None, "module_px": 3.0, "mrz": None})
    return program(f"import json\nwhile read_message(sys.stdin.buffer): say('read', **json.loads({fields!r}))")


def test_an_easy_card_is_read_at_once_and_placed() -> None:
    with watching() as watch:
        look = watch.look(EASY, 0.0)
    assert look.text == CARD_TEXT
    assert look.place is not None
    assert len(look.place) == 4


def test_a_hard_card_is_read_beside() -> None:
    with watching(self_command("card-worker")) as watch:
        found: list[str] = []
        clock = itertools.count()

        def read() -> bool:
            look = watch.look(HARD, next(clock) / 1000)
            found.extend([look.text] if look.text else [])
            return bool(found)

        assert watch.look(HARD, 0.0).text is None
        assert until(read)
        assert found == [HARD_TEXT]


def test_another_code_is_a_hint_and_no_text() -> None:
    with watching() as watch:
        seen = looks(watch, LINK, 40)
    assert {look.text for look in seen} == {None}
    assert {look.other for look in seen} == {LINK_TEXT}
    assert seen[-1].hint is CardHint.OTHER_CODE


def test_without_a_card_the_hint_is_to_show_one() -> None:
    with watching() as watch:
        assert {look.hint for look in looks(watch, NOTHING, 40)} == {CardHint.SHOW}
        assert looks(watch, NOTHING, 1)[0].place is None


@pytest.mark.parametrize("text", ["https://example.invalid", "", 3, "001058000123|"])
def test_only_cards_are_believed_from_beside(text: object) -> None:
    with watching(lies(text)) as watch:
        heard = []

        def answered() -> bool:
            heard.append(watch.look(NOTHING, 0.0))
            return len(heard) > 30

        assert until(answered)
    assert {look.text for look in heard} == {None}


@pytest.mark.parametrize("source", ["sys.exit(1)", "hang()", "os.write(1, b'nonsense' * 9); hang()", "say('read')"])
def test_whatever_happens_beside_easy_cards_are_read(source: str) -> None:
    with watching(program(source)) as watch:
        assert {look.text for look in looks(watch, NOTHING, 60)} == {None}
        assert watch.look(EASY, 9.0).text == CARD_TEXT


def test_a_closed_watch_knows_nothing_more() -> None:
    with watching(self_command("card-worker")) as watch:
        watch.look(HARD, 0.0)
        watch.close()
        assert watch.look(NOTHING, 0.1).place is None
