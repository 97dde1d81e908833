"""What a page says besides its controls, in the order in which it is read."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from ui.fitting_text import FittingText
from ui.focus_order import reading_order


def page_texts(page: QWidget) -> Iterator[str]:
    """All texts on `page` that are shown and can neither be pressed nor typed into."""
    for widget in reading_order(page):
        if not widget.isVisible() or isinstance(widget, QAbstractButton | QLineEdit):
            continue
        if isinstance(widget, QLabel):
            yield widget.text()
        elif isinstance(widget, FittingText):
            yield widget.accessibleName()
