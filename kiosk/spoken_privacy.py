"""What a loudspeaker keeps to itself: masked values, numbers of persons, telephones and e-mail addresses."""

import re
from collections.abc import Iterable

from kiosk.form import Field, FieldType, Privacy
from kiosk.texts import marked

MASKED = marked("đã che")
"""Said in place of what is kept back, as 49 CFR 27.71(k) wants masks to be spoken as masks."""

_NEVER_SPOKEN = (FieldType.ID_NUMBER, FieldType.PHONE, FieldType.EMAIL, FieldType.ADDRESS, FieldType.TABLE)
_MASK = re.compile(r"[\w@./-]*•[\w@./•-]*(?:\s+(?:[\w@./-]*•[\w@./•-]*|\d+))*")
_EMAIL = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"(?<![\w.\-])(?:\+84|\d)(?:[ .\-]?\d){8,13}(?![\w\-])")
"""Nine digits (old ID cards) to twelve (ID numbers; telephones lie between), however they are grouped."""
_UNITS = "số|thôn|ấp|bản|tổ|ngõ|ngách|phố|đường|khu phố|xã|phường|đặc khu|thị trấn|thị xã|huyện|quận|tỉnh|thành phố"
_PLACE = rf"(?:{_UNITS}|{_UNITS.title()}) [\dA-ZĐÀ-Ỹ][^,.;:()\n]*"
_ADDRESS = re.compile(rf"(?<!nhân dân )(?<!UBND )(?<!Một cửa )\b{_PLACE}(?:, {_PLACE})+")
"""Two places or more, one in the other: where somebody lives or comes from, also where a form has it as plain text."""
_EXAMPLES = ("0912 345 678", "ten@gmail.com,", "name@gmail.com,")
"""What our own sentences name as examples; nobody's."""
_MONEY = re.compile(r"\d{1,3}(?:\.\d{3})+")


def unspoken(field: Field) -> bool:
    """Whether an answer to this field is never said, shown or not: what is masked or private, and tables too, for
    places where somebody lived stand in them as plain text."""
    return field.type in _NEVER_SPOKEN or field.privacy is not Privacy.PLAIN


def kept_back(text: str, mask: str, public: Iterable[str] = (), secrets: Iterable[str] = ()) -> str:
    """The text as it may be heard by strangers: `mask` stands where something is kept back. `public` are numbers that
    belong to nobody, such as the office's telephone; `secrets` are texts of this person, the longest first."""
    for secret in secrets:
        if secret in text:
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", mask, text)
    text = _ADDRESS.sub(mask, text)
    open_numbers = {_digits(number) for number in public if number}

    def hide(found: re.Match[str]) -> str:
        said = found.group()
        known = said in _EXAMPLES or _MONEY.fullmatch(said) or _digits(said) in open_numbers - {""}
        return said if known else mask

    return _NUMBER.sub(hide, _EMAIL.sub(hide, _MASK.sub(mask, text)))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
