"""Which kiosk a command works on, the office's or the demo's: its folder, its settings, its keys, its store."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from commands.app_folder import default_data_folder
from commands.composition import keys_for, reason_of
from commands.local_socket import NoAnswer
from commands.wall_clock import WallClock
from kiosk.config import Settings, load_settings
from kiosk.errors import ConfigProblem, KioskError
from kiosk.keys import DemoKeys, KeyProvider
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME, MARKER_NAME
from kiosk.texts import _
from sync.enrolment import PortalNotAllowed
from ui.sentences import not_ready_sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A kiosk that need not run. `demo_folder` is set for the demo's."""

    settings: Settings
    demo_folder: Path | None = None

    def keys(self) -> KeyProvider:
        """Its keys. Raises KeysUnavailable."""
        return DemoKeys(self.demo_folder / "demo-keys") if self.demo_folder else keys_for(self.settings)

    def has_store(self) -> bool:
        """Whether there ever was a store."""
        return (self.settings.data_folder / DATABASE_NAME).exists()

    def had_store(self) -> bool:
        """Whether there is a store, or there was one and its database is gone."""
        return self.has_store() or (self.settings.data_folder / MARKER_NAME).exists()

    def open_store(self) -> Store:
        """Its store, which no running kiosk may hold. Raises StoreInUse and the others of `Store.open`."""
        settings = self.settings
        return Store.open(settings.data_folder, self.keys(), WallClock(), reserve_bytes=settings.reserve_bytes)


def add_place_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which kiosk is meant."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    parser.add_argument("--demo", action="store_true", help="the kiosk of `kiosk run --demo`")


def place_of(arguments: argparse.Namespace) -> Place:
    """The kiosk that these options mean. Raises ConfigProblem."""
    if arguments.demo:
        folder = default_data_folder().parent / "demo"
        return Place(Settings(data_folder=folder / "kiosk", reserve_bytes=0), folder)
    return Place(load_settings(arguments.config, default_data_folder()))


def problem_words(error: KioskError) -> str:
    """What stands in the way, for the staff of the office."""
    match error:
        case ConfigProblem():
            return _("Cấu hình sai: {problem}").format(problem=error)
        case NoAnswer():
            return _("Phần mềm đang chạy nhưng không trả lời. Hãy thử lại, hoặc khởi động lại máy.")
        case PortalNotAllowed():
            return _("Khóa của máy và cổng này không dùng chung được: {problem}").format(problem=error)
        case _:
            return not_ready_sentence(reason_of(error))[1]
