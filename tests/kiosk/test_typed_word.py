"""Telex and VNI are right for every Vietnamese syllable, in every order of keys that people use."""

from itertools import islice

import pytest

from kiosk.typed_word import Leave, Method, typed, word_of
from tests.kiosk.syllable_keys import syllables, ways, written


def wrong_ways(method: Method, step: int) -> list[str]:
    found = []
    for number, (letters, tone) in enumerate(islice(syllables(), 0, None, step)):
        capitals = number % 3 == 0
        for keys in set(ways(letters, tone, method)):
            wanted = written(letters, tone)
            word = typed(keys.upper() if capitals else keys, method)
            if word.shown != (wanted.upper() if capitals else wanted) or not word.whole:
                found.append(f"{keys}: {word.shown}, not {wanted}")
    return found


def test_there_are_as_many_syllables_as_the_language_has_room_for() -> None:
    assert 17_000 < len(list(syllables())) < 20_000


@pytest.mark.parametrize("method", [Method.TELEX, Method.VNI])
def test_a_cross_section_of_the_syllables_is_typed_in_every_way(method: Method) -> None:
    assert wrong_ways(method, 251) == []


@pytest.mark.proof
@pytest.mark.parametrize("method", [Method.TELEX, Method.VNI])
def test_every_syllable_is_typed_in_every_way(method: Method) -> None:
    assert wrong_ways(method, 1) == []


@pytest.mark.proof
@pytest.mark.parametrize("method", [Method.TELEX, Method.VNI])
def test_what_is_taken_out_letter_by_letter_can_be_typed_again(method: Method) -> None:
    for letters, tone in islice(syllables(), 0, None, 7):
        whole = typed(next(ways(letters, tone, method)), method)
        word = whole
        for kept in range(len(whole.shown) - 1, -1, -1):
            word = word.last_dropped()
            assert len(word.shown) == kept
        assert word.raw == ""


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("hoaf", "hoà"),
        ("hofa", "hòa"),
        ("hoanf", "hoàn"),
        ("hofan", "hoàn"),
        ("thuyr", "thuỷ"),
        ("thury", "thủy"),
        ("khoer", "khoẻ"),
        ("khore", "khỏe"),
        ("qusy", "qúy"),
        ("quys", "quý"),
        ("cana", "cân"),
        ("dangd", "đang"),
        ("nhuwngx", "những"),
        ("nhwngx", "những"),
        ("thuowr", "thuở"),
        ("uow", "ươ"),
        ("huwong", "hương"),
        ("hieue", "hiêu"),
        ("ass", "as"),
        ("aaa", "aa"),
        ("ddd", "dd"),
        ("tww", "tw"),
        ("hoazf", "hoaz" + "f"),
        ("hoafz", "hoa"),
        ("hoafs", "hoá"),
        ("xooong", "xoong"),
        ("NGUYEENX", "NGUYỄN"),
        ("NguYEEnx", "NguYỄn"),
        ("DDaatj", "Đật"),
        ("HDDND", "HĐND"),
        ("DDawsk", "Đắk"),
        ("niee", "niê"),
    ],
)
def test_telex_keys(keys: str, shown: str) -> None:
    assert typed(keys, Method.TELEX).shown == shown


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("d9u7o7c5", "được"),
        ("duoc957", "được"),
        ("ho2a", "hòa"),
        ("hoa2", "hoà"),
        ("a11", "a1"),
        ("a66", "a6"),
        ("hoa20", "hoa"),
        ("NGUYE64N", "NGUYỄN"),
        ("d99", "d9"),
        ("thuo73", "thuở"),
        ("Kpa8", "Kpă"),
    ],
)
def test_vni_keys(keys: str, shown: str) -> None:
    assert typed(keys, Method.VNI).shown == shown


FOREIGN = (
    "Wang Wong Wu Taylor Brown Jeffrey Frank Bush Russell Swarovski Kowalski Isaac Aaron Daddy Moore Lawrence "
    "Ksor Rmah Black website Jessica William Andrew Schwarz Goddard Yusuf Fatima Chloe Dmitri Kuznetsov"
)


@pytest.mark.parametrize("name", FOREIGN.split())
def test_a_foreign_name_stays_as_it_was_typed(name: str) -> None:
    word = typed(name, Method.TELEX)
    assert (word.shown if word.whole else word.raw) == name


def test_the_older_spelling_is_a_setting_and_the_other_is_one_key_away() -> None:
    assert [typed(keys, Method.TELEX, older=True).shown for keys in ("hoaf", "hofa", "thuys", "hoanf")] == [
        "hòa",
        "hòa",
        "thúy",
        "hoàn",
    ]
    assert [typed(keys, Method.TELEX, older=True).shown for keys in ("hoaff", "hoafff")] == ["hoà", "hoaf"]


def test_what_stands_there_already_is_gone_on_with() -> None:
    word = word_of("Nguyên")
    assert word.raw == "Nguyên"
    assert typed("x", Method.TELEX).shown == "x"
    assert word_of("Wong").literal == "Wong"
    assert word_of("hòa").last_dropped().shown == "hò"


@pytest.mark.parametrize(
    ("keys", "leave", "shown"),
    [("Kpaw", Leave.SHAPED, "Kpă"), ("Blowr", Leave.SHAPED, "Blơr"), ("Brexo", Leave.MARKED, "Brẽo")],
)
def test_letters_of_the_highlands_can_be_asked_for(keys: str, leave: Leave, shown: str) -> None:
    assert typed(keys, Method.TELEX, leave).shown == shown
