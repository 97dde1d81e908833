"""The first page: what can be done here, and whether the devices are well."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk.outbox import QueueCondition
from kiosk.ports import DeviceStatus
from kiosk.staff_queue import QueueNews
from kiosk.texts import _, joined
from kiosk.visit import Visit
from kiosk.visit_events import Begun
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import Card, Label, Picture, Points
from ui.language_choice import OtherLanguages
from ui.left_papers import LeftPapers
from ui.sentences import health_lines
from ui.tasks import Lane
from ui.tile import PrimaryTile, Tile
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class HomeScreen(VisitScreen):
    """One big tile for the one thing that people come for, and beside it what else can be done here; device health is
    asked for in the background."""

    resume_asked = Signal()
    """An unfinished visit is to be gone on with."""
    help_asked = Signal()
    """As if "Gọi hỗ trợ" in the header had been touched."""
    language_asked = Signal(str)
    """The code of the language that everything is to be said in."""
    staff_asked = Signal()
    """Somebody of the staff wants to see what needs them."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Xin chào ông/bà")
        self.hint = _("Nộp hồ sơ ngay tại đây. Chạm vào ô bên dưới để bắt đầu.")
        self.next_label = None
        self.can_go_back = False
        self.wide = True
        self._unwell = False
        metrics = context.theme.metrics
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(metrics.gap_px)
        self._middle.addWidget(self._begin_tile(), 5)
        others = QVBoxLayout()
        others.setSpacing(metrics.gap_px)
        look = self._tile("look_up", _("Xem giấy tờ cần có"), "files")
        look.clicked.connect(lambda: self.happened.emit(Begun()))
        self._resume = self._tile("resume", _("Làm tiếp hồ sơ đang dở"), "folder-open")
        self._resume.clicked.connect(self.resume_asked)
        self._resume.hide()
        self.left_papers = LeftPapers(self.theme)
        call = self._tile("call", _("Gọi hỗ trợ"), "life-buoy")
        call.clicked.connect(self.help_asked)
        for tile in (look, self._resume, call):
            others.addWidget(tile, 1)
        self._middle.addLayout(others, 3)
        self.column.addLayout(self._middle, 1)
        self._steps = self._how_it_goes()
        self.column.addWidget(self._steps)
        self.column.addWidget(self.left_papers)
        self._add_office_line()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Where there is room for the tiles only, how it goes is left out."""
        metrics = self.theme.metrics
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(down if metrics.portrait else across)
        self._steps.setVisible(not (metrics.compact or metrics.stacks or self._unwell))

    def _tile(self, name: str, words: str, picture: str) -> SecondaryButton:
        """As tall as there is room for."""
        tile = SecondaryButton(self.theme, words, icon_name=picture)
        tile.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        tile.setSizePolicy(policy)
        return tile

    def _begin_tile(self) -> Tile:
        words = _("Xem giấy tờ cần có, lệ phí, rồi làm từng bước")
        tile = PrimaryTile(self.theme, _("Nộp hồ sơ"), icon_name="file-plus", detail=words)
        tile.setObjectName("begin")
        tile.clicked.connect(lambda: self.happened.emit(Begun()))
        return tile

    def _how_it_goes(self) -> Card:
        """Four pictures with words: what will happen, before anything is asked."""
        card = Card(self.theme)
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.px(4))
        for picture, words in (
            ("id-card", _("Đưa thẻ căn cước")),
            ("list-checks", _("Trả lời từng câu")),
            ("scan-line", _("Quét giấy tờ")),
            ("ticket", _("Nhận phiếu")),
        ):
            row.addWidget(Picture(self.theme, picture, "link", 9))
            row.addWidget(Label(words), 1)
        card.column.addLayout(row)
        return card

    def _add_office_line(self) -> None:
        office = self.context.office
        words = [_("Giờ làm việc: {hours}").format(hours=office.hours)] if office.hours else []
        if office.phone:
            words.append(_("Điện thoại hỗ trợ: {phone}").format(phone=office.phone))
        line = QHBoxLayout()
        line.addWidget(Label(joined(" · ", words), Role.PROGRESS), 1)
        others = OtherLanguages(self.theme)
        others.asked.connect(self.language_asked)
        line.addWidget(others)
        self.column.addLayout(line)

    def enter(self) -> None:
        """Ask the devices how they are, and whether there are drafts; the page does not wait for the answers."""
        equipment, keeping, tasks = self.context.equipment, self.context.keeping, self.context.tasks
        if keeping is not None:  # a store that cannot say leaves the page as it is
            show = self._resume.setVisible
            tasks.run(Lane.DRAFTS, keeping.drafts.any, owner=self, done=show, failed=lambda _error: None)

        def ask() -> tuple[DeviceStatus, DeviceStatus, DeviceStatus, QueueCondition]:
            return (
                equipment.camera.status(),
                equipment.scanner.status(),
                equipment.printer.status(),
                equipment.filing.condition(),
            )

        self.context.tasks.run(Lane.HEALTH, ask, owner=self, done=lambda health: self._show_health(*health))

        queue = self.context.queue
        if queue is not None:
            self.context.tasks.run(
                Lane.HEALTH,
                queue.news,
                owner=self,
                done=self._show_news,
                failed=lambda _error: self._add_staff_line(),  # their page says what is wrong
            )

    def _show_news(self, news: QueueNews) -> None:
        if news.health.alarms:
            self._add_staff_line()

    def _add_staff_line(self) -> None:
        """A quiet line for the staff: nothing that a citizen should worry about, and nothing about anybody."""
        button = SecondaryButton(self.theme, _("Dành cho cán bộ"), icon_name="bell")
        button.setObjectName("staff")
        button.clicked.connect(self.staff_asked)
        line = QHBoxLayout()
        line.addWidget(Label(_("Cán bộ xem giúp: có việc cần làm ở máy này."), Role.PROGRESS), 1)
        line.addWidget(button)
        self.column.addLayout(line)

    def _show_health(
        self, camera: DeviceStatus, scanner: DeviceStatus, printer: DeviceStatus, condition: QueueCondition
    ) -> None:
        lines = list(health_lines(camera, scanner, printer))
        if condition is not QueueCondition.CLEAR:
            lines.append(_("Chưa kết nối được với cổng – vẫn làm được, hồ sơ được giữ an toàn và tự gửi sau."))
        if lines:
            self._unwell = True
            self._fit()
            card = Card(self.theme)
            card.column.addWidget(Points(self.theme, lines))
            self.column.insertWidget(self.column.count() - 1, card)
