"""Objects that look at every event of the application: they are left out while a page is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_WATCHING: WeakSet[QObject] = WeakSet()


def watch_application(app: QApplication, watcher: QObject) -> None:
    """Install it as an event filter of the whole application."""
    app.installEventFilter(watcher)
    _WATCHING.add(watcher)


@contextmanager
def unwatched(app: QApplication) -> Iterator[None]:
    """While a page is made, Qt sends about a thousand events to its parts. None of them is a person's, and to ask
    Python about each took a third of the time."""
    watching = [watcher for watcher in _WATCHING if isValid(watcher)]
    for watcher in watching:
        app.removeEventFilter(watcher)
    try:
        yield
    finally:
        for watcher in watching:
            if isValid(watcher):
                app.installEventFilter(watcher)
