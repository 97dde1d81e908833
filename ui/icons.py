"""Draw the vendored line icons in any colour and size. An icon never stands without words."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import resource_path


def icon(name: str, colour: str, px: int) -> QPixmap:
    """The icon `resources/icons/<name>.svg` as a `px` square in `colour` (`#rrggbb`); drawn once, then cached.

    Raises FileNotFoundError when there is no such icon.
    """
    key = f"icon {name} {colour} {px}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap
