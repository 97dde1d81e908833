"""The window is put together from the settings: what it knows is what the office set."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from commands.composition import Counter, load_shipped
from commands.kiosk_app import KioskApp
from commands.qt_app import make_theme
from kiosk.config import load_settings
from kiosk.keys import DemoKeys
from tests.commands.device_settings import simulated_office
from tests.fakes import FakeClock


def test_fees_are_told_for_as_long_as_the_office_set(tmp_path: Path, qapp: QApplication) -> None:
    settings = load_settings(simulated_office(tmp_path), tmp_path / "store")
    settings = settings.model_copy(update={"reserve_bytes": 0, "fees_good_for_days": 10})
    shipped = load_shipped()
    with Counter(settings, DemoKeys(tmp_path / "keys"), shipped, FakeClock()) as counter:
        kiosk = KioskApp(qapp, make_theme(qapp, settings, (1366, 768)), counter, shipped)
        known = {service.fees_known_until for service in kiosk.context.catalog.services}
        kiosk.close()
        kiosk.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert known == {shipped.catalog.updated_on + timedelta(days=10)}
