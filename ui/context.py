"""What every screen is given: the data it shows, the devices it uses, and the clock; nothing global."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.areas import Areas
from kiosk.capture import CardWatch, CodeScanner, FileSource, PaperWatch
from kiosk.catalog import Catalog, Service
from kiosk.conditions import Facts
from kiosk.config import AccessSettings, OfficeSettings, TimeSettings, TypingSettings
from kiosk.declaration import DeclarationContent
from kiosk.filing import Filing
from kiosk.form import Answers
from kiosk.guide import Guide
from kiosk.help_call import HelpLine
from kiosk.helper_desk import HelperDesk
from kiosk.ports import Camera, Clock, Lamp, PagePrinter, PageWork, Scanner
from kiosk.ratings import Rating
from kiosk.slip import ReceiptPrinter
from kiosk.staff_queue import StaffQueue
from kiosk.working_days import WorkingCalendar
from ui.draft_keeping import DraftKeeping
from ui.sounds import Silence, Sounds
from ui.staff_devices import StaffDevices
from ui.tasks import Tasks
from ui.theme import Theme
from ui.voice import NoVoice, Voice


class DeclarationWriter(Protocol):
    """Turns the content of a declaration into its printed form."""

    def render(self, content: DeclarationContent) -> bytes:
        """The declaration as PDF/A-2b. Blocks."""
        ...


class GuideWriter(Protocol):
    """Turns a guide into its printed form."""

    def render(self, guide: Guide, *, demo: bool = False) -> bytes:
        """The guide as PDF/A-2b on one A4 page. Blocks."""
        ...


class ExchangeWriter(Protocol):
    """Writes a dossier's answers for the office's own software."""

    def write(self, service: Service, answers: Answers, facts: Facts, areas_version: str) -> bytes | None:
        """The file, or None where no software takes that service's answers. Blocks."""
        ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """The devices and the back office of this counter. A device that the office does not have is None where that can
    be; `has_scanner` says whether one is named at all. `card_watch` and `paper_watch` make a new watch for each use
    of a camera."""

    clock: Clock
    camera: Camera
    card_watch: Callable[[], CardWatch]
    paper_camera: Camera | None
    paper_watch: Callable[[], PaperWatch]
    code_scanner: CodeScanner | None
    files: FileSource | None
    scanner: Scanner
    pages: PageWork
    declarations: DeclarationWriter
    guides: GuideWriter
    printer: ReceiptPrinter
    page_printer: PagePrinter | None
    filing: Filing
    has_scanner: bool = True
    lamp: Lamp | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a screen may use."""

    theme: Theme
    tasks: Tasks
    equipment: Equipment
    catalog: Catalog
    areas: Areas
    calendar: WorkingCalendar
    office: OfficeSettings
    times: TimeSettings
    demo: bool
    often_used: Callable[[], Sequence[str]] = tuple
    """The codes of the services that are begun here most, most first."""
    exchange: ExchangeWriter | None = None
    """What the office's own software takes over of a dossier; None where nothing is."""
    staff: StaffDevices | None = None
    """What the page of devices shows and tries; None where there is no such page."""
    keeping: DraftKeeping | None = None
    """What keeps the visit as a draft; None where a visit that is left is lost."""
    queue: StaffQueue | None = None
    """The outbox in the hands of the staff; None where there is no such page."""
    helper_desk: HelperDesk | None = None
    """Who helps here, with badge and PIN; None where nobody can check in."""
    rated: Callable[[Rating], None] = lambda _rating: None
    """Counts how a citizen found the work at this kiosk; nothing else of the visit is with it."""
    access: AccessSettings = field(default_factory=AccessSettings)
    """Whether the counter has switches."""
    typing: TypingSettings = field(default_factory=TypingSettings)
    """How accents are typed on a real keyboard when a visit begins."""
    sounds: Sounds = field(default_factory=Silence)
    """What is heard with what is seen."""
    help_line: HelpLine | None = None
    """Calls somebody to the counter; None where there is nothing to call by."""
    voice: Voice = field(default_factory=NoVoice)
    """What reads the pages aloud."""
