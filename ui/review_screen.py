"""Check everything before filing: a row an answer, "Sửa" on each; what others must not read is kept back."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from kiosk.catalog import Route
from kiosk.form import Source
from kiosk.review import ReviewRow, parts, problems, sections
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import EditAsked, Event, WentOn
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import SectionTitle
from ui.summary_row import SummaryRow
from ui.visit_screen import VisitScreen

_SHOWN_FOR_MS = 10_000  # then what was shown is masked again


class ReviewScreen(VisitScreen):
    """Sections of rows; the papers with their number of pages."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        prepares = visit.route is Route.PREPARE
        self.heading = _("Ông/bà xem lại trước khi in") if prepares else _("Ông/bà xem lại trước khi nộp")
        self.hint = _("Chạm vào dòng nào cần sửa. Đúng hết thì bấm “Tiếp tục”.")
        self._rows: dict[str, SummaryRow] = {}
        self._masked: list[tuple[SummaryRow, ReviewRow]] = []
        self.add_terms()
        for section, rows in sections(visit):
            self._add_section(_(section))
            for row in rows:
                self.add(self._answer_row(row))
        if papers := parts(visit):
            self._add_section(_("Giấy tờ"))
            for part in papers:
                pages = len(part.document.pages) if part.document else 0
                text = _("{count} trang").format(count=pages) if pages else _("Không có")
                self.add(self._part_row(part.part_code, _(part.name), text))
        if self._masked:
            self._show = SecondaryButton(context.theme, _("Hiện các số đang che"), icon_name="eye")
            self._show.setObjectName("unmask")
            self._show.clicked.connect(self._unmask)
            self.column.insertWidget(0, self._show, 0, Qt.AlignmentFlag.AlignLeft)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SHOWN_FOR_MS)
        self._again.timeout.connect(self._mask)
        self.finish()

    def _add_section(self, name: str) -> None:
        """A title that is seen while turning the pages, with room above it."""
        self.column.addSpacing(self.theme.metrics.px(3))
        self.add(SectionTitle(self.theme, name))

    def _answer_row(self, row: ReviewRow) -> SummaryRow:
        widget = SummaryRow(self.theme, row.label, row.shown, note=_note(row.source))
        widget.setObjectName(f"edit:{row.page_id}")
        widget.clicked.connect(lambda: self.happened.emit(EditAsked(page_id=row.page_id)))
        self._rows[row.page_id] = widget
        if row.shown != row.text:
            self._masked.append((widget, row))
        return widget

    def _part_row(self, code: str, name: str, text: str) -> SummaryRow:
        widget = SummaryRow(self.theme, name, text)
        widget.setObjectName(f"edit:{code}")
        widget.clicked.connect(lambda: self.happened.emit(EditAsked(part_code=code)))
        self._rows[code] = widget
        return widget

    def _unmask(self) -> None:
        for widget, row in self._masked:
            widget.set_value(row.text)
        self._again.start()

    def _mask(self) -> None:
        for widget, row in self._masked:
            widget.set_value(row.shown)

    def leave(self) -> None:
        """Nothing stays unmasked."""
        self._again.stop()

    def first_focus(self) -> QWidget | None:
        """The heading: the page is to be read first."""
        return None

    def check(self) -> None:
        """Everything that stops the filing, each with the row that mends it."""
        self.problems = ()
        for problem in problems(self.visit, self.today):
            self.refuse(problem.message, self._rows.get(problem.page_id or problem.part_code))

    def next_event(self) -> Event:
        """Checked."""
        return WentOn()


def _note(source: Source) -> str:
    match source:
        case Source.CARD:
            return _("lấy từ mã trên thẻ, chưa xác minh")
        case Source.HELPER:
            return _("người hỗ trợ gõ")
        case Source.CITIZEN | Source.COMPUTED:
            return ""
