"""What people type becomes a value, or a sentence that says how to mend it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.field_rules import LINE_MAX, NAME_MAX, TEXT_MAX, normalise, value_problem
from kiosk.form import Address, AnswerValue, Choice, FieldProblem, FieldType, Rule, RuleKind, TableRow
from tests.sample_forms import HOME, TODAY, answered, field_of

CHOICES = (Choice("1", "Nam"), Choice("2", "Nữ"))
ROWS = (TableRow({"x": "1"}),)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldType.TEXT, "  Xã  Mẫu Sơn ", "Xã Mẫu Sơn"),
        (FieldType.TEXT, "Hô\u0323 tịch", "Hộ tịch"),
        (FieldType.NAME, "H'Hen Niê", "H'Hen Niê"),
        (FieldType.NAME, "y moan ênuôl", "Y Moan Ênuôl"),
        (FieldType.EMAIL, " le.mau+1@thu.example.vn ", "le.mau+1@thu.example.vn"),
        (FieldType.EMAIL, "mau @ example.vn", "mau@example.vn"),
        (FieldType.ID_NUMBER, "001 099 000.123", "001099000123"),
        (FieldType.ID_NUMBER, "999-999-999-999", "999999999999"),
        (FieldType.NUMBER, "2", 2),
        (FieldType.NUMBER, " 1.000 ", 1000),
        (FieldType.PHONE, "0912 345 678", "0912345678"),
        (FieldType.PHONE, "0912.345.678", "0912345678"),
        (FieldType.PHONE, "+84 912-345-678", "0912345678"),
        (FieldType.PHONE, "+84 (0) 912 345 678", "0912345678"),
        (FieldType.PHONE, "84912345678", "0912345678"),
        (FieldType.PHONE, "0084912345678", "0912345678"),
        (FieldType.PHONE, "(024) 3825 1234", "02438251234"),
        (FieldType.PHONE, "+1 415 555 2671", "+14155552671"),
        (FieldType.DATE, "27 3 1958", "1958-03-27"),
        (FieldType.DATE, "27/03/1958", "1958-03-27"),
        (FieldType.DATE, "27.3.1958", "1958-03-27"),
        (FieldType.DATE, "27 - 3 - 1958", "1958-03-27"),
        (FieldType.DATE, "27031958", "1958-03-27"),
        (FieldType.DATE, "3/1958", "1958-03"),
        (FieldType.DATE, "1958", "1958"),
        (FieldType.DATE, "1958-03-27", "1958-03-27"),
        (FieldType.CHOICE, "2", "2"),
        (FieldType.YES_NO, "yes", True),
        (FieldType.YES_NO, "no", False),
    ],
)
def test_every_lawful_way_of_typing_is_understood(kind: FieldType, typed: str, value: AnswerValue) -> None:
    assert normalise(field_of(kind, choices=CHOICES), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (FieldType.TEXT, "   ", "chưa trả lời"),
        (FieldType.TEXT, "a\u202eb", "không in được"),
        (FieldType.TEXT, "漢字", "không in được"),
        (FieldType.TEXT, "x" * (TEXT_MAX + 1), f"nhiều nhất {TEXT_MAX} chữ cái"),
        (FieldType.NAME, "Nguyễn Văn 3", "không có chữ số"),
        (FieldType.NAME, "x" * (NAME_MAX + 1), f"nhiều nhất {NAME_MAX} chữ cái"),
        (FieldType.ID_NUMBER, "012345678", "Ông/bà đã gõ 9 chữ số"),
        (FieldType.ID_NUMBER, "B1234567", "chỉ có 12 chữ số"),
        (FieldType.ID_NUMBER, "٠٠١٠٩٩٠٠٠١٢٣", "chỉ có 12 chữ số"),
        (FieldType.NUMBER, "hai", "ví dụ 2"),
        (FieldType.NUMBER, "-1", "ví dụ 2"),
        (FieldType.NUMBER, "1,5", "ví dụ 2"),
        (FieldType.NUMBER, "1.5", "ví dụ 2"),
        (FieldType.NUMBER, "12.34", "ví dụ 2"),
        (FieldType.NUMBER, "999999999", "không quá 1.000.000"),
        (FieldType.EMAIL, "mau@example", "ten@gmail.com"),
        (FieldType.EMAIL, "mẫu@example.vn", "không dấu"),
        (FieldType.EMAIL, "mau", "ten@gmail.com"),
        (FieldType.EMAIL, "@example.vn", "ten@gmail.com"),
        (FieldType.EMAIL, "a@" + "x" * 60 + ("." + "x" * 60) * 4, "ten@gmail.com"),
        (FieldType.PHONE, "0412345678", "bắt đầu bằng số 0"),
        (FieldType.PHONE, "091234567", "10 chữ số"),
        (FieldType.PHONE, "+84 123", "10 chữ số"),
        (FieldType.DATE, "31/2/2000", "không có trong lịch"),
        (FieldType.DATE, "27 3 58", "ví dụ 27 3 1958"),
        (FieldType.CHOICE, "3", "chọn một câu trả lời"),
        (FieldType.YES_NO, "maybe", "chọn một câu trả lời"),
        (FieldType.ADDRESS, "Hà Nội", "trong danh sách"),
    ],
)
def test_what_does_not_fit_is_told_in_words(kind: FieldType, typed: str, words: str) -> None:
    problem = normalise(field_of(kind, choices=CHOICES), typed)
    assert isinstance(problem, FieldProblem)
    assert problem.field_id == "x"
    assert words in problem.message


def test_a_name_is_written_in_capitals_where_the_form_wants_it() -> None:
    assert normalise(field_of(FieldType.NAME, uppercase=True), "Nguyễn Thị Ẩm") == "NGUYỄN THỊ ẨM"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Address("", "", "", "", "Thôn Đông"), "tỉnh hoặc thành phố"),
        (Address("01", "Hà Nội", "", "", "Thôn Đông"), "xã, phường hoặc đặc khu"),
        (Address("01", "Hà Nội", "00004", "Ba Đình", "x" * (LINE_MAX + 1)), "viết ngắn lại"),
        (Address("01", "Hà Nội", "00004", "Ba Đình", "a\x07"), "không in được"),
        (Address("01", "Hà Nội", "00004", "Ba Đình", ""), ""),
        (HOME, ""),
    ],
)
def test_an_address_needs_province_and_commune(value: Address, words: str) -> None:
    message = value_problem(field_of(FieldType.ADDRESS), value)
    assert words in message
    assert bool(words) is bool(message)


@pytest.mark.parametrize(
    ("kind", "rule", "good", "bad"),
    [
        (FieldType.NUMBER, Rule(RuleKind.MIN, "1", "sửa"), 1, 0),
        (FieldType.NUMBER, Rule(RuleKind.MAX, "99", "sửa"), 99, 100),
        (FieldType.TEXT, Rule(RuleKind.MIN, "2", "sửa"), "ab", "a"),
        (FieldType.TEXT, Rule(RuleKind.MAX, "2", "sửa"), "ab", "abc"),
        (FieldType.TEXT, Rule(RuleKind.PATTERN, r"[0-9]+/[0-9]{4}", "sửa"), "25/2001", "25/2001x"),
        (FieldType.DATE, Rule(RuleKind.NOT_AFTER_TODAY, "", "sửa"), "2026-11-21", "2026-11-22"),
        (FieldType.DATE, Rule(RuleKind.NOT_AFTER_TODAY, "", "sửa"), "2026", "2027"),
        (FieldType.DATE, Rule(RuleKind.NOT_BEFORE_FIELD, "birth", "sửa"), "1958", "1957"),
        (FieldType.DATE, Rule(RuleKind.NOT_BEFORE_FIELD, "birth", "sửa"), "1958-03-27", "1958-03-26"),
        (FieldType.DATE, Rule(RuleKind.NOT_BEFORE_FIELD, "nothing", "sửa"), "1900", "31/2"),
        (FieldType.DATE, Rule(RuleKind.FULL_DATE, "", "sửa"), "1958-03-27", "1958-03"),
        (FieldType.ADDRESS, Rule(RuleKind.MIN, "1", "sửa"), HOME, Address("01", "Hà Nội", "00004", "Ba Đình", "")),
    ],
)
def test_a_rule_of_the_catalogue(kind: FieldType, rule: Rule, good: AnswerValue, bad: AnswerValue) -> None:
    field = field_of(kind, rules=(rule,))
    answers = answered({"birth": "1958-03-27"})
    assert value_problem(field, good, answers, TODAY) == ""
    message = value_problem(field, bad, answers, TODAY)
    assert message
    assert message == "sửa" or "lịch" in message


@given(kind=st.sampled_from(FieldType), typed=st.text(max_size=40))
def test_any_text_becomes_a_value_that_fits_or_a_problem(kind: FieldType, typed: str) -> None:
    field = field_of(kind, choices=CHOICES)
    value = normalise(field, typed)
    if not isinstance(value, FieldProblem):
        assert value_problem(field, value) == ""
        assert not isinstance(value, str) or unicodedata.is_normalized("NFC", value)
        assert not isinstance(value, str) or normalise(field, value) == value


@given(
    kind=st.sampled_from(FieldType),
    value=st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.just(HOME), st.just(ROWS)),
    rule=st.sampled_from(
        [Rule(kind, "1", "sửa") for kind in RuleKind if kind is not RuleKind.PATTERN]
        + [Rule(RuleKind.PATTERN, "a+", "")]
    ),
)
def test_any_value_of_any_type_is_judged(kind: FieldType, value: AnswerValue, rule: Rule) -> None:
    of_texts = {RuleKind.MIN, RuleKind.MAX, RuleKind.PATTERN, RuleKind.DIFFERS_FROM}
    fits = kind is FieldType.TEXT if rule.kind in of_texts else kind is FieldType.DATE
    field = field_of(kind, choices=CHOICES, rules=(rule,) if fits else ())
    assert isinstance(value_problem(field, value, answered({"1": "2000"}), TODAY), str)
