"""What is read aloud of the page on the glass: its words in reading order, each with the widget that it stands in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from kiosk.spoken_privacy import MASKED
from kiosk.texts import _
from ui.body import Body
from ui.buttons import DangerButton, LinkLikeButton, PrimaryButton, SecondaryButton, TouchButton, TurnButton
from ui.choice_rows import ChoiceRow, TickRow
from ui.date_field import DateField
from ui.fitting_text import FittingText
from ui.header import Header
from ui.helper_band import HelperBand
from ui.keyboard import Keyboard
from ui.labels import Label, Picture
from ui.live_preview import LivePreview
from ui.look_choice import LookChoice
from ui.notices import ErrorSummary
from ui.page_view import PageView
from ui.pin_pad import PinPad
from ui.qr_code import QrCode
from ui.scan_ring import ScanRing
from ui.scroll_area import Turners
from ui.spoken_value import is_private
from ui.thumbnail import Thumbnail
from ui.tile import PrimaryTile, Tile
from ui.typing_line import TypingLine


@runtime_checkable
class Speaks(Protocol):
    """A widget that says itself what is spoken of it and of all in it, where its look tells it otherwise."""

    def spoken(self) -> tuple[str, ...]:
        """The texts, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """One text, as it may be heard, and the widget to mark while it is spoken. `otherwise` is said by a voice that
    cannot say the text itself: recorded clips have no words for what somebody types."""

    text: str
    widget: QWidget
    otherwise: str = ""


def reading_order(root: QWidget, keep_back: Callable[[str], str]) -> tuple[Words, ...]:
    """All that `root` shows: progress, heading, hint and what is wrong, then the content as it is laid out, then the
    buttons. `keep_back` gives a text as strangers may hear it."""
    heads = {head for body in root.findChildren(Body) for head in body.head}
    opening: list[Words] = []
    content: list[Words] = []
    acts: list[Words] = []
    for leaf in _leaves(root, root):
        if leaf in heads or leaf.parentWidget() in heads:
            opening += words_of(leaf, keep_back)
        else:
            (acts if isinstance(leaf, _ACTS) else content).extend(words_of(leaf, keep_back))
    return tuple(_once(sorted(opening, key=is_problem) + content + acts))


def words_of(widget: QWidget, keep_back: Callable[[str], str]) -> tuple[Words, ...]:
    """What is said of one widget that holds words itself. Raises LookupError for a kind that has no rule."""
    texts = widget.spoken() if isinstance(widget, Speaks) else _rule(type(widget))(widget)
    typed = _("Đã điền") if isinstance(widget, QLineEdit) else ""
    return tuple(Words(keep_back(text), widget, typed) for text in texts if text)


def has_rule(kind: type[QWidget]) -> bool:
    """Whether it is known what is said of widgets of this kind."""
    return issubclass(kind, Speaks) or any(base in _RULES for base in kind.__mro__)


def _rule(kind: type[QWidget]) -> Callable[..., tuple[str, ...]]:
    for base in kind.__mro__:
        if base in _RULES:
            return _RULES[base]
    raise LookupError(f"nobody has said what is read aloud of a {kind.__name__}")


def _leaves(widget: QWidget, root: QWidget) -> Iterator[QWidget]:
    """The visible widgets that hold words, in the order of the layouts."""
    if not widget.isVisibleTo(root):
        return
    if isinstance(widget, Speaks) or has_rule(type(widget)):
        yield widget
        return
    inner: list[QWidget] = []
    if (layout := widget.layout()) is not None:
        inner += _laid_out(layout)
    if isinstance(widget, QScrollArea) and (shown := widget.widget()) is not None:
        inner.append(shown)
    elif layout is None:  # placed by hand: from the top
        children = [each for each in widget.children() if isinstance(each, QWidget)]
        inner += sorted(children, key=lambda each: (each.y(), each.x()))
    for each in inner:
        yield from _leaves(each, root)


def _laid_out(layout: QLayout) -> list[QWidget]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda number: tuple(layout.getItemPosition(number))[:2])  # type: ignore[arg-type]
    found: list[QWidget] = []
    for number in numbers:
        item = layout.itemAt(number)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            found.append(widget)
        elif (inner := item.layout()) is not None:
            found += _laid_out(inner)
    return found


def is_problem(words: Words) -> bool:
    """Whether it tells what is wrong on the page."""
    return isinstance(words.widget.parentWidget(), ErrorSummary)


def _once(all_words: list[Words]) -> Iterator[Words]:
    """A text that stands twice in a row is said once: a field's label and its question."""
    last = ""
    for words in all_words:
        if words.text != last:
            yield words
        last = words.text


def _label(label: QLabel) -> tuple[str, ...]:
    if label.text().strip(" •") == "" and len(label.text()) <= 1:  # the dot before a point
        return ()
    return (_(MASKED) if is_private(label) else label.text(),)


def _button(button: QAbstractButton) -> tuple[str, ...]:
    return (button.accessibleName() or button.text(), button.accessibleDescription())


def _checkable(button: QAbstractButton) -> tuple[str, ...]:
    chosen = _("Đang chọn") if button.isCheckable() and button.isChecked() else ""
    return (*_button(button), chosen)


def _choice(row: ChoiceRow) -> tuple[str, ...]:
    """Not which of how many it is: who listens hears them all; of a private question not which one is chosen."""
    chosen = row.isChecked() and not is_private(row)
    return (row.choice.label, row.choice.detail, _("Đang chọn") if chosen else "")


def _tick(row: QCheckBox) -> tuple[str, ...]:
    return (*_button(row), _("Đã đánh dấu") if row.isChecked() else _("Chưa đánh dấu"))


def _field(field: QLineEdit) -> tuple[str, ...]:
    """Its label stands above it and was said."""
    hidden = field.echoMode() is not QLineEdit.EchoMode.Normal or is_private(field)
    return (_(MASKED) if hidden and field.text() else field.text() or _("Ô chưa điền"),)


def _date(dates: DateField) -> tuple[str, ...]:
    """One date, not three numbers."""
    typed = "/".join(part for part in dates.value if part)
    return (_(MASKED) if typed and is_private(dates) else typed or _("Ô chưa điền"),)


def _silent(_widget: QWidget) -> tuple[str, ...]:
    return ()


def _fitting(text: FittingText) -> tuple[str, ...]:
    return (_(MASKED) if is_private(text) else text.accessibleName(),)


def _named(widget: QWidget) -> tuple[str, ...]:
    return (widget.accessibleName(), widget.accessibleDescription())


_ACTS = (SecondaryButton, PrimaryButton, DangerButton, LinkLikeButton)

_RULES: dict[type[QWidget], Callable[..., tuple[str, ...]]] = {
    Header: _silent,  # the same on every page, as the band is
    HelperBand: _silent,
    Keyboard: _silent,
    TypingLine: _silent,  # it repeats what is typed
    Turners: _silent,  # the page scrolls by itself while it is read
    TurnButton: _silent,
    Picture: _silent,
    PageView: _silent,
    ScanRing: _silent,
    QrCode: _silent,
    LivePreview: _named,
    PinPad: _named,
    Label: _label,
    QLabel: _label,
    FittingText: _fitting,
    QLineEdit: _field,
    DateField: _date,
    QRadioButton: _checkable,
    ChoiceRow: _choice,
    QCheckBox: _tick,
    TickRow: _tick,
    LookChoice: _checkable,
    Tile: _button,
    PrimaryTile: _button,
    Thumbnail: _button,
    TouchButton: _button,
}
