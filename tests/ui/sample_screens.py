"""Screens with every brick, for the tests of the bricks and of the frame."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.buttons import LinkLikeButton, PrimaryButton, SecondaryButton
from ui.choice_rows import Choice, ChoiceRows, TickRow
from ui.date_field import DateField
from ui.labels import Card, Label
from ui.notices import Notice
from ui.screen import Problem, Screen
from ui.search_list import SearchList
from ui.summary_row import SummaryRow
from ui.text_field import Capitals, LabelledField, TextField
from ui.theme import Theme
from ui.thumbnail import Thumbnail
from ui.tile import Tile
from ui.tokens import Role

TALL = "NGUYỄN ĐỖ ẲẪỖ"


class QuestionScreen(Screen):
    """One question with a card beside it, as on the sample of the style."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Họ, chữ đệm, tên của người được khai sinh"
        self.hint = "Viết đúng như trên giấy khai sinh gốc, có đủ dấu"
        self.progress = "Bước 3 trong 8 · Câu 4 trong 9"
        self.field = TextField(self.heading, capitals=Capitals.ALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        card = Card(theme)
        card.column.addWidget(Label("Lấy từ thẻ căn cước", Role.STRONG))
        card.column.addWidget(Label("Nguyễn Văn Mẫu"))
        card.column.addWidget(SecondaryButton(theme, "Dùng tên này"))
        self.side = card
        self.calls: list[str] = []

    def check(self) -> None:
        self.calls.append("check")
        wrong = Problem("Chưa có tên, ông/bà gõ tên vào ô", self.field)
        self.problems = () if self.field.value else (wrong,)
        self.field.set_problem(not self.valid)

    def enter(self) -> None:
        self.calls.append("enter")

    def leave(self) -> None:
        self.calls.append("leave")


class BricksScreen(Screen):
    """All bricks below each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Mọi thứ trên một trang"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap_px)
        choices = [Choice("desk", "Nhận tại quầy"), Choice("post", "Nhận qua bưu điện", "Phí 30.000 ₫, 2 đến 4 ngày")]
        image = QImage(210, 297, QImage.Format.Format_RGB32)
        image.fill(0xFFCCCCDD)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.metrics.gap_px)
        for button in (PrimaryButton(theme, "Quét giấy"), SecondaryButton(theme, "Xoay"), LinkLikeButton(theme, "Sửa")):
            buttons.addWidget(button)
        buttons.addWidget(Thumbnail(theme, "Trang 1", image))
        for brick in (
            LabelledField(theme, "Số điện thoại", TextField("Số điện thoại")),
            DateField(theme, "Ngày sinh"),
            ChoiceRows(theme, choices, value="post"),
            TickRow(theme, "Tôi cam đoan những nội dung khai trên đây là đúng sự thật"),
            SummaryRow(theme, "Nơi cư trú", "Thôn Mẫu, xã Mẫu, thành phố Đà Nẵng", note="lấy từ thẻ"),
            Tile(theme, "Tra cứu hồ sơ", icon_name="search", detail="Xem hồ sơ đã nộp đến đâu"),
            Notice(theme, "Bản giấy và bản điện tử có giá trị như nhau."),
        ):
            column.addWidget(brick)
        column.addLayout(buttons)


class SearchScreen(Screen):
    """A list of forty communes to search in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Nơi cư trú hiện nay"
        self.scrolls = False
        self.list = SearchList(theme, "Tên xã, phường", self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def _search(self, text: str) -> list[tuple[str, str]]:
        names = [(str(number), f"Xã Mẫu {number}") for number in range(40)]
        return [(key, name) for key, name in names if text.lower() in name.lower()]
