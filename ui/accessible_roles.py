"""What screen readers are told that our own widgets are, where Qt would only say "some widget"."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_ROLES: Mapping[str, QAccessible.Role] = MappingProxyType(
    {
        "Frame": QAccessible.Role.Pane,
        "Header": QAccessible.Role.ToolBar,
        "HelperBand": QAccessible.Role.StatusBar,
        "Footer": QAccessible.Role.ToolBar,
        "Keyboard": QAccessible.Role.Grouping,
        "Body": QAccessible.Role.Grouping,
        "LookPanel": QAccessible.Role.Dialog,
        "HelpPanel": QAccessible.Role.Dialog,
        "ExitPanel": QAccessible.Role.Dialog,
        "StopPanel": QAccessible.Role.Dialog,
        "Cover": QAccessible.Role.Dialog,
        "PinPad": QAccessible.Role.Grouping,
        "ErrorSummary": QAccessible.Role.AlertMessage,
        "Questions": QAccessible.Role.AlertMessage,
        "Notice": QAccessible.Role.Note,
        "StatusPanel": QAccessible.Role.Note,
        "ChoiceRows": QAccessible.Role.Grouping,
        "FittingText": QAccessible.Role.StaticText,
        "Picture": QAccessible.Role.Graphic,
        "QrCode": QAccessible.Role.Graphic,
        "PageView": QAccessible.Role.Graphic,
        "CardPreview": QAccessible.Role.Graphic,
        "PaperPreview": QAccessible.Role.Graphic,
    }
)
"""By class name. What can be pressed is a button of Qt's own kind and needs nothing here."""

_made: list[QAccessibleInterface] = []
"""Qt keeps an interface as long as its widget lives, but only Python keeps what was made in Python."""


@cache
def install_roles() -> None:
    """From now on; further calls change nothing."""
    QAccessible.installFactory(_make)


def _make(class_name: str, of: QObject) -> QAccessibleInterface | None:
    role = next((_ROLES[each.__name__] for each in type(of).__mro__ if each.__name__ in _ROLES), None)
    if role is None or not isinstance(of, QWidget):
        return None
    _made[:] = [each for each in _made if isValid(each)]
    made = QAccessibleWidget(of, role)
    _made.append(made)
    return made
