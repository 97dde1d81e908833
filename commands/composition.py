"""Puts the kiosk together from settings: data, devices, keys, store, line. The only place that names concrete parts."""

import logging
import os
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import Self

from commands.filing import BackOffice
from commands.help_line import CounterHelpLine
from commands.office_devices import office_devices
from commands.self_command import self_command
from commands.staff_queue import StaffDesk
from commands.stick_export import StickExport, signer_of
from commands.upkeep import Upkeep
from commands.visit_audit import AuditedPrinter, note
from commands.wall_clock import WallClock
from devices.card_watch import CameraCardWatch
from devices.declaration_pdf import DeclarationPdf
from devices.guide_pdf import GuidePdf
from devices.page_reader import PageReader, WorkerPageReader, reader_is_installed
from devices.pages import PicturePages
from devices.paper_watch import SteadyPaperWatch
from kiosk.areas import Areas, load_areas
from kiosk.audit import AuditEvent
from kiosk.catalog import Catalog
from kiosk.catalog_cache import Loaded, load_cached
from kiosk.catalog_file import load_catalog, read_release
from kiosk.config import Settings
from kiosk.errors import (
    CatalogProblem,
    DiskFull,
    KeysUnavailable,
    KioskError,
    StoreCorrupt,
    StoreInUse,
    WrongKey,
)
from kiosk.filing import NotReady
from kiosk.keys import CredentialKeys, KeyProvider, KeyringKeys
from kiosk.ports import Clock
from kiosk.resources import resource_path
from kiosk.store import Store
from kiosk.store_drafts import DraftLimits
from kiosk.store_helper_desk import HelperLimits
from kiosk.working_days import WorkingCalendar, load_calendar
from sync.enrolment import load_enrolment, open_portal
from sync.help_calls import HelpCaller
from sync.loop import SyncLoop
from sync.roster_loop import RosterLoop
from sync.server_time import ServerTime
from sync.syncer import Syncer
from ui.context import Equipment

STOP_TIMEOUT_S = 10.0

_log = logging.getLogger(__name__)


def keys_for(settings: Settings) -> KeyProvider:
    """The place of keys that the settings name; never a plain file. Raises KeysUnavailable."""
    if settings.keys == "keyring":
        return KeyringKeys()
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise KeysUnavailable("$CREDENTIALS_DIRECTORY is not set: is this started by systemd?")
    return CredentialKeys(Path(folder))


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped data."""

    catalog: Catalog
    areas: Areas
    calendar: WorkingCalendar


def load_shipped(over: tuple[Path, ...] = (), cache: Path | None = None) -> Shipped:
    """Read and check all shipped data, with the office's own folders laid `over` the catalogue.

    With a folder to `cache` it, files that did not change are not checked again, and wrong ones leave the last good
    catalogue in use, with an error in the log. Raises CatalogProblem and others of KioskError with file, line, reason.
    """
    loaded = load_cached(resource_path(), over, cache) if cache else _loaded(over)
    for problem in loaded.problems:
        _log.error("catalogue: its files are not used as they are now: %s", problem)
    return Shipped(loaded.catalog, load_areas(resource_path("areas")), load_calendar(resource_path("calendar")))


def _loaded(over: tuple[Path, ...]) -> Loaded:
    return Loaded(load_catalog(resource_path("catalog"), read_release(resource_path()), over))


def helper_limits(settings: Settings) -> HelperLimits:
    """How long helpers are on duty, and how long the portal's list of them is good."""
    shift, roster_good = timedelta(hours=settings.helper_shift_h), timedelta(days=settings.roster_good_for_days)
    return HelperLimits(shift, roster_good)


