"""Which keys the on-screen keyboard shows for which kind of answer. Tables only, no drawing."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.texts import _
from kiosk.tones import Tone


class KeyboardKind(StrEnum):
    """What a field wants to be typed with. OTHERS is the second page of LETTERS, and no field's own."""

    NONE = "none"
    LETTERS = "letters"
    OTHERS = "others"
    DIGITS = "digits"
    DATE = "date"
    EMAIL = "email"


class Act(StrEnum):
    """What a key does."""

    TYPE = "type"
    TONE = "tone"
    CAPITALS = "capitals"
    ERASE = "erase"
    OTHERS = "others"
    LETTERS = "letters"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the words on it, what it types, and its width in tenths of a column."""

    label: str
    text: str = ""
    act: Act = Act.TYPE
    tenths: int = 10
    special: bool = False
    icon_name: str = ""
    tone: Tone | None = None

    @property
    def name(self) -> str:
        """Object name, for example `key_A`, `key_sắc`, `key_erase`."""
        return f"key_{self.text or (self.tone.value if self.tone else self.act.value)}"


Rows = tuple[tuple[Key, ...], ...]


def rows_for(kind: KeyboardKind) -> Rows:
    """Rows from top to bottom; the rows of one layout are equally wide."""
    match kind:
        case KeyboardKind.LETTERS:
            return _letters()
        case KeyboardKind.OTHERS:
            return _others()
        case KeyboardKind.EMAIL:
            return _email()
        case KeyboardKind.DIGITS | KeyboardKind.DATE:
            return _digits()
        case KeyboardKind.NONE:
            return ()


def _typed(letters: str, special: str = "") -> tuple[Key, ...]:
    return tuple(Key(letter, letter, special=letter in special) for letter in letters)


def _erase(tenths: int = 10) -> Key:
    return Key(_("Xóa"), act=Act.ERASE, icon_name="delete", tenths=tenths)


def _hide(tenths: int) -> Key:
    return Key(_("Ẩn bàn phím"), act=Act.HIDE, tenths=tenths)


def _letters() -> Rows:
    tones = (
        Key(_("sắc  á"), act=Act.TONE, tone=Tone.SAC, tenths=16, special=True),
        Key(_("huyền  à"), act=Act.TONE, tone=Tone.HUYEN, tenths=20, special=True),
        Key(_("hỏi  ả"), act=Act.TONE, tone=Tone.HOI, tenths=16, special=True),
        Key(_("ngã  ã"), act=Act.TONE, tone=Tone.NGA, tenths=16, special=True),
        Key(_("nặng  ạ"), act=Act.TONE, tone=Tone.NANG, tenths=19, special=True),
    )
    capitals = Key(_("Hoa"), act=Act.CAPITALS, tenths=15)
    others = Key(_("Chữ khác"), act=Act.OTHERS, tenths=15)
    return (
        (*_typed("1234567890-/"), _erase()),
        _typed("QWERTYUIOPĂÂ'", special="ĂÂ"),
        _typed("ASDFGHJKLĐÊÔ,", special="ĐÊÔ"),
        (capitals, *_typed("ZXCVBNMƠƯ.", special="ƠƯ"), others),
        (*tones, Key(_("Dấu cách"), " ", tenths=23), _hide(20)),
    )


# The short vowels and the consonants of the Central Highlands' alphabets (Ê Đê, Gia Rai, Ba Na, Xơ Đăng, Cơ Ho, Mnông);
# some short vowels exist only with a combining mark.
_HIGHLAND = (*"ƀčĕĭñŏŭ".upper(), "Ê\u0306", "Ô\u0306", "Ơ\u0306", "Ư\u0306")


def _others() -> Rows:
    """Letters and signs that a name or an address may have beside the Vietnamese ones."""
    highland = tuple(Key(letter, letter, special=True) for letter in _HIGHLAND)
    capitals = Key(_("Hoa"), act=Act.CAPITALS, tenths=15)
    back = Key(_("Về chữ thường dùng"), act=Act.LETTERS, tenths=40, special=True)
    return (
        (*highland, _erase(20)),
        _typed("ÄÖÜẞÅÆØÇËÏÎÛŁ"),
        _typed("ĆŚŹŻŠŽŘĚĞŞŐŰŇ"),
        _typed('():;&@+"?!%_#'),
        (capitals, back, Key(_("Dấu cách"), " ", tenths=51), _hide(24)),
    )


def _email() -> Rows:
    return (
        (*_typed("1234567890"), _erase(20)),
        (*_typed("qwertyuiop"), Key("@", "@", tenths=20, special=True)),
        _typed("asdfghjkl.-_"),
        (*_typed("zxcvbnm"), *_whole(20, ".com"), *_whole(15, ".vn"), Key("+", "+", tenths=15)),
        (*_whole(30, "gmail.com", "yahoo.com", "outlook.com"), _hide(30)),
    )


def _whole(tenths: int, *texts: str) -> tuple[Key, ...]:
    return tuple(Key(text, text, tenths=tenths, special=True) for text in texts)


def _digits() -> Rows:
    return (_typed("123"), _typed("456"), _typed("789"), (_erase(), *_typed("0"), Key(_("Ẩn phím"), act=Act.HIDE)))
