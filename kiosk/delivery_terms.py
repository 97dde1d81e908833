"""What each way of getting the result costs and when it comes, told beside the choice."""

from dataclasses import replace
from datetime import datetime

from kiosk.catalog import Route
from kiosk.dates import vietnam_day
from kiosk.form import Choice, Field
from kiosk.processing_time import usual_day_text
from kiosk.texts import _
from kiosk.told_fees import fee_text, fees_of
from kiosk.visit import Visit
from kiosk.working_days import WorkingCalendar

ROLE = "delivery.by"
_POST = "post"


def with_terms(field: Field, visit: Visit, now: datetime, calendar: WorkingCalendar) -> Field:
    """The question of how the result comes back, each choice with its fee and its usual day in the language of the
    screen; any other field as it is. What is only prepared here has neither."""
    if field.role != ROLE or visit.route is Route.PREPARE:
        return field
    service = visit.chosen()
    fee = _("Phí: {fee}").format(fee=fee_text(fees_of(visit, service, vietnam_day(now))))
    terms = (fee, usual_day_text(service, now, calendar))
    return replace(field, choices=tuple(replace(each, hint=_told(each, terms)) for each in field.choices))


def _told(choice: Choice, terms: tuple[str, str]) -> str:
    """The post's own price and days are the post's to say."""
    more = (_("Cũng phí ấy, thêm cước và thời gian gửi của bưu điện"),) if choice.code == _POST else terms
    sentences = (_(choice.hint) if choice.hint else "", *more)
    return " ".join(text if text.endswith(".") else f"{text}." for text in sentences if text)
