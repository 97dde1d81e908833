"""The papers of this dossier as a task list: what is there, what is still missing."""

from kiosk.page_notes import page_notes
from kiosk.review import ReviewPart, part_problems, parts
from kiosk.texts import _, joined
from kiosk.visit import Visit
from kiosk.visit_events import Event, PartOpened, WentOn
from ui.context import Context
from ui.labels import Label
from ui.summary_row import SummaryRow
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class PartsScreen(VisitScreen):
    """A row a part; the whole row opens it."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Giấy tờ cần đưa vào hồ sơ")
        found = parts(visit)
        by_code = {part.code: part for part in visit.chosen().parts}
        self._only_optional = not any(part.required for part in found)
        self._kept = {part.part_code for part in found if not by_code[part.part_code].return_original}
        self.hint = self._hint()
        self._rows = {part.part_code: self._row(part) for part in found}
        for code, row in self._rows.items():
            self.add(row)
            if by_code[code].hint:
                self.add(Label(_(by_code[code].hint), Role.SMALL))
        self.finish()

    def _hint(self) -> str:
        if self._only_optional:
            return _("Không bắt buộc. Có giấy nào thì chạm vào để quét hoặc chụp, không có thì bấm “Tiếp tục”.")
        if self._kept:
            return _("Chạm vào từng dòng để quét hoặc chụp. Ông/bà giữ bản gốc, cán bộ cần bản nào sẽ nhận tại quầy.")
        return _("Chạm vào từng dòng để quét hoặc chụp. Bản gốc được trả lại ngay.")

    def _row(self, part: ReviewPart) -> SummaryRow:
        pages = len(part.document.pages) if part.document else 0
        state = _("Đã có {count} trang").format(count=pages) if pages else _("Chưa có")
        notes = [] if part.required or self._only_optional else [_("không bắt buộc")]
        notes += [_("bản gốc nộp cho cán bộ")] if part.part_code in self._kept else []
        notes += [_("có trang nên xem lại")] if part.document and page_notes(part.document) else []
        act = (_("Xem lại"), "eye") if pages else (_("Thêm"), "plus")
        row = SummaryRow(self.theme, _(part.name), state, note=joined(", ", notes), act=act)
        row.setObjectName(f"part:{part.part_code}")
        row.clicked.connect(lambda: self.happened.emit(PartOpened(part.part_code)))
        return row

    def check(self) -> None:
        """Required papers must be there."""
        self.problems = ()
        for problem in part_problems(self.visit):
            self.refuse(problem.message, self._rows[problem.part_code])

    def next_event(self) -> Event:
        """On to the review."""
        return WentOn()
