"""On every screen of the gallery: what a screen reader is told of each control, and where Tab goes."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from commands.composition import Shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import Stage, make_props
from ui.cover import Cover
from ui.focus_order import is_stop, next_stop, reading_order
from ui.page_words import page_texts
from ui.pin_pad import PinPad
from ui.theme import Theme

PRESSED = {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton}
TABS_AT_MOST = 200


SOME = ("choose", "form-choice-refused", "form-date-refused", "form-name-offer", "capture", "review-refused", "look")


@pytest.mark.parametrize("names", [SOME, pytest.param(tuple(SCENES), marks=pytest.mark.proof)], ids=["some", "all"])
def test_everything_has_a_role_and_a_name_and_tab_reaches_it(
    theme: Theme, shipped: Shipped, names: tuple[str, ...]
) -> None:
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    stage = Stage(theme, make_props(shipped, "2.000635"))
    wrong: list[str] = []
    try:
        for name in names:
            SCENES[name](stage)
            wrong += [f"{name}: {each}" for each in (*told_wrongly(stage), *tab_wrongly(stage))]
            stage.clear()
    finally:
        stage.close()
        QAccessible.setActive(before)
    assert wrong == []


def shown(stage: Stage) -> list[QWidget]:
    surface: QWidget = next(iter(stage.frame.findChildren(Cover)), stage.frame)
    return [each for each in surface.findChildren(QWidget) if each.isVisible()]


def told_wrongly(stage: Stage) -> list[str]:
    """Controls without a name or of no kind, texts told twice, and masks that would be read dot by dot."""
    wrong = []
    for widget in shown(stage):
        interface = QAccessible.queryAccessibleInterface(widget)
        role = interface.role()
        name, description = (interface.text(each) for each in (QAccessible.Text.Name, QAccessible.Text.Description))
        if isinstance(widget, QAbstractButton) and role not in PRESSED:
            wrong.append(f"{name}: {role.name} can be pressed")
        if isinstance(widget, QLineEdit) and role is not QAccessible.Role.EditableText:
            wrong.append(f"{name}: {role.name} can be typed into")
        if isinstance(widget, QAbstractButton | QLineEdit | PinPad) and not name.strip():
            wrong.append(f"{type(widget).__name__} {widget.objectName()} has no name")
        if (
            isinstance(widget, QAbstractButton)
            and widget.isCheckable()
            and interface.state().checked != widget.isChecked()
        ):
            wrong.append(f"{name}: whether it is ticked is told wrongly")
        if name and name == description:
            wrong.append(f"{name}: told twice")
        if "•" in name + description and name.strip(" •"):
            wrong.append(f"{name} | {description}: dots")
    return wrong


def tab_wrongly(stage: Stage) -> list[str]:
    """Stops that Tab does not come to, in the order of reading; there is no trap and no end."""
    if stage.frame.findChildren(Cover):
        return []
    stops = [each for each in reading_order(stage.frame) if is_stop(each)]
    unordered = [each for each in shown(stage) if is_stop(each) and each not in stops]
    reached: list[QWidget] = []
    at: QWidget | None = stage.frame
    while at is not None and len(reached) < TABS_AT_MOST:
        at = next_stop(stage.frame, at, forward=True)
        if at in reached:
            break
        reached += [at] if at is not None else []
    wrong = [f"{each.accessibleName()}: not in the order of reading" for each in unordered]
    if reached != stops:
        wrong.append(f"Tab reaches {len(reached)} of {len(stops)}")
    if not list(page_texts(stage.frame)):
        wrong.append("nothing is told of the page")
    return wrong
