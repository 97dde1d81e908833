"""The child processes of `bench start`: open a window, say when its pages were painted, and end."""

import json
import os
import sys
import time
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1920, 1080)
FIRST = "first"


class Paints(QObject):
    """Notes when something was painted first, and when the widget named `last` was; then the application ends."""

    def __init__(self, app: QApplication, last: str) -> None:
        super().__init__(app)
        self.at_s: dict[str, float] = {}
        self._app = app
        self._last = last
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The timers fire when the paint event, and with it the whole window, is done."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            name = FIRST if FIRST not in self.at_s else watched.objectName()
            if name in (FIRST, self._last) and name not in self.at_s:
                self.at_s[name] = 0.0
                QTimer.singleShot(0, self, lambda: self._painted(name))
        return False

    def _painted(self, name: str) -> None:
        self.at_s[name] = time.monotonic()
        if name == self._last:
            self._app.exit()  # quit() asks the windows, and where citizens stand they refuse


def bare() -> dict[str, float]:
    """When an empty window was painted."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(*SIZE)
    paints = Paints(app, FIRST)
    window.show()
    app.exec()
    return paints.at_s


def kiosk(config: Path) -> dict[str, float]:
    """When `kiosk run --config …` had painted its first page, and the page where a visit begins."""
    from commands.run import compose  # noqa: PLC0415 - a bare window does without all that
    from kiosk.config import load_settings  # noqa: PLC0415 - as above

    options = Namespace(demo=False, window=False, devices=False, config=config)
    with ExitStack() as stack:
        app = compose(options, load_settings(config, config.parent), stack)
        paints = Paints(app, "home")
        app.exec()
        tell(paints.at_s)  # before the kiosk closes, which is another matter
    return paints.at_s


def tell(at_s: dict[str, float]) -> None:
    """Tell the parent, on whose clock it is (CLOCK_MONOTONIC is one for all processes), and end at once."""
    os.write(1, json.dumps(at_s).encode())
    os._exit(0)
