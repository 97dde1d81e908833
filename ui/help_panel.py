"""The panel of "Gọi hỗ trợ": whom the call has reached, the telephone number, and what the page was about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.help_call import CallNews, OfficeNews
from kiosk.texts import _
from ui.buttons import PrimaryButton, SecondaryButton
from ui.labels import Card, Label, Picture
from ui.panels import Panel
from ui.theme import Theme
from ui.tokens import Role


class HelpPanel(Panel):
    """Says only what has happened: that somebody was told, not that somebody comes, until somebody says so."""

    cancelled = Signal()
    """ "Thôi gọi": nobody needs to come."""

    def __init__(self, theme: Theme, phone: str, reminder: str) -> None:
        """`phone` may be empty; `reminder` is the page's own hint and progress."""
        super().__init__(theme, _("Gọi người hỗ trợ"))
        self._state = Label("", Role.STRONG)
        card, row = Card(theme), QHBoxLayout()
        row.setSpacing(theme.metrics.px(4))
        row.addWidget(Picture(theme, "bell", "text", 12))
        row.addWidget(self._state, 1)
        card.column.addLayout(row)
        self.column.addWidget(card)
        self.column.addWidget(Label(_("Phần đang làm vẫn còn trên máy.")))
        if phone:
            self.column.addWidget(Label(_("Ông/bà cũng có thể gọi điện thoại số")))
            self.column.addWidget(Label(phone, Role.FIGURE))
        if reminder:
            self.column.addWidget(Label(reminder, Role.HINT))
        self.column.addStretch(1)
        self.cancel_button = SecondaryButton(theme, _("Thôi, không gọi nữa"), icon_name="x")
        self.cancel_button.setObjectName("call_cancel")
        self.cancel_button.clicked.connect(self.cancelled)
        self.cancel_button.hide()
        close = PrimaryButton(theme, _("Quay lại làm tiếp"))
        close.setObjectName("call_close")
        close.clicked.connect(self.closed)
        self.add_acts(self.cancel_button, close)
        self.show_news(None)

    def show_news(self, news: CallNews | None) -> None:
        """How the call stands; None where this counter has nothing to call by."""
        words = call_words(news)
        if words != self._state.text():
            self._state.setText(words)
        self.cancel_button.setVisible(news is not None)


def call_words(news: CallNews | None) -> str:
    """What has become of the call, in a sentence or two."""
    match news:
        case None | CallNews(office=OfficeNews.NONE, lamp=False):
            return _("Mời ông/bà hỏi cán bộ tại quầy.")
        case CallNews(office=OfficeNews.SEEN):
            return _("Cán bộ đã thấy và đang đến. Xin ông/bà chờ ở đây.")
        case CallNews(office=OfficeNews.TOLD):
            return _("Đã báo cho cán bộ. Xin ông/bà chờ ở đây một chút.")
        case CallNews(lamp=True):
            return _("Đèn báo ở quầy đang sáng. Xin ông/bà chờ ở đây một chút.")
        case CallNews(office=OfficeNews.NOT_TOLD):
            return _("Mạng đang mất, máy chưa báo được cho cán bộ và vẫn thử tiếp. Mời ông/bà hỏi tại quầy.")
        case _:
            return _("Đang báo cho cán bộ…")
