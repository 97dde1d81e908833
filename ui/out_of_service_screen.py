"""The kiosk takes no dossiers now: why, whom to call, and that nothing kept is lost."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.config import OfficeSettings
from kiosk.filing import NotReady
from kiosk.texts import _
from ui.call_card import CallCard
from ui.notices import Notice
from ui.screen import Screen
from ui.sentences import not_ready_sentence
from ui.theme import Theme


class OutOfServiceScreen(Screen):
    """A page of its own, without a way on; a person of the office mends it."""

    def __init__(self, theme: Theme, office: OfficeSettings, reason: NotReady) -> None:
        super().__init__(theme)
        self.heading, advice = not_ready_sentence(reason)
        self.hint = _("Xin lỗi ông/bà. Mời ông/bà sang quầy, cán bộ sẽ giúp.")
        self.next_label = None
        self.can_go_back = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap_px)
        column.addWidget(CallCard(theme, office))
        column.addWidget(Notice(theme, _("Dành cho cán bộ: {advice}").format(advice=advice), icon_name="wrench"))
        column.addStretch(1)
