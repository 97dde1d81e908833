"""No dead end: on every page of the gallery, in every state, something in sight leads on or out."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from commands.composition import Shipped
from commands.gallery_flow_scenes import FLOW_SCENES
from commands.gallery_scenes import SCENES
from commands.gallery_stage import Stage, make_props
from kiosk.visit import Step
from tests.kiosk.test_visit_steps import ROWS
from tests.ui.conftest import DESK
from ui.buttons import TouchButton
from ui.cover import Cover
from ui.theme import Theme
from ui.tokens import Contrast, TextSize

PASSES_BY_ITSELF = ("opening",)


def ways(stage: Stage) -> list[str]:
    """The buttons and fields that can be used; those of the header, which are on every page, do not count."""
    surface = next(iter(stage.frame.findChildren(Cover)), stage.frame)
    buttons = [each for each in surface.findChildren(TouchButton) if each.isVisible() and each.isEnabled()]
    header = stage.frame.header
    found = [each.text() for each in buttons if not header.isAncestorOf(each)]
    return found + [each.objectName() for each in surface.findChildren(QLineEdit) if each.isVisible()]


def dead_ends(theme: Theme, shipped: Shipped, names: list[str]) -> list[str]:
    theme.set_panel(DESK)
    theme.set_look(TextSize.NORMAL, Contrast.LIGHT)
    stage = Stage(theme, make_props(shipped, "2.000635"))
    found = []
    for name in names:
        SCENES[name](stage)
        busy = stage.frame.shown is not None and stage.frame.shown.busy
        if not (ways(stage) or busy or name in PASSES_BY_ITSELF):
            found.append(name)
        stage.clear()
    stage.close()
    return found


def test_the_pages_in_between_lead_on(qapp: QApplication, theme: Theme, shipped: Shipped) -> None:
    assert dead_ends(theme, shipped, ["home", "consent", *FLOW_SCENES]) == []


@pytest.mark.proof
def test_every_page_leads_on(qapp: QApplication, theme: Theme, shipped: Shipped) -> None:
    assert dead_ends(theme, shipped, list(SCENES)) == []


def test_every_step_has_an_event_that_leaves_it() -> None:
    """The last one is left by ending the visit, which every step allows."""
    assert [step for step in Step if not ROWS[step]] == [Step.GOODBYE]
