"""Base of the screens of a visit: shows the visit that it was made with, and answers with events."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.dates import vietnam_day
from kiosk.deadlines import near_terms
from kiosk.form import Source
from kiosk.visit import Visit
from kiosk.visit_events import Event
from ui.context import Context
from ui.notices import Notice
from ui.screen import Problem, Screen


class VisitScreen(Screen):
    """One step of the visit. A screen decides nothing about the way: the step table does."""

    happened = Signal(object)
    """A kiosk.visit.Event: what the citizen just did."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context.theme)
        self.context = context
        self.visit = visit
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(context.theme.metrics.gap_px)

    def add(self, *widgets: QWidget) -> None:
        """Put widgets below each other."""
        for widget in widgets:
            self.column.addWidget(widget)

    def finish(self) -> None:
        """Push what was added to the top."""
        self.column.addStretch(1)

    def next_event(self) -> Event | None:
        """What Continue means here, once `check` found nothing wrong; None when the screen goes on by itself."""
        return None

    def refuse(self, text: str, field: QWidget | None = None) -> None:
        """Say what is wrong; Continue does not go on."""
        self.problems = (*self.problems, Problem(text, field))

    def add_terms(self) -> None:
        """Say which terms of the law are near or over for what was answered; nothing where none is."""
        visit, context = self.visit, self.context
        for sentence in near_terms(visit.chosen(), visit.answers, visit.facts, self.today, context.calendar):
            self.add(Notice(context.theme, sentence, icon_name="clock"))

    @property
    def today(self) -> date:
        """Today in Vietnam."""
        return vietnam_day(self.context.equipment.clock.now())

    @property
    def last_workday(self) -> date | None:
        """The working day before today, as far as the calendar knows it."""
        return self.context.calendar.last_working_day_before(self.today)

    @property
    def author(self) -> Source:
        """Who is typing."""
        return self.visit.author
