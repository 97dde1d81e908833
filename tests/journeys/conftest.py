"""One portal for all journeys that do not take it away, and kiosks that are closed after each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from commands.composition import Shipped, load_shipped
from commands.embedded_portal import EmbeddedPortal
from tests.journeys.counter import SIZE, KioskOfTest
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize

QUICK_MS = 60  # a double tap must be quicker than this, so that the calm fingers of a journey need not wait long

OpenKiosk = Callable[..., KioskOfTest]
"""(portal, folder=None) -> an enrolled kiosk, not yet open."""


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    """The shipped data."""
    return load_shipped()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPortal]:
    """A portal that runs for all journeys."""
    embedded = EmbeddedPortal(tmp_path_factory.mktemp("portal"))
    embedded.prepare()
    with embedded:
        embedded.start()
        yield embedded


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[EmbeddedPortal]:
    """A portal of this journey's own, to be stopped and started at will."""
    embedded = EmbeddedPortal(tmp_path / "portal")
    embedded.prepare()
    with embedded:
        embedded.start()
        yield embedded


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Panel(*SIZE, 21.5))


@pytest.fixture
def make_kiosk(qapp: QApplication, one_theme: Theme, shipped: Shipped, tmp_path: Path) -> Iterator[OpenKiosk]:
    """Makes an enrolled kiosk in a folder of its own; each is closed in the end."""
    before_ms = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(QUICK_MS)
    one_theme.set_look(TextSize.NORMAL, Contrast.LIGHT)
    made: list[KioskOfTest] = []

    def make(embedded: EmbeddedPortal, folder: Path | None = None) -> KioskOfTest:
        kiosk = KioskOfTest(folder or tmp_path / f"kiosk-{len(made)}", embedded, shipped, one_theme)
        made.append(kiosk)
        kiosk.enrol()
        return kiosk

    yield make
    for kiosk in made:
        kiosk.close()
    qapp.setDoubleClickInterval(before_ms)
