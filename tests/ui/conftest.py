"""What the tests of screens share: one theme, a frame in a window, a counter, and visits walked by the step table."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commands.composition import Shipped, load_shipped
from commands.gallery_stage import OFFICE
from commands.gallery_visit import Walker
from kiosk.config import TimeSettings
from kiosk.visit import Visit
from kiosk.visit_events import Event
from tests.ui.counter import Hands, Page
from tests.ui.hand_devices import QuickPages
from tests.ui.hand_drafts import HandDrafts, HandPins
from ui.context import Context, Equipment
from ui.draft_keeping import DraftKeeping
from ui.frame import Frame
from ui.navigator import Filed, make_screen
from ui.screen import Screen
from ui.tasks import Tasks
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize
from ui.trouble_screen import TroubleScreen
from ui.visit_screen import VisitScreen
from ui.window import KioskWindow

DESK = Panel(1920, 1080, 21.5)
LOW = Panel(1366, 768, 15.6)
UPRIGHT = Panel(1080, 1920, 21.5)
LANES_TIMEOUT_S = 10.0


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, DESK)


@pytest.fixture
def theme(one_theme: Theme) -> Iterator[Theme]:
    yield one_theme
    one_theme.set_panel(DESK)
    one_theme.set_look(TextSize.NORMAL, Contrast.LIGHT)


OpenFrame = Callable[[Callable[[Theme], Screen]], Frame]


@pytest.fixture
def open_frame(theme: Theme, qtbot: QtBot) -> Iterator[OpenFrame]:
    """Shows a frame of the theme's panel with the screen that the given class makes."""
    frames: list[Frame] = []

    def show(make: Callable[[Theme], Screen]) -> Frame:
        frame = Frame(theme, help_phone="0236 3 000 000", speech=True)
        frames.append(frame)
        frame.resize(theme.metrics.panel.width_px, theme.metrics.panel.height_px)
        frame.set_header("Nộp hồ sơ trực tuyến", "Cấp bản sao trích lục khai sinh")
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        frame.set_screen(make(theme))
        settle()
        return frame

    yield show
    for frame in frames:
        frame.close()
        frame.deleteLater()
    settle()


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    """The shipped data."""
    return load_shipped()


@pytest.fixture
def walker(shipped: Shipped) -> Walker:
    """A made-up citizen with a card, who has no papers with them."""
    return Walker(shipped.catalog.service("2.000635"), shipped.areas)


@pytest.fixture
def hands() -> Hands:
    """Devices and back office in the hands of the test."""
    return Hands()


@pytest.fixture
def lane_problems() -> list[Exception]:
    """What went wrong in a lane and was no screen's own matter."""
    return []


@pytest.fixture
def context(theme: Theme, shipped: Shipped, hands: Hands, lane_problems: list[Exception]) -> Iterator[Context]:
    """What screens are given: real lanes, the shipped data, and the test's own devices."""
    tasks = Tasks(lane_problems.append)
    equipment = Equipment(
        clock=hands.clock,
        camera=hands.camera,
        card_watch=lambda: hands.cards,
        paper_camera=hands.camera,
        paper_watch=lambda: hands.papers,
        code_scanner=hands.reader,
        files=hands.sticks,
        scanner=hands.scanner,
        pages=QuickPages(),
        declarations=hands.declarations,
        guides=hands.guides,
        printer=hands.printer,
        page_printer=hands.page_printer,
        filing=hands.office,
    )
    yield Context(
        theme=theme,
        tasks=tasks,
        equipment=equipment,
        catalog=shipped.catalog,
        areas=shipped.areas,
        calendar=shipped.calendar,
        office=OFFICE,
        times=TimeSettings(),
        demo=False,
    )
    hands.let_all_through()
    assert tasks.shutdown(LANES_TIMEOUT_S)


ShowPage = Callable[..., Page]
"""(visit, made=None, context=None) -> the visit's screen in a frame."""


@pytest.fixture
def show_page(open_frame: OpenFrame, context: Context) -> Iterator[ShowPage]:
    """Shows the visit's screen; what it says, and what Continue means there, comes into `events`."""
    pages: list[Page] = []

    def show(visit: Visit, made: Filed | None = None, own_context: Context | None = None) -> Page:
        events: list[Event] = []

        def make(_theme: Theme) -> VisitScreen:
            screen = make_screen(own_context or context, visit, made)
            screen.happened.connect(events.append)
            return screen

        frame = open_frame(make)
        screen = frame.shown
        assert isinstance(screen, VisitScreen)
        frame.next.connect(lambda: events.extend(filter(None, [screen.next_event()])))
        page = Page(frame, screen, events)
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.screen.leave()


@pytest.fixture
def drafts() -> HandDrafts:
    return HandDrafts()


@pytest.fixture
def pins() -> HandPins:
    return HandPins()


@pytest.fixture
def keeping(context: Context, drafts: HandDrafts, pins: HandPins, hands: Hands) -> Iterator[DraftKeeping]:
    """Keeps visits in a dictionary; `pins` says whether anybody could open them."""
    made = DraftKeeping(context.tasks, drafts, hands.clock, pins, drafts.sweep)
    yield made
    drafts.gate.set()
    made.close()


@pytest.fixture
def window(qapp: QApplication, context: Context, keeping: DraftKeeping, qtbot: QtBot) -> Iterator[KioskWindow]:
    """A window that keeps visits, at its first page; nothing in it ends by itself."""
    times = TimeSettings(idle_warning_s=3600, idle_cover_s=3600, goodbye_s=3600)
    shown = KioskWindow(qapp, replace(context, times=times, keeping=keeping))
    shown.resize(1920, 1080)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.waitUntil(lambda: keeping.staffed is keeping.pins.any())
    yield shown
    shown.replace_with(lambda: TroubleScreen(context.theme, OFFICE))
    shown.close()
    shown.deleteLater()
    settle()


def settle() -> None:
    """Let layouts and deletions that are due happen."""
    QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
