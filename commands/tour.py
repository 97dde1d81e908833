"""`kiosk tour`: a whole visit through the real window, store and HTTP in a folder of its own; the evidence in files."""

import argparse
import json
import logging
import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication

from commands.composition import Counter, Shipped, load_shipped
from commands.demo import Demo, demo_settings, prepare_demo
from commands.hanging_driver import DriverHangs, end_at_once
from commands.kiosk_app import KioskApp, install_failsafe
from commands.portal_view import portal_view
from commands.qt_app import install_qt_log, make_theme
from commands.robot import Robot, RobotStuck
from commands.tour_counts import share_saved, spent, typed_by_hand
from commands.tour_script import Citizen
from kiosk.catalog import IdentityAssurance, Route
from kiosk.civil_status_export import MEDIA_TYPE
from kiosk.dossier import Dossier
from kiosk.errors import KioskError
from kiosk.ids import slip_code
from kiosk.outbox import UNSENT, OutboxEntry
from sync.enrolment import load_enrolment
from ui.done_screen import DoneScreen
from ui.prepare_screen import Prepared
from ui.sealing import Sealed
from ui.window import KioskWindow

SIZE = (1920, 1080)
DELIVERED_TIMEOUT_S = 120.0
DOUBLE_TAP_MS = 150  # the robot does not tremble, and waits as long after each touch
FAILED = 1

_EVIDENCE = (
    "[0-9][0-9]-*.png",
    "slip.png",
    "slip.bin",
    "declaration.pdf",
    "exchange.json",
    "portal.json",
    "summary.json",
)


