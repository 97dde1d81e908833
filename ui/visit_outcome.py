"""What the pages of a visit have made that later pages show: the sealed dossier, its receipt, or what was prepared."""

from PySide6.QtCore import QObject, Signal

from kiosk.receipt import Receipt
from ui.navigator import Filed
from ui.prepare_screen import Prepared
from ui.screen import Screen
from ui.sealing import Sealed


class VisitOutcome(QObject):
    """Lives for one visit: `forget` it when the visit ends."""

    sealed = Signal(object)
    """The ui.sealing.Sealed of a dossier that has just been sealed."""
    prepared = Signal(object)
    """The ui.prepare_screen.Prepared of a visit that files nothing here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.made: Filed | Prepared | None = None
        """What there is by now."""

    def listen(self, screen: Screen) -> None:
        """Take what this page makes."""
        slots = {"sealed": self._on_sealed, "receipted": self._on_receipt, "prepared": self._on_prepared}
        for name, slot in slots.items():
            if (signal := getattr(screen, name, None)) is not None:
                signal.connect(slot)

    def forget(self) -> None:
        """The visit is over."""
        self.made = None

    def _on_sealed(self, sealed: Sealed) -> None:
        self.made = Filed(sealed)
        self.sealed.emit(sealed)

    def _on_receipt(self, receipt: Receipt) -> None:
        if isinstance(self.made, Filed):
            self.made = Filed(self.made.sealed, receipt)

    def _on_prepared(self, prepared: Prepared) -> None:
        self.made = prepared
        self.prepared.emit(prepared)
