"""One answer on the review page: question, answer and "Sửa"; the whole row is the target."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from kiosk.spoken_privacy import MASKED
from kiosk.texts import _, composed
from ui.buttons import TouchButton
from ui.icons import icon
from ui.plates import draw_focus, draw_plate, draw_text, text_height, text_width, widest_word
from ui.spoken import spoken
from ui.spoken_value import is_private
from ui.theme import Theme
from ui.tokens import Role

_LABEL_SHARE = 0.36
"""Share of the row's width that the question takes, when question and answer stand side by side."""


class SummaryRow(TouchButton):
    """Emits `clicked` when the answer is to be changed. `note` says where it came from: "lấy từ thẻ"."""

    role = Role.BODY

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str,
        *,
        note: str = "",
        note_icon: str = "",
        act: tuple[str, str] | None = None,
    ) -> None:
        """`act` is what a touch does, and its icon; without one it is "Sửa". `note_icon` stands before the note."""
        self._label = label
        self._value = value
        self._note = note
        self._note_icon = note_icon
        self._action, icon_name = act or (_("Sửa"), "pencil")
        super().__init__(theme, self._action, icon_name=icon_name)
        self.set_value(value)
        self.setAccessibleDescription(note)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_value(self, value: str) -> None:
        """Another answer, or the same one masked or shown."""
        self._value = value
        self.setAccessibleName(spoken(composed("{}: {}, {}", self._action, self._label, value)))
        self.updateGeometry()
        self.update()

    def spoken(self) -> tuple[str, ...]:
        """Question, answer and where it came from; what a touch does is said by the page's hint."""
        return self._label, _(MASKED) if is_private(self) else self._value, self._note

    def sizeHint(self) -> QSize:
        """The widest form: everything on one line."""
        return QSize(self.theme.metrics.column_px, self.heightForWidth(self.theme.metrics.column_px))

    def minimumSizeHint(self) -> QSize:
        """The longest word beside the action."""
        words = widest_word(self.theme.font(Role.STRONG), f"{self._value} {self._label}")
        return QSize(words + self._action_width() + 2 * self.padding(), self.theme.metrics.primary_px)

    def heightForWidth(self, width: int) -> int:
        """Height when the words wrap."""
        bottom = max(rect.y() + rect.height() for rect in self._cells(width))
        return max(self.theme.metrics.control_px, bottom + self.theme.metrics.px(1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line below, the three cells, and a ring when focused."""
        painter = QPainter(self)
        metrics, colours = self.theme.metrics, self.theme.colours
        if self.isDown():
            fill = colours.chosen_fill
            draw_plate(painter, self.rect(), fill, fill, metrics.line_px, metrics.radius_px)
        line = metrics.px(0.4)
        painter.fillRect(0, self.height() - line, self.width(), line, colours.card_edge)
        texts = (
            (self._label, Role.BODY, colours.quiet_text),
            (self._value, Role.STRONG, colours.text),
            (self._note, Role.SMALL, colours.quiet_text),
        )
        for (text, role, ink), rect in zip(texts, self._cells(self.width()), strict=True):
            draw_text(painter, rect, text, self.theme.font(role), ink)
        if self._note and self._note_icon:
            note = self._cells(self.width())[2]
            px = self._note_px()
            painter.drawPixmap(note.x() - px - metrics.px(1.5), note.y(), icon(self._note_icon, colours.quiet_text, px))
        self._draw_action(painter)
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)

    def _draw_action(self, painter: QPainter) -> None:
        px = self._icon_px()
        left = self.width() - self._action_width()
        ink = self.theme.colours.link
        painter.drawPixmap(left, (self.height() - px) // 2, icon(self._icon_name, ink, px))
        left += px + self._icon_gap()
        font = self.theme.font(Role.ACTION)
        draw_text(painter, QRect(left, 0, self.width() - left, self.height()), self._action, font, ink)

    def _action_width(self) -> int:
        words = text_width(self.theme.font(Role.ACTION), self._action)
        return self._icon_px() + self._icon_gap() + words + self.padding() // 2

    def _cells(self, width: int) -> tuple[QRect, QRect, QRect]:
        """Where question, answer and note go: side by side, or stacked where the row is narrow."""
        metrics = self.theme.metrics
        pad, top = metrics.px(2), metrics.px(2)
        room = width - self._action_width() - metrics.px(7) - pad
        side_by_side = room > 20 * metrics.text_px(Role.BODY)
        label_width = round(room * _LABEL_SHARE) if side_by_side else room
        label = QRect(pad, top, label_width, self._height(self._label, Role.BODY, label_width))
        x = pad + label_width + metrics.gap_px if side_by_side else pad
        y = top if side_by_side else top + label.height()
        value_width = width - self._action_width() - x - metrics.px(7)
        value = QRect(x, y, value_width, self._height(self._value, Role.STRONG, value_width))
        lead = self._note_px() + metrics.px(1.5) if self._note_icon else 0
        note_height = self._height(self._note, Role.SMALL, value_width - lead)
        return label, value, QRect(x + lead, y + value.height(), value_width - lead, note_height)

    def _note_px(self) -> int:
        return round(1.25 * self.theme.metrics.text_px(Role.SMALL))

    def _height(self, text: str, role: Role, width: int) -> int:
        return text_height(self.theme.font(role), text, width)
