"""Where staff type their PIN: twelve big keys and dots. What was typed is never shown, and gone with the page."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.dates import VIETNAM
from kiosk.staff import PIN_MAX_DIGITS, Locked, WrongPin
from kiosk.texts import _
from ui.buttons import Look, PrimaryButton, TouchButton
from ui.labels import Label
from ui.plates import draw_focus
from ui.speaking import Speaker
from ui.theme import Theme
from ui.tokens import Role

_KEY_MM = 34
"""Width of a key: digits alone want 25 mm and more (ux.md §1.8), and "Xong" its word."""
_DOT_MM = 4.5


def refusal_words(answer: WrongPin | Locked) -> str:
    """What to say of a PIN that opened nothing."""
    match answer:
        case WrongPin(tries_left):
            return _("Mã PIN không đúng. Còn {count} lần thử.").format(count=tries_left)
        case Locked(until):
            moment = f"{until.astimezone(VIETNAM):%H:%M}"
            return _("Sai nhiều lần nên đã khóa. Thử lại sau {moment}.").format(moment=moment)


class _PadKey(TouchButton):
    """A key that never takes the focus: the pad has it, so that typing goes on."""

    role = Role.KEY

    def __init__(self, theme: Theme, text: str, *, icon_name: str = "") -> None:
        super().__init__(theme, text, icon_name=icon_name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def look(self) -> Look:
        """As on the keyboard."""
        colours = self.theme.colours
        return Look(colours.key, colours.text, colours.key_edge)

    def least_height(self) -> int:
        """As on the keyboard."""
        return self.theme.metrics.key_px

    def padding(self) -> int:
        """Keys are narrow."""
        return self.theme.metrics.px(1.5)

    def sizeHint(self) -> QSize:
        """All alike, unless the word needs more."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.theme.metrics.px(_KEY_MM)), hint.height())


class _Enter(PrimaryButton):
    """ "Xong": as high as the keys beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Xong"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def least_height(self) -> int:
        """As the keys."""
        return self.theme.metrics.key_px

    def padding(self) -> int:
        """As the keys."""
        return self.theme.metrics.px(1.5)


class _Dots(QWidget):
    """A dot for each digit, and a line to stand on."""

    def __init__(self, theme: Theme, pad: QWidget) -> None:
        super().__init__(pad)
        self._theme = theme
        self._pad = pad
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """So many digits were typed."""
        self._count = count
        self.update()

    def sizeHint(self) -> QSize:
        """One line of dots."""
        return QSize(self._theme.metrics.px(3 * _KEY_MM), self._theme.metrics.px(3 * _DOT_MM))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dots in the middle; where the pad has the focus, its ring."""
        metrics = self._theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot, pitch = metrics.px(_DOT_MM), metrics.px(1.8 * _DOT_MM)
        left = (self.width() - pitch * self._count + pitch - dot) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().windowText())
        for index in range(self._count):
            painter.drawEllipse(left + index * pitch, (self.height() - dot) // 2, dot, dot)
        if self._pad.hasFocus():
            draw_focus(painter, self.rect(), self._theme)


class PinPad(Speaker, QWidget):
    """Give it the focus: digits, Backspace and Enter of a real keyboard work as its own keys do.

    After `entered` it takes nothing more until `refuse` or `wipe`, so that one PIN is one try.
    """

    entered = Signal(str)
    """The PIN that was typed; forget it after use."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._digits = ""
        self._waits = False
        self._dots = _Dots(theme, self)
        self._refusal = Label("", Role.PROBLEM)
        self._refusal.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Mã PIN"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = QVBoxLayout()
        words.setSpacing(theme.metrics.gap_px)
        for widget in (self._dots, self._refusal):
            words.addWidget(widget)
        words.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.metrics.px(8))
        self._halves.addLayout(words, 1)
        self._halves.addLayout(self._keys(theme))
        self._orient()

    @property
    def count(self) -> int:
        """How many digits are typed."""
        return len(self._digits)

    @property
    def refusal(self) -> str:
        """What is said above the keys."""
        return self._refusal.words

    def refuse(self, text: str) -> None:
        """Say what is wrong; the next PIN may be typed."""
        self.wipe()
        self._refusal.show_text(text)
        self.setAccessibleDescription(text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        """Forget what was typed and said."""
        self._waits = False
        self._refusal.show_text("")
        self._set("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed outlives the page."""
        super().hideEvent(event)
        self.wipe()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows that typing goes here."""
        super().focusInEvent(event)
        self._dots.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self._dots.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits of either part of a real keyboard; Enter on an empty pad is not the pad's."""
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self._type(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self._erase()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (self._digits or self._waits):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _orient(self) -> None:
        """What is said stands beside the keys, so that they never move under the finger; above them where the panel
        stands upright."""
        upright = self._theme.metrics.portrait
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)

    def _keys(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.metrics.key_gap_px)
        erase = _PadKey(theme, _("Xóa"), icon_name="delete")
        erase.setObjectName("pin_erase")
        erase.clicked.connect(self._erase)
        enter = _Enter(theme)
        enter.setObjectName("pin_enter")
        enter.clicked.connect(self._enter)
        digits = [self._digit(theme, digit) for digit in "1234567890"]
        for index, key in enumerate([*digits[:9], erase, digits[9], enter]):
            key.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            grid.addWidget(key, index // 3, index % 3)
        return grid

    def _digit(self, theme: Theme, digit: str) -> _PadKey:
        key = _PadKey(theme, digit)
        key.setObjectName(f"pin_{digit}")
        key.clicked.connect(lambda: self._type(digit))
        return key

    def _type(self, digit: str) -> None:
        if not self._waits and len(self._digits) < PIN_MAX_DIGITS:
            self._refusal.show_text("")
            self._set(self._digits + digit)

    def _erase(self) -> None:
        if not self._waits:
            self._set(self._digits[:-1])

    def _enter(self) -> None:
        if self._digits and not self._waits:
            pin, self._waits = self._digits, True
            self._set("")
            self.entered.emit(pin)

    def _set(self, digits: str) -> None:
        self._digits = digits
        self._dots.show_count(len(digits))
        self.setAccessibleDescription(_("Đã gõ {count} số").format(count=len(digits)))
