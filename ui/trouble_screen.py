"""Something failed that nobody expected: what it means for the citizen, and one way on. Never a traceback."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from kiosk.config import OfficeSettings
from kiosk.texts import _
from ui.call_card import CallCard
from ui.labels import Label
from ui.notices import Notice
from ui.screen import Screen
from ui.theme import Theme
from ui.tokens import Role


class TroubleScreen(Screen):
    """The visit was ended; dossiers that were sealed are safe."""

    def __init__(self, theme: Theme, office: OfficeSettings, codes: Sequence[str] = (), *, kept: bool = False) -> None:
        """`codes` are the slip codes of what this visit has sealed: with them nobody files a second time. `kept`: what
        was under way can be gone on with."""
        super().__init__(theme)
        self.heading = _("Máy gặp lỗi")
        self.hint = (
            _("Xin lỗi ông/bà. Hồ sơ đã được lưu an toàn, ông/bà không phải làm lại. Xin ghi lại mã phiếu.")
            if codes
            else _("Xin lỗi ông/bà. Ông/bà về trang đầu làm lại, hoặc gọi hỗ trợ.")
        )
        if kept:
            self.hint = _("Xin lỗi ông/bà. Phần đang làm vẫn còn: về trang đầu, bấm “Làm tiếp hồ sơ đang dở”.")
        self.next_label = _("Về trang đầu")
        self.can_go_back = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap_px)
        for code in codes:
            column.addWidget(Label(code, Role.FIGURE))
        column.addWidget(CallCard(theme, office))
        column.addWidget(Notice(theme, _("Hồ sơ đã nộp hoặc đã lưu trước đó vẫn an toàn."), icon_name="shield-check"))
        column.addStretch(1)
