"""Goodbye: what is to be taken along, in pictures with words, and one touch to say how it went."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from kiosk.ratings import Rating
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, Left
from ui.context import Context
from ui.labels import Label, Picture
from ui.tile import Tile
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class GoodbyeScreen(VisitScreen):
    """Nothing of the dossier is shown any more. Who walks away leaves the first page to the next one by itself."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà nhớ lấy đủ đồ của mình")
        self.hint = _("Xin xem lại trên bàn, trong máy quét và ở máy in.")
        self.next_label = _("Đã lấy đủ, kết thúc")
        self.can_go_back = False
        self.kept = True
        self.wide = True
        self._rated = False
        self._things = QWidget()
        self._grid = QGridLayout(self._things)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(context.theme.metrics.gap_px)
        self._cards = [self._thing(*thing) for thing in _things(visit)]
        self._question = Label(_("Ông/bà thấy làm trên máy này thế nào?"), Role.STRONG)
        self._faces = QWidget()
        self._face_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._faces)
        self._face_row.setContentsMargins(0, 0, 0, 0)
        self._face_row.setSpacing(context.theme.metrics.gap_px)
        for rating, picture, words in (
            (Rating.GOOD, "smile", _("Hài lòng")),
            (Rating.FAIR, "meh", _("Bình thường")),
            (Rating.POOR, "frown", _("Chưa hài lòng")),
        ):
            face = Tile(context.theme, words, icon_name=picture)
            face.setObjectName(f"rate:{rating}")
            face.clicked.connect(lambda _checked=False, each=rating: self._rate(each))
            self._face_row.addWidget(face)
        self.add(self._things, self._question, self._faces)
        self.finish()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Two by two; the faces below each other where their words would not fit beside each other."""
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, 2))
        upright = self.theme.metrics.portrait and self.theme.metrics.stacks
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._face_row.setDirection(down if upright else across)

    def _thing(self, picture: str, words: str) -> QWidget:
        """Without an outline: it is to be looked for, not to be touched."""
        thing = QWidget()
        row = QHBoxLayout(thing)
        row.setSpacing(self.theme.metrics.px(5))
        row.addWidget(
            Picture(self.theme, picture, "link", 12 if self.theme.metrics.compact else 22),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        row.addWidget(Label(words, Role.STRONG), 1)
        return thing

    def _rate(self, rating: Rating) -> None:
        """Once: a second touch must not count twice."""
        if self._rated:
            return
        self._rated = True
        self.context.rated(rating)
        self._faces.hide()
        self._question.setText(_("Cảm ơn ông/bà đã cho biết."))

    def next_event(self) -> Event:
        """The visit is over."""
        return Left()


def _things(visit: Visit) -> Iterator[tuple[str, str]]:
    """Picture and words of what may lie about: only what this visit had in hand."""
    if visit.card is not None:
        yield "id-card", _("Thẻ căn cước")
    if visit.documents:
        yield "files", _("Giấy tờ gốc")
    yield "ticket", _("Phiếu vừa in")
    yield "glasses", _("Kính, điện thoại")
