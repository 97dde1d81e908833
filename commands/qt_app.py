"""Qt as every window here needs it: its log goes where ours goes, and sizes fit the screen."""

import atexit
import logging
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from kiosk.config import Settings
from ui.theme import Theme
from ui.tokens import Panel

_OFFSCREEN = "This plugin does not support"  # a window without a screen has no place in a stack of windows


def make_theme(app: QApplication, settings: Settings, size: tuple[int, int] | None = None) -> Theme:
    """The look for the screen that is there, or for a window of `size` pixels."""
    geometry = app.primaryScreen().geometry()
    width, height = size or (geometry.width(), geometry.height())
    return Theme(app, Panel(width, height, settings.screen.diagonal_inch))


def install_qt_log(on_fatal: Callable[[], None] = lambda: None) -> None:
    """Qt's own messages go where ours go, until Python ends: what Qt still held then would be left behind.

    Qt aborts the program after a fatal message; `on_fatal` comes before that, and may end it in a better way.
    """
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }

    def handle(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if not text.startswith(_OFFSCREEN):
            logging.getLogger("qt").log(levels[kind], "%s", text)
        if kind is QtMsgType.QtFatalMsg:
            on_fatal()

    qInstallMessageHandler(handle)
    atexit.register(qInstallMessageHandler, None)
