"""A text with shorter forms, for bars whose height is fixed: the fullest form that fits is shown, never a cut one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plates import draw_text, fitted, text_height, text_width
from ui.speaking import Speaker
from ui.theme import Theme
from ui.tokens import Role

_ANY_WIDTH = 100_000
_LEAST_TEXT_MM = 6  # of the em square: a capital of 4.4 mm


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it."""

    text: str
    role: Role


class FittingText(Speaker, QWidget):
    """Shows the first of its forms that fits into the widget, wrapped if need be."""

    def __init__(self, theme: Theme, colour: str) -> None:
        """`colour` is the name of one of the scheme's colours."""
        super().__init__()
        self._theme = theme
        self._colour = colour
        self._forms: Sequence[Form] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_forms(self, forms: Sequence[Form]) -> None:
        """The forms, fullest first; screen readers get the fullest."""
        self._forms = forms
        self.setAccessibleName(forms[0].text if forms else "")
        self.updateGeometry()
        self.update()

    def shown(self) -> Form | None:
        """The form that is drawn at the present size; when none fits, the last one smaller, and only then elided."""
        for form in self._forms:
            font = self._theme.font(form.role)
            widest = max((text_width(font, word) for word in form.text.split()), default=0)
            if widest <= self.width() and text_height(font, form.text, self.width()) <= self.height():
                return form
        if not self._forms:
            return None
        last = self._forms[-1]
        font = self._font(last)
        if text_width(font, last.text) <= self.width() or text_height(font, last.text, self.width()) <= self.height():
            return last
        return Form(QFontMetrics(font).elidedText(last.text, Qt.TextElideMode.ElideRight, self.width()), last.role)

    def _font(self, form: Form) -> QFont:
        """The role's, or smaller: a long name is rather small than cut."""
        least = self._theme.metrics.px(_LEAST_TEXT_MM)
        return fitted(self._theme.font(form.role), form.text, self.width(), self.height(), least)

    def sizeHint(self) -> QSize:
        """The fullest form on one line."""
        if not self._forms:
            return QSize(0, 0)
        font = self._theme.font(self._forms[0].role)
        return QSize(text_width(font, self._forms[0].text), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One line of the tallest form, of whatever width."""
        heights = [text_height(self._theme.font(form.role), form.text, _ANY_WIDTH) for form in self._forms]
        return QSize(0, max(heights, default=0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The form that fits."""
        form = self.shown()
        if form is not None:
            colour = getattr(self._theme.colours, self._colour)
            draw_text(QPainter(self), self.rect(), form.text, self._font(form), colour)
