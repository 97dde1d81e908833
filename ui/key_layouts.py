"""Which keys the on-screen keyboard shows for which kind of answer. Tables only, no drawing."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.texts import _
from kiosk.tones import Tone


class KeyboardKind(StrEnum):
    """What a field wants to be typed with."""

    NONE = "none"
    LETTERS = "letters"
    DIGITS = "digits"
    DATE = "date"
    EMAIL = "email"


class Act(StrEnum):
    """What a key does."""

    TYPE = "type"
    TONE = "tone"
    CAPITALS = "capitals"
    ERASE = "erase"
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
        Key(_("sắc  á"), act=Act.TONE, tone=Tone.SAC, tenths=14, special=True),
        Key(_("huyền  à"), act=Act.TONE, tone=Tone.HUYEN, tenths=17, special=True),
        Key(_("hỏi  ả"), act=Act.TONE, tone=Tone.HOI, tenths=14, special=True),
        Key(_("ngã  ã"), act=Act.TONE, tone=Tone.NGA, tenths=14, special=True),
        Key(_("nặng  ạ"), act=Act.TONE, tone=Tone.NANG, tenths=16, special=True),
    )
    capitals = Key(_("Hoa"), act=Act.CAPITALS)
    return (
        _typed("1234567890-/"),
        _typed("QWERTYUIOPĂÂ", special="ĂÂ"),
        _typed("ASDFGHJKLĐÊÔ", special="ĐÊÔ"),
        (capitals, *_typed("ZXCVBNMƠƯ.", special="ƠƯ"), _erase()),
        (*tones, *_typed(","), Key(_("Dấu cách"), " ", tenths=18), _hide(17)),
    )


def _email() -> Rows:
    return (
        _typed("1234567890-_"),
        (*_typed("qwertyuiop"), *_typed("@", special="@"), _erase()),
        (*_typed("asdfghjkl"), Key("gmail.com", "gmail.com", tenths=30, special=True)),
        (*_typed("zxcvbnm."), Key("yahoo.com", "yahoo.com", tenths=20, special=True), _hide(20)),
    )


def _digits() -> Rows:
    return (_typed("123"), _typed("456"), _typed("789"), (_erase(), *_typed("0"), _hide(10)))
