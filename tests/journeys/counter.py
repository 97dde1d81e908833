"""One kiosk of its own for a journey: real window, store and HTTP; its devices are folders that a test changes."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from commands.composition import Counter, Shipped
from commands.demo import Demo, demo_settings
from commands.embedded_portal import EmbeddedPortal
from commands.kiosk_app import KioskApp
from commands.robot import Robot
from commands.tour_script import Citizen
from commands.wall_clock import WallClock
from kiosk.catalog import Route
from kiosk.config import DeviceSettings, TimeSettings
from kiosk.keys import DemoKeys
from kiosk.outbox import UNSENT, OutboxEntry
from kiosk.resources import resource_path
from kiosk.slip import Slip
from kiosk.store import Store
from kiosk.visit import Step
from ui.done_screen import DoneScreen
from ui.draft_keeping import DraftKeeping
from ui.theme import Theme

SERVICE = "2.000635"
DELIVERED_TIMEOUT_S = 60.0
SIZE = (1920, 1080)
PAUSE_MS = 2


class KioskOfTest:
    """A kiosk enrolled with `portal`, put together as `kiosk run --demo` does; `close` it."""

    def __init__(self, folder: Path, portal: EmbeddedPortal, shipped: Shipped, theme: Theme) -> None:
        self.folder = folder
        self.cards, self.papers, self.printer = (folder / name for name in ("cards", "papers", "printer"))
        for place in (self.cards, self.papers, self.printer):
            place.mkdir(parents=True, exist_ok=True)
        shutil.copy(resource_path("demo", "cards", "card-1.jpg"), self.cards)
        shutil.copy(resource_path("demo", "papers", "paper-1.jpg"), self.papers)
        self.portal = portal
        self._shipped = shipped
        self._theme = theme
        self._times = TimeSettings()
        self._app: KioskApp | None = None

    def open(self, *, route: Route | None = None, make_robot: Callable[..., Robot] = Robot) -> None:
        """Show the window."""
        demo = self._demo()
        shipped = self._with_route(route)
        self.counter: Counter = demo.counter(shipped)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = KioskApp(app, self._theme, self.counter, shipped)
        self.window = self._app.window
        self.counter.start()
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self.robot = make_robot(self.window, None, PAUSE_MS)

    def store(self) -> Store:
        """The store of a kiosk that does not run."""
        demo = self._demo()
        return Store.open(demo.settings.data_folder, demo.keys, WallClock(), reserve_bytes=0)

    def enrol(self) -> None:
        """Make the kiosk known to the portal, which must run."""
        self._demo().enrol(self.portal.prepare())

    def close(self) -> None:
        """End the program, as `kiosk run` ends."""
        if self._app is not None:
            self._app.close()
            self.counter.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            self._app = None

    def citizen(self, **habits: object) -> Citizen:
        """A person who plays the visit as in the tour, with other habits."""
        return Citizen(self.robot, SERVICE, **{"papers": True, **habits})  # type: ignore[arg-type]  # the habits are Citizen's own

    def empty_the_camera(self) -> None:
        """Take every card away: a folder without a picture is a camera that is not there."""
        for card in self.cards.iterdir():
            card.unlink()

    def break_device(self, folder: Path, reason: str) -> None:
        """From now on the device of that folder fails so; "ready" mends it."""
        (folder / "state.json").write_text(json.dumps({"status": reason}))

    @property
    def keeping(self) -> DraftKeeping:
        """What keeps the visit of the kiosk that is open."""
        assert self._app is not None
        assert self._app.context.keeping is not None
        return self._app.context.keeping

    def step(self) -> Step:
        """Where the visit is."""
        return self.window.visit.place.step

    def texts(self) -> str:
        """Every word that is on the screen now."""
        shown = [widget for widget in self.window.findChildren(QWidget) if widget.isVisible()]
        return "\n".join(it.text() if isinstance(it, QLabel) else it.accessibleName() for it in shown)

    def printed(self) -> list[Slip]:
        """The slips that come out from now on, while the last page is shown."""
        slips: list[Slip] = []
        screen = self.window.frame.shown
        assert isinstance(screen, DoneScreen)
        screen.printed.connect(slips.append)
        return slips

    def wait_for_slip(self) -> bytes:
        """What the printer was sent."""
        page = self.window.frame.shown
        assert isinstance(page, DoneScreen)
        self.robot.wait_for("the slip", lambda: page.copies > 0)
        return (self.printer / "slip.bin").read_bytes()

    def delivered(self, client_ref: UUID) -> OutboxEntry:
        """The dossier's entry once it has left by itself."""

        def gone() -> bool:
            entry = self.counter.store.entry(client_ref)
            return entry is not None and entry.state not in UNSENT

        self.robot.wait_for("the portal's receipt", gone, DELIVERED_TIMEOUT_S)
        entry = self.counter.store.entry(client_ref)
        assert entry is not None  # just seen
        return entry

    def _demo(self) -> Demo:
        settings = demo_settings(self.folder, real_devices=False).model_copy(
            update={
                "camera": DeviceSettings.of("folder", source=str(self.cards)),
                "scanner": DeviceSettings.of("folder", source=str(self.papers)),
                "printer": DeviceSettings.of("simulated", folder=str(self.printer)),
                "times": self._times,
            }
        )
        return Demo(settings, DemoKeys(self.folder / "demo-keys"), self.portal)

    def _with_route(self, route: Route | None) -> Shipped:
        if route is None:
            return self._shipped
        catalog = self._shipped.catalog
        services = tuple(replace(service, route=route) for service in catalog.services)
        return replace(self._shipped, catalog=replace(catalog, services=services))
