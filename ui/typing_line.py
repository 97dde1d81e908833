"""The slim line at the bottom of a page that is typed into on a real keyboard: how accents are typed, and the word."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QSizePolicy

from kiosk.texts import _
from kiosk.typed_word import Method
from ui.buttons import Look, TouchButton
from ui.fitting_text import FittingText, Form
from ui.labels import Surface
from ui.theme import Theme
from ui.tokens import Role


class _LineButton(TouchButton):
    """As low as a finger allows: the page needs the height. Filled while it is chosen."""

    role = Role.LABEL

    def padding(self) -> int:
        """Little: five of them stand beside each other."""
        return self.theme.metrics.px(3)

    def least_height(self) -> int:
        """The floor for anything tappable."""
        return self.theme.metrics.touch_px

    def sizeHint(self) -> QSize:
        """Never narrower than a key."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.theme.metrics.px(20)), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Words beside each other."""
        return self.sizeHint()

    def look(self) -> Look:
        """Blue while chosen."""
        colours = self.theme.colours
        return Look(colours.primary, colours.primary_text, colours.primary) if self.isChecked() else super().look()


class _FlipButton(_LineButton):
    """Offers the other way to write the last word. It keeps its place while there is none: nothing jumps."""

    def sizeHint(self) -> QSize:
        """Room for a long name."""
        return QSize(max(super().sizeHint().width(), self.theme.metrics.px(52)), self.least_height())


class TypingLine(Surface):
    """Shows; ui.typing_desk decides."""

    method_chosen = Signal(Method)
    flip_asked = Signal()
    keyboard_asked = Signal()
    """The keyboard on the screen is wanted back."""
    letters_asked = Signal()
    """Letters that this keyboard has not: those of other languages."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("keyboard")
        self._theme = theme
        self._label = FittingText(theme, "text")
        self._label.set_forms([Form(_("Kiểu gõ:"), Role.LABEL)])
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._echo = FittingText(theme, "text")
        self._echo.setMinimumHeight(theme.metrics.touch_px)
        self._flip = self._button("flip_word", "")
        self._flip.clicked.connect(self.flip_asked)
        self._others = self._button("other_letters", _("Chữ khác"))
        self._others.clicked.connect(self.letters_asked)
        self._show = self._button("show_keyboard", _("Hiện bàn phím"))
        self._show.clicked.connect(self.keyboard_asked)
        words = ((Method.TELEX, "Telex"), (Method.VNI, "VNI"), (Method.OFF, _("Tắt")))
        self.methods = {method: self._method(method, word) for method, word in words}
        self._lay_out()
        self.set_other("")

    def set_method(self, method: Method) -> None:
        """Which of the three is in use."""
        self.methods[method].setChecked(True)

    def set_words(self, *, words: bool) -> None:
        """Whether words are typed: a number or an e-mail address has no accents to choose."""
        for widget in (self._label, *self.methods.values(), self._others, self._flip):
            widget.setVisible(words)

    def set_echo(self, *forms: str) -> None:
        """The word with its keys, or another short sentence, fullest form first."""
        self._echo.set_forms([Form(form, Role.LABEL) for form in forms if form])

    def set_other(self, word: str) -> None:
        """How else the last word can be written; "" for no other way."""
        self._flip.setText(_("F10: đổi thành “{word}”").format(word=word) if word else "")
        if not word:
            self._flip.setAccessibleName(_("Đổi chữ vừa gõ"))
        policy = self._flip.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._flip.setSizePolicy(policy)
        self._flip.setVisible(bool(word))

    def _button(self, name: str, words: str) -> _LineButton:
        button = _FlipButton(self._theme, words) if name == "flip_word" else _LineButton(self._theme, words)
        button.setObjectName(name)
        return button

    def _method(self, method: Method, word: str) -> _LineButton:
        button = self._button(f"typing:{method}", word)
        button.setAccessibleName(_("Kiểu gõ: {name}").format(name=word))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.method_chosen.emit(method))
        return button

    def _lay_out(self) -> None:
        metrics = self._theme.metrics
        group = QButtonGroup(self)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._label)
        for button in self.methods.values():
            group.addButton(button)
            first.addWidget(button)
        second.addWidget(self._echo, 1)
        second.addWidget(self._flip)
        last = first if metrics.stacks else second
        if metrics.stacks:
            first.addStretch(1)
        last.addWidget(self._others)
        last.addWidget(self._show)
        stacked = QBoxLayout.Direction.TopToBottom if metrics.stacks else QBoxLayout.Direction.LeftToRight
        rows = QBoxLayout(stacked, self)
        rows.setContentsMargins(metrics.margin_px, metrics.px(1.5), metrics.margin_px, metrics.px(1.5))
        for row in (first, second):
            row.setSpacing(metrics.px(2.6))
            rows.addLayout(row, 0 if row is first else 1)
        rows.setSpacing(metrics.px(3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
