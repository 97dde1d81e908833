"""A kiosk that takes no dossiers: whom to call in large letters, what the staff should know, and no way on."""

import pytest
from PySide6.QtWidgets import QLabel

from commands.gallery_stage import OFFICE
from kiosk.config import OfficeSettings
from kiosk.filing import NotReady
from tests.ui.conftest import OpenFrame
from ui.out_of_service_screen import OutOfServiceScreen
from ui.theme import Theme
from ui.tokens import Role


@pytest.mark.parametrize("reason", NotReady)
def test_each_reason_says_whom_to_call(open_frame: OpenFrame, theme: Theme, reason: NotReady) -> None:
    frame = open_frame(lambda theme: OutOfServiceScreen(theme, OFFICE, reason))
    labels = {label.text(): label for label in frame.findChildren(QLabel) if label.isVisible()}
    assert "Máy tạm ngừng phục vụ" in labels
    assert labels[OFFICE.phone].font().pixelSize() == theme.metrics.text_px(Role.FIGURE)
    assert any(text.startswith("Dành cho cán bộ: ") for text in labels)
    assert not frame.footer.next_button.isVisible()
    assert not frame.footer.back_button.isVisible()
    assert frame.header.help_button.isVisible()


def test_without_a_telephone_it_names_the_place(open_frame: OpenFrame) -> None:
    office = OfficeSettings(name="Bộ phận Một cửa xã Mẫu")
    frame = open_frame(lambda theme: OutOfServiceScreen(theme, office, NotReady.FAULT))
    assert "Hỏi tại: Bộ phận Một cửa xã Mẫu" in [label.text() for label in frame.findChildren(QLabel)]
