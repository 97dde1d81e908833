"""The look of the whole program at one moment, switched on every page at once."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.colours import COLOURS, Colours
from ui.fonts import FAMILY, load_fonts
from ui.stylesheet import stylesheet
from ui.tokens import Contrast, Metrics, Panel, Role, TextSize


class Theme(QObject):
    """Holds the metrics and colours that bricks draw with, and keeps the application's style in step.

    The style sheet is set once on the application, never on a widget: Qt then polishes a new page once, and a
    change of size or contrast reaches every widget as a style change.
    """

    changed = Signal()
    pressed = Signal()
    """A finger or a key has just pressed something, which is heard. (A filter of all events would make each page turn
    dearer.)"""

    def __init__(self, app: QApplication, panel: Panel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._metrics = Metrics(panel)
        self._contrast = Contrast.LIGHT
        self._fonts: dict[Role, QFont] = {}
        load_fonts()
        app.setStyle("Fusion")
        self._apply()

    @property
    def metrics(self) -> Metrics:
        """Sizes for the panel and the chosen text size."""
        return self._metrics

    @property
    def contrast(self) -> Contrast:
        """The chosen colour scheme."""
        return self._contrast

    @property
    def colours(self) -> Colours:
        """Colours of the chosen scheme."""
        return COLOURS[self._contrast]

    def font(self, role: Role) -> QFont:
        """The font of a role, sized in pixels."""
        return QFont(self._fonts[role])

    def set_look(self, text_size: TextSize, contrast: Contrast) -> None:
        """Change size and contrast everywhere; does nothing when both are as they were."""
        if (text_size, contrast) == (self._metrics.text_size, self._contrast):
            return
        self._metrics = Metrics(self._metrics.panel, text_size)
        self._contrast = contrast
        self._apply()

    def set_panel(self, panel: Panel) -> None:
        """Fit another panel, for example when a development window is resized."""
        if panel != self._metrics.panel:
            self._metrics = Metrics(panel, self._metrics.text_size)
            self._apply()

    def _apply(self) -> None:
        self._fonts = {role: _font(self._metrics, role) for role in Role}
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font(Role.BODY))
        self._app.setStyleSheet(stylesheet(self._metrics, self.colours))
        self.changed.emit()


def _font(metrics: Metrics, role: Role) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(metrics.text_px(role))
    font.setWeight(QFont.Weight(metrics.weight(role)))
    return font


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.page),
        (QPalette.ColorRole.WindowText, colours.text),
        (QPalette.ColorRole.Base, colours.control),
        (QPalette.ColorRole.Text, colours.text),
        (QPalette.ColorRole.Button, colours.control),
        (QPalette.ColorRole.ButtonText, colours.control_text),
        (QPalette.ColorRole.Highlight, colours.primary),
        (QPalette.ColorRole.HighlightedText, colours.primary_text),
        (QPalette.ColorRole.PlaceholderText, colours.quiet_text),
    ):
        palette.setColor(role, QColor(colour))
    return palette
