"""Check everything before filing: a row an answer, "Sửa" on each; what others must not read is kept back."""

from PySide6.QtWidgets import QWidget

from kiosk.catalog import Route
from kiosk.form import Source
from kiosk.handover import doubt_sentence
from kiosk.review import ReviewRow, parts, problems, sections
from kiosk.texts import _
from kiosk.visit import Place, Visit
from kiosk.visit_events import EditAsked, Event, WentOn
from ui.context import Context
from ui.labels import SectionTitle
from ui.notices import Notice
from ui.reveals import Reveals
from ui.spoken_value import keep_unspoken
from ui.summary_row import SummaryRow
from ui.visit_screen import VisitScreen


class ReviewScreen(VisitScreen):
    """Sections of rows; the papers with their number of pages."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        prepares = visit.route is Route.PREPARE
        self.heading = _("Ông/bà xem lại trước khi in") if prepares else _("Ông/bà xem lại trước khi nộp")
        self.hint = _("Chạm vào dòng nào cần sửa. Đúng hết thì bấm “Tiếp tục”.")
        self._rows: dict[str, SummaryRow] = {}
        self._changed: SummaryRow | None = None
        self._reveals = Reveals(self)
        if visit.doubt:
            self.add(Notice(context.theme, doubt_sentence(visit.doubt), icon_name="pencil"))
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
        self.finish()

    def _add_section(self, name: str) -> None:
        """A title that is seen while turning the pages, with room above it."""
        self.column.addSpacing(self.theme.metrics.px(3))
        self.add(SectionTitle(self.theme, name))

    def _answer_row(self, row: ReviewRow) -> QWidget:
        """What is kept back has its own button: one answer is shown at a time, and not for long."""
        picture = "hand-helping" if row.source is Source.HELPER else ""
        widget = SummaryRow(self.theme, row.label, row.shown, note=_note(row.source), note_icon=picture)
        widget.setObjectName(f"edit:{row.page_id}")
        widget.clicked.connect(lambda: self.happened.emit(EditAsked(page_id=row.page_id)))
        self._rows[row.page_id] = widget
        if row.private:
            keep_unspoken(widget)
        if row.shown == row.text:
            return widget
        return self._reveals.beside(
            widget, self.theme, row.label, lambda shown: widget.set_value(row.text if shown else row.shown)
        )

    def _part_row(self, code: str, name: str, text: str) -> SummaryRow:
        widget = SummaryRow(self.theme, name, text)
        widget.setObjectName(f"edit:{code}")
        widget.clicked.connect(lambda: self.happened.emit(EditAsked(part_code=code)))
        self._rows[code] = widget
        return widget

    def leave(self) -> None:
        """Nothing stays unmasked."""
        self._reveals.mask()

    def first_focus(self) -> QWidget | None:
        """The heading: the page is to be read first. After a row was changed, that row."""
        return self._changed

    def return_to(self, place: Place) -> None:
        """The answer or the paper of that place was just gone through again: go on at its row."""
        self._changed = self._rows.get(place.page_id or place.part_code)
        if self._changed is not None:
            self.turned.emit(self._changed)

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
