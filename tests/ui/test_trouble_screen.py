"""After a fault of ours: what is safe, whom to call, one way on, and nothing of what failed."""

from PySide6.QtWidgets import QLabel

from commands.gallery_stage import OFFICE
from tests.ui.conftest import OpenFrame
from ui.frame import Frame
from ui.trouble_screen import TroubleScreen


def texts(frame: Frame) -> str:
    return "\n".join(label.text() for label in frame.findChildren(QLabel) if label.isVisible())


def test_it_says_what_is_safe_and_whom_to_call(open_frame: OpenFrame) -> None:
    frame = open_frame(lambda theme: TroubleScreen(theme, OFFICE))
    assert OFFICE.phone in texts(frame)
    assert "vẫn an toàn" in texts(frame)
    assert "làm lại" in texts(frame)
    assert frame.footer.next_button.text() == "Về trang đầu"


def test_who_has_filed_is_given_the_code_and_need_not_begin_anew(open_frame: OpenFrame) -> None:
    frame = open_frame(lambda theme: TroubleScreen(theme, OFFICE, ("7K3M9-PQRS2",)))
    assert "7K3M9-PQRS2" in texts(frame)
    assert "không phải làm lại" in texts(frame)
