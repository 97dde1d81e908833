"""What stands in the field that is typed into, and how a part of it is replaced."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


def send_key(target: QWidget | None, key: Qt.Key, text: str) -> None:
    """Press and release a key that no real keyboard has sent: the field cannot tell, but `spontaneous` does."""
    if target is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def text_before_cursor(target: QWidget | None) -> str:
    """The text in front of the cursor, or of what is selected."""
    if isinstance(target, QLineEdit):
        end = target.selectionStart() if target.hasSelectedText() else target.cursorPosition()
        return target.text()[:end]
    if target is None:
        return ""
    text = target.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) or ""
    return str(text)[: int(target.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) or 0)]


def replace_before_cursor(target: QWidget | None, erase: int, insert: str) -> None:
    """Take so many letters out in front of the cursor and put others: in one step where the field can, else by keys."""
    if isinstance(target, QLineEdit):
        if target.hasSelectedText():  # wherever its cursor stands
            target.setSelection(target.selectionStart() - erase, erase + len(target.selectedText()))
        elif erase:
            target.cursorBackward(True, erase)  # noqa: FBT003 (a Qt call without names)
        target.insert(insert) if insert else target.del_()
        return
    for _letter in range(erase):
        send_key(target, Qt.Key.Key_Backspace, "")
    for letter in insert:
        send_key(target, Qt.Key.Key_unknown, letter)
