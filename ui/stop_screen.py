"""Where the form ends for this person: why, said calmly, and the way on. It is no error, and nothing is refused."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from kiosk.catalog import Service
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, ServiceChosen
from ui.call_card import CallCard
from ui.context import Context
from ui.form_screen import shown_page
from ui.labels import Card, Label, Picture
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class StopScreen(VisitScreen):
    """The page named by the visit's place, which has a stop. Continue, always in sight, leads to the service that does
    what is wanted, where there is one; Back changes the answer."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        page = shown_page(visit)
        assert page.stop is not None  # the navigator has looked
        self.heading = _(page.title)
        self.hint = _("Chọn nhầm thì ông/bà bấm “Quay lại” để sửa câu trả lời.")
        self._service = self._instead(page.stop.instead)
        self.next_label = None if self._service is None else _("Xem thủ tục này")
        self.add(self._why(_(page.stop.text)))
        if self._service is not None:
            self.add(self._named(self._service))
        self.add(CallCard(self.theme, context.office))
        self.finish()

    def _why(self, text: str) -> Card:
        card = Card(self.theme)
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.px(5))
        row.addWidget(Picture(self.theme, "info", "link", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text), 1)
        card.column.addLayout(row)
        return card

    def next_event(self) -> Event | None:
        """To the service that does what is wanted here."""
        service, province = self._service, self.context.office.province
        if service is None:
            return None
        return ServiceChosen(service, service.route, self.today, province, self.last_workday)

    def _named(self, service: Service) -> Card:
        """What Continue leads to."""
        card = Card(self.theme)
        card.column.addWidget(Label(_("Thủ tục phù hợp")))
        card.column.addWidget(Label(_(service.plain_name), Role.STRONG))
        return card

    def _instead(self, code: str) -> Service | None:
        """The service that does what is wanted here, while it is open."""
        services = self.context.catalog.services
        return next((each for each in services if each.code == code and each.open_on(self.today)), None)
