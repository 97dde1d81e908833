"""The yellow band while somebody helps: who it is, and that the citizen decides."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from kiosk.texts import _
from ui.fitting_text import FittingText, Form
from ui.labels import Picture, Surface
from ui.theme import Theme
from ui.tokens import Role


class HelperBand(Surface):
    """A band below the header or, `merged` on a low panel, a pill inside it. Hidden while nobody helps."""

    def __init__(self, theme: Theme, *, merged: bool = False) -> None:
        super().__init__("pill" if merged else "band")
        metrics = theme.metrics
        self._merged = merged
        self._text = FittingText(theme, "band_text")
        row = QHBoxLayout(self)
        edge = metrics.px(3) if merged else metrics.margin_px
        row.setContentsMargins(edge, 0, edge, metrics.line_px)
        row.setSpacing(metrics.px(2))
        row.addWidget(Picture(theme, "users", "band_text", 8))
        if not merged:
            prefix = FittingText(theme, "band_text")
            prefix.set_forms([Form(_("Đang có người hỗ trợ:"), Role.LABEL)])
            prefix.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row.addWidget(prefix)
            self.setFixedHeight(metrics.px(14.9))
        row.addWidget(self._text, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_helper(self, name: str) -> None:
        """`name` with the unit, for example "Trần Thị Mẫu – Đoàn xã Mẫu"; empty hides the band."""
        self.setVisible(bool(name))
        if self._merged:
            texts = [_("Người hỗ trợ: {name}").format(name=name), name, name.split(" – ", maxsplit=1)[0]]
        else:
            texts = [
                _("{name} · Ông/bà là người quyết định và tự xác nhận").format(name=name),
                _("{name} · Ông/bà là người quyết định").format(name=name),
                name,
            ]
        self._text.set_forms([Form(text, Role.PROGRESS) for text in texts])
