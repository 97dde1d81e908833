"""Clips: found by the hash of a text, the office's before the shipped one, and texts put together from pieces."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from kiosk.clips import ClipShelf, Composer, clip_id, fixed_pieces, spoken_line
from kiosk.spoken_numbers import WORDS

MESSAGES = (
    "Có {count} chỗ cần xem lại",
    "Gọi {office}",
    "In {paper}",
    "Nếu đến hết {day} (2 ngày làm việc)",
    "Hẹn trả kết quả: {day}.",
    "Mã phiếu: {code}",
)


def composer(*recorded: str) -> Composer:
    return Composer(MESSAGES, {*recorded, *WORDS}.__contains__)


def test_the_name_of_a_clip_is_the_hash_of_the_composed_text() -> None:
    decomposed = unicodedata.normalize("NFD", "Tiếp tục")
    assert clip_id(decomposed) == clip_id("Tiếp tục") == hashlib.sha256("Tiếp tục".encode()).hexdigest()[:16]


def test_a_file_of_the_office_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder in (shipped, own):
        folder.mkdir()
        (folder / f"{clip_id('Xong')}.opus").touch()
    (shipped / f"{clip_id('Sửa')}.opus").touch()
    (own / "notes.txt").touch()
    shelf = ClipShelf((own, shipped, tmp_path / "not there"))
    assert shelf.find("Xong") == own / f"{clip_id('Xong')}.opus"
    assert shelf.find("Sửa") == shipped / f"{clip_id('Sửa')}.opus"
    assert shelf.find("Không") is None
    assert len(shelf) == 2


SAID = {
    "Xong": ("Xong",),
    "Có 21 chỗ cần xem lại": ("Có", "hai mươi", "mốt", "chỗ cần xem lại"),
    "Mã phiếu: 7K-2": ("Mã phiếu", "bảy", "K", "gạch", "hai"),
    "Họ và tên: Ông/bà chưa trả lời câu này.": ("Họ và tên", "Ông/bà chưa trả lời câu này."),
    "Nộp phí tại quầy (cần hỏi lại quầy).": ("Nộp phí tại quầy", "(cần hỏi lại quầy)"),
    "Giấy (nếu có) (cần hỏi lại quầy)": ("Giấy (nếu có)", "(cần hỏi lại quầy)"),
    "In tờ khai": ("In", "Tờ khai"),
    "Nếu đến hết Thứ Năm, 03/12/2026 (2 ngày làm việc) chưa có tin, mời ông/bà gọi:": (
        *("Nếu đến hết", "Thứ Năm", "ngày", "mùng", "ba", "tháng mười hai", "năm", "hai", "nghìn", "không", "trăm"),
        *("hai mươi", "sáu", "2 ngày làm việc", "chưa có tin", "mời ông/bà gọi:"),
    ),
    "Xong.\nXong": ("Xong", "Xong"),
    "•": (),
}


@pytest.mark.parametrize(("text", "clips"), SAID.items())
def test_texts_are_put_together(text: str, clips: tuple[str, ...]) -> None:
    recorded = (
        *("Xong", "Có", "chỗ cần xem lại", "Mã phiếu", "Họ và tên", "Ông/bà chưa trả lời câu này.", "Nộp phí tại quầy"),
        *("(cần hỏi lại quầy)", "Giấy (nếu có)", "In", "Tờ khai", "Nếu đến hết", "2 ngày làm việc", "Thứ Năm"),
        *("chưa có tin", "mời ông/bà gọi:"),
    )
    assert composer(*recorded).compose(text) == clips


def test_a_name_is_not_covered_nor_what_holds_it() -> None:
    assert composer("Gọi").compose("Gọi NGUYỄN VĂN MẪU") is None
    assert composer().compose("Xong") is None


def test_a_text_that_leads_back_to_itself_ends() -> None:
    assert composer().compose(". ".join(["a: b, c"] * 12)) is None


def test_what_is_recorded_of_a_message() -> None:
    assert fixed_pieces("Chọn xong.") == ("Chọn xong.",)
    assert fixed_pieces("Có {count} chỗ cần xem lại") == ("Có", "chỗ cần xem lại")
    assert fixed_pieces("{seconds} giây") == ("giây",)
    assert fixed_pieces("{a}: {b}.") == ()


def test_a_machine_gets_values_as_words() -> None:
    assert spoken_line("Lệ phí 8.000 đồng, hẹn 02/09/2026") == (
        "Lệ phí tám nghìn đồng, hẹn ngày mùng hai tháng chín năm hai nghìn không trăm hai mươi sáu"
    )
