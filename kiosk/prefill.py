"""Answers that need no typing: what a card says, and what was answered before on the same form."""

from datetime import datetime

from kiosk.card import CardRead
from kiosk.field_rules import normalise
from kiosk.form import Answer, Answers, AnswerValue, Field, FieldProblem, FieldType, Form, Source

FIELD_PREFIX = "field:"


def card_value(field: Field, card: CardRead) -> AnswerValue | None:
    """What the card says for this field, written as if it had been typed; None where that does not fit the field.

    An old three-level address answers nothing: the citizen picks.
    """
    texts = {
        "card.name": card.name,
        "card.number": card.number,
        "card.old_number": card.old_number or "",
        "card.birth_date": card.birth_date.iso(),
        "card.sex": card.sex,
        "card.issued_on": card.issued_on.isoformat() if card.issued_on else "",
    }
    text = texts.get(field.prefill, "")
    if field.type is FieldType.CHOICE:
        text = next((choice.code for choice in field.choices if choice.label == text), "")
    value = normalise(field, text)
    return None if isinstance(value, FieldProblem) else value


def from_card(form: Form, card: CardRead, at: datetime) -> dict[str, Answer]:
    """The answers that the card gives, each marked as from the card."""
    fields = [field for page in form.pages for field in page.fields if field.prefill.startswith("card.")]
    values = {field.id: card_value(field, card) for field in fields}
    return {key: Answer(value, Source.CARD, at) for key, value in values.items() if value is not None}


def offer(field: Field, answers: Answers) -> Answer | None:
    """An earlier answer that may be used here too; the citizen chooses, nothing is filled in unasked."""
    if not field.prefill.startswith(FIELD_PREFIX) or field.same_when is not None:
        return None  # a field that can be the same as another is asked only where it is not
    earlier = answers.get(field.prefill.removeprefix(FIELD_PREFIX))
    return earlier if earlier is not None and not earlier.unknown else None
