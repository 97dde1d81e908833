"""What must hold of every page in every look, found by measuring its widgets: for fingers, eyes and screen readers.

The limits: touch areas of 12.7 mm (VVSG 2.0) with 2.7 mm between them (VVSG asks for 2.54 mm), capitals of 4.4 mm and
more, no field that is typed into out of sight (WCAG 2.2, 2.4.11), everything named, nothing cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from ui.body import Body
from ui.buttons import TouchButton
from ui.fitting_text import FittingText
from ui.focus_order import is_stop, reading_order
from ui.plates import text_height, widest_word
from ui.theme import Theme

LEAST_MM, LEAST_GAP_MM = 12.7, 2.7
LEAST_LETTER_MM = 5.9  # the em square of a capital of 4.4 mm
_ROUNDED_PX = 1  # sizes are whole pixels


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong on a page: the rule that it breaks, and where."""

    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}"


class PageChecks:
    """Measures what is shown of `frame`; `cover` is what lies over it, if anything does."""

    def __init__(self, theme: Theme, frame: QWidget, cover: QWidget | None = None) -> None:
        self._px_per_mm = theme.metrics.panel.px_per_mm
        self._frame = frame
        self._surface = cover or frame
        self._shown = [each for each in self._surface.findChildren(QWidget) if each.isVisible()]
        self._targets = [each for each in self._shown if isinstance(each, QAbstractButton | QLineEdit)]

    def findings(self) -> list[Finding]:
        """Everything that is wrong; empty for a page as it should be."""
        rules = {
            "too small to touch": self._too_small,
            "too close together": self._too_close,
            "cut": self._cut,
            "letters too small": self._small_letters,
            "without a name": self._nameless,
            "typed into out of sight": self._hidden_field,
            "outside the window": self._outside,
            "over each other": self._overlapping,
            "focus goes backwards": self._backwards,
        }
        return [Finding(rule, where) for rule, found in rules.items() for where in found()]

    def _place(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._frame, QPoint(0, 0)), widget.size())

    def _too_small(self) -> Iterator[str]:
        least = LEAST_MM * self._px_per_mm - _ROUNDED_PX
        for each in self._targets:
            if min(each.width(), each.height()) < least:
                yield f"{each.accessibleName()} ({each.width()}×{each.height()} px)"

    def _too_close(self) -> Iterator[str]:
        least = LEAST_GAP_MM * self._px_per_mm - _ROUNDED_PX
        places = {each: self._place(each) for each in self._targets if wholly_seen(each)}
        for one, other in combinations(places, 2):
            if (gap := _gap_px(places[one], places[other])) < least:
                yield f"{one.accessibleName()} | {other.accessibleName()} ({gap} px)"

    def _cut(self) -> Iterator[str]:
        """Texts that have less room than they need, and names in bars of which not even the shortest form fits."""
        for each in self._shown:
            match each:
                case QLabel() if each.text():
                    needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
                    if each.height() < needed or each.width() < widest_word(each.font(), each.text()) - 2:
                        yield each.text()
                case TouchButton():
                    room = each.width() - 2 * each.padding()
                    if text_height(each.words_font(), each.text(), room) > each.height() + 2:
                        yield each.text()
                case FittingText() if (form := each.shown()) is not None and form.text.endswith("…"):
                    yield form.text

    def _small_letters(self) -> Iterator[str]:
        least = round(LEAST_LETTER_MM * self._px_per_mm)
        for each in self._shown:
            if isinstance(each, QLabel) and each.text() and each.font().pixelSize() < least:
                yield each.text()

    def _nameless(self) -> Iterator[str]:
        """What can have the focus, and has no name to be called by."""
        for each in self._shown:
            reachable = each.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(each, QAbstractButton)
            if reachable and not each.accessibleName():
                yield f"{type(each).__name__} {each.objectName()}"

    def _hidden_field(self) -> Iterator[str]:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self._surface.isAncestorOf(field) and not wholly_seen(field):
            yield field.accessibleName()

    def _outside(self) -> Iterator[str]:
        """What is scrolled may be anywhere along its column; across it, and elsewhere, everything is inside."""
        window = self._frame.rect()
        for each in self._shown:
            place = self._place(each)
            if _scrolled(each):
                place.moveTop(0)
                place.setHeight(1)
            if not place.isEmpty() and not window.contains(place):
                yield f"{type(each).__name__} {each.objectName() or each.accessibleName()} {place.getRect()}"

    def _overlapping(self) -> Iterator[str]:
        """Things with words or touch that lie beside each other in one parent."""
        shown = [each for each in self._shown if isinstance(each, QLabel | QAbstractButton | QLineEdit | FittingText)]
        by_parent: dict[QWidget | None, list[QWidget]] = {}
        for each in shown:
            by_parent.setdefault(each.parentWidget(), []).append(each)
        for siblings in by_parent.values():
            for one, other in combinations(siblings, 2):
                if one.geometry().intersects(other.geometry()):
                    yield f"{one.accessibleName() or _text(one)} | {other.accessibleName() or _text(other)}"

    def _backwards(self) -> Iterator[str]:
        """Tab goes down the page and from left to right: never to what lies wholly above and not to the right."""
        body = next((each for each in self._shown if isinstance(each, Body)), None)
        if body is None:
            return
        stops = [each for each in reading_order(body) if is_stop(each) and wholly_seen(each)]
        for one, other in pairwise(stops):
            here, there = self._place(one), self._place(other)
            if there.bottom() < here.top() and there.left() <= here.left():
                yield f"{one.accessibleName()} -> {other.accessibleName()}"


def wholly_seen(widget: QWidget) -> bool:
    """A scrolled page passes under the bars of the frame: what is partly hidden there is not near them."""
    return widget.visibleRegion().boundingRect().size() == widget.size()


def _gap_px(one: QRect, other: QRect) -> int:
    """Distance of two rectangles along the axis on which they are further apart."""
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    along = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, along)


def _scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel) else type(widget).__name__
