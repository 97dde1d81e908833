"""The prints for a birth, a death, a birth registered anew and a recognition follow the official forms of 2024."""

import pytest

from kiosk.declaration import declaration_content
from kiosk.field_rules import LINE_MAX, NAME_MAX, TEXT_MAX
from kiosk.form import Address, Answer, AnswerValue, Field, FieldType, RuleKind, Source
from tests.devices.printed import SIGNING, assert_in_order, opened, render, text_of
from tests.kiosk.forms_played import Played, play
from tests.kiosk.shipped_forms import FACTS
from tests.sample_forms import AT

BIRTH, DEATH, ANEW, RECOGNITION = "1.001193", "1.000656", "1.004884", "1.001022"
ASKER = ["Họ, chữ đệm, tên người yêu cầu", "Ngày, tháng, năm sinh", "Nơi cư trú (2)", "Giấy tờ tùy thân (3)"]
PARENT = ["Năm sinh (5)", "Dân tộc (2)", "Quốc tịch (2)", "Nơi cư trú (2)", "Giấy tờ tùy thân (3)"]
PARTY = [
    "Họ, chữ đệm, tên:",
    "Ngày, tháng, năm sinh",
    "Giới tính (2)",
    "Dân tộc (2)",
    "Quốc tịch (2)",
    "Nơi cư trú (2)",
    "Giấy khai sinh/Giấy tờ tùy thân (3)",
]
PERSON = ["Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc", "Quốc tịch"]
END = ["cam đoan", "Làm tại", "Đề nghị cấp bản sao", "Có", "Không", "Người yêu cầu", "(Ký, ghi rõ họ, chữ đệm, tên)"]
LABELS = {
    BIRTH: [
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        *ASKER,
        "Quan hệ với người được khai sinh",
        "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
        *PERSON[:2],
        "ghi bằng chữ",
        *PERSON[2:],
        "Nơi sinh (4)",
        "Quê quán",
        "Họ, chữ đệm, tên người mẹ",
        *PARENT,
        "Họ, chữ đệm, tên người cha",
        *PARENT,
        "Giấy chứng nhận kết hôn",
        "Quyển số",
        *END,
        "(6) Đánh dấu X",
    ],
    DEATH: [
        "TỜ KHAI ĐĂNG KÝ KHAI TỬ",
        *ASKER,
        "Quan hệ với người đã chết",
        "Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:",
        *PERSON,
        "Nơi cư trú cuối cùng (2)",
        "Giấy tờ tùy thân (3)",
        "Đã chết vào lúc",
        "giờ",
        "phút",
        "Nơi chết",
        "Nguyên nhân chết",
        "Số Giấy báo tử/Giấy tờ thay thế Giấy báo tử (4)",
        "cấp ngày",
        *END,
        "(5) Đánh dấu X",
    ],
    ANEW: [
        "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",
        *ASKER,
        "Đề nghị cơ quan đăng ký lại khai sinh cho người có tên dưới đây:",
        *PERSON[:2],
        "ghi bằng chữ",
        *PERSON[2:],
        "Giấy tờ tùy thân (3)",
        "Nơi sinh (4)",
        "Quê quán",
        "Họ, chữ đệm, tên người mẹ",
        *PARENT,
        "Họ, chữ đệm, tên người cha",
        *PARENT,
        "Đã đăng ký khai sinh tại (6)",
        "Giấy khai sinh số (7)",
        "Quyển số (7)",
        *END,
    ],
    RECOGNITION: [
        "TỜ KHAI ĐĂNG KÝ NHẬN CHA, MẸ, CON",
        *ASKER,
        "Quan hệ với người nhận cha/mẹ/con (4)",
        "Đề nghị cơ quan công nhận người có tên dưới đây:",
        *PARTY,
        "của người có tên dưới đây:",
        *PARTY,
        *END,
        "Ý kiến của người hiện đang là mẹ hoặc cha (6)",
        "Ý kiến của người được nhận là cha, mẹ, con (7)",
    ],
}


