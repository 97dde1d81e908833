"""Choose a service by everyday words; no legal codes on the tiles."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.catalog import Service
from kiosk.review import closed_text
from kiosk.texts import _
from kiosk.visit import ServiceChosen, Visit
from ui.context import Context
from ui.notices import Notice
from ui.tile import Tile
from ui.visit_screen import VisitScreen


class ChooseScreen(VisitScreen):
    """A tile a service that is open today, two in a row."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà muốn làm việc gì?")
        self.hint = _("Chạm vào ô ông/bà cần.")
        self.next_label = None
        self.wide = True
        services = [service for service in context.catalog.services if service.open_on(self.today)]
        self.add(self._tiles(services) if services else Notice(context.theme, closed_text()))
        self.finish()

    def _tiles(self, services: Sequence[Service]) -> QWidget:
        metrics = self.theme.metrics
        grid_widget = QWidget()
        grid = QGridLayout(grid_widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(metrics.gap_px * 2)
        columns = 1 if metrics.stacks or len(services) == 1 else 2
        for index, service in enumerate(services):
            grid.addWidget(self._tile(service), index // columns, index % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid_widget

    def _tile(self, service: Service) -> Tile:
        name, *others = [_(name) for name in service.everyday_names or (service.name,)]
        tile = Tile(self.theme, name, icon_name="files", detail=" · ".join(others[:3]) or _(service.name))
        tile.setObjectName(f"service:{service.code}")
        tile.clicked.connect(lambda: self.happened.emit(ServiceChosen(service, service.route)))
        return tile
