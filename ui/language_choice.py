"""The languages that the kiosk speaks, each by its own name: on the first page, in the header, in the look panel."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from kiosk.resources import resource_path
from kiosk.texts import _, composed, joined, languages, sayable
from ui.buttons import Look, SecondaryButton, TouchButton
from ui.icons import icon
from ui.speaking import Speaker
from ui.theme import Theme

_FOR_STRANGERS = "Language"
"""Read by who reads neither Vietnamese nor the one other language that a button could name."""


def all_languages() -> dict[str, str]:
    """Code and own name of each, Vietnamese first."""
    return languages(resource_path("locale"))


@sayable
def look_words(*, short: bool = False) -> str:
    """The words on the button of sizes and languages, for who cannot read the page it stands on. `short` where there
    is little room: the other language by its code, "EN"."""
    others = {code: name for code, name in all_languages().items() if code != _.language}
    if not others:
        return _("Cỡ chữ")
    [(code, name), *more] = others.items()
    language = _FOR_STRANGERS if more else code.upper() if short else name
    return composed("{} · {}", _("Cỡ chữ"), language)


@sayable
def language_title() -> str:
    """The title of the row of languages."""
    return joined(" · ", dict.fromkeys((str(_("Ngôn ngữ")), _FOR_STRANGERS)))


class OtherLanguages(Speaker, QWidget):
    """A button for each language that is not in use. Named "language"; where there are several, the others by their
    code as well."""

    asked = Signal(str)
    """The code of the language that is wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap_px)
        self._codes: dict[SecondaryButton, str] = {}
        for _other in range(len(all_languages()) - 1):
            button = SecondaryButton(theme, "", icon_name="globe")
            button.clicked.connect(lambda _checked, button=button: self.asked.emit(self._codes[button]))
            self._codes[button] = ""
            row.addWidget(button)
        self._name()

    def say_again(self) -> None:
        """The language that was asked for is in use; the one that was, can be asked for."""
        super().say_again()
        self._name()

    def _name(self) -> None:
        others = ((code, name) for code, name in all_languages().items() if code != _.language)
        for number, (button, (code, name)) in enumerate(zip(self._codes, others, strict=True)):
            self._codes[button] = code
            button.setText(name)
            button.setObjectName(f"language:{code}" if number else "language")


class LanguageTiles(QWidget):
    """A row of all languages, the one in use ticked."""

    chosen = Signal(str)
    """The code of the language that was touched."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap_px)
        group = QButtonGroup(self)
        for code, name in all_languages().items():
            tile = _LanguageTile(theme, name)
            tile.setObjectName(f"speak:{code}")
            tile.setChecked(code == _.language)
            tile.clicked.connect(lambda _checked, code=code: self.chosen.emit(code))
            group.addButton(tile)
            row.addWidget(tile, 1)


class _LanguageTile(TouchButton):
    """One of several languages: outlined, and ticked when it is in use."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.setCheckable(True)

    def look(self) -> Look:
        """As a choice row."""
        colours = self.theme.colours
        return Look(
            colours.control, colours.control_text, colours.primary if self.isChecked() else colours.control_edge
        )

    def least_height(self) -> int:
        """As tall as a primary button."""
        return self.theme.metrics.primary_px

    def line_px(self) -> int:
        """Thick when chosen, as the tiles of sizes are."""
        return self.theme.metrics.line_px * (3 if self.isChecked() else 1)

    def _draw_content(self, painter: QPainter, look: Look) -> None:
        super()._draw_content(painter, look)
        if self.isChecked():
            px = self.theme.metrics.px(9)
            painter.drawPixmap(self.padding(), (self.height() - px) // 2, icon("circle-check", look.ink, px))