def printed(played: Played, answers: dict[str, Answer] | None = None) -> bytes:
    given = played.answers if answers is None else answers
    return render(declaration_content(played.service, given, SIGNING, FACTS))


@pytest.mark.parametrize("code", LABELS)
def test_the_blank_form_has_the_official_labels_in_their_order_on_one_sheet(code: str) -> None:
    pdf = printed(play(code), {})
    text = text_of(pdf)
    assert_in_order(text, LABELS[code])
    assert "quận/huyện" not in text
    with opened(pdf) as document:
        assert len(document) <= 2


def test_a_birth_is_printed_with_both_parents_and_the_date_in_words() -> None:
    text = text_of(printed(play(BIRTH)))
    for words in (
        "ghi bằng chữ: ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "Nơi sinh (4): Bệnh viện Đa khoa Mẫu Đơn, Số 12",
        "Họ, chữ đệm, tên người mẹ: LÊ THỊ MẪU",
        "Họ, chữ đệm, tên người cha: NGUYỄN VĂN MẪU CON",
        "số: 12/2020",
        "đăng ký ngày 20 tháng 10 năm 2020 tại: Ủy ban nhân dân phường Mẫu Đơn",
        "Số lượng: 2 bản",
    ):
        assert words in text
    assert "0912345678" not in text


def test_a_death_names_hour_place_and_notice_and_strikes_out_nothing_that_is_used() -> None:
    text = text_of(printed(play(DEATH)))
    assert "Đã chết vào lúc: 3 giờ 40 phút, ngày 15 tháng 11 năm 2026" in text
    assert "(4): 15/2026 do Ủy ban nhân dân phường Mẫu Đơn cấp ngày 16 tháng 11 năm 2026" in text
    substitute = text_of(printed(play(DEATH, notice_kind="substitute", notice_substitute="3")))
    assert "(4): Bản án, quyết định của Tòa án, số 15/2026" in substitute


def test_of_a_dead_parent_the_residence_says_so() -> None:
    assert text_of(printed(play(ANEW))).count("Nơi cư trú (2): Đã chết") == 2


@pytest.mark.parametrize(("kind", "words"), [("1", "Là cha của người"), ("2", "Là mẹ của người")])
def test_a_recognition_says_who_is_what_to_whom(kind: str, words: str) -> None:
    text = text_of(printed(play(RECOGNITION, recognition=kind)))
    assert words in text
    assert_in_order(text, ["công nhận", "NGUYỄN VĂN MẪU", words, "ĐỖ MẪU BÌNH"])


@pytest.mark.parametrize("copies", ["0", "3"])
def test_copies_are_ticked_one_way_or_the_other(copies: str) -> None:
    text = text_of(printed(play(DEATH, copies=copies)))
    assert ("Có X Không Số lượng: 3 bản" in text) is (copies == "3")
    assert ("Có Không X Số lượng: bản" in text) is (copies == "0")


@pytest.mark.parametrize("code", LABELS)
def test_long_answers_stay_on_one_sheet(code: str) -> None:
    played = play(code)
    long = {
        field.id: Answer(_long(field), Source.CITIZEN, AT)
        for page in played.service.form.pages
        for field in page.fields
        if field.type in (FieldType.NAME, FieldType.TEXT, FieldType.ADDRESS)
    }
    with opened(printed(played, {**played.answers, **long})) as document:
        assert len(document) <= 2


def _long(field: Field) -> AnswerValue:
    if field.type is FieldType.ADDRESS:
        return Address("01", "Thành phố Hà Nội", "00004", "Phường Ba Đình", _words(LINE_MAX))
    limits = [int(rule.argument) for rule in field.rules if rule.kind is RuleKind.MAX]
    return _words(min(limits, default=NAME_MAX if field.type is FieldType.NAME else TEXT_MAX))


def _words(letters: int) -> str:
    return ("Nguyễn Hoàng Phương Thảo " * letters)[:letters].strip()
