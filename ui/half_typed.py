"""What was typed on a page and left half-way by Back: it is there again when the page is."""

from PySide6.QtWidgets import QLineEdit

from kiosk.visit import Visit
from kiosk.visit_steps import advance
from ui.form_screen import FormScreen
from ui.screen import Screen


class HalfTyped:
    """Lives for one visit, in memory only: `forget` it when the visit ends. What is an answer goes to the visit; the
    letters of what is none yet ("0010" of an identity number) stay here, by page and field."""

    def __init__(self) -> None:
        self._letters: dict[str, dict[str, str]] = {}

    def leave(self, visit: Visit, screen: Screen | None) -> Visit:
        """Back is pressed on the screen: the visit with its answers as they stand. Who came from the review to change
        one answer, and goes back, has changed nothing."""
        if not isinstance(screen, FormScreen) or visit.place.editing:
            return visit
        self._letters[visit.place.page_id] = {
            field.objectName(): field.text() for field in screen.findChildren(QLineEdit) if field.objectName()
        }
        for noted in screen.left_half_done():
            visit = advance(visit, noted)
        return visit

    def restore(self, visit: Visit, screen: Screen) -> None:
        """The page is shown again: its fields as they were left. Once only, for the answers hold from then on."""
        letters = self._letters.pop(visit.place.page_id, {}) if isinstance(screen, FormScreen) else {}
        for field in screen.findChildren(QLineEdit) if letters else ():
            if field.objectName() in letters and not field.text():
                field.setText(letters[field.objectName()])

    def forget(self) -> None:
        """The visit is over."""
        self._letters.clear()
