"""Scenes of scanning with switches: the page where they are chosen, and the mark on a row of keys."""

from collections.abc import Callable, Mapping

from commands.gallery_stage import Stage
from kiosk.config import AccessSettings
from kiosk.switch_scan import SwitchMode
from ui.scan_ring import ScanRing
from ui.switch_access import SwitchAccess

STEP_S = 20.0


def _panel(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.press("header_a-large-small")
    stage.press("switches")


def _scanning(stage: Stage) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    access = SwitchAccess(stage.theme, stage.frame, lambda: stage.frame, AccessSettings(step_s=STEP_S))
    access.set_mode(SwitchMode.TWO)
    for _row in range(3):
        access.step()
    (ring,) = stage.frame.findChildren(ScanRing)
    stage.cover(ring)
    access.deleteLater()


ACCESS_SCENES: Mapping[str, Callable[[Stage], None]] = {"switches": _panel, "scanning": _scanning}
