"""The top of the frame: what is being done, and the four acts that are always in the same place."""

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy

from kiosk.help_standing import HelpStanding
from kiosk.texts import _, joined
from ui.buttons import HeaderButton
from ui.fitting_text import FittingText, Form
from ui.helper_pill import HelperPill
from ui.labels import Label, Surface
from ui.language_choice import look_words
from ui.theme import Theme
from ui.tokens import Role


class Header(Surface):
    """The bar. In a standing panel the buttons take a second row."""

    look_asked = Signal()
    read_asked = Signal()
    help_asked = Signal()
    exit_asked = Signal()
    helper_asked = Signal()

    def __init__(self, theme: Theme, *, speech: bool) -> None:
        super().__init__("header")
        self._theme = theme
        metrics = theme.metrics
        self.title = FittingText(theme, "header_text")
        self._demo = Label(_("BẢN THỬ"), Role.LABEL, ground="band", wrap=False)
        self._demo.setProperty("surface", "pill")
        self._demo.hide()
        self.look_button = self._button(
            look_words(short=not metrics.header_has_icons), "a-large-small", self.look_asked
        )
        self.read_button = self._button(_("Đọc to"), "volume-2", self.read_asked)
        self.read_button.setVisible(speech)
        self.help_button = self._button(_("Gọi hỗ trợ"), "life-buoy", self.help_asked)
        self.exit_button = self._button(_("Dừng lại"), "log-out", self.exit_asked)
        direction = QBoxLayout.Direction.TopToBottom if metrics.portrait else QBoxLayout.Direction.LeftToRight
        outer = QBoxLayout(direction, self)
        outer.setContentsMargins(metrics.margin_px, metrics.px(2.3), metrics.margin_px, metrics.px(2.3))
        outer.setSpacing(metrics.px(2) if metrics.portrait else metrics.px(6))
        name = QHBoxLayout()
        name.setSpacing(metrics.px(4))
        name.addWidget(self._demo)
        name.addWidget(self.title, 1)
        self._helper = HelperPill(theme)
        self._helper.clicked.connect(self.helper_asked)
        name.addWidget(self._helper, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.gap_px)
        for button in (self.look_button, self.read_button, self.help_button, self.exit_button):
            buttons.addWidget(button)
        outer.addLayout(name, 1)
        outer.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: there may be room for more words, or for fewer."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.look_button.setText(look_words(short=not self._theme.metrics.header_has_icons))

    def set_demo(self, demo: bool) -> None:
        """Mark everything as a rehearsal: "BẢN THỬ"."""
        self._demo.setVisible(demo)

    def set_called(self, *, called: bool) -> None:
        """The button of "Gọi hỗ trợ" says whether a call lasts."""
        self.help_button.setText(_("Đã gọi") if called else _("Gọi hỗ trợ"))

    def set_texts(self, title: str, subtitle: str) -> None:
        """`title` is the service in everyday words, `subtitle` the procedure; either may be empty."""
        whole = joined(" · ", (text for text in (title, subtitle) if text))
        short = subtitle or title
        self.title.set_forms([Form(whole, Role.TITLE), Form(whole, Role.LABEL), Form(short, Role.LABEL)])

    def show_helper(self, name: str, standing: HelpStanding = HelpStanding.ACTIVE) -> None:
        """On a low panel the helper's name takes the title's place; empty puts the title back."""
        self._helper.show_helper(name, standing)
        self.title.setVisible(self._helper.isHidden())

    def _button(self, text: str, icon_name: str, asked: SignalInstance) -> HeaderButton:
        button = HeaderButton(self._theme, text, icon_name=icon_name)
        button.setObjectName(f"header_{icon_name}")
        button.clicked.connect(asked)
        return button
