"""Put together behind the opening page: the counter with its window, or the page that says why there is none."""

import argparse
import logging
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from commands.app_folder import default_data_folder
from commands.composition import Counter, Shipped, keys_for, load_shipped, reason_of
from commands.kiosk_app import KioskApp, install_failsafe
from commands.local_socket import serve_counter
from kiosk.config import Settings
from kiosk.errors import ConfigProblem, KioskError, StoreInUse
from kiosk.filing import NotReady
from kiosk.texts import _
from ui.frame import Frame
from ui.out_of_service_screen import OutOfServiceScreen
from ui.theme import Theme

_log = logging.getLogger(__name__)


def open_kiosk(
    app: QApplication, theme: Theme, options: argparse.Namespace, settings: Settings, stack: ExitStack
) -> QWidget:
    """The window of a kiosk that runs. What has to end with the program goes onto the stack.

    Raises ConfigProblem, which a person has to mend, and StoreInUse, for the kiosk that runs already must not be hidden
    behind a second one's page.
    """
    try:
        folder = _demo_folder() if options.demo else settings.data_folder
        shipped = load_shipped(settings.catalog_overrides, folder)
        counter = _counter(options, settings, shipped, stack)
    except (ConfigProblem, StoreInUse):
        raise
    except KioskError as error:
        _log.error("out of service: %s: %s", error.key, error)
        return _out_of_service(theme, settings, reason_of(error), stack)
    stack.callback(counter.close)
    kiosk = KioskApp(app, theme, counter, shipped)
    stack.callback(kiosk.close)
    kiosk.window.locked = not (options.demo or options.window)
    install_failsafe(kiosk.window, kiosk.window.trouble)
    stack.enter_context(serve_counter(counter))
    counter.start()
    if options.devices:
        kiosk.window.show_devices()
    return kiosk.window


def _out_of_service(theme: Theme, settings: Settings, reason: NotReady, stack: ExitStack) -> QWidget:
    frame = Frame(theme, help_phone=settings.office.phone)
    frame.set_header(_("Điểm Truy Cập"))
    frame.set_screen(OutOfServiceScreen(theme, settings.office, reason))
    stack.callback(frame.close)
    return frame


def _counter(options: argparse.Namespace, settings: Settings, shipped: Shipped, stack: ExitStack) -> Counter:
    if options.demo:
        return _demo_counter(options, settings, shipped, stack)
    return Counter(settings, keys_for(settings), shipped)


def _demo_counter(options: argparse.Namespace, settings: Settings, shipped: Shipped, stack: ExitStack) -> Counter:
    from commands.demo import ACCOUNT, demo_settings, prepare_demo  # noqa: PLC0415 - no other start needs a portal
    from commands.demo_badges import demo_words  # noqa: PLC0415

    folder = _demo_folder()
    own = demo_settings(folder, real_devices=True)
    if options.config:
        own = settings.model_copy(update={"data_folder": own.data_folder, "office": own.office})
    demo = prepare_demo(folder, own)
    stack.callback(demo.portal.stop)
    words = _("BẢN THỬ: cổng tiếp nhận ở {url} – tài khoản {name}, mật khẩu {password}")
    print(words.format(url=demo.portal.url, name=ACCOUNT.name, password=ACCOUNT.password), flush=True)
    print(demo_words(folder), flush=True)
    places = _("Thiết bị mô phỏng ở {folder}. Đổi trạng thái: kiosk devices --demo --simulate camera=no_picture")
    print(places.format(folder=folder), flush=True)
    return demo.counter(shipped)


def _demo_folder() -> Path:
    return default_data_folder().parent / "demo"
