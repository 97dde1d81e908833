"""What stays of a visit outside its pages, emptied when the visit ends: clipboard, caches, errors, unused memory."""

import gc
import sys

from PySide6.QtCore import QEvent
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.vietnamese import spelling


def empty_shared_places() -> None:
    """What other programs, or the next page, could read."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    spelling.cache_clear()  # what was typed into a search lies there too
    # An exception in a slot is printed by the binding, which keeps it here, and with it every frame and its variables.
    for name in ("last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)


def destroy_what_is_left() -> None:
    """The pages that were put away, now, and every value that only pointed at itself. Before this a page may live until
    Qt or Python come round to it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
