"""On a low panel the helper's band is one button in the header: who helps, and on a touch what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from kiosk.help_standing import HelpStanding
from kiosk.texts import _
from ui.buttons import PrimaryButton, SecondaryButton
from ui.helper_band import BandButton, act_words, acts_of, band_texts
from ui.labels import Label
from ui.panels import Panel
from ui.plates import text_height
from ui.theme import Theme
from ui.tokens import Role


class HelperPill(BandButton):
    """Shows the fullest of the band's texts that fits; hidden while nobody helps."""

    role = Role.PROGRESS

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", icon_name="users")
        self.setObjectName("helper_pill")
        self.setAccessibleName(_("Người hỗ trợ"))
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_helper(self, name: str, standing: HelpStanding = HelpStanding.ACTIVE) -> None:
        """As the band."""
        self._texts = [*band_texts(name, standing), _("Người hỗ trợ")]
        self.setVisible(bool(name) and standing is not HelpStanding.NONE)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: another text may fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * self.padding() - self._lead()
        fitting = (text for text in self._texts if text_height(self.words_font(), text, room) <= self.height())
        if self._texts:
            self.setText(next(fitting, self._texts[-1]))
            self.setAccessibleName(self._texts[0])


class HelperPanel(Panel):
    """Who helps, and the citizen's two ways to end it."""

    asked = Signal(object)
    """A HelpAct."""

    def __init__(self, theme: Theme, name: str, standing: HelpStanding) -> None:
        super().__init__(theme, _("Người đang hỗ trợ ông/bà"))
        self.column.addWidget(Label(name, Role.STRONG))
        told = band_texts(name, standing)[-1] if standing is HelpStanding.ASIDE else _("Ông/bà là người quyết định.")
        self.column.addWidget(Label(told))
        for act in acts_of(standing):
            words, icon_name = act_words(act)
            button = SecondaryButton(theme, words, icon_name=icon_name)
            button.setObjectName(f"help:{act}")
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        close = PrimaryButton(theme, _("Quay lại làm tiếp"))
        close.clicked.connect(self.closed)
        self.add_acts(None, close)
