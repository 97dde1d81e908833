"""Original papers go back into the citizen's hands before anything else is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kiosk.documents import Origin
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, WentOn
from ui.context import Context
from ui.icons import icon
from ui.notices import Notice
from ui.visit_screen import VisitScreen


class OriginalsScreen(VisitScreen):
    """One picture, one sentence, one button."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        document = visit.documents[visit.place.part_code]
        origins = frozenset(page.origin for page in document.pages)
        only_files = origins == {Origin.FILE}
        self.heading = _("Nhớ lấy lại USB") if only_files else _("Nhớ lấy lại bản gốc")
        self.hint = _hint(origins)
        self.next_label = _("Đã lấy lại")
        self.can_go_back = False
        picture = QLabel()
        picture.setPixmap(
            icon("usb" if only_files else "files", context.theme.colours.link, context.theme.metrics.px(50))
        )
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kept = _("Máy chỉ chép trang đã chọn, không đổi gì trong USB.")
        papers = _("Giấy tờ gốc luôn là của ông/bà. Máy chỉ giữ bản quét.")
        self.add(picture, Notice(context.theme, kept if only_files else papers))
        self.finish()

    def next_event(self) -> Event:
        """The papers are back."""
        return WentOn()


def _hint(origins: frozenset[Origin]) -> str:
    """Where the citizen's things lie now."""
    if Origin.SCANNER in origins:
        return _("Ông/bà mở nắp máy quét, lấy lại giấy tờ của mình, rồi bấm “Đã lấy lại”.")
    if Origin.CAMERA in origins:
        return _("Ông/bà lấy lại giấy tờ dưới máy ảnh, rồi bấm “Đã lấy lại”.")
    return _("Ông/bà rút USB khỏi máy, cất đi, rồi bấm “Đã lấy lại”.")
