"""The papers that are in this dossier already, to be used for another part too."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.documents import Document
from kiosk.texts import _
from kiosk.visit import Visit
from ui.summary_row import SummaryRow
from ui.theme import Theme


class PaperReuse(QWidget):
    """A row a paper; pressing it takes all its pages."""

    chosen = Signal(object)
    """The kiosk.documents.Document that was pressed."""

    def __init__(self, theme: Theme, visit: Visit, part_code: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap_px)
        names = {part.code: part.name for part in visit.chosen().parts}
        for document in reusable(visit, part_code):
            pages = _("{count} trang").format(count=len(document.pages))
            row = SummaryRow(theme, _(names[document.part_code]), pages, act=(_("Dùng"), "copy"))
            row.setObjectName(f"reuse:{document.part_code}")
            row.clicked.connect(lambda _checked=False, document=document: self.chosen.emit(document))
            column.addWidget(row)
        column.addStretch(1)


def reusable(visit: Visit, part_code: str) -> tuple[Document, ...]:
    """The other parts of the dossier that have pages, in the order of the service."""
    codes = [part.code for part in visit.chosen().parts if part.code != part_code]
    found = (visit.documents.get(code) for code in codes)
    return tuple(document for document in found if document is not None and document.pages)
