"""Gather the pages of one part by scanner, camera, stick or from another part; every finished page is kept."""

from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from kiosk.catalog import DossierPart
from kiosk.documents import CopyKind, Document, Origin
from kiosk.form import FieldType
from kiosk.page_notes import blank_keys
from kiosk.ports import DeviceProblem
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, PagesChanged, WentOn
from ui.announcements import LiveLabel
from ui.capture_adders import CaptureAdders
from ui.capture_ways import CaptureWays, Way
from ui.context import Context
from ui.file_taking import FileTaking
from ui.page_board import PageBoard
from ui.page_gathering import PageGathering
from ui.page_making import Shot
from ui.paper_camera import PaperCamera
from ui.paper_reuse import PaperReuse, reusable
from ui.scanning import Scanning
from ui.sentences import problem_sentence, scanner_sentence
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class _View(Enum):
    """What fills the page; one at a time."""

    WAYS = auto()
    BOARD = auto()
    CAMERA = auto()
    FILES = auto()
    REUSE = auto()


_WAY_OF = {Origin.SCANNER: Way.SCANNER, Origin.CAMERA: Way.CAMERA, Origin.FILE: Way.FILES}


class CaptureScreen(VisitScreen):
    """First how the paper comes in, then its pages: the chosen one large, all of them small."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        code = visit.place.part_code
        self._part: DossierPart = next(part for part in visit.chosen().parts if part.code == code)
        kind = CopyKind(self._part.copy_kinds[0])
        document = visit.documents.get(code) or Document(code, Origin.SCANNER, kind)
        self._told = document
        self._gathering = PageGathering(context, document, self._part.max_pages, _names(visit), self)
        self._scanning = Scanning(context.equipment.scanner, context.tasks, self)
        self._way = _WAY_OF.get(document.origin, Way.SCANNER) if document.pages else self._possible()[0]
        self.heading = _(self._part.name)
        self.wide = True
        self._news = LiveLabel("", Role.STRONG)
        self._news.hide()
        self._ways = CaptureWays(context.theme, self._possible())
        self._adders = CaptureAdders(context.theme)
        self._board = PageBoard(context, self._gathering.making, self._adders)
        self._views: dict[_View, QWidget] = {_View.WAYS: self._ways, _View.BOARD: self._board}
        self._camera = PaperCamera(context, context.equipment.paper_camera) if context.equipment.paper_camera else None
        self._files = FileTaking(context, context.equipment.files) if context.equipment.files else None
        self._view = _View.BOARD if document.pages else _View.WAYS
        self._lay_out()
        self._connect()
        self._refresh()

    def _possible(self) -> tuple[Way, ...]:
        equipment, visit = self.context.equipment, self.visit
        found = {
            Way.SCANNER: equipment.has_scanner,
            Way.CAMERA: equipment.paper_camera is not None,
            Way.FILES: equipment.files is not None,
            Way.REUSE: bool(reusable(visit, self._part.code)),
        }
        return tuple(way for way, possible in found.items() if possible) or (Way.SCANNER,)

    def _lay_out(self) -> None:
        """What is new stands above all else: on a low panel what is below may be out of sight."""
        self.add(self._news)
        self._views[_View.REUSE] = PaperReuse(self.theme, self.visit, self._part.code)
        if self._camera is not None:
            self._views[_View.CAMERA] = self._camera
        if self._files is not None:
            self._views[_View.FILES] = self._files
        for view in self._views.values():
            self.column.addWidget(view, 1)

    def _connect(self) -> None:
        gathering, scanning, adders = self._gathering, self._scanning, self._adders
        tools, order = self._board.tools, self._board.order
        gathering.changed.connect(self._changed)
        gathering.failed.connect(lambda error: self._tell(problem_sentence(error)))
        scanning.page.connect(lambda page: gathering.take(page, Origin.SCANNER))
        scanning.progress.connect(self._scan_moved)
        scanning.ended.connect(self._scan_ended)
        scanning.failed.connect(self._scan_failed)
        self._ways.chosen.connect(self._begin)
        adders.more.connect(self._begin)
        adders.other.connect(lambda: self._show(_View.WAYS))
        adders.stop.connect(scanning.stop)
        adders.drop_blank.connect(gathering.drop_blank)
        self._board.chose.connect(gathering.choose)
        tools.turn.connect(gathering.turn)
        tools.again.connect(self._take_again)
        tools.remove.connect(self._remove)
        order.shift.connect(gathering.move)
        order.join.connect(gathering.join)
        self._reuse.chosen.connect(self._reused)
        if self._camera is not None:
            self._camera.shot.connect(self._photographed)
            self._camera.ended.connect(self._leave_view)
        if self._files is not None:
            self._files.page.connect(lambda page: gathering.take(page, Origin.FILE))
            self._files.ended.connect(self._leave_view)

    @property
    def _reuse(self) -> PaperReuse:
        view = self._views[_View.REUSE]
        assert isinstance(view, PaperReuse)
        return view

    @property
    def document(self) -> Document:
        """The pages as they are now."""
        return self._gathering.document

    def leave(self) -> None:
        """A scan under way is given up and the camera let go; finished pages are with the visit already."""
        self._scanning.stop()
        self._stop_views()

    def step_back(self) -> bool:
        """From the camera, the stick and the ways to the pages that are there, or to the ways."""
        home = _View.BOARD if self.document.pages else _View.WAYS
        if self._view is home:
            return False
        self._gathering.again(None)
        self._show(home)
        return True

    def next_event(self) -> Event:
        """Done with this part."""
        return WentOn()

    def _begin(self, way: Way) -> None:
        """Pages are wanted by that way."""
        self._way = way
        self._tell("")
        match way:
            case Way.SCANNER:
                self._scan()
            case Way.CAMERA:
                self._show(_View.CAMERA)
            case Way.FILES:
                self._show(_View.FILES)
            case Way.REUSE:
                self._show(_View.REUSE)

    def _scan(self) -> None:
        self._show(_View.BOARD)
        self._tell(_("Đang quét, xin ông/bà chờ…"))
        self._scanning.start()
        self._refresh()

    def _take_again(self) -> None:
        """By the way by which the page came: the next page that comes takes its place."""
        page = self.document.page(self._gathering.chosen or 0)
        if page is not None and not self._scanning.running:
            self._gathering.again(page.key)
            self._begin(_WAY_OF.get(page.origin, Way.SCANNER))

    def _scan_moved(self, percent: int) -> None:
        if self._scanning.running and 0 <= percent <= 100:
            self._tell(_("Đang quét, xin ông/bà chờ… {percent} %").format(percent=percent))

    def _scan_ended(self) -> None:
        self._tell(self._enough() if self._gathering.full else "")
        self._refresh()

    def _scan_failed(self, error: Exception) -> None:
        self._gathering.again(None)
        self._tell(scanner_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error))
        self._show(_View.BOARD if self.document.pages else _View.WAYS)

    def _photographed(self, shot: Shot) -> None:
        self._gathering.take(shot, Origin.CAMERA)
        if self._gathering.full:
            self._tell(self._enough())
            self._leave_view()

    def _reused(self, document: Document) -> None:
        self._gathering.copy(document.pages)
        self._leave_view()

    def _remove(self) -> None:
        self._tell("")
        if self._gathering.chosen is not None:
            self._gathering.remove(self._gathering.chosen)

    def _enough(self) -> str:
        return _("Đã đủ {count} trang cho giấy tờ này.").format(count=self._part.max_pages)

    def _changed(self) -> None:
        """The visit has every page as soon as it is there: nothing that happens to a device can take it away."""
        if self.document != self._told:
            self._told = self.document
            self.happened.emit(PagesChanged(self.document))
        if self._view is _View.BOARD and not self.document.pages and not self._scanning.running:
            self._show(_View.WAYS)
        self._refresh()

    def _leave_view(self) -> None:
        self._gathering.again(None)
        self._show(_View.BOARD if self.document.pages or self._gathering.busy else _View.WAYS)

    def _show(self, view: _View) -> None:
        if view is not self._view:
            self._stop_views()
        self._view = view
        self._refresh()
        if view is _View.CAMERA and self._camera is not None:
            self._camera.start()
        if view is _View.FILES and self._files is not None:
            self._files.start(max(1, self._gathering.missing))

    def _stop_views(self) -> None:
        if self._camera is not None:
            self._camera.stop()
        if self._files is not None:
            self._files.stop()

    def _tell(self, text: str) -> None:
        self._news.show_text(text)

    def _refresh(self) -> None:
        """One obvious act at a time: choose how, wait, look, go on."""
        gathering, pages, scanning = self._gathering, self.document.pages, self._scanning.running
        for name, view in self._views.items():
            view.setVisible(name is self._view)
        blank = len(blank_keys(self.document))
        others = len(self._possible()) > 1
        self._adders.offer(self._way, scanning=scanning, room=not gathering.full, others=others, blank=blank)
        self._board.show_document(self.document, gathering.chosen, scanning=scanning, busy=gathering.busy)
        if self._camera is not None:
            self._camera.tell(len(pages))
        done = self._view is _View.BOARD and bool(pages) and not scanning and not gathering.busy
        self.next_label = _("Xong") if done else None
        self.hint = self._hint()
        self.changed.emit()

    def _hint(self) -> str:
        match self._view:
            case _View.WAYS:
                return _("Ông/bà đưa giấy vào bằng cách nào?")
            case _View.CAMERA:
                return ""
            case _View.FILES:
                return _("Cắm USB vào máy rồi chạm vào tệp cần lấy.")
            case _View.REUSE:
                return _("Chạm vào giấy cần dùng.")
            case _View.BOARD if self.document.pages:
                return _("Ông/bà xem trang có rõ không. Còn trang nữa thì thêm, đủ rồi thì bấm “Xong”.")
            case _View.BOARD:
                return ""


def _names(visit: Visit) -> tuple[str, ...]:
    """The names of people that were given: a paper should bear one of them."""
    fields = [field for page in visit.chosen().form.pages for field in page.fields if field.type is FieldType.NAME]
    given = [visit.answers.get(field.id) for field in fields]
    found = [str(answer.value) for answer in given if answer is not None and not answer.unknown]
    return tuple(dict.fromkeys([*found, *([visit.card.name] if visit.card and visit.card.name else [])]))
