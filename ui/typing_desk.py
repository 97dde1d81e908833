"""Brings together what a real keyboard needs: the field, the composing of its letters, and the line that shows it."""

from PySide6.QtCore import QObject, Qt

from kiosk.texts import _
from kiosk.typed_word import Method
from ui.composing import Composing, composes
from ui.keyboard import Keyboard
from ui.keyboard_dock import KeyboardDock
from ui.theme import Theme
from ui.typing_choice import TypingChoice
from ui.typing_line import TypingLine


class TypingDesk(QObject):
    """The line is there where a field is typed into and the keyboard on the screen is put away, and stays until the
    page is turned: nothing moves under a finger."""

    def __init__(
        self, theme: Theme, dock: KeyboardDock, keyboard: Keyboard, choice: TypingChoice | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._dock = dock
        self._keyboard = keyboard
        self._choice = choice or TypingChoice(parent=self)
        self.line = TypingLine(theme)
        self.line.hide()
        self.composing = Composing(self._choice, self)
        self.composing.changed.connect(self._tell)
        self._choice.changed.connect(self._tell)
        self.line.method_chosen.connect(self._choose)
        self.line.flip_asked.connect(self.composing.flip)
        self.line.keyboard_asked.connect(lambda: self._bring_back(others=False))
        self.line.letters_asked.connect(lambda: self._bring_back(others=True))

    def look(self) -> None:
        """The keyboard was opened or closed, or another field has the focus."""
        field = self._dock.field
        self.composing.watch(field)
        open_now = self._keyboard.isVisibleTo(self._keyboard.window())
        if field is not None and not open_now and self._dock.has_keyboard:
            self.line.show()
            self._tell()
        elif open_now or self._dock.last is None:
            self.line.hide()

    def finish(self) -> None:
        """The word that is being typed is over."""
        self.composing.finish()

    def reset(self) -> None:
        """The next person begins as the office has set it, and with the keyboard on the screen."""
        self._choice.reset()
        self._dock.expect_touch()

    def _choose(self, method: Method) -> None:
        self._choice.choose(method)
        self._back_into_field()

    def _bring_back(self, *, others: bool) -> None:
        self._back_into_field()
        self._dock.open()
        if others:
            self._keyboard.show_others()

    def _back_into_field(self) -> None:
        if (field := self._dock.last) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        if self.line.isHidden():
            return
        words = composes(self._dock.field or self._dock.last)
        self.line.set_words(words=words)
        self.line.set_method(self._choice.method)
        if not words:
            self.line.set_echo(_("Ô này gõ không dấu."))
            return
        typed, shown = self.composing.typed, self.composing.shown
        self.line.set_other(self.composing.other)
        if self._choice.gave_way:
            self.line.set_echo(_("Máy đang dùng bộ gõ riêng nên kiểu gõ ở đây đã tắt."), _("Máy có bộ gõ riêng"))
        elif typed:
            self.line.set_echo(_("Đang gõ: {typed} thành {shown}").format(typed=typed, shown=shown), shown)
        else:
            self.line.set_echo(_example(self._choice.method))


def _example(method: Method) -> str:
    match method:
        case Method.TELEX:
            return _("Ví dụ: nguyeenx thành nguyễn")
        case Method.VNI:
            return _("Ví dụ: nguye64n thành nguyễn")
        case Method.OFF:
            return _("Gõ chữ không dấu")
