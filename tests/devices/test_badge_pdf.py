"""The printed badge: one page of PDF/A whose QR is read back, with every text taken literally."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import zxingcpp

from commands.demo_badges import DEMO_HELPERS
from devices.badge_pdf import BadgePdf
from devices.pictures import read_picture
from kiosk.badge_card import badge_card
from kiosk.badges import MadeBadge, new_badge
from kiosk.helper_desk import BadgedHelper
from kiosk.resources import resource_path

WORKER = (sys.executable, "main.py", "typst-worker")
WRITER = BadgePdf(WORKER, resource_path("declarations"), resource_path("fonts"))
LONG = "#[TRẦN NGUYỄN THỊ PHƯƠNG THẢO] *H'HEN NIÊ* KBUÔR MẪU DÀI LẮM"
LAST_DAY = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


def codes(picture: np.ndarray) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_badge_is_one_page_that_a_camera_reads() -> None:
    made = MadeBadge(new_badge("TNTP-0231K"), BadgedHelper("TNTP-0231K", LONG, "Đoàn phường Mẫu " * 5), LAST_DAY)
    card = badge_card(made)
    assert card.until == "Dùng đến hết ngày 31/12/2026", "the last day, not the midnight after it"
    assert (card.mark, badge_card(made, demo=True).mark) == ("", "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ")
    pdf = WRITER.render(replace(card, mark="BẢN THỬ"))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.open_metadata().pdfa_status == "2B"
        assert len(opened.pages) == 1
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert LONG in text
    assert codes(document[0].render(scale=150 / 72, grayscale=True).to_numpy()) == [made.badge.text]
    document.close()


def test_the_demos_pictures_are_those_of_its_badges() -> None:
    folder = resource_path("demo", "badges")
    for number, helper in enumerate(DEMO_HELPERS, 1):
        picture = read_picture(folder / f"badge-{number}.jpg")
        assert picture is not None
        assert codes(np.asarray(picture.convert("L"))) == [helper.badge.text]
        assert (folder / f"badge-{number}.txt").read_text().strip() == helper.badge.text
