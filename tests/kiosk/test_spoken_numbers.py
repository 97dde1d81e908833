"""Numbers as they are said: every one to 9,999 by a rule of its own, large ones and hard ones by hand."""

import pytest

from kiosk.spoken_numbers import (
    ENGLISH_WORDS,
    WORDS,
    date_words,
    english_words,
    number_words,
    ordinal_words,
    spelled_words,
    split_values,
    time_words,
)

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]

# Written by hand, from the way that Vietnamese school books say them.
BY_HAND = {
    0: "không",
    4: "bốn",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    31: "ba mươi mốt",
    44: "bốn mươi tư",
    55: "năm mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1015: "một nghìn không trăm mười lăm",
    1958: "một nghìn chín trăm năm mươi tám",
    2026: "hai nghìn không trăm hai mươi sáu",
    8000: "tám nghìn",
    10_000: "mười nghìn",
    21_304: "hai mươi mốt nghìn ba trăm linh bốn",
    100_000: "một trăm nghìn",
    105_005: "một trăm linh năm nghìn không trăm linh năm",
    1_000_000: "một triệu",
    1_000_024: "một triệu không trăm hai mươi tư",
    1_500_000: "một triệu năm trăm nghìn",
    25_010_400: "hai mươi lăm triệu không trăm mười nghìn bốn trăm",
    1_000_000_000: "một tỷ",
    2_000_000_005: "hai tỷ không trăm linh năm",
    1_000_000_000_000: "một nghìn tỷ",
    -5: "âm năm",
}


@pytest.mark.parametrize(("value", "said"), BY_HAND.items())
def test_numbers_are_said_as_by_hand(value: int, said: str) -> None:
    assert " ".join(number_words(value)) == said


def by_rule(value: int) -> str:
    """To 9,999, by the rule as it is taught: the thousands, then three figures of which none is skipped."""
    if value < 10:
        return ONES[value]
    thousands, rest = divmod(value, 1000)
    words = [ONES[thousands], "nghìn"] if thousands else []
    hundreds, tens, ones = rest // 100, rest // 10 % 10, rest % 10
    if rest and (thousands or hundreds):
        words += [ONES[hundreds], "trăm"]
    if tens == 0 and ones:
        words += ["linh", ONES[ones]]
    if tens == 1:
        words.append("mười")
    if tens > 1:
        words += [ONES[tens], "mươi"]
    if tens and ones:
        words.append({(True, 1): "mốt", (True, 4): "tư"}.get((tens > 1, ones), "lăm" if ones == 5 else ONES[ones]))
    return " ".join(words)


def test_every_number_to_9999_follows_the_rule() -> None:
    assert [n for n in range(10_000) if " ".join(number_words(n)) != by_rule(n)] == []


def test_every_word_is_in_the_closed_list() -> None:
    said = {word for n in (*range(0, 10_000, 7), *BY_HAND) for word in number_words(n)}
    said |= {word for month in range(1, 13) for word in date_words(9, month, 1999)} | set(time_words(7, 5))
    said |= set(ordinal_words(1)) | set(ordinal_words(4)) | set(spelled_words("ABCDEĐXYZ0123456789-./"))
    said |= {word for text in ("5 %", "70 ₫", "1,5", "7-8", "3/1958") for part in split_values(text) for word in part}
    assert said - set(WORDS) == set()
    english = {word for n in (*range(0, 2000, 3), 10**6, 10**9) for word in english_words(n)}
    english |= {word for month in range(1, 13) for word in date_words(9, month, 1999, "en")} | set(
        time_words(7, 0, "en")
    )
    assert english - set(ENGLISH_WORDS) == set()


VALUES = {
    "8.000 đồng/bản": "tám nghìn| đồng/bản",
    "Nộp 1.000.000 đồng": "Nộp |một triệu| đồng",
    "27/03/1958": "ngày hai mươi bảy tháng ba năm một nghìn chín trăm năm mươi tám",
    "ngày 04/04/2026": "ngày mùng bốn tháng tư năm hai nghìn không trăm hai mươi sáu",
    "03/1980": "tháng ba năm một nghìn chín trăm tám mươi",
    "7:30–11:30": "bảy giờ ba mươi phút đến|mười một giờ ba mươi phút",
    "lúc 9:00": "lúc |chín giờ",
    "25/1958": "hai mươi lăm trên một nghìn chín trăm năm mươi tám",
    "Con thứ 1": "Con |thứ nhất",
    "Con thứ 4": "Con |thứ tư",
    "7K3M9-PQRS2": "bảy K ba M chín gạch P Q R S hai",
    "024 3000": "không hai bốn ba không không không",
    "2.000635": "hai chấm không không không sáu ba năm",
    "3,9 MB": "ba phẩy chín| MB",
    "100 %": "một trăm phần trăm",
    "không có số": "không có số",
}


@pytest.mark.parametrize(("text", "said"), VALUES.items())
def test_values_are_found_in_texts(text: str, said: str) -> None:
    pieces = (piece if isinstance(piece, str) else " ".join(piece) for piece in split_values(text))
    assert "|".join(pieces) == said


def test_english_says_its_own() -> None:
    assert " ".join(english_words(21_304)) == "twenty one thousand three hundred four"
    assert [" ".join(piece) for piece in split_values("27/03/1958", "en")] == [
        "twenty seven March one thousand nine hundred fifty eight"
    ]
