"""A private moment: nothing of the page is shown until the citizen says who looks on."""

from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import CurtainDrawn
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import Label
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class CurtainScreen(VisitScreen):
    """Two ways on, both the citizen's: alone, or with the helper after all, for who cannot type must not be stuck."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Mời người hỗ trợ quay đi")
        self.hint = _("Câu sau đây là chuyện riêng của ông/bà. Người hỗ trợ quay đi rồi thì bấm “Tôi tự trả lời”.")
        self.next_label = None
        alone = SecondaryButton(context.theme, _("Tôi tự trả lời"), icon_name="lock")
        alone.setObjectName("answer_alone")
        alone.clicked.connect(lambda: self.happened.emit(CurtainDrawn(alone=True)))
        together = SecondaryButton(context.theme, _("Tôi vẫn cần giúp câu này"), icon_name="hand-helping")
        together.setObjectName("answer_helped")
        together.clicked.connect(lambda: self.happened.emit(CurtainDrawn(alone=False)))
        self.add(alone, together, Label(_("Nếu có người giúp câu này, hồ sơ ghi là người hỗ trợ gõ."), Role.HINT))
        self.finish()
