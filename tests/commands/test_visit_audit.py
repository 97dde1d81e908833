"""What the kiosk keeps for ever of visits and slips: that they were, of which dossier, and nothing of who."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commands.composition import Counter, load_shipped
from commands.kiosk_app import KioskApp
from commands.qt_app import make_theme
from commands.visit_audit import AuditedPrinter, VisitAudit
from devices.registry import make_printer
from kiosk.config import DeviceSettings, load_settings
from kiosk.ids import format_slip_code, slip_code
from kiosk.keys import DemoKeys
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable
from kiosk.resources import resource_path
from kiosk.slip import Slip
from kiosk.store import Store
from kiosk.visit import Place, Step, Visit
from tests.commands.device_settings import simulated_office
from tests.commands.kept_events import kept_events
from tests.devices.slips import kept
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier
from ui.tasks import Lane, Tasks

TIMEOUT_S = 10.0
HOME = Visit()
CHOOSING, ASKED = Visit(Place(Step.CHOOSE)), Visit(Place(Step.FORM, page_id="p"))


@pytest.fixture
def keys(tmp_path: Path) -> DemoKeys:
    return DemoKeys(tmp_path / "keys")


@pytest.fixture
def store(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=0) as opened:
        yield opened


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    failures: list[Exception] = []
    lanes = Tasks(failures.append)
    yield lanes
    assert lanes.shutdown(TIMEOUT_S)
    assert failures == []


@pytest.fixture
def audit(tasks: Tasks, store: Store, clock: FakeClock) -> VisitAudit:
    return VisitAudit(tasks, store, clock)


def kinds(store: Store, folder: Path, keys: DemoKeys) -> list[str]:
    """Which events there are; the store is closed for that."""
    assert store.verify_audit()
    store.close()
    return [kind for kind, _ref in kept_events(folder / "store", keys)]


def test_a_visit_begins_when_home_is_left_and_ends_when_it_is_back(
    audit: VisitAudit, tasks: Tasks, store: Store, tmp_path: Path, keys: DemoKeys, qtbot: QtBot
) -> None:
    for visit in (HOME, CHOOSING, ASKED, ASKED, HOME, HOME, CHOOSING, HOME):
        audit.look(visit)
    qtbot.waitUntil(lambda: store.verify_audit() == 5)
    assert tasks.shutdown(TIMEOUT_S)
    audit.close()
    assert kinds(store, tmp_path, keys) == ["visit_started", "visit_ended"] * 2


def test_a_program_that_ends_in_a_visit_ends_the_visit_and_forgets_nothing_that_waited(
    audit: VisitAudit, tasks: Tasks, store: Store, tmp_path: Path, keys: DemoKeys
) -> None:
    reached, go_on, owner = Event(), Event(), QObject()

    def work() -> None:
        reached.set()
        go_on.wait(TIMEOUT_S)

    tasks.run(Lane.STORE, work, owner=owner, done=lambda _: None)
    assert reached.wait(TIMEOUT_S)
    audit.look(CHOOSING)  # comes back at once, although the lane is busy
    go_on.set()
    assert tasks.shutdown(TIMEOUT_S)
    audit.close()
    audit.close()
    assert kinds(store, tmp_path, keys) == ["visit_started", "visit_ended"]


def test_a_store_that_fails_stops_neither_the_visit_nor_the_end(
    audit: VisitAudit, tasks: Tasks, store: Store, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    store.close()
    audit.look(CHOOSING)
    qtbot.waitUntil(lambda: "visit_started is not in the audit chain" in caplog.text)
    assert tasks.shutdown(TIMEOUT_S)
    audit.close()
    assert "visit_ended is not in the audit chain" in caplog.text


def test_the_kiosk_tells_of_its_windows_visits_and_of_its_slips(
    tmp_path: Path, keys: DemoKeys, clock: FakeClock, qapp: QApplication
) -> None:
    settings = load_settings(simulated_office(tmp_path), tmp_path / "store")
    shipped = load_shipped()
    with Counter(settings.model_copy(update={"reserve_bytes": 0}), keys, shipped, clock) as counter:
        kiosk = KioskApp(qapp, make_theme(qapp, settings, (1366, 768)), counter, shipped)
        counter.start()
        kiosk.window.visit_changed.emit(CHOOSING)
        counter.equipment.printer.print_slip(kept())
        kiosk.close()
        kiosk.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    kinds_kept = [kind for kind, _ref in kept_events(tmp_path / "store", keys)]
    assert (kinds_kept[0], kinds_kept[-2:]) == ("kiosk_started", ["visit_ended", "kiosk_stopped"])
    assert sorted(kinds_kept[1:-2]) == ["slip_printed", "visit_started"]


@pytest.fixture
def printer(tmp_path: Path, store: Store, clock: FakeClock) -> AuditedPrinter:
    settings = DeviceSettings.of("simulated", folder=str(tmp_path / "printer"))
    return AuditedPrinter(make_printer(settings, resource_path("fonts")), store, clock)


def slip_of(store: Store) -> tuple[Slip, UUID]:
    """The slip of a dossier that is kept."""
    ref = UUID(int=1)
    code = slip_code(ref)
    store.seal(replace(sample_dossier(1), slip_code=code), IDENTITY)
    return replace(kept(), slip_code=format_slip_code(code)), ref


def test_each_slip_that_comes_out_is_noted_with_its_dossier(
    printer: AuditedPrinter, store: Store, tmp_path: Path, keys: DemoKeys
) -> None:
    slip, ref = slip_of(store)
    assert isinstance(printer.status(), Ready)
    printer.print_slip(slip)
    assert (tmp_path / "printer" / "slip.bin").exists()
    store.close()
    assert kept_events(tmp_path / "store", keys)[1:] == [("slip_printed", ref)]


def test_a_slip_that_does_not_come_out_is_noted_too(
    printer: AuditedPrinter, store: Store, tmp_path: Path, keys: DemoKeys
) -> None:
    slip, ref = slip_of(store)
    (tmp_path / "printer").mkdir(exist_ok=True)
    (tmp_path / "printer" / "state.json").write_text(json.dumps({"status": "paper_out"}))
    status = printer.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.PAPER_OUT
    with pytest.raises(DeviceProblem):
        printer.print_slip(slip)
    store.close()
    assert kept_events(tmp_path / "store", keys)[1:] == [("slip_failed", ref)]


def test_the_slip_of_what_was_only_prepared_belongs_to_no_dossier(
    printer: AuditedPrinter, store: Store, tmp_path: Path, keys: DemoKeys
) -> None:
    printer.print_slip(kept())
    store.close()
    assert kept_events(tmp_path / "store", keys) == [("slip_printed", None)]


def test_a_slip_comes_out_although_the_store_fails(
    printer: AuditedPrinter, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.close()
    printer.print_slip(kept())
    assert (tmp_path / "printer" / "slip.bin").exists()
    assert "slip_printed is not in the audit chain" in caplog.text
