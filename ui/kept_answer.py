"""An answer that others must not read, as it stands when its page is shown again: masked, until it is to be changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.texts import _
from ui.reveals import Reveals
from ui.spoken_value import keep_unspoken
from ui.summary_row import SummaryRow
from ui.theme import Theme


class KeptAnswer(QWidget):
    """Stands in the place of the field; `change` brings the field back, with all its letters, for who types must see
    them."""

    change = Signal()

    def __init__(self, theme: Theme, name: str, texts: tuple[str, str], reveals: Reveals) -> None:
        """`texts` are the masked one and the whole."""
        super().__init__()
        masked, whole = texts
        self.row = SummaryRow(theme, _("Đã nhập"), masked)
        self.row.setObjectName(f"change:{name}")
        self.row.clicked.connect(self.change)
        keep_unspoken(self.row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            reveals.beside(self.row, theme, _("Đã nhập"), lambda shown: self.row.set_value(whole if shown else masked))
        )
