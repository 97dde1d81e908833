"""Which pages of the form a visit has to come by, and which of them need nobody to answer them."""

from kiosk.form import Field, QuestionPage, Source
from kiosk.form_rules import visible_pages
from kiosk.visit import Visit


def pages_of(visit: Visit) -> tuple[QuestionPage, ...]:
    """The pages to ask for the answers as they are. LookupError before a service is chosen."""
    return visible_pages(visit.chosen().form, visit.answers, visit.facts)


def is_settled(page: QuestionPage, visit: Visit) -> bool:
    """Whether nothing of the page is to be asked: values from the card were confirmed on one page already, and what the
    name says by which the service was chosen (`SaidByName`) was said with it."""
    return all(_is_known(field, visit) for field in page.fields)


def _is_known(field: Field, visit: Visit) -> bool:
    answer, said = visit.answers.get(field.id), visit.chosen().said_by(visit.called)
    if answer is None or answer.source is Source.CARD:
        return answer is not None
    is_open = any(answer.value == choice.code for choice in field.choices)
    return said is not None and said.field == field.id and is_open
