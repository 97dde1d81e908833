"""What every screen is given: the data it shows, the devices it uses, and the clock; nothing global."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.areas import Areas
from kiosk.catalog import Catalog
from kiosk.config import OfficeSettings, TimeSettings
from kiosk.declaration import DeclarationContent
from kiosk.filing import Filing
from kiosk.ports import Camera, Clock, CodeReader, PageWork, Scanner
from kiosk.slip import ReceiptPrinter
from ui.tasks import Tasks
from ui.theme import Theme


class DeclarationWriter(Protocol):
    """Turns the content of a declaration into its printed form."""

    def render(self, content: DeclarationContent) -> bytes:
        """The declaration as PDF/A-2b. Blocks."""
        ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """The devices and the back office of this counter."""

    clock: Clock
    camera: Camera
    codes: CodeReader
    scanner: Scanner
    pages: PageWork
    declarations: DeclarationWriter
    printer: ReceiptPrinter
    filing: Filing


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a screen may use."""

    theme: Theme
    tasks: Tasks
    equipment: Equipment
    catalog: Catalog
    areas: Areas
    office: OfficeSettings
    times: TimeSettings
    demo: bool
