"""The contrast of every text on a page as it is drawn: the colours are taken from its pixels, not from the theme."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from commands.page_checks import Finding, PageChecks, wholly_seen
from ui.buttons import LinkLikeButton
from ui.cover import Cover
from ui.fitting_text import FittingText
from ui.row_card import RowCard
from ui.summary_row import SummaryRow
from ui.theme import Theme
from ui.thumbnail import Thumbnail
from ui.tokens import Metrics, Role

LEAST_TEXT, LEAST_EDGE = 7.0, 3.0  # WCAG 2.2: 1.4.6 (AAA) and 1.4.11
_SEEN = 1.25
"""Contrast from which a pixel is ink: fainter ones are the rims of letters."""
_LEAST_PIXELS = 6
"""So many pixels of the strongest colours make it the ink: single ones are where rims of two letters meet."""
_PLATELESS = (LinkLikeButton, SummaryRow)
"""Touched at their words: no outline says where they are."""

Pixels = NDArray[np.uint8]


def check_page(theme: Theme, frame: QWidget) -> list[Finding]:
    """Everything that is wrong with what is shown, measured and looked at: of a covered page with the cover."""
    cover = next(iter(frame.findChildren(Cover)), None)
    return [*PageChecks(theme, frame, cover).findings(), *PageInk(theme, frame, cover).findings()]


class PageInk:
    """Looks at one page, grabbed as it is shown."""

    def __init__(self, theme: Theme, frame: QWidget, cover: QWidget | None = None) -> None:
        self._metrics: Metrics = theme.metrics
        self._frame = frame
        surface = cover or frame
        self._shown = [each for each in surface.findChildren(QWidget) if each.isVisible() and wholly_seen(each)]
        self._pixels = _pixels_of(frame.grab().toImage())
        self._light = _luminance(self._pixels)

    def findings(self) -> list[Finding]:
        """Texts below 7:1, and outlines of what can be touched below 3:1."""
        return [*self._faint_texts(), *self._faint_edges()]

    def _faint_texts(self) -> Iterator[Finding]:
        for each in self._shown:
            if not isinstance(each, QLabel | QAbstractButton | QLineEdit | FittingText) or not _words(each):
                continue
            contrast = self._least_contrast(self._inside(each))
            if contrast is not None and contrast < LEAST_TEXT:
                yield Finding(f"faint text, {contrast:.1f}:1", _words(each))

    def _faint_edges(self) -> Iterator[Finding]:
        for each in self._shown:
            outlined = isinstance(each, QAbstractButton | QLineEdit) and not isinstance(each, _PLATELESS)
            if not outlined or not each.isEnabled() or isinstance(each.parentWidget(), RowCard):
                continue
            contrast = self._edge_contrast(self._place(each))
            if contrast is not None and contrast < LEAST_EDGE:
                yield Finding(f"faint outline, {contrast:.1f}:1", _words(each) or each.accessibleName())

    def _place(self, widget: QWidget) -> QRect:
        """Where it is, in pixels of the page."""
        return QRect(widget.mapTo(self._frame, QPoint(0, 0)), widget.size())

    def _inside(self, widget: QWidget) -> QRect:
        """Without the outline, and of a small page without its picture."""
        place = self._place(widget)
        if isinstance(widget, QAbstractButton | QLineEdit):
            edge = max(self._metrics.ring_px, 3 * self._metrics.line_px) + self._metrics.px(0.8)
            place.adjust(edge, edge, -edge, -edge)
        if isinstance(widget, Thumbnail):
            place.setTop(place.bottom() - self._metrics.text_px(Role.LABEL))
        return place

    def _least_contrast(self, place: QRect) -> float | None:
        """Of the runs of ink in a rectangle the faintest; None where there is no ink."""
        light = self._light[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
        if light.size == 0:
            return None
        values, counts = np.unique(light, return_counts=True)
        ground = float(values[counts.argmax()])
        contrast = _contrast(light, ground)
        runs = list(_runs(contrast > _SEEN, self._metrics.text_px(Role.BODY)))
        strengths = [_strongest(contrast[run]) for run in runs if (contrast[run] > _SEEN).sum() > _LEAST_PIXELS]
        return min(strengths, default=None)

    def _edge_contrast(self, place: QRect) -> float | None:
        """How far the outline, or the plate, stands out from what is beside it, at its left edge half-way down."""
        y, x = place.center().y(), place.left()
        reach = self._metrics.px(1.5)
        if x < reach or place.height() < reach:
            return None
        outside = float(self._light[y, x - reach])
        across = _contrast(self._light[y, x : x + 2 * reach], outside)
        return float(across.max())


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, FittingText):
        return widget.accessibleName()
    return str(widget.text()) if isinstance(widget, QLabel | QAbstractButton) else ""


def _pixels_of(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def _luminance(pixels: Pixels) -> NDArray[np.float32]:
    """Relative luminance as WCAG 2.2 defines it."""
    levels = np.arange(256) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return linear[pixels] @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def _contrast(light: NDArray[np.float32], ground: float) -> NDArray[np.float32]:
    return ((np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)).astype(np.float32)


def _strongest(contrast: NDArray[np.float32]) -> float:
    """The ink: what some pixels reach at least."""
    flat = np.sort(contrast, axis=None)
    return float(flat[-min(_LEAST_PIXELS, flat.size)])


def _runs(ink: NDArray[np.bool_], em_px: int) -> Iterator[tuple[slice, slice]]:
    """Lines of ink with the marks above and below, parted where a gap is wider than an em: of one colour each."""
    for top, bottom in _stretches(np.any(ink, axis=1), em_px // 3):
        for left, right in _stretches(np.any(ink[top:bottom], axis=0), em_px):
            yield slice(top, bottom), slice(left, right)


def _stretches(there: Any, gap: int) -> Iterator[tuple[int, int]]:
    """Begin and end of what is there without a gap of that many or more."""
    at = np.flatnonzero(there)
    if at.size:
        breaks = np.flatnonzero(np.diff(at) > gap)
        begins, ends = np.r_[at[0], at[breaks + 1]], np.r_[at[breaks], at[-1]]
        yield from zip(begins.tolist(), (ends + 1).tolist(), strict=True)
