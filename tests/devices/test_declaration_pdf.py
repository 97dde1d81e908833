"""The printed declaration is a PDF/A that looks like the office's form and takes every answer literally."""

import re
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from devices.declaration_pdf import DeclarationPdf
from kiosk.declaration import DeclarationContent, declaration_content
from kiosk.field_rules import LINE_MAX, NAME_MAX, PRINTABLE
from kiosk.form import Address, AnswerValue
from kiosk.ports import DeviceProblem, DeviceReason
from tests.devices.printed import FONTS, SIGNING, TEMPLATES, WORKER, assert_in_order, opened, render, text_of
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH, answered, extract_copy

A4_PT = (595.3, 841.9)


def content(values: dict[str, AnswerValue | None], **changed: AnswerValue | None) -> DeclarationContent:
    return declaration_content(extract_copy(), answered(values, **changed), SIGNING)


def test_it_is_pdf_a_2b_on_one_a4_page_in_the_typeface_of_official_forms() -> None:
    with pikepdf.open(BytesIO(render(content({**OWN_BIRTH})))) as pdf:
        assert pdf.open_metadata().pdfa_status == "2B"
        assert len(pdf.pages) == 1
        box = [float(number) for number in pdf.pages[0].mediabox]
        assert box[2:] == pytest.approx(A4_PT, abs=0.2)
        fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert fonts
    assert all("LiberationSerif" in font for font in fonts)


def test_the_labels_stand_in_the_official_order() -> None:
    text = text_of(render(content({**OWN_BIRTH})))
    labels = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        "Kính gửi: (1) Ủy ban nhân dân phường Mẫu Đơn",
        "Họ, chữ đệm, tên người yêu cầu: NGUYỄN VĂN MẪU",
        "Ngày, tháng, năm sinh: 27/03/1958",
        "Nơi cư trú (2):",
        "Giấy tờ tùy thân (3): Số định danh cá nhân 001099000123",
        "Quan hệ với người được cấp bản sao Giấy khai sinh/Trích lục hộ tịch: Bản thân",
        "Đề nghị cơ quan cấp bản sao trích lục (4) khai sinh (Bản sao Giấy khai sinh) cho người có tên dưới đây:",
        "Họ, chữ đệm, tên: NGUYỄN VĂN MẪU",
        "Ngày, tháng, năm sinh: 27/03/1958",
        "Giới tính: Nam",
        "Dân tộc: Kinh",
        "Quốc tịch: Việt Nam",
        "Nơi cư trú (2):",
        "Giấy tờ tùy thân (3): Số định danh cá nhân 001099000123",
        "Số định danh cá nhân (nếu có): 001099000123",
        "Đã đăng ký tại (5): Ủy ban nhân dân xã Mẫu Sơn, huyện Mẫu Lộc, tỉnh Hà Tây",
        "ngày 02 tháng 04 năm 1958",
        "Số: 25/1958",
        "Quyển số: 01",
        "Số lượng bản sao yêu cầu cấp (6): 2 bản.",
        "Tôi cam đoan",
        "Làm tại: phường Mẫu Đơn, ngày 21 tháng 11 năm 2026",
        "Người yêu cầu",
        "(Ký, ghi rõ họ, chữ đệm, tên)",
        "(6) Số bản xin cấp.",
    ]
    assert_in_order(text, labels)
    assert "quận/huyện" not in text


def test_the_other_person_s_block_and_a_substitute_paper() -> None:
    text = text_of(render(content({**FATHERS_DEATH})))
    assert "Hộ chiếu số B1234567, do Cục Quản lý xuất nhập cảnh cấp ngày 01/05/2020" in text
    assert "Trích lục hộ tịch: Con Đề nghị" in text
    assert "trích lục (4) khai tử cho người" in text
    assert "Họ, chữ đệm, tên: TRẦN VĂN MẪU" in text
    assert "năm 2001" in text
    assert "0912345678" not in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"event": "7", "changed_event": "other", "changed_event_other": "11"}, "(nội dung giám sát việc giám hộ)"),
        ({"event": "7", "changed_event": None}, "(4) thay đổi, cải chính hộ tịch cho người"),
        ({"event": "other", "event_other": "12"}, "(4) chấm dứt giám sát việc giám hộ cho người"),
        ({"for_whom": "other", "relation_other": "guardian"}, "Trích lục hộ tịch: Người đại diện theo pháp luật"),
        ({"requester_document_kind": "8", "requester_document_name": "Thẻ thử"}, "Thẻ thử số B1234567, do"),
        ({"requester_document_issued_by": "*"}, "do * cấp ngày 01/05/2020"),
    ],
)
def test_what_the_template_says_of_each_case(changed: dict[str, AnswerValue | None], words: str) -> None:
    assert words in text_of(render(content({**FATHERS_DEATH}, **changed)))


