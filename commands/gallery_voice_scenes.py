"""Scenes of the gallery in which a page is read aloud: the bar of its controls, and the mark on what is being read."""

from collections.abc import Callable, Mapping

from commands.gallery_stage import Stage
from kiosk.visit import Step


def _read(stage: Stage, texts: int = 0) -> None:
    """The page that is shown, after so many of its texts."""
    stage.voice.speaks = True
    stage.frame.header.read_button.show()
    stage.reading.begin()
    for _text in range(texts):
        stage.reading.skip()
    stage.settle()


def _choice(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("for_whom"))
    _read(stage, 4)


def _review(stage: Stage) -> None:
    """A long page: the part in sight has followed the voice."""
    stage.show(stage.walker().at(Step.REVIEW))
    _read(stage, 24)


def _held(stage: Stage) -> None:
    """At a slower pace, and on hold; below, the keyboard waits."""
    stage.show(stage.walker(card=False).on_page("requester_name"))
    _read(stage, 1)
    stage.reading.slower()
    stage.reading.hold_or_go_on()
    stage.settle()


def _panel(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("for_whom"))
    stage.press("header_life-buoy")
    _read(stage, 1)


VOICE_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "reading": _choice,
    "reading-review": _review,
    "reading-held": _held,
    "reading-panel": _panel,
}
