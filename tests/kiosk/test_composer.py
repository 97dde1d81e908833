"""Whole texts as they are typed, with spaces, corrections and names of all kinds; nothing typed is ever lost."""

import random

import pytest

from kiosk.composer import Composer, Edit
from kiosk.typed_word import Method
from kiosk.vietnamese import spelling

FLIP, BACK = "\x02", "\b"


def type_text(keys: str, method: Method = Method.TELEX, *, older: bool = False, text: str = "") -> str:
    composer = Composer()
    composer.method, composer.older = method, older

    def put(edit: Edit | None, instead: str) -> str:
        return text + instead if edit is None else text[: len(text) - edit.erase] + edit.insert

    for key in keys:
        if key == BACK:
            text = text[:-1]
        elif key == FLIP:
            text = put(composer.flip(text), "")
        else:
            text = put(composer.press(text, key), key)
    return put(composer.finish(text), "")


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguyeenx Vawn Maaux", "Nguyễn Văn Mẫu"),
        ("NGUYEENX THIJ MAAUX", "NGUYỄN THỊ MẪU"),
        ("thoon 3, soos 12/5", "thôn 3, số 12/5"),
        ("Law ", "Law "),
        ("Kowalski Jan", "Kowalski Jan"),
        ("Bush-Russell O'Connor", "Bush-Russell O'Connor"),
        ("Kpaw Y", "Kpă Y"),
        ("Y Bloo Niee", "Y Blô Niê"),
        ("H'DDowk Niee KDDam", "H'Đơk Niê KĐam"),
        ("Row Chaam H'Hen", "Rơ Châm H'Hen"),
        ("Siu Black", "Siu Black"),
        ("Ksor", "Ksor"),
        ("Chia-Wei Wang", "Chia-Wei Wang"),
        ("UBND QDD-HDDND", "UBND QĐ-HĐND"),
    ],
)
def test_telex(keys: str, text: str) -> None:
    assert type_text(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguye64n Va8n Ma64u", "Nguyễn Văn Mẫu"),
        ("so61 12 ngo4 3", "số 12 ngõ 3"),
        ("Y Blo6 Nie6", "Y Blô Niê"),
        ("P5, QL1A", "P5, QL1A"),
        ("To63 5", "Tổ 5"),
    ],
)
def test_vni(keys: str, text: str) -> None:
    assert type_text(keys, Method.VNI) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (f"Max{FLIP} An", "Max An"),
        (f"Nana{FLIP}", "Nana"),
        (f"Nana{FLIP}{FLIP}", "Nân"),
        (f"Lisa {FLIP}M", "Lisa M"),
        (f"Law {FLIP}", "Lă "),
        (f"Brexo{FLIP}", "Brẽo"),
        (f"Wang{FLIP}{FLIP}", "Wang"),
    ],
)
def test_the_other_way_is_one_key_away(keys: str, text: str) -> None:
    assert type_text(keys) == text


def test_letters_are_taken_out_one_by_one_and_typing_goes_on() -> None:
    assert type_text(f"Nguyeenx{BACK}{BACK}eenx") == "Nguyễn"
    assert type_text(f"Wong{BACK}{BACK}{BACK}ang") == "Wang"
    assert type_text(f"toans{BACK}{BACK}{BACK}oanf") == "toàn"
    assert type_text("x", text="Nguyên") == "Nguyễn"


def test_off_leaves_all_keys_alone() -> None:
    assert type_text("Nguyeenx", Method.OFF) == "Nguyeenx"


def test_the_older_spelling_finds_the_same_names() -> None:
    assert type_text("Hoaf Bifnh", older=True) == "Hòa Bình"
    assert spelling(type_text("Hoaf Bifnh", older=True)) == spelling(type_text("Hoaf Bifnh"))


@pytest.mark.parametrize("method", [Method.TELEX, Method.VNI])
def test_no_keys_make_it_fall_or_lose_letters(method: Method) -> None:
    """Whatever is typed at random: the keys of a word that is put back are all there."""
    chance = random.Random(6)
    for _text in range(150):
        keys = "".join(chance.choice("aeiouydwsfrxjzbcghklmnpqtv 0123456789'-ĂêŬ") for _key in range(24))
        done = type_text(keys, method)
        assert len(done) <= len(keys)
        assert done.count(" ") == keys.count(" ")
