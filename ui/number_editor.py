"""A small number, such as how many copies: less and more as two big buttons beside the number, which may be typed."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.field_rules import normalise
from kiosk.form import AnswerValue, Field, FieldProblem, RuleKind
from kiosk.texts import _
from ui.buttons import SecondaryButton
from ui.editor import Editor
from ui.key_layouts import KeyboardKind
from ui.text_field import TextField
from ui.theme import Theme

SMALL_AT_MOST = 99  # nobody presses a button more often than that; of a larger number the digits are typed

_DIGITS_MM = 30


def is_small_number(field: Field) -> bool:
    """Whether the number has a bound that a few presses may reach; columns of a table are narrower than the buttons."""
    return ":" not in field.id and 0 < _bound(field, RuleKind.MAX, 0) <= SMALL_AT_MOST


def least_of(field: Field) -> int:
    """The number that the first press gives."""
    return _bound(field, RuleKind.MIN, 0)


class NumberEditor(Editor):
    """Empty until something is pressed or typed: the first press gives the least that is allowed."""

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._least = least_of(field)
        self._most = _bound(field, RuleKind.MAX, SMALL_AT_MOST)
        self._edit = TextField(_(field.label), keyboard=KeyboardKind.DIGITS, max_length=6)
        self._edit.setObjectName(f"field:{field.id}")
        self._edit.setFixedWidth(theme.metrics.px(_DIGITS_MM))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.metrics.px(5))
        self._less = self._button(theme, "minus", _("Bớt"), -1)
        self._more = self._button(theme, "plus", _("Thêm"), 1)
        for widget in (self._less, self._edit, self._more):
            across.addWidget(widget)
        across.addStretch(1)
        super().__init__(theme, field, label, row)
        self._edit.textEdited.connect(self.given)

    @property
    def target(self) -> QWidget:
        return self._edit

    def clear(self) -> None:
        self._edit.setText("")

    def take(self) -> AnswerValue | FieldProblem | None:
        return normalise(self.field, self._edit.value) if self._edit.value else None

    def put(self, value: AnswerValue) -> None:
        self._edit.setText(str(value))

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        self._edit.set_problem(bool(text))
        self._edit.setAccessibleDescription(text)

    def _button(self, theme: Theme, picture: str, words: str, by: int) -> SecondaryButton:
        button = SecondaryButton(theme, words, icon_name=picture)
        button.setObjectName(f"{'more' if by > 0 else 'less'}:{self._edit.objectName().removeprefix('field:')}")
        button.clicked.connect(lambda: self._change(by))
        return button

    def _change(self, by: int) -> None:
        typed = self._edit.value
        value = min(self._most, max(self._least, int(typed) + by)) if typed.isdecimal() else self._least
        self._edit.setText(str(value))
        self.given()


def _bound(field: Field, kind: RuleKind, otherwise: int) -> int:
    return next((int(rule.argument) for rule in field.rules if rule.kind is kind), otherwise)
