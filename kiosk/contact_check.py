"""The citizen is reached at the citizen's own number: a helper's number is no contact of theirs."""

import re

from kiosk.form import AnswerValue, Field, FieldType
from kiosk.provenance import helpers_phones
from kiosk.texts import _
from kiosk.visit import Visit

_COUNTRY = re.compile(r"^(?:0084|84)0?(?=\d{9,10}$)")


def home_digits(phone: str) -> str:
    """A Vietnamese number as it is dialled at home, ten digits for a mobile, however it is written: +84 912 345 678,
    84912345678, 0912.345.678."""
    return _COUNTRY.sub("0", re.sub(r"\D", "", phone))


def contact_problem(field: Field, value: AnswerValue, visit: Visit) -> str:
    """What is wrong with a telephone number because of who helps or has helped; "" where nothing is."""
    if field.type is not FieldType.PHONE or not isinstance(value, str):
        return ""
    own = {home_digits(phone) for phone in helpers_phones(visit)}
    if home_digits(value) not in own:
        return ""
    return _("Đây là số của người hỗ trợ. Ông/bà nhập số của mình hoặc của người nhà.")