class Counter:
    """A running back office with its devices. Close it: that stops the line and releases the store."""

    def __init__(self, settings: Settings, keys: KeyProvider, data: Shipped, clock: Clock | None = None) -> None:
        """Raises StoreInUse, StoreCorrupt, KeysUnavailable, DiskFull, StoreProblem, ConfigProblem."""
        self.settings = settings
        self.clock: Clock = clock or WallClock()
        self.store = Store.open(settings.data_folder, keys, self.clock, reserve_bytes=settings.reserve_bytes)
        self.store.drafts.limits = DraftLimits(settings.drafts_kept_h, settings.drafts_at_most)
        self.store.helper_desk.limits = helper_limits(settings)
        try:
            enrolled = load_enrolment(self.store)
            server_time = ServerTime(self.clock)
            portal = open_portal(enrolled, keys, self.clock, server_time, settings.portal_ca, self.store)
            syncer = Syncer(self.store, portal, self.clock, SystemRandom(), portal_clock=server_time)
            self.upkeep = Upkeep(self.store, settings, self.clock, server_time)
            signer = signer_of(self.store, keys)
            self.stick_export = StickExport(self.store, signer, self.clock)
            caller = HelpCaller(portal.help_line, self.clock) if portal.help_line is not None else None
            self.loop = SyncLoop(syncer, self.store, self.clock, SystemRandom())
            rosters = portal.rosters
            self.roster_loop = RosterLoop(rosters, self.store.badges, self.clock, SystemRandom()) if rosters else None
            self.staff_queue = StaffDesk(self.store, self.loop, self.clock, settings, signer)
            versions = (data.catalog.version, data.areas.version)
            phone = settings.office.phone
            self.filing = BackOffice(self.store, self.loop, enrolled, versions, server_time, phone)
            equipment = make_equipment(settings, self.clock, self.filing)
            self.equipment = replace(equipment, printer=AuditedPrinter(equipment.printer, self.store, self.clock))
            self.help_line = CounterHelpLine(self.store, self.clock, equipment.lamp, caller)
            self._serving = False
        except BaseException:
            self.store.close()
            raise

    def start(self) -> None:
        """Begin sending."""
        self._serving = True
        note(self.store, AuditEvent.KIOSK_STARTED, self.clock.now())
        self.upkeep.start()
        self.loop.start()
        self.help_line.start()
        if self.roster_loop:
            self.roster_loop.start()

    def close(self) -> None:
        """Stop sending, then release the store. Closing again changes nothing."""
        self.stick_export.stop(STOP_TIMEOUT_S)
        self.loop.stop(STOP_TIMEOUT_S)  # before the others, which may be waiting for a token that it is fetching
        self.help_line.stop(STOP_TIMEOUT_S)
        if self.roster_loop:
            self.roster_loop.stop(STOP_TIMEOUT_S)
        self.upkeep.stop(STOP_TIMEOUT_S)
        if self._serving:
            self._serving = False
            note(self.store, AuditEvent.KIOSK_STOPPED, self.clock.now())
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def make_equipment(settings: Settings, clock: Clock, filing: BackOffice) -> Equipment:
    """The devices that the settings name. Papers are photographed with the camera that reads cards where they name no
    other: one object, which knows whether it is in use."""
    devices = office_devices(settings)
    papers = settings.paper_camera or settings.camera
    return Equipment(
        clock=clock,
        camera=devices.camera,
        card_watch=partial(CameraCardWatch, self_command("card-worker")),
        paper_camera=None if papers.driver == "none" else devices.paper_camera or devices.camera,
        paper_watch=SteadyPaperWatch,
        code_scanner=devices.code_scanner,
        files=devices.files,
        scanner=devices.scanner,
        pages=PicturePages(reader=_print_reader()),
        declarations=DeclarationPdf(
            self_command("typst-worker"), resource_path("declarations"), resource_path("fonts")
        ),
        guides=GuidePdf(
            self_command("typst-worker"),
            resource_path("declarations"),
            resource_path("icons"),
            resource_path("fonts"),
        ),
        printer=devices.printer,
        page_printer=devices.page_printer,
        filing=filing,
        has_scanner=settings.scanner.driver != "none",
        lamp=devices.lamp,
    )


def _print_reader() -> PageReader | None:
    """What reads print on pages, where the office has added it."""
    return WorkerPageReader(self_command("page-reading-worker")) if reader_is_installed() else None


def reason_of(error: KioskError) -> NotReady:
    """Which page an error at the start leads to."""
    for kind, reason in (
        (KeysUnavailable, NotReady.NO_KEYS),
        (StoreInUse, NotReady.STORE_IN_USE),
        (WrongKey, NotReady.WRONG_KEY),
        (StoreCorrupt, NotReady.STORE_CORRUPT),
        (DiskFull, NotReady.DISK_FULL),
        (CatalogProblem, NotReady.NO_CATALOG),
    ):
        if isinstance(error, kind):
            return reason
    return NotReady.FAULT
