"""Tests of kiosk.slip: what a slip says, and what it must never say."""

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.slip import Slip, SlipFee, SlipKind, SlipReceipt, filed_slip, held_slip, kept_slip, prepared_slip, qr_text
from tests.devices.slips import DOSSIER, NOW, OFFICE, PRINTING, RECEIPT, filed, held, kept


def everything_on(slip: Slip) -> str:
    """All that is printed, as one text."""
    return repr(dataclasses.astuple(slip))


def test_a_filed_slip_says_so_with_the_portals_code_and_time() -> None:
    slip = filed()
    assert slip.kind is SlipKind.FILED
    assert slip.title == "PHIẾU NỘP HỒ SƠ"
    assert slip.national_code == "H26.21.3-261116-0012"
    assert "đã được nộp lúc 14:05 ngày 16/11/2026" in slip.statement


def test_a_kept_slip_says_not_filed_and_has_no_code_of_the_portal() -> None:
    slip = kept()
    assert slip.title == "PHIẾU GHI NHẬN – CHƯA NỘP"
    assert "CHƯA NỘP" in slip.statement
    assert slip.national_code == ""
    assert slip.code_note == "Mã hồ sơ: chưa có"
    assert "đã được nộp lúc" not in everything_on(slip)


def test_online_is_said_only_of_what_goes_to_a_portal_by_agreement() -> None:
    slip = filed_slip(OFFICE, replace(DOSSIER, online=True), RECEIPT, PRINTING)
    assert slip.title == "PHIẾU NỘP HỒ SƠ TRỰC TUYẾN"
    assert "trực tuyến" not in everything_on(filed()).lower()


def test_what_was_refused_is_not_promised_to_go_out_by_itself() -> None:
    slip = held()
    assert (slip.kind, slip.title) == (SlipKind.HELD, "PHIẾU GHI NHẬN – CHƯA NỘP")
    assert slip.statement == "Hồ sơ của ông/bà đã được lưu an toàn nhưng cổng chưa nhận. Cán bộ cần xem lại."
    assert slip.next_steps[0] == "Mời ông/bà đưa phiếu này cho cán bộ tại quầy ngay bây giờ."
    for promise in ("tự gửi", "không phải làm lại", "thời gian giải quyết", "Hẹn trả"):
        assert promise not in everything_on(slip)


def test_a_word_is_promised_only_to_who_can_be_reached() -> None:
    promise = "cán bộ sẽ báo cho ông/bà"
    assert promise in everything_on(filed())
    unreachable = filed_slip(OFFICE, replace(DOSSIER, reachable=False), RECEIPT, PRINTING)
    assert promise not in everything_on(unreachable)
    assert "Cán bộ kiểm tra hồ sơ. Mời ông/bà hỏi tại quầy bằng mã phiếu." in unreachable.next_steps


@pytest.mark.parametrize("slip", [filed(), kept(), held()], ids=["filed", "kept", "held"])
def test_no_slip_calls_itself_an_official_receipt(slip: Slip) -> None:
    assert "tiếp nhận" not in slip.title.lower()
    assert any("không thay cho Giấy tiếp nhận" in line for line in slip.footer)


@pytest.mark.parametrize("slip", [filed(), kept()], ids=["filed", "kept"])
def test_only_the_last_three_digits_of_the_number_are_on_paper(slip: Slip) -> None:
    assert DOSSIER.owner_number not in everything_on(slip)
    assert slip.owner_number == "••• ••• ••• 123"


@pytest.mark.parametrize(("number", "masked"), [("", ""), ("123", ""), ("123456", ""), ("012345678", "••• ••• 678")])
def test_a_number_too_short_to_mask_is_left_out(number: str, masked: str) -> None:
    slip = kept_slip(OFFICE, replace(DOSSIER, owner_number=number), PRINTING)
    assert slip.owner_number == masked


def test_a_day_is_promised_only_by_a_receipt() -> None:
    due = SlipReceipt(NOW, None, datetime(2026, 11, 20, 17, tzinfo=UTC))  # already the 21st in Việt Nam
    promised = filed_slip(OFFICE, DOSSIER, due, PRINTING)
    assert "Hẹn trả kết quả: Thứ Bảy, 21/11/2026." in promised.next_steps
    for slip in (filed(), kept()):
        assert "Thời gian giải quyết từ khi được tiếp nhận: trong ngày làm việc." in slip.next_steps
        assert not any("Hẹn trả" in step for step in slip.next_steps)