def run(argv: list[str]) -> int:
    """0 when the slip is out and the dossier is where its route leads; 1, with a line that says what did not happen."""
    parser = argparse.ArgumentParser(prog="kiosk tour", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--service", default="2.000635", metavar="CODE")
    parser.add_argument("--route", choices=[route.value for route in Route])
    parser.add_argument("--papers", action="store_true", help="papers are brought that are not asked for, and scanned")
    parser.add_argument("--offline", action="store_true", help="the line is down while the citizen is here")
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        _make_room(options.out)
        data = _with_route(load_shipped(), options.service, options.route)
        with TemporaryDirectory(prefix="kiosk-tour-") as folder, ExitStack() as stack:
            summary = Tour(options, data, Path(folder), stack).play()
    except (KioskError, RobotStuck, LookupError, OSError) as error:
        print(f"kiosk tour: failed: {error}", file=sys.stderr, flush=True)
        if isinstance(error, DriverHangs):
            end_at_once()
        return FAILED
    print(json.dumps(summary, ensure_ascii=False))
    return 0


def _make_room(out: Path) -> None:
    """The folder, without what an earlier tour left there. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    for pattern in _EVIDENCE:
        for path in out.glob(pattern):
            path.unlink()


def _with_route(data: Shipped, code: str, route: str | None) -> Shipped:
    """The data with the service's route set, as an office's own settings would. Raises LookupError."""
    try:
        service = data.catalog.service(code)
    except KeyError:
        raise LookupError(f"there is no service {code}") from None
    if route is None:
        return data
    changed = replace(service, route=Route(route))
    services = tuple(changed if other.code == code else other for other in data.catalog.services)
    return replace(data, catalog=replace(data.catalog, services=services))


def _slip_is_out(window: KioskWindow) -> bool:
    page = window.frame.shown
    return isinstance(page, DoneScreen) and page.copies > 0


class Tour:
    """One tour: a portal and a kiosk in a folder of their own, a citizen who plays the visit, and what came of it."""

    def __init__(self, options: argparse.Namespace, data: Shipped, folder: Path, stack: ExitStack) -> None:
        self._options = options
        self._data = data
        self._out: Path = options.out
        self._stack = stack
        self._made: Sealed | Prepared | None = None
        settings = demo_settings(folder, real_devices=False)
        printer = settings.printer.model_copy(update={"folder": str(self._out)})
        self._demo: Demo = prepare_demo(folder, settings.model_copy(update={"printer": printer}))
        stack.callback(self._demo.portal.stop)

    def play(self) -> dict[str, Any]:
        """The summary, after every file is written."""
        if self._options.offline:
            self._demo.portal.stop()
        counter = self._demo.counter(self._data)
        self._stack.callback(counter.close)
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        app.setDoubleClickInterval(DOUBLE_TAP_MS)
        install_qt_log()
        theme = make_theme(app, self._demo.settings, SIZE)
        kiosk = KioskApp(app, theme, counter, self._data)
        self._stack.callback(kiosk.close)
        install_failsafe(kiosk.window, kiosk.window.trouble)
        kiosk.window.sealed.connect(self._keep)
        kiosk.window.prepared.connect(self._keep)
        counter.start()
        kiosk.window.resize(*SIZE)
        kiosk.window.show()
        kiosk.window.activateWindow()  # on X without a window manager nothing else gives it the keys
        robot = Robot(kiosk.window, self._out)
        citizen = Citizen(robot, self._options.service, papers=self._options.papers)
        try:
            citizen.play()
            robot.wait_for("the slip", partial(_slip_is_out, kiosk.window))
            robot.picture("done")
        except RobotStuck:
            robot.picture("stuck")
            raise
        summary = self._finish(counter, robot, citizen)
        citizen.say_goodbye()
        typed = self._typed(kiosk.window)
        summary |= {"typed": typed, "saved": None if typed is None else share_saved(summary, typed)}
        self._write("summary.json", summary)
        return summary

    def _typed(self, window: KioskWindow) -> dict[str, int] | None:
        """What the same dossier costs who types it; None where the law wants the card."""
        options = self._options
        if self._data.catalog.service(options.service).needs_identity is not IdentityAssurance.TYPED:
            return None
        return typed_by_hand(Robot(window, None), options.service, papers=options.papers)

    def _keep(self, made: Sealed | Prepared) -> None:
        self._made = made

    def _finish(self, counter: Counter, robot: Robot, citizen: Citizen) -> dict[str, Any]:
        """Wait until the dossier is where its route leads, and write down what the portal says of it."""
        view: dict[str, Any] = {}
        match self._made:
            case Sealed(dossier):
                ref, route = dossier.client_ref, Route(dossier.draft.route)
                national_code = self._delivered(counter, ref).national_code
                enrolled = load_enrolment(counter.store)
                assert enrolled is not None  # prepare_demo enrolled
                view = portal_view(self._demo, enrolled, counter.store, ref)
                self._write_exchange(dossier)
            case Prepared(ids):
                ref, route, national_code = ids.client_ref, Route.PREPARE, None
            case None:
                raise LookupError("nothing was sealed or prepared")
        self._write("portal.json", view)
        (self._out / "declaration.pdf").write_bytes(self._made.declaration_pdf)
        return {
            "client_ref": str(ref),
            "slip_code": slip_code(ref),
            "national_code": national_code,
            "route": route,
            "steps": len(citizen.seconds_per_step),
            **spent(citizen, robot),
            "seconds_per_step": citizen.seconds_per_step,
        }

    def _write_exchange(self, dossier: Dossier) -> None:
        """What the office's civil-status software takes over, where the dossier has that."""
        for document in dossier.draft.documents:
            if document.media_type == MEDIA_TYPE:
                (self._out / "exchange.json").write_bytes(dossier.papers[document.id])

    def _delivered(self, counter: Counter, ref: UUID) -> OutboxEntry:
        """The dossier's entry once the portal has it, which needs nothing but a line. Raises RobotStuck."""
        if self._options.offline:
            self._demo.portal.start()
        until_s = monotonic() + DELIVERED_TIMEOUT_S
        while (entry := counter.store.entry(ref)) is None or entry.state in UNSENT:
            if monotonic() > until_s:
                raise RobotStuck("the dossier did not reach the portal by itself")
            counter.loop.wait_for(ref, 5.0)
        return entry

    def _write(self, name: str, content: dict[str, Any]) -> None:
        (self._out / name).write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
