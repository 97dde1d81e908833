"""Whom to call when the kiosk cannot help any further, in letters that are read from a step away."""

from kiosk.config import OfficeSettings
from kiosk.texts import _
from ui.labels import Card, Label
from ui.theme import Theme
from ui.tokens import Role


class CallCard(Card):
    """The telephone of the office, or its counter where none is set; "Gọi hỗ trợ" above works as on every page."""

    def __init__(self, theme: Theme, office: OfficeSettings) -> None:
        super().__init__(theme)
        if office.phone:
            self.column.addWidget(Label(_("Gọi {office}").format(office=office.name), Role.STRONG))
            self.column.addWidget(Label(office.phone, Role.FIGURE))
        else:
            self.column.addWidget(Label(_("Hỏi tại: {office}").format(office=office.name), Role.STRONG))
        if office.hours:
            self.column.addWidget(Label(_("Giờ làm việc: {hours}").format(hours=office.hours)))
