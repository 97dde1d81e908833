"""The order in which a page is read, and so the order in which Tab goes through it: by its layouts, from the top."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QRadioButton, QScrollArea, QWidget


def reading_order(root: QWidget) -> Iterator[QWidget]:
    """Every widget below `root`, shown or not. The order in which widgets were made says nothing: rows come and go."""
    for child in _children(root):
        yield child
        yield from reading_order(child)


def next_stop(root: QWidget, current: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab, or Shift+Tab, goes from `current`, round the end; None where there is nothing else to go to.

    `current` may be hidden already: the next stop is the one that follows its place.
    """
    order = list(reading_order(root))
    if not forward:
        order.reverse()
    at = order.index(current) + 1 if current in order else 0
    return next((each for each in (*order[at:], *order[:at]) if each is not current and is_stop(each)), None)


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops here. Of rows to choose from it stops at each, not only at the one that is chosen: who has a
    switch for Tab and one for Enter has no arrow keys."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or isinstance(widget, QRadioButton)
    return by_tab and widget.isVisible() and widget.isEnabled()


def _children(widget: QWidget) -> list[QWidget]:
    """Those of its layout in the layout's order, then what was put in place by hand, from the top."""
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return [inner] if inner is not None else []
    layout = widget.layout()
    laid_out = list(_items(layout)) if layout is not None else []
    known = set(laid_out)
    by_hand = [each for each in widget.children() if isinstance(each, QWidget) and each not in known]
    return laid_out + sorted(by_hand, key=lambda each: (each.y(), each.x()))


def _items(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda index: layout.getItemPosition(index)[:2])  # type: ignore[index]  # stub: object
    for index in places:
        item = layout.itemAt(index)
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            yield from _items(inner)
        elif (widget := item.widget()) is not None:
            yield widget
