"""A whole kiosk for the bench: real window, store and embedded portal in a folder of its own, and quick hands."""

import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from commands.composition import load_shipped
from commands.demo import demo_settings, prepare_demo
from commands.gallery_visit import Walker
from commands.kiosk_app import KioskApp
from commands.qt_app import install_qt_log, make_theme
from commands.robot import Robot
from commands.tour_script import Citizen
from kiosk.config import DeviceSettings, TimeSettings
from kiosk.consent_texts import declaration_text
from kiosk.documents import CopyKind, Origin, Paper
from kiosk.dossier import Desk, Dossier, Identifiers, file
from kiosk.ports import Camera
from kiosk.resources import resource_path
from kiosk.visit import ConsentGiven, ConsentKind, Step
from ui.window import KioskWindow

SERVICE = "2.000635"
SIZE = (1920, 1080)
PAPERS = 4
PAPER_BYTES = 3_000_000


class QuickHands(Robot):
    """The tour's hands without pictures, and without its pauses for eyes."""

    def __init__(self, window: KioskWindow) -> None:
        super().__init__(window, None)
        self._loop = QEventLoop()
        self._end = QTimer(self._loop)  # kept: a timer made for each pause leaves a little memory behind
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._loop.quit)

    def settle(self) -> None:
        """A moment of the event loop, as short as a timer allows."""
        self._end.start(1)
        self._loop.exec()


class Rig:
    """One kiosk that runs; leave it to end all of it. `scanner` has the pages that are scanned, else the demo's;
    `camera` is in the place of both cameras."""

    def __init__(
        self, folder: Path, *, scanner: Path | None = None, online: bool = True, camera: Camera | None = None
    ) -> None:
        settings = demo_settings(folder, real_devices=False)
        source = str(scanner) if scanner else settings.scanner.option("source")
        changes = {
            "camera": DeviceSettings.of("folder", source=str(resource_path("demo", "cards", "card-1.jpg"))),
            "scanner": DeviceSettings.of("folder", source=source),
            "times": TimeSettings(idle_warning_s=3600.0, goodbye_s=3600.0),
        }
        self._stack = ExitStack()
        demo = prepare_demo(folder, settings.model_copy(update=changes))
        self._stack.callback(demo.portal.stop)
        if not online:
            demo.portal.stop()
        self.shipped = load_shipped()
        self.counter = self._stack.enter_context(demo.counter(self.shipped))
        if camera is not None:
            self.counter.equipment = replace(self.counter.equipment, camera=camera, paper_camera=camera)
        self.app = QApplication(sys.argv[:1])
        install_qt_log()
        self.app.setDoubleClickInterval(1)  # else the hands wait for half a second before each Continue
        self.theme = make_theme(self.app, demo.settings, SIZE)
        self.kiosk = KioskApp(self.app, self.theme, self.counter, self.shipped)
        self._stack.callback(self.kiosk.close)
        self.counter.start()
        self.window = self.kiosk.window
        self.window.resize(*SIZE)
        self.window.show()
        self.hands = QuickHands(self.window)

    def play(self, until: Step = Step.DONE) -> None:
        """A whole visit, from the first page to that step, which stays on the screen."""
        Citizen(self.hands, SERVICE).play(until)

    def leave(self) -> None:
        """Give the visit up, as the header's button does once it was confirmed."""
        self.window.frame.panels.exit_confirmed.emit()
        self.hands.wait_for("the first page", lambda: self.window.visit.place.step is Step.HOME)
        self.hands.settle()

    def dossier(self) -> Dossier:
        """A dossier of 12 MB that fits this kiosk: made-up answers, random papers."""
        service = self.shipped.catalog.service(SERVICE)
        visit = Walker(service, self.shipped.areas).at(Step.FILE)
        desk, now = self.counter.filing.desk(), self.counter.clock.now()
        assert isinstance(desk, Desk)  # the demo is enrolled
        papers = tuple(_paper(f"P{number}") for number in range(PAPERS))
        accepted = ConsentGiven(ConsentKind.DECLARATION, declaration_text(service), now)
        return file(visit, desk, papers, Identifiers.new(now), accepted, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _paper(code: str) -> Paper:
    """Random bytes do not shrink and are the same to disk and cipher as a scan. Made here, so the review agrees."""
    content, kind = os.urandom(PAPER_BYTES), "application/pdf"
    return Paper(code, code, f"{code}.pdf", kind, content, 1, Origin.GENERATED, CopyKind.ELECTRONIC)
