"""The gallery's stage: one frame at one size, in which a scene puts a real screen and plays it to the wanted state."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from commands.composition import Shipped
from commands.gallery_captures import demo_papers
from commands.gallery_stand_ins import DESK, ImmediateTasks, stand_in_equipment
from commands.gallery_visit import NOBODY, Walker
from commands.gallery_voice import StillVoice
from kiosk.catalog import Service
from kiosk.config import OfficeSettings, TimeSettings
from kiosk.consent_texts import helper_band_text
from kiosk.help_standing import help_standing
from kiosk.ports import PageImage
from kiosk.visit import Helper, Visit
from ui.context import Context, Equipment
from ui.frame import Frame
from ui.navigator import Filed, header_texts, make_screen
from ui.prepare_screen import Prepared
from ui.read_aloud import ReadAloud
from ui.screen import Screen
from ui.tasks import Lane
from ui.theme import Theme
from ui.time_choice import TimeChoice
from ui.visit_screen import VisitScreen

OFFICE = OfficeSettings(name=DESK.office_name, phone=DESK.phone, hours="7:30–11:30, 13:30–17:00", place="Xã Mẫu")


@dataclass(frozen=True, slots=True)
class Props:
    """What all stages share, made once: shipped data, the service that is drawn, and the stand-ins."""

    data: Shipped
    service: Service
    equipment: Equipment
    papers: tuple[PageImage, ...]


def make_props(data: Shipped, service_code: str) -> Props:
    """The props for one service. Raises KeyError for a code that is not in the catalogue."""
    return Props(data, data.catalog.service(service_code), stand_in_equipment(), demo_papers())


def _no_time(*, wanted: bool) -> None:
    """Nothing on the stage ever ends."""


class Stage:
    """Make one for each size and look; scenes follow each other on it."""

    def __init__(self, theme: Theme, props: Props) -> None:
        self.props = props
        self.theme = theme
        self.frame = Frame(theme, help_phone=OFFICE.phone)
        self.frame.panels.add_to_look(lambda: TimeChoice(theme, _no_time, chosen=False))
        self._tasks: ImmediateTasks | None = None
        self._curtain: QWidget | None = None
        panel = theme.metrics.panel
        self.frame.resize(panel.width_px, panel.height_px)
        self.voice = StillVoice()
        self.reading = ReadAloud(self.voice, theme, (OFFICE.phone,), tuple, self.frame)
        self.reading.attach(self.frame)
        self.frame.show()
        self.frame.activateWindow()
        self.settle()

    def walker(
        self, answers: Mapping[str, str] | None = None, *, card: bool = True, helper: Helper = NOBODY, code: str = ""
    ) -> Walker:
        """A made-up citizen who files the service that is drawn, or the one of that code."""
        data, papers = self.props.data, self.props.papers
        service = data.catalog.service(code) if code else self.props.service
        return Walker(service, data.areas, answers or {}, card, helper, papers)

    def show(
        self,
        visit: Visit,
        *,
        made: Filed | Prepared | None = None,
        equipment: Equipment | None = None,
        held: frozenset[Lane] = frozenset(),
    ) -> VisitScreen:
        """The visit's screen, as the window would show it; work in a held lane never ends."""
        context = self._context(equipment or self.props.equipment, held)
        self.set_header(visit)
        screen = make_screen(context, visit, made)
        self.put(screen)
        return screen

    def set_header(self, visit: Visit) -> None:
        """What stands above the page of a visit."""
        self.frame.set_header(*header_texts(visit))
        self.frame.set_helper(helper_band_text(visit.helper) or None, help_standing(visit))
        self.frame.header.set_demo(False)

    def go_on(self) -> None:
        """Continue, on a page that goes on within itself."""
        shown = self.frame.shown
        assert isinstance(shown, VisitScreen)
        shown.next_event()
        self.settle()

    def context(self, held: frozenset[Lane] = frozenset()) -> Context:
        """What a screen is given that is no step of a visit."""
        return self._context(self.props.equipment, held)

    def put(self, screen: Screen) -> None:
        """Any screen; nobody has called for help there."""
        self.frame.header.set_called(called=False)
        self.frame.set_screen(screen)
        self.settle()

    def press(self, name: str) -> None:
        """Press the visible button of that object name."""
        found = [each for each in self.frame.findChildren(QWidget, name) if each.isVisible()]
        if not found:
            raise LookupError(f"no button {name} is shown")
        click = getattr(found[0], "click")  # noqa: B009 - every kind of button has it, QWidget has not
        click()
        self.settle()

    def hold(self, lane: Lane) -> None:
        """From now on work in this lane never ends."""
        if self._tasks is not None:
            self._tasks.held |= {lane}

    def cover(self, curtain: QWidget) -> None:
        """Something over all of it, until the next scene."""
        self._curtain = curtain
        self.settle()

    def clear(self) -> None:
        """Take away what lies over the frame, and what was said below the page or read of it."""
        self.voice.speaks = False
        self.reading.wipe()
        self.frame.header.read_button.hide()
        self.frame.set_status("")
        self.frame.typing.reset()
        if self._curtain is not None:
            self._curtain.deleteLater()
            self._curtain = None
            self.settle()

    def close(self) -> None:
        """Strike the stage."""
        self.frame.close()
        self.frame.deleteLater()
        self.settle()

    def settle(self) -> None:
        """Let layouts and deletions that are due happen."""
        for _round in range(2):
            QApplication.sendPostedEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()

    def _context(self, equipment: Equipment, held: frozenset[Lane]) -> Context:
        self._tasks = ImmediateTasks(held)
        data = self.props.data
        return Context(
            theme=self.theme,
            tasks=self._tasks,
            equipment=equipment,
            catalog=data.catalog,
            areas=data.areas,
            calendar=data.calendar,
            office=OFFICE,
            times=TimeSettings(),
            demo=False,
        )
