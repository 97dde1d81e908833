"""What can be done to the chosen page: turn it, take it again, take it out, move it, join the sides of a card."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.documents import Document, Origin, Page
from kiosk.texts import _
from ui.buttons import SecondaryButton
from ui.theme import Theme

_MM_PER_INCH = 25.4
_CARD_MM = (85.6, 54.0)  # ISO/IEC 7810 ID-1
_CARD_SLACK_MM = 4.0


_ONCE = ("again", "remove", "join")
"""A second tap at once would do it to the page that comes after."""


class _Tools(QWidget):
    """Buttons beside each other of which only some are offered at a time; below each other where the page is narrow."""

    def __init__(self, theme: Theme, tools: tuple[tuple[str, str, str], ...]) -> None:
        """Each tool is its name, its words and its icon."""
        super().__init__()
        self._theme = theme
        self._offered: list[str] = []
        self._buttons: dict[str, SecondaryButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.metrics.gap_px)
        for name, words, picture in tools:
            button = SecondaryButton(theme, words, icon_name=picture)
            button.setObjectName(f"page:{name}")
            button.setParent(self)
            button.swallows_second_tap = name in _ONCE
            self._buttons[name] = button

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _offer(self, possible: dict[str, bool]) -> None:
        self._offered = [name for name in self._buttons if possible[name]]
        self._arrange()
        self.setVisible(bool(self._offered))

    def _arrange(self) -> None:
        columns = 2 if self._theme.metrics.stacks else 3
        for name, button in self._buttons.items():
            self._grid.removeWidget(button)
            button.setVisible(name in self._offered)
        for place, name in enumerate(self._offered):
            self._grid.addWidget(self._buttons[name], *divmod(place, columns))


class PageTools(_Tools):
    """Below the chosen page: turn it, take it again, take it out. Emits what was pressed."""

    turn = Signal()
    again = Signal()
    remove = Signal()

    def __init__(self, theme: Theme) -> None:
        tools = (
            ("turn", _("Xoay"), "rotate-cw"),
            ("again", _("Quét lại"), "refresh-cw"),
            ("remove", _("Bỏ trang này"), "trash-2"),
        )
        super().__init__(theme, tools)
        for name, signal in (("turn", self.turn), ("again", self.again), ("remove", self.remove)):
            self._buttons[name].clicked.connect(signal)

    def offer(self, page: Page | None) -> None:
        """What can be done to the chosen page now; None for nothing."""
        if page is not None:
            self._buttons["again"].setText(_again_words(page.origin))
        self._offer(dict.fromkeys(self._buttons, page is not None))


class OrderTools(_Tools):
    """Below the small pages: move the chosen one, join it with the other side of a card. Emits what was pressed."""

    shift = Signal(int)
    """-1 earlier, 1 later."""
    join = Signal()
    """The chosen page and its neighbour are the sides of one card."""

    def __init__(self, theme: Theme) -> None:
        tools = (
            ("earlier", _("Lên trước"), "arrow-left"),
            ("later", _("Ra sau"), "arrow-right"),
            ("join", _("Ghép hai mặt thẻ"), "layers"),
        )
        super().__init__(theme, tools)
        self._buttons["earlier"].clicked.connect(lambda: self.shift.emit(-1))
        self._buttons["later"].clicked.connect(lambda: self.shift.emit(1))
        self._buttons["join"].clicked.connect(self.join)

    def offer(self, document: Document, page: Page | None, *, busy: bool) -> None:
        """What can be done to the chosen page of the document now. Sides that are still being made are not joined."""
        place = document.pages.index(page) if page is not None else -1
        self._offer(
            {
                "earlier": place > 0,
                "later": 0 <= place < len(document.pages) - 1,
                "join": not busy and page is not None and card_sides(document, page) is not None,
            }
        )


def card_sides(document: Document, page: Page) -> tuple[Page, Page] | None:
    """The page and the next one, or the one before, where both are as large as a card and were captured one by one."""
    place = document.pages.index(page)
    for first in (place, place - 1):
        pair = document.pages[max(first, 0) : first + 2]
        if len(pair) == 2 and all(_is_card(each) for each in pair):
            return pair[0], pair[1]
    return None


def _is_card(page: Page) -> bool:
    image = page.image
    sides = sorted((image.width_px, image.height_px), reverse=True)
    measured = [side / image.dpi * _MM_PER_INCH for side in sides]
    return all(abs(got - wanted) <= _CARD_SLACK_MM for got, wanted in zip(measured, _CARD_MM, strict=True))


def _again_words(origin: Origin) -> str:
    match origin:
        case Origin.CAMERA:
            return _("Chụp lại")
        case Origin.FILE:
            return _("Chọn tệp khác")
        case _:
            return _("Quét lại")
