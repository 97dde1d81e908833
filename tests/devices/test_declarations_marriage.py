"""The prints of 1.000894, 1.004873 and 1.004859: what their templates put together themselves."""

import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

import pypdfium2
import pytest

from devices.declaration_pdf import DeclarationPdf
from kiosk.declaration import Signing, declaration_content
from kiosk.form import AnswerValue
from tests.kiosk.shipped_forms import FACTS, shipped_form
from tests.kiosk.test_forms_change import DAUGHTER
from tests.kiosk.test_forms_marital_status import ABROAD, OWN, STATES
from tests.kiosk.test_forms_marriage import BRIDE_FILES, DIVORCED
from tests.sample_forms import RESOURCES, TODAY, answered, extract_copy

WORKER = (sys.executable, str(RESOURCES.parent / "main.py"), "typst-worker")
SIGNING = Signing("Ủy ban nhân dân phường Mẫu Đơn", "phường Mẫu Đơn", TODAY, demo=False)


def printed(code: str, values: Mapping[str, AnswerValue | None]) -> str:
    """The words of the print, dots of dotted lines taken away."""
    service = replace(extract_copy(), code=code, form=shipped_form(code), declaration=code)
    content = declaration_content(service, answered(values), SIGNING, FACTS)
    pdf = DeclarationPdf(WORKER, RESOURCES / "declarations", RESOURCES / "fonts").render(content)
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    text = unicodedata.normalize("NFC", " ".join(pages)).replace("\ufffe", "").replace("\u200b", "")
    return " ".join(word for word in text.split() if word.strip(".…"))


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("never", "Hiện tại chưa đăng ký kết hôn với ai"),
        (
            "never, elsewhere",
            "Trong thời gian cư trú tại Xã Mẫu Sơn, tỉnh Mẫu, từ tháng 02 năm 2006 đến ngày 01 tháng 09 năm 2016 chưa "
            "đăng ký kết hôn với ai; hiện tại chưa đăng ký kết hôn với ai",
        ),
        (
            "married",
            "Hiện tại đang có vợ là bà TRẦN THỊ MẪU (Giấy chứng nhận kết hôn số 45, do UBND PHƯỜNG MẪU ĐƠN, cấp ngày "
            "02 tháng 09 năm 2016)",
        ),
        (
            "together since before 1987",
            "Hiện tại đang có vợ là bà TRẦN THỊ MẪU (chung sống với nhau như vợ chồng trước ngày 03/01/1987)",
        ),
        (
            "divorced",
            "Đã đăng ký kết hôn hoặc đã có vợ, nhưng đã ly hôn theo Bản án ly hôn số 15/2019/HNGĐ-ST, ngày 12 tháng 04 "
            "năm 2019, của TAND QUẬN MẪU; hiện tại chưa đăng ký kết hôn với ai",
        ),
        (
            "widowed",
            "Đã đăng ký kết hôn hoặc đã có vợ, nhưng vợ đã chết (Trích lục khai tử số 12/2020, do UBND XÃ MẪU SƠN, cấp "
            "ngày 01 tháng 08 năm 2020); hiện tại chưa đăng ký kết hôn với ai",
        ),
        ("married, nothing remembered", "Hiện tại đang có vợ là bà TRẦN THỊ MẪU Mục đích"),
        (
            "divorced, nothing remembered",
            "Đã đăng ký kết hôn hoặc đã có vợ, nhưng đã ly hôn; hiện tại chưa đăng ký kết hôn với ai",
        ),
        (
            "divorced, the court alone",
            "đã có vợ, nhưng đã ly hôn theo bản án hoặc quyết định ly hôn, của TAND QUẬN MẪU; hiện tại chưa",
        ),
        ("widowed, nothing remembered", "đã có vợ, nhưng vợ đã chết; hiện tại chưa đăng ký kết hôn với ai"),
        (
            "widowed, the year alone",
            "nhưng vợ đã chết (Giấy chứng tử hoặc trích lục khai tử, cấp năm 2020); hiện tại chưa đăng ký",
        ),
        ("widowed, the paper alone", "nhưng vợ đã chết (Giấy chứng tử); hiện tại chưa đăng ký kết hôn với ai"),
        ("before the marriage", "chưa đăng ký kết hôn với ai; hiện tại đang có vợ là bà TRẦN THỊ MẪU"),
        ("other", "Được Tòa án công nhận không phải vợ chồng"),
    ],
)
def test_the_state_is_written_in_the_words_of_the_circular(state: str, line: str) -> None:
    assert line in printed("1.004873", {**OWN, **STATES[state]})


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Mua bán, chuyển nhượng nhà đất (xin cấp 2 bản)"),
        ({"use": "other", "other_purpose": "Nhận con nuôi"}, "Nhận con nuôi (xin cấp 2 bản)"),
    ],
)
def test_the_purpose_is_what_was_chosen_or_typed(more: Mapping[str, AnswerValue | None], words: str) -> None:
    assert words in printed("1.004873", {**OWN, **STATES["never"], **more})


def test_the_purpose_names_the_future_spouse_and_the_place() -> None:
    text = printed("1.004873", ABROAD)
    assert "Kết hôn với ông/bà JOHN MAU, sinh ngày 04 tháng 03 năm 1979, quốc tịch Hoa Kỳ" in text
    assert "hộ chiếu số 561234567; đăng ký tại Springfield, Hoa Kỳ" in text


def test_both_sides_stand_in_one_table_and_sign() -> None:
    text = printed("1.000894", {**BRIDE_FILES, **DIVORCED})
    assert "Họ, chữ đệm, tên TRẦN THỊ MẪU NGUYỄN VĂN MẪU" in text
    assert "Quốc tịch Việt Nam Việt Nam" in text
    assert "Kết hôn lần thứ mấy 1 2" in text
    assert text.count("(Ký, ghi rõ họ, chữ đệm, tên)") == 2


def test_each_change_is_a_line_from_old_to_new() -> None:
    text = printed("1.004859", DAUGHTER)
    assert "– Họ, chữ đệm, tên: từ NGUYỄN THI MẪU thành NGUYỄN THỊ MẪU" in text
    assert "Đề nghị cơ quan đăng ký việc (4) cải chính hộ tịch cho người có tên dưới đây" in text
    assert "Ý kiến đồng ý" not in text


@pytest.mark.parametrize(
    ("born", "signers"), [("2014-06-05", ["Người được thay đổi", "Mẹ"]), ("2020-06-05", ["Mẹ"]), ("2000-06-05", [])]
)
def test_to_a_new_name_those_agree_whom_the_law_asks(born: str, signers: list[str]) -> None:
    """The child from nine years on (Law 91/2015/QH13, Art. 28), and the parent who does not file."""
    values = {key: value for key, value in DAUGHTER.items() if key != "event"} | {
        "act": "change",
        "subject_birth_date": born,
        "registered_on": "2021-01-01",
        **({"parents_agree": "both"} if signers else {}),
    }
    text = printed("1.004859", values)
    consents = text.partition("Ý kiến đồng ý (8):")[2].partition("Chú thích")[0]
    assert [who for who in ("Người được thay đổi", "Cha", "Mẹ") if who in consents] == signers
