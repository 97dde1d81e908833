"""The gallery's scenes of typing: the line below a page that is typed into on real keys, pads, and rarer letters."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from commands.gallery_stage import Stage


def _typed(stage: Stage, keys: str, *, page_id: str = "requester_name", before: str = "") -> None:
    """Keys of a real keyboard put the one on the screen away."""
    screen = stage.show(stage.walker(card=False).on_page(page_id))
    field = screen.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(before)
    QTest.keyClicks(field, keys)
    stage.settle()


def _hidden(stage: Stage) -> None:
    """The keyboard was put away by its own key."""
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.press("key_hide")


def _off(stage: Stage) -> None:
    _typed(stage, "a")
    stage.press("typing:off")


def _others(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.press("key_others")


INPUT_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "typing": partial(_typed, keys="aamr", before="NGUYỄN THỊ "),
    "typing-plain": partial(_typed, keys="an"),
    "typing-name": partial(_typed, keys="lisa"),
    "typing-hidden": _hidden,
    "typing-off": _off,
    "typing-number": partial(_typed, keys="0912", page_id="contact_phone"),
    "typing-others": _others,
}
