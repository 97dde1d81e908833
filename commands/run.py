"""`kiosk run`: opens the kiosk, full screen; with --demo what it needs is started beside it and marked a rehearsal."""

import argparse
import logging
import os
import signal
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from commands.app_folder import default_data_folder
from commands.hanging_driver import DriverHangs, end_at_once
from commands.memory_guard import keep_out_of_dumps, overwrite_what_is_freed
from commands.qt_app import install_qt_log, make_theme
from kiosk.config import Settings, load_settings
from kiosk.errors import ConfigProblem, KioskError, StoreInUse
from kiosk.texts import _
from ui.frame import Frame
from ui.opening_screen import OpeningScreen

FAILED = 1
BAD_CONFIG = 2
NO_DISPLAY = 3
INTERRUPTED = 130  # 128 + SIGINT, what a shell expects
WAKE_MS = 200
WINDOW_PX = (1366, 768)

_log = logging.getLogger(__name__)


def run(argv: list[str]) -> int:
    """0 after a normal end, 130 after Ctrl+C; 1: it could not be opened; 2: a bad configuration; 3: no display."""
    options = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if not has_display():
        _log.error("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set")
        return _say_no_display()
    keep_out_of_dumps()
    overwrite_what_is_freed()
    try:
        settings = load_settings(options.config, default_data_folder())
        with ExitStack() as stack:
            return compose(options, settings, stack).exec()
    except KioskError as error:
        code = _refused(error)
        if isinstance(error, DriverHangs):
            end_at_once()
        return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk run", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="embedded portal, simulated devices where none answers")
    parser.add_argument("--window", action="store_true", help="in a window instead of the full screen")
    parser.add_argument("--devices", action="store_true", help="begin on the page of devices, for the staff")
    parser.add_argument("--config", type=Path, help="settings (TOML)")
    return parser


def has_display() -> bool:
    """Whether Qt will find a screen; it aborts the program where there is none."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def compose(options: argparse.Namespace, settings: Settings, stack: ExitStack) -> QApplication:
    """The opening page on the screen: only Qt's loop is still to be run. It puts the kiosk together once that page was
    painted, for loading drivers and opening the store take longer than anyone looks at a black screen. What has to end
    with the program goes onto the stack."""
    app = _make_app()
    _end_on_signals(app, stack)
    theme = make_theme(app, settings, WINDOW_PX if options.window else None)
    opening, page = Frame(theme), OpeningScreen(theme)
    opening.set_header(_("Điểm Truy Cập"))
    opening.set_screen(page)

    def go_on() -> None:
        from commands.opening import open_kiosk  # noqa: PLC0415 - the page is there before all this is loaded

        try:
            _show(open_kiosk(app, theme, options, settings, stack), options)
        except KioskError as error:
            app.exit(_refused(error))
        except Exception:  # noqa: BLE001 - an opening page that stays for ever would say something untrue
            _log.exception("the kiosk could not be opened")
            print(_("Máy gặp lỗi nên chưa mở được. Các hồ sơ đã lưu vẫn còn nguyên."), file=sys.stderr)
            app.exit(FAILED)
        opening.close()
        opening.deleteLater()

    page.painted.connect(go_on)
    _show(opening, options)
    return app


def _make_app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # Until it is there, Qt's fatal message is that no screen answers: without the handler the program would abort.
        install_qt_log(lambda: os._exit(_say_no_display()))
        app = QApplication(sys.argv[:1])
    install_qt_log()
    return app


def _end_on_signals(app: QApplication, stack: ExitStack) -> None:
    """Ctrl+C and the system's stop of a service end Qt's loop, and with it everything, in order."""
    for number, code in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, 0)):

        def end(_number: int, _frame: FrameType | None, code: int = code) -> None:
            QTimer.singleShot(0, app, partial(app.exit, code))  # also when the loop does not run yet

        stack.callback(signal.signal, number, signal.signal(number, end))
    wake = QTimer(app)  # Python sees a signal only when it runs
    wake.start(WAKE_MS)
    wake.timeout.connect(lambda: None)
    stack.callback(wake.deleteLater)


def _say_no_display() -> int:
    print(_("Máy này không có màn hình. Thử: kiosk tour --out THƯ_MỤC"), file=sys.stderr, flush=True)
    return NO_DISPLAY


def _refused(error: KioskError) -> int:
    """Say why the kiosk does not run, in the log and to who started it; the exit code."""
    _log.error("%s: %s", error.key, error)
    match error:
        case ConfigProblem():
            sentence = _("Tệp cấu hình có lỗi, máy chưa chạy: {reason}").format(reason=error)
        case StoreInUse():
            sentence = _("Phần mềm đang chạy ở một cửa sổ khác trên máy này.")
        case _:
            sentence = _("Máy gặp lỗi. Các hồ sơ đã lưu vẫn còn nguyên.")
    print(sentence, file=sys.stderr, flush=True)
    return BAD_CONFIG if isinstance(error, ConfigProblem) else FAILED


def _show(window: QWidget, options: argparse.Namespace) -> None:
    if options.window:
        window.resize(*WINDOW_PX)
        window.show()
    else:
        window.setGeometry(window.screen().geometry())  # an X server without a window manager makes nothing full-screen
        window.showFullScreen()
    window.activateWindow()  # on X without a window manager nothing else gives it the keys
