"""What every screen is: content for the frame's body, and the few facts by which the frame draws the rest."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.texts import _
from ui.key_layouts import KeyboardKind
from ui.speaking import Speaker
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right before going on: what is wrong and how to mend it, and the control that mends it."""

    text: str
    field: QWidget | None = None


class Screen(Speaker, QWidget):
    """Base of all screens. Build the content in the constructor; the frame draws heading, Back and Continue, and gives
    the screen the room that is left: end the layout with a stretch where the content should stay at the top.

    The plain attributes below may be set at any time; emit `changed` afterwards. The frame deletes a screen when
    the next one is shown, so that nothing typed outlives its page: what must stay belongs to the visit.
    """

    changed = Signal()
    """Some attribute below is different now."""
    forward = Signal()
    """As if Continue had been pressed: a code was read, a tile tapped."""
    turned = Signal(object)
    """The screen shows another page of its own; the widget (QWidget) of it to bring into sight, None for its top."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.heading = ""
        self.hint = ""
        self.progress = ""
        self.side: QWidget | None = None
        self.next_label: str | None = _("Tiếp tục")
        self.can_go_back = True
        self.can_leave = True
        self.kept = False
        self.wide = False
        self.scrolls = True
        self.keyboard = KeyboardKind.NONE
        self.busy = False
        self.busy_text = _("Xin ông/bà chờ một chút…")
        self.problems: tuple[Problem, ...] = ()

    def say_again(self) -> None:
        """The language is another one now: what the frame draws of it, too."""
        super().say_again()
        self.changed.emit()

    @property
    def valid(self) -> bool:
        """Whether Continue may go on."""
        return not self.problems

    @property
    def problem(self) -> str | None:
        """The first thing that is wrong, None when nothing is."""
        return self.problems[0].text if self.problems else None

    def check(self) -> None:
        """Continue was pressed: set `problems`. The frame looks at `valid` next."""

    def step_back(self) -> bool:
        """Back was pressed: whether the screen went back within itself. If not, it is left."""
        return False

    def enter(self) -> None:
        """The screen is shown from now on."""

    def leave(self) -> None:
        """The screen is gone: stop the camera, timers and what else it had running."""

    def fold(self, *, folded: bool) -> None:
        """The keyboard leaves little room (or gives it back): leave out what can be done without while typing."""

    def first_focus(self) -> QWidget | None:
        """Where typing starts; None puts the focus on the heading. The first text field unless overridden."""
        fields = self.findChildren(QLineEdit)
        return next((field for field in fields if field.isEnabled() and field.isVisibleTo(self)), None)