def test_a_receipt_without_a_code_says_that_it_comes_later() -> None:
    slip = filed_slip(OFFICE, DOSSIER, replace(RECEIPT, national_code=None), PRINTING)
    assert (slip.national_code, slip.code_note) == ("", "Mã hồ sơ: sẽ được cấp sau")


def test_it_says_whom_to_call_and_from_when() -> None:
    assert filed().contact == ("Nếu đến hết Thứ Tư, 18/11/2026 (2 ngày làm việc) chưa có tin về hồ sơ, mời ông/bà gọi:")
    assert filed().phone == "024 0000 0000"
    beyond_calendar = kept_slip(OFFICE, DOSSIER, replace(PRINTING, call_after=None))
    assert beyond_calendar.contact.startswith("Nếu sau 2 ngày làm việc chưa có tin là hồ sơ đã nộp")
    without_phone = kept_slip(replace(OFFICE, phone=""), DOSSIER, PRINTING)
    assert without_phone.contact.endswith("mời ông/bà hỏi tại quầy.")


def test_the_qr_has_the_token_and_nothing_else() -> None:
    assert filed().qr_text == "DTC1:AAECAwQFBgcICQoLDA0ODw"
    assert qr_text(b"\xff" * 16) == "DTC1:_____________________w"
    with pytest.raises(ValueError, match="16 bytes"):
        qr_text(bytes(15))


def test_tests_and_reprints_are_marked() -> None:
    assert filed().marks == ()
    marked = kept_slip(OFFICE, DOSSIER, replace(PRINTING, copy_number=2, test=True))
    assert marked.marks == ("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ", "Bản in lại số 2")


def test_fees_add_up() -> None:
    two = replace(DOSSIER, fees=(SlipFee("Phí", 16000), SlipFee("Lệ phí", 8000, "…")))
    assert kept_slip(OFFICE, two, PRINTING).owed == "24.000 đồng"


def test_the_code_is_grouped_and_the_helper_named() -> None:
    helped = kept_slip(OFFICE, replace(DOSSIER, helper_mark="Trần Thị Thử (tình nguyện viên)"), PRINTING)
    assert helped.slip_code == "7K2M9-PQR4D"
    assert "Có người hỗ trợ: Trần Thị Thử (tình nguyện viên)" in helped.footer
    assert "In lúc 14:05 ngày 16/11/2026" in helped.footer


def test_the_calls_day_is_the_callers_to_count() -> None:
    slip = kept_slip(OFFICE, DOSSIER, replace(PRINTING, call_after=date(2026, 11, 25)))
    assert "Thứ Tư, 25/11/2026" in slip.contact


def test_what_only_the_counter_knows_is_not_left_out_of_the_sum() -> None:
    open_fee = replace(DOSSIER, fees=(SlipFee("Lệ phí", None), SlipFee("Phí", 8000)))
    assert kept_slip(OFFICE, open_fee, PRINTING).owed == "8.000 đồng; phần còn lại hỏi quầy"


def test_what_has_to_be_done_before_leaving_is_told_where_the_dossier_went_to_this_counter() -> None:
    dossier = replace(DOSSIER, at_once=("Đưa bản chính.",))
    for slip in (filed_slip(OFFICE, dossier, RECEIPT, PRINTING), kept_slip(OFFICE, dossier, PRINTING)):
        assert slip.at_once == ("Đưa bản chính.",)
    assert held_slip(OFFICE, dossier, PRINTING).at_once == prepared_slip(OFFICE, dossier, PRINTING).at_once == ()


def test_who_prepared_no_papers_is_told_of_none() -> None:
    with_papers = prepared_slip(OFFICE, DOSSIER, PRINTING).next_steps
    without = prepared_slip(OFFICE, replace(DOSSIER, papers=()), PRINTING).next_steps
    assert any("bản gốc các giấy tờ ghi trên phiếu này" in step for step in with_papers)
    assert "Ông/bà mang theo thẻ căn cước." in without
