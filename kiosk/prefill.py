"""Answers that need no typing: what a card says, and what was answered before on the same form."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from kiosk.card import CardRead
from kiosk.field_rules import normalise
from kiosk.form import Answer, Answers, AnswerValue, Field, FieldProblem, FieldType, Form, Source

_NONE: Answers = MappingProxyType({})
FIELD_PREFIX = "field:"
CARD_ADDRESS = "card.address"


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


def offer(
    form: Form, field: Field, answers: Answers, earlier: Answers = _NONE, author: Source = Source.CITIZEN
) -> Answer | None:
    """An answer that may be used here too, of this dossier or of the one before (`earlier`); the citizen chooses,
    nothing is filled in unasked. A table is made anew. What was typed for the dossier before is `author`'s in this one:
    whoever typed it then has no part in it."""
    found = [answers.get(key) for key in _sources(form, field)]
    if field.type is not FieldType.TABLE and (before := earlier.get(field.id)) is not None:
        typed = before.source is not Source.CARD
        found.append(replace(before, source=author, helper="") if typed else before)
    return next((answer for answer in found if answer is not None and not answer.unknown), None)


def _sources(form: Form, field: Field) -> tuple[str, ...]:
    """The fields whose answer may be used here. One that can be the same as another is asked only where it is not; but
    other people live at one address. A card's old address is no answer: what was picked for it elsewhere is."""
    is_address = field.type is FieldType.ADDRESS
    if field.prefill.startswith(FIELD_PREFIX):
        same = field.prefill.removeprefix(FIELD_PREFIX)
        return (same,) if field.same_when is None or is_address else ()
    if field.prefill == CARD_ADDRESS and is_address:
        fields = (each for page in form.pages for each in page.fields)
        return tuple(each.id for each in fields if each.prefill == CARD_ADDRESS and each.id != field.id)
    return ()
