"""The scenes of the gallery in which a service is looked for."""

from collections.abc import Callable, Mapping
from functools import partial

from commands.gallery_stage import Stage
from kiosk.visit import Step
from ui.search_list import SearchList


def _searching(stage: Stage, typed: str) -> None:
    screen = stage.show(stage.walker().at(Step.CHOOSE))
    found = screen.findChild(SearchList)
    assert isinstance(found, SearchList)
    found.field.setFocus()
    found.field.setText(typed)
    stage.settle()


def _group(stage: Stage, name: str) -> None:
    found = stage.show(stage.walker().at(Step.CHOOSE)).findChild(SearchList)
    assert isinstance(found, SearchList)
    found.picked.emit(f"group:{name}")  # where there is room it is a button, else a row
    stage.settle()


CHOOSE_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "choose-birth": partial(_group, name="birth"),
    "choose-fields": partial(_group, name="fields"),
    "choose-typed": partial(_searching, typed="giay khai sinh"),
    "choose-nothing": partial(_searching, typed="xyz"),
}
