"""Marks a widget whose value belongs to a person and is never said over a loudspeaker, even where it is shown."""

from PySide6.QtWidgets import QWidget

_PROPERTY = "unspoken"


def keep_unspoken(*widgets: QWidget) -> None:
    """ID number, telephone, address, and codes that open something: of their value is said only that it is hidden."""
    for widget in widgets:
        widget.setProperty(_PROPERTY, True)  # noqa: FBT003 - Qt's own signature


def is_private(widget: QWidget) -> bool:
    """Whether the widget was marked so."""
    return bool(widget.property(_PROPERTY))
