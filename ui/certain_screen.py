"""The last word after a helper: on a page of its own, the citizen says whether to file now."""

from kiosk.consent_texts import declaration_text
from kiosk.texts import _
from kiosk.visit import Visit
from ui.context import Context
from ui.fact_rows import FactRows
from ui.file_screen import summary
from ui.filing_screen import FilingScreen
from ui.notices import Notice


class CertainScreen(FilingScreen):
    """What is filed once more, the pledge that was made, and the button named for the act."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà nộp hồ sơ này ngay?")
        self.hint = _("Nút này chỉ ông/bà bấm. Chưa chắc thì bấm “Quay lại”.")
        self.next_label = _("Đúng, nộp ngay")
        pledged = _("Ông/bà đã cam đoan: {pledge}").format(pledge=declaration_text(visit.chosen()))
        self.add(FactRows(context.theme, summary(visit, self.today)))
        self.add(Notice(context.theme, pledged, icon_name="circle-check"))
        self.finish()
