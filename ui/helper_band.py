"""The yellow band while somebody helps: who it is, that the citizen decides, and the two ways to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy

from kiosk.help_standing import HelpAct, HelpStanding
from kiosk.texts import _
from ui.buttons import HeaderButton, Look
from ui.fitting_text import FittingText, Form
from ui.labels import Picture, Surface
from ui.theme import Theme
from ui.tokens import Role


class BandButton(HeaderButton):
    """As the header's own, in the band's colours."""

    def look(self) -> Look:
        """Dark on the band, with an outline."""
        colours = self.theme.colours
        return Look(colours.band, colours.band_text, colours.band_text)

    def least_height(self) -> int:
        """The floor for a finger: the band is low."""
        return self.theme.metrics.touch_px

    def _lead(self) -> int:
        return 0 if self.theme.metrics.portrait else super()._lead()


def act_words(act: HelpAct) -> tuple[str, str]:
    """What an act is called, and its icon."""
    match act:
        case HelpAct.PAUSE:
            return _("Tạm dừng hỗ trợ"), "user"
        case HelpAct.RESUME:
            return _("Nhờ giúp tiếp"), "hand-helping"
        case HelpAct.CHANGE:
            return _("Đổi người hỗ trợ"), "users"


def band_texts(name: str, standing: HelpStanding) -> list[str]:
    """What the band says, fullest first."""
    short = name.split(" – ", maxsplit=1)[0]
    match standing:
        case HelpStanding.WAITING:
            return [
                _("Ông/bà đang tự làm · {name} chờ bên cạnh").format(name=name),
                _("Ông/bà đang tự làm · {name} chờ").format(name=short),
                _("Ông/bà đang tự làm"),
            ]
        case HelpStanding.ASIDE:
            return [_("Từ đây chỉ ông/bà bấm · người hỗ trợ đã lùi lại"), _("Từ đây chỉ ông/bà bấm")]
        case _:
            return [
                _("Đang có người hỗ trợ: {name} · Ông/bà là người quyết định").format(name=name),
                _("{name} · Ông/bà là người quyết định").format(name=name),
                _("Người hỗ trợ: {name}").format(name=short),
                short,
            ]


def acts_of(standing: HelpStanding) -> tuple[HelpAct, ...]:
    """What can be asked for, in the order of the buttons."""
    match standing:
        case HelpStanding.ACTIVE:
            return HelpAct.PAUSE, HelpAct.CHANGE
        case HelpStanding.WAITING:
            return HelpAct.RESUME, HelpAct.CHANGE
        case _:
            return ()


class HelperBand(Surface):
    """A band below the header; hidden while nobody helps. On an upright panel its buttons take a second row."""

    asked = Signal(object)
    """A HelpAct."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("band")
        metrics = theme.metrics
        self._text = FittingText(theme, "band_text")
        self._buttons = {act: self._button(theme, act) for act in HelpAct}
        upright = metrics.portrait
        outer = QBoxLayout(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight, self)
        edge = metrics.px(1.6)
        outer.setContentsMargins(metrics.margin_px, edge, metrics.margin_px, edge + metrics.line_px)
        outer.setSpacing(metrics.px(1.6 if upright else 4))
        who, acts = QHBoxLayout(), QHBoxLayout()
        who.setSpacing(metrics.px(2))
        who.addWidget(Picture(theme, "users", "band_text", 8))
        who.addWidget(self._text, 1)
        acts.setSpacing(metrics.gap_px)
        for button in self._buttons.values():
            acts.addWidget(button, 1 if upright else 0)
        outer.addLayout(who, 1)
        outer.addLayout(acts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_helper(self, name: str, standing: HelpStanding = HelpStanding.ACTIVE) -> None:
        """`name` with the unit, for example "Trần Thị Mẫu – Đoàn xã Mẫu"; empty hides the band."""
        self._text.set_forms([Form(text, Role.PROGRESS) for text in band_texts(name, standing)])
        acts = acts_of(standing)
        for act, button in self._buttons.items():
            button.setVisible(act in acts)
        self.setVisible(bool(name) and standing is not HelpStanding.NONE)

    def _button(self, theme: Theme, act: HelpAct) -> BandButton:
        words, icon_name = act_words(act)
        button = BandButton(theme, words, icon_name=icon_name)
        button.setObjectName(f"help:{act}")
        button.clicked.connect(lambda: self.asked.emit(act))
        return button