HOSTILE = ['#read("/etc/passwd")', "*_$x$_* `raw` <label> @ref = //", '#import "@preview/a:1.0.0"', "\\u{41} \\ #{1+1}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_code_in_an_answer_is_printed_and_never_run(text: str) -> None:
    changed = {"registered_at": text, "registered_number": text, "requester_document_issued_by": text}
    printed = text_of(render(content({**FATHERS_DEATH}, has_old_copy=True, **changed)))
    assert f"Đã đăng ký tại (5): {text}" in printed
    assert f"do {text} cấp ngày" in printed


def test_the_longest_answers_stay_on_two_pages() -> None:
    long_home = Address("01", "Thành phố Hà Nội", "00004", "Phường Ba Đình", "W" * LINE_MAX)
    changed: dict[str, AnswerValue | None] = {
        "for_whom": "other",
        "relation_other": "guardian",
        "event": "7",
        "changed_event": "other",
        "changed_event_other": "11",
        "requester_name": "W" * NAME_MAX,
        "requester_residence": long_home,
        "requester_document_kind": "8",
        "requester_document_name": "M" * 60,
        "requester_document_number": "B" * 30,
        "requester_document_issued_by": "M" * 100,
        "subject_name": "W" * NAME_MAX,
        "subject_residence": long_home,
        "subject_document_kind": "8",
        "subject_document_name": "M" * 60,
        "subject_document_number": "B" * 30,
        "subject_document_issued_by": "M" * 100,
        "registered_at": "W" * 200,
        "has_old_copy": True,
        "registered_number": "W" * 40,
        "registered_book": "W" * 40,
    }
    with opened(render(content({**FATHERS_DEATH}, **changed))) as document:
        assert len(document) == 2


def test_a_blank_form_has_dotted_lines_to_write_on() -> None:
    with opened(render(content({}))) as document:
        assert document[0].get_textpage().get_text_range().count("....") > 20


def test_every_letter_that_an_answer_may_have_can_be_printed() -> None:
    letters = [chr(code) for code in range(0x21, 0x2200) if re.fullmatch(PRINTABLE, chr(code))]
    words = " ".join("o" + letter if unicodedata.combining(letter) else letter for letter in letters)
    assert len(letters) > 800
    assert render(replace(content({}), office=words)).startswith(b"%PDF-1.7")


def test_a_trial_says_so_across_the_page() -> None:
    made = content({**OWN_BIRTH})
    assert "BẢN THỬ" in text_of(render(replace(made, demo=True)))
    assert "BẢN THỬ" not in text_of(render(made))


def test_a_template_that_is_not_of_this_release_is_refused() -> None:
    for name in ("nothing", "../declarations/2.000635", "_prelude"):
        with pytest.raises(DeviceProblem) as raised:
            render(replace(content({}), template=name))
        assert raised.value.reason is DeviceReason.NO_DRIVER


def test_a_template_can_read_no_file_and_fetch_no_package(tmp_path: Path) -> None:
    (tmp_path / "_prelude.typ").write_text("")
    for source in ('#read("/etc/hostname")', '#read("../../etc/hostname")', '#import "@preview/cetz:0.2.2"'):
        (tmp_path / "bad.typ").write_text(source)
        with pytest.raises(DeviceProblem) as raised:
            DeclarationPdf(WORKER, tmp_path, FONTS).render(replace(content({}), template="bad"))
        assert raised.value.reason is DeviceReason.FAILED


def test_a_worker_that_hangs_is_ended() -> None:
    forever = "import threading; threading.Event().wait()"
    hung = DeclarationPdf((sys.executable, "-c", forever), TEMPLATES, FONTS, timeout_s=0.3)
    with pytest.raises(DeviceProblem) as raised:
        hung.render(content({}))
    assert raised.value.reason is DeviceReason.TIMEOUT


@pytest.mark.parametrize("command", [("/nowhere/kiosk", "typst-worker"), (sys.executable, "-c", "print('no pdf')")])
def test_a_worker_that_does_not_work_is_a_problem_of_a_device(command: tuple[str, ...]) -> None:
    with pytest.raises(DeviceProblem) as raised:
        DeclarationPdf(command, TEMPLATES, FONTS).render(content({}))
    assert raised.value.reason is DeviceReason.FAILED
