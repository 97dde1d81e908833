"""A date as three boxes, day, month and year. The cursor never jumps from one to the next by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _, composed
from ui.key_layouts import KeyboardKind
from ui.labels import Label
from ui.text_field import TextField
from ui.theme import Theme
from ui.tokens import Role


class DateField(QWidget):
    """Holds what was typed, also when it is no date: judging that belongs to the form."""

    edited = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        """`name` is the question, for screen readers: "Ngày sinh"."""
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.metrics.px(5))
        self._labels: list[Label] = []
        self.day = self._box(theme, name, _("Ngày"), digits=2)
        self.month = self._box(theme, name, _("Tháng"), digits=2)
        self.year = self._box(theme, name, _("Năm"), digits=4)
        self._row.addStretch(1)

    @property
    def value(self) -> tuple[str, str, str]:
        """(day, month, year) as typed, each maybe empty."""
        return self.day.value, self.month.value, self.year.value

    def set_value(self, day: str, month: str, year: str) -> None:
        """Fill in what is known."""
        for box, text in zip((self.day, self.month, self.year), (day, month, year), strict=True):
            box.setText(text)

    @property
    def first(self) -> TextField:
        """The box to begin with."""
        return self.month if self.day.isHidden() else self.day

    def leave_out_day(self) -> None:
        """Ask for month and year alone; a day that is there already stays."""
        self._labels[0].hide()
        self.day.hide()

    def set_problem(self, wrong: bool) -> None:
        """Draw the three boxes as ones that must be looked at again."""
        for box in (self.day, self.month, self.year):
            box.set_problem(wrong)

    def _box(self, theme: Theme, name: str, label: str, digits: int) -> TextField:
        box = TextField(composed("{}, {}", name, label), keyboard=KeyboardKind.DATE, max_length=digits)
        box.setFixedWidth(theme.metrics.px(20 + 11 * digits))
        box.textEdited.connect(self.edited)
        column = QVBoxLayout()
        column.setSpacing(theme.metrics.px(1))
        self._labels.append(Label(label, Role.STRONG))
        column.addWidget(self._labels[-1])
        column.addWidget(box)
        self._row.addLayout(column)
        return box
