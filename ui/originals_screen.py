"""Original papers go back into the citizen's hands before anything else is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kiosk.texts import _
from kiosk.visit import Event, Visit, WentOn
from ui.context import Context
from ui.icons import icon
from ui.notices import Notice
from ui.visit_screen import VisitScreen


class OriginalsScreen(VisitScreen):
    """One picture, one sentence, one button."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Nhớ lấy lại bản gốc")
        self.hint = _("Ông/bà mở nắp máy quét, lấy lại giấy tờ của mình, rồi bấm “Đã lấy lại”.")
        self.next_label = _("Đã lấy lại")
        self.can_go_back = False
        picture = QLabel()
        picture.setPixmap(icon("files", context.theme.colours.link, context.theme.metrics.px(50)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add(picture, Notice(context.theme, _("Giấy tờ gốc luôn là của ông/bà. Máy chỉ giữ bản quét.")))
        self.finish()

    def next_event(self) -> Event:
        """The papers are back."""
        return WentOn()
