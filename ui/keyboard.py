"""The on-screen keyboard: types into whatever has the focus, as a real keyboard would, and never takes the focus."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kiosk.texts import _
from kiosk.tones import Tone, apply_tone
from ui.buttons import Look, TouchButton
from ui.key_layouts import Act, Key, KeyboardKind, rows_for
from ui.labels import Surface
from ui.plates import fitted, text_width
from ui.text_field import Capitals
from ui.theme import Theme
from ui.tokens import Metrics, Role
from ui.typed_text import replace_before_cursor, send_key, text_before_cursor

_REPEAT_AFTER_MS = 600
_REPEAT_EVERY_MS = 120
_WIDEST_KEY_MM = 40
_LEAST_KEY_TEXT_MM = 4.5
_PAD_KEY_MM = 25


class KeyCap(TouchButton):
    """One key. It can be pressed and held but never focused."""

    role = Role.KEY

    def __init__(self, theme: Theme, key: Key, parent: QWidget | None = None) -> None:
        self._fitted_for: tuple[Metrics, QSize] | None = None
        self._fitted = theme.font(self.role)
        super().__init__(theme, key.label, icon_name=key.icon_name)
        self.setParent(parent)
        self.key = key
        self.setObjectName(key.name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if key.act is Act.ERASE:
            self.setAutoRepeat(True)
            self.setAutoRepeatDelay(_REPEAT_AFTER_MS)
            self.setAutoRepeatInterval(_REPEAT_EVERY_MS)

    def say_again(self) -> None:
        """Other words need other letters."""
        super().say_again()
        self._fitted_for = None

    def padding(self) -> int:
        """Keys are narrow."""
        return self.theme.metrics.px(1.5)

    def line_px(self) -> int:
        """Sixty outlines want to be quiet."""
        return self.theme.metrics.hair_px

    def words_font(self) -> QFont:
        """Shrinks until the words fit, wrapped if need be: a key cannot grow. Measured once for a size."""
        fitted_for = (self.theme.metrics, self.size())
        if self._fitted_for != fitted_for:
            room = self.width() - 2 * self.padding() - self._lead()
            least = self.theme.metrics.px(_LEAST_KEY_TEXT_MM)
            self._fitted = fitted(super().words_font(), self.text(), room, self.height(), least)
            self._fitted_for = fitted_for
        return self._fitted

    def _lead(self) -> int:
        """On a narrow key the word stands without its icon."""
        lead = super()._lead()
        word = text_width(self.theme.font(Role.SMALL), self.text())
        return lead if lead + word <= self.width() - 2 * self.padding() else 0

    def look(self) -> Look:
        """White, or tinted for what Vietnamese needs beyond the Latin alphabet; filled while capitals are on."""
        colours = self.theme.colours
        if self.isChecked():
            return Look(colours.primary, colours.primary_text, colours.primary)
        return Look(colours.key_special if self.key.special else colours.key, colours.text, colours.key_edge)


class Keyboard(Surface):
    """One keyboard for all fields; `set_kind` chooses its layout. It remembers nothing that was typed."""

    hide_asked = Signal()
    """The person pressed "Ẩn bàn phím"."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("keyboard")
        self.setAccessibleName(_("Bàn phím trên màn hình"))
        self._theme = theme
        self._kind = KeyboardKind.NONE
        self._caps: dict[KeyboardKind, list[KeyCap]] = {}
        self._capitals_on = False
        self.typing = False
        """Whether a key that comes to a field now comes from here. (That an event is no spontaneous one does not tell:
        with a screen reader Qt's AT-SPI bridge looks at each key first and sends it again.)"""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> KeyboardKind:
        """The layout that is shown."""
        return self._kind

    def set_kind(self, kind: KeyboardKind) -> None:
        """Show the layout for a field of this kind; the layouts are built when first needed."""
        if kind is not self._kind:
            for cap in self._caps.get(self._kind, []):
                cap.hide()
            self._kind = kind
            if kind not in self._caps:
                self._caps[kind] = [self._cap(key) for row in rows_for(kind) for key in row]
            for cap in self._caps[kind]:
                cap.show()
            self.updateGeometry()
            self._place()
        self.refresh_capitals()

    def show_others(self) -> None:
        """The second page of letters: those of other languages, and signs."""
        self.set_kind(KeyboardKind.OTHERS)

    def refresh_capitals(self) -> None:
        """Show on "Hoa" whether the next letter will be a capital in the field that has the focus."""
        for cap in self._caps.get(self._kind, []):
            if cap.key.act is Act.CAPITALS:
                cap.setCheckable(True)
                cap.setChecked(self._next_is_capital())

    def sizeHint(self) -> QSize:
        """As high as the rows of the layout in use."""
        metrics = self._theme.metrics
        count = len(rows_for(self._kind))
        return QSize(metrics.px(200), count * self._key_px() + (count + 1) * metrics.key_gap_px)

    def minimumSizeHint(self) -> QSize:
        """Keys keep their height."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys share the width."""
        super().resizeEvent(event)
        self._place()

    def _cap(self, key: Key) -> KeyCap:
        cap = KeyCap(self._theme, key, self)
        cap.clicked.connect(lambda: self._press_cap(key))
        return cap

    def _press_cap(self, key: Key) -> None:
        self.typing = True
        try:
            self._press(key)
        finally:
            self.typing = False

    def _place(self) -> None:
        metrics = self._theme.metrics
        rows = rows_for(self._kind)
        if not rows:
            return
        caps, key_px = iter(self._caps[self._kind]), self._key_px()
        gap, columns = metrics.key_gap_px, sum(key.tenths for key in rows[0]) / 10
        pitch = min((self.width() - 2 * metrics.margin_px + gap) / columns, metrics.px(_WIDEST_KEY_MM) + gap)
        left = (self.width() - columns * pitch + gap) / 2
        for line, row in enumerate(rows):
            x = left
            for key in row:
                step = key.tenths / 10 * pitch
                top = gap + line * (key_px + gap)
                next(caps).setGeometry(round(x), top, round(x + step - gap) - round(x), key_px)
                x += step

    def _key_px(self) -> int:
        """The keys of a pad are 25 mm high where there is room: about as high as the letters are together, so that the
        page keeps its place from one field to the next."""
        metrics = self._theme.metrics
        pad = self._kind in (KeyboardKind.DIGITS, KeyboardKind.DATE) and not metrics.folds
        return metrics.px(_PAD_KEY_MM) if pad else metrics.key_px

    def _press(self, key: Key) -> None:
        match key.act:
            case Act.TYPE:
                self._type(key.text)
            case Act.ERASE:
                send_key(QApplication.focusWidget(), Qt.Key.Key_Backspace, "")
            case Act.TONE if key.tone is not None:
                self._tone(key.tone)
            case Act.CAPITALS:
                self._capitals_on = not self._capitals_on
            case Act.OTHERS:
                self.show_others()
            case Act.LETTERS:
                self.set_kind(KeyboardKind.LETTERS)
            case Act.HIDE:
                self.hide_asked.emit()
        self.refresh_capitals()

    def _type(self, text: str) -> None:
        if self._kind in (KeyboardKind.LETTERS, KeyboardKind.OTHERS) and not self._next_is_capital():
            text = text.lower()
        for letter in text:
            send_key(
                QApplication.focusWidget(),
                Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown,
                letter,
            )

    def _tone(self, tone: Tone) -> None:
        """Replace the end of what stands before the cursor."""
        before = text_before_cursor(QApplication.focusWidget())
        after = apply_tone(before, tone)
        kept = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
        if before != after:
            replace_before_cursor(QApplication.focusWidget(), len(before) - kept, after[kept:])

    def _next_is_capital(self) -> bool:
        rule = getattr(QApplication.focusWidget(), "capitals", Capitals.AS_TYPED)
        before = text_before_cursor(QApplication.focusWidget())
        begins = {Capitals.WORDS: not before[-1:].strip(), Capitals.FIRST: not before.strip()}
        return rule is Capitals.ALL or begins.get(rule, False) or self._capitals_on
